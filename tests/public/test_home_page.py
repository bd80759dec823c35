"""The home page: true figures, themes, the map with its table, real cases before sample data."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, Site

from home.models import HomePage
from home.services import ensure_site
from home.tile_map import CODES, positions, shades, tile_map
from search import rebuild
from tests.factories import InnovationFactory, ProvinceFactory, RegionFactory, ThemeFactory, make_draft

from .pages import read

pytestmark = pytest.mark.django_db


def test_both_languages_have_a_home_page_from_the_first_migration(client):
    assert set(HomePage.objects.values_list("locale__language_code", flat=True)) == {"id", "en"}
    assert HomePage.objects.values("translation_key").distinct().count() == 1
    for path, language in (("/", "id"), ("/en/", "en")):
        page = read(client.get(path))
        assert page.headings[0] == ("h1", HomePage.objects.get(locale__language_code=language).title)


def test_making_the_site_again_changes_nothing():
    before = list(Page.objects.values_list("pk", "title", "slug"))
    HomePage.objects.filter(locale__language_code="id").update(title="Judul penyunting")
    ensure_site()
    assert HomePage.objects.get(locale__language_code="id").title == "Judul penyunting"
    assert [row[0] for row in Page.objects.values_list("pk")] == [row[0] for row in before]
    assert Site.objects.filter(is_default_site=True).count() == 1


def test_what_is_missing_of_the_site_comes_back():
    HomePage.objects.filter(locale__language_code="en").first().delete()
    Site.objects.all().delete()
    site = ensure_site()
    assert site.is_default_site and site.root_page.locale == Locale.objects.get(language_code="id")
    assert HomePage.objects.filter(locale__language_code="en").exists()


def test_an_empty_registry_still_has_a_home(client):
    page = read(client.get("/"))
    assert not page.all("table") and not page.all("ul", class_="rows")
    assert page.all("form", action="/cari/")


def test_figures_count_what_readers_can_see(client):
    province = ProvinceFactory(code="72", name="Sulawesi Tengah")
    theme = ThemeFactory(label_id="Kesehatan")
    InnovationFactory(live=True, region=RegionFactory(parent=province, code="72.01"), themes=[theme])
    InnovationFactory(live=True, region=province, publication_level="terkurasi", adoption_count=2)
    InnovationFactory(live=True, publication_level="unggulan", title_plain="Yang unggul")
    make_draft(region=province, title_plain="Draf tersembunyi")
    page = read(client.get("/en/"))
    assert re.findall(r"<b>([\d,]+)</b><span>", page.html) == ["3", "1", "1"]
    assert page.all("a", href="/en/cari/?wilayah=72")
    assert "Kesehatan1" in page.words and "Yang unggul" in page.words and "Draf tersembunyi" not in page.words
    cells = re.findall(r'<td class="num">([^<]*)</td>', page.html)
    assert len(page.all("table")) == 1 and cells == ["2", "100.0%"]


def test_real_cases_come_before_sample_data(client):
    InnovationFactory(live=True, publication_level="unggulan", title_plain="Contoh unggulan", is_synthetic=True)
    InnovationFactory(live=True, publication_level="unggulan", title_plain="Kasus nyata")
    page = read(client.get("/"))
    large = page.html.split('class="title"')[1][:300]
    assert "Kasus nyata" in large


def test_the_home_page_asks_a_constant_number_of_queries(client, settings, tmp_path):
    settings.SEARCH_URL = f"tantivy://{tmp_path}"

    def queries(count: int) -> int:
        for _number in range(count):
            theme, region = ThemeFactory(), RegionFactory()
            InnovationFactory(live=True, publication_level="terkurasi", themes=[theme], region=region)
        rebuild.rebuild()
        client.get("/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/").status_code == 200
        return len(captured)

    few = queries(5)
    assert few <= 16
    assert queries(12) == few


def test_the_map_has_every_province_once():
    assert len(CODES) == len(set(CODES.values())) == 38
    assert set(positions()) == set(CODES)
    assert len(set(positions().values())) == 38


def test_classes_of_the_map_follow_the_counts():
    counts = {f"{number}": number for number in range(0, 38)}
    shade = shades(counts)
    assert shade["0"] == 0 and shade["1"] == 1 and shade["37"] == 5
    assert [shade[str(n)] for n in range(38)] == sorted(shade.values())
    assert shades({"11": 5, "12": 5, "13": 5}) == {"11": 1, "12": 1, "13": 1}
    assert shades({"11": 0}) == {"11": 0}


def test_the_legend_names_counts_that_occur():
    drawn = tile_map({"32": 30, "72": 10, "73": 10}, {"32": "Jawa Barat"})
    assert drawn.total == 50 and drawn.java_share == 60
    assert [tile.name for tile in drawn.top(1)] == ["Jawa Barat"]
    assert {(part.low, part.high) for part in drawn.legend} == {(0, 0), (10, 10), (30, 30)}
    assert tile_map({}, {}).java_share == 0


def test_newly_curated_entries_come_from_the_index(client, settings, tmp_path):
    settings.SEARCH_URL = f"tantivy://{tmp_path}"
    shown = [InnovationFactory(live=True, publication_level="terkurasi") for _number in range(6)]
    InnovationFactory(live=True, title_plain="Belum dikurasi sama sekali")
    rebuild.rebuild()
    page = read(client.get("/"))
    titles = [text for tag, text in page.headings if tag == "h3"]
    assert len(titles) == 5 and len(set(titles)) == 5  # one large, four in the list
    assert set(titles) <= {entry.title_plain for entry in shown}


def test_the_badges_are_explained(client):
    page = read(client.get("/panduan/arti-lencana/"))
    assert len(page.all("span", class_="badge")) == 9
    assert len(page.all("span", class_="ev")) == 5
