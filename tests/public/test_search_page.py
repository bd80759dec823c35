"""The search page over a real index: filters, chips, spelling, dead ends that aren't, addresses that can be shared."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from markupsafe import Markup

from search import page as parts
from search import rebuild, service, suggest
from search.availability import circuit
from search.query import SearchQuery
from search.results import Hit, SearchPage
from tests.factories import (
    AgencyFactory,
    CohortFactory,
    InnovationFactory,
    ProvinceFactory,
    RegionFactory,
    ThemeFactory,
    make_draft,
)

from .pages import read

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert('x')</script> antrean & \"jadwal\""


@pytest.fixture
def collection(settings, tmp_path):
    """Twenty-two public entries about queues, one about archives, one draft, all indexed."""
    settings.SEARCH_URL = f"tantivy://{tmp_path}"
    suggest.forget()
    health, archive = ThemeFactory(code="kesehatan", label_id="Kesehatan"), ThemeFactory(code="arsip")
    province = ProvinceFactory(code="72", name="Sulawesi Tengah")
    regency = RegionFactory(parent=province, code="72.01", name="Kabupaten Banggai")
    agency = AgencyFactory(name="Kabupaten Banggai", region=regency)
    for number in range(22):
        InnovationFactory(
            live=True,
            title_plain=f"Antrean puskesmas diambil dari rumah nomor {number}",
            summary="Warga mengambil nomor antrean lewat telepon." if number < 3 else "",
            publication_level="terkurasi" if number < 3 else "terdaftar",
            agency=agency,
            region=regency,
            themes=[health],
            year=2020 + number % 3,
            implemented_on=str(2020 + number % 3),
            cohort=CohortFactory(year=2021) if number == 0 else None,
        )
    InnovationFactory(live=True, title_plain="Arsip surat desa dipindai sekali", themes=[archive])
    make_draft(title_plain="Antrean zebrarahasia dalam draf", agency=agency)
    rebuild.rebuild()
    yield agency
    suggest.forget()


def results(page) -> list[str]:
    """Return the titles of the rows."""
    return [text for tag, text in page.headings if tag == "h2" and text]


def test_results_are_marked_counted_and_paged(client, collection):
    page = read(client.get("/cari/", {"q": "antrean puskesmas"}))
    assert page.headings[0][0] == "h1" and page.headings[0][1].startswith("22 ")
    rows = [text for text in results(page) if text.startswith("Antrean")]
    assert len(rows) == 20
    assert len(page.all("mark")) >= 20
    second = read(client.get("/cari/", {"q": "antrean puskesmas", "hal": "2"}))
    assert len([text for text in results(second) if text.startswith("Antrean")]) == 2
    beyond = client.get("/cari/", {"q": "antrean puskesmas", "hal": "40"})
    assert beyond.status_code == 302 and parse_qs(urlsplit(beyond["Location"]).query)["hal"] == ["2"]


def test_six_facets_stand_open_with_true_counts(client, collection):
    page = read(client.get("/cari/", {"q": "antrean"}))
    names = {box["name"] for box in page.all("input", type="checkbox")}
    assert names == {"tingkat", "tema", "tahun", "wilayah", "instansi", "program"}
    assert page.all("input", name="instansi", value=str(collection.pk))
    assert {box["value"] for box in page.all("input", name="wilayah")} == {"72"}
    assert "Kesehatan22" in page.words.replace(" ", "")
    assert len(page.all("details", class_="facet")) == len(page.all("fieldset")) == 6


def test_a_chosen_filter_is_checked_and_its_chip_removes_it(client, collection):
    page = read(client.get("/cari/", {"q": "antrean", "tingkat": "terkurasi", "tema": "kesehatan"}))
    assert page.headings[0][1].startswith("3 ")
    assert [box["value"] for box in page.all("input", type="checkbox") if "checked" in box] == [
        "terkurasi",
        "kesehatan",
    ]
    removed = [parse_qs(urlsplit(chip["href"]).query) for chip in page.all("a", class_="chip")]
    assert {"q": ["antrean"], "tema": ["kesehatan"]} in removed
    assert {"q": ["antrean"], "tingkat": ["terkurasi"]} in removed


def test_addresses_have_one_canonical_form(client, collection):
    page = read(client.get("/cari/?tema=kesehatan&tingkat=terdaftar&q=antrean&tingkat=terkurasi&apa=x"))
    canonical = page.all("link", rel="canonical")[0]["href"]
    assert canonical == "http://testserver/cari/?q=antrean&tingkat=terdaftar&tingkat=terkurasi&tema=kesehatan"
    assert page.all("link", hreflang="en")[0]["href"].endswith(f"/en/cari/{canonical.split('/cari/')[1]}")


@pytest.mark.parametrize(
    ("query", "indexed"),
    [("", True), ("tema=kesehatan", True), ("tema=kesehatan&tahun=2020", False), ("q=antrean", False)],
)
def test_only_simple_addresses_are_for_web_search(client, collection, query, indexed):
    robots = read(client.get(f"/cari/?{query}")).all("meta", name="robots")
    assert bool(robots) is not indexed


def test_nothing_of_a_draft_is_found(client, collection):
    for address in ("/cari/?q=zebrarahasia", "/cari/saran/?q=zebrarahasia", "/cari/saran/?q=zebra"):
        assert "zebrarahasia dalam draf" not in client.get(address).content.decode().lower()


def test_nothing_found_is_no_dead_end(client, collection):
    page = read(client.get("/cari/", {"q": "antrean puskesmas", "tahun": "1999"}))
    assert page.all("svg", class_="tiles") and not page.all("ul", class_="rows")
    without = [link for link in page.all("a") if link["href"] == "/cari/?q=antrean+puskesmas"]
    assert without and "22" in page.words
    assert page.all("a", class_="chip")


def test_a_misspelt_word_is_offered_right(client, collection):
    page = read(client.get("/cari/", {"q": "arsip dipindei"}))
    assert [link for link in page.all("a") if "dipindai" in (link["href"] or "")]


def test_a_row_found_by_a_synonym_says_so():
    page = SearchPage(SearchQuery(text="ojol"), hits=[], total=1, expansions=("ojek daring",))
    by_synonym = Hit("k", "s", 1, 1.0, {}, Markup("<mark>Ojek daring</mark> &amp; pasar"), Markup(""))
    by_word = Hit("k", "s", 1, 1.0, {}, Markup("<mark>Ojol</mark> dan <mark>ojek</mark>"), Markup(""))
    assert "Ojek daring" in parts.why_of(by_synonym, page)
    assert not parts.why_of(by_word, page)


def test_hostile_words_stay_words(client, collection):
    for path in ("/cari/", "/en/cari/", "/cari/saring/tema/"):
        for name in ("q", "cari", "tema"):
            html = client.get(path, {name: HOSTILE}).content.decode()
            assert "<script>alert" not in html


def test_a_registry_number_leads_to_its_entry(client, collection):
    entry = InnovationFactory(live=True)
    response = client.get("/cari/", {"q": entry.registry_number.lower()}, follow=True)
    assert response.redirect_chain[-1][0] == entry.get_absolute_url() and response.status_code == 200


def test_every_value_of_a_facet_has_a_page(client, collection):
    regencies = read(client.get("/cari/saring/kabupaten/", {"q": "antrean", "tingkat": "terkurasi", "wilayah": "72"}))
    assert {box["value"] for box in regencies.all("input", type="checkbox")} == {"72.01"}
    page = read(client.get("/cari/saring/wilayah/", {"q": "antrean", "tingkat": "terkurasi", "wilayah": "72"}))
    assert {box["value"] for box in page.all("input", type="checkbox")} == {"72"}
    assert [box["value"] for box in page.all("input", type="checkbox") if "checked" in box] == ["72"]
    hidden = {(field["name"], field["value"]) for field in page.all("input", type="hidden")}
    assert {("q", "antrean"), ("tingkat", "terkurasi")} <= hidden
    found = read(client.get("/cari/saring/wilayah/", {"cari": "tengah"}))
    assert [box["value"] for box in found.all("input", type="checkbox")] == ["72"]
    kept = read(client.get("/cari/saring/wilayah/", {"cari": "barat", "wilayah": "72"}))
    assert ("wilayah", "72") in {(field["name"], field["value"]) for field in kept.all("input", type="hidden")}
    assert client.get("/cari/saring/tidak-ada/").status_code == 404


def test_suggestions_while_typing(client, collection):
    items = json.loads(client.get("/cari/saran/", {"q": "arsip su"}).content)["items"]
    assert items[0]["text"] == "Arsip surat desa dipindai sekali"
    assert client.get(items[0]["url"]).status_code == 200
    english = json.loads(client.get("/en/cari/saran/", {"q": "arsip su"}).content)["items"]
    assert english[0]["url"].startswith("/en/inovasi/")
    places = json.loads(client.get("/cari/saran/", {"q": "sulawesi"}).content)["items"]
    assert places[0]["url"] == "/cari/?wilayah=72"
    assert json.loads(client.get("/cari/saran/").content) == {"items": []}


def test_a_page_of_twenty_asks_few_queries(client, collection, django_assert_max_num_queries):
    client.get("/cari/", {"q": "antrean"})
    with django_assert_max_num_queries(3):
        assert client.get("/cari/", {"q": "antrean"}).status_code == 200
    with django_assert_max_num_queries(3):
        client.get("/cari/saring/instansi/", {"q": "antrean"})


def test_pages_hold_together_and_stay_small(client, collection):
    for address in ("/cari/?q=antrean", "/cari/?q=xyzzy", "/cari/saring/instansi/", "/en/cari/?tema=kesehatan"):
        response = client.get(address)
        page = read(response)
        assert [tag for tag, _text in page.headings].count("h1") == 1
        assert not [attrs for _tag, attrs in page.tags if "style" in attrs]
        assert len(response.content) <= 60_000
        ids = [attrs["id"] for _tag, attrs in page.tags if attrs.get("id")]
        assert len(ids) == len(set(ids))


def test_an_engine_that_is_down_breaks_no_page(client, collection, settings, tmp_path, monkeypatch):
    def down(*args, **kwargs):
        raise service.EngineUnavailable("on purpose")

    monkeypatch.setattr(service, "get_engine", down)
    circuit.reset()
    try:
        for path in ("/cari/?q=arsip", "/cari/saring/tema/", "/cari/saran/?q=arsip", "/cari/?q=tiada"):
            assert client.get(path).status_code == 200, path
        page = read(client.get("/cari/?q=arsip"))
        assert page.all("div", class_="note-warn") and "Arsip surat desa dipindai sekali" in page.words
    finally:
        circuit.reset()
