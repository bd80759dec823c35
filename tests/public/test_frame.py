"""What every public page has: language links, canonical address, few bytes on request, markup that holds together."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from innovation_hub.core.icons import ICONS, TILES, begin_icons, icon, icon_sprite
from innovation_hub.core.views import errors
from tests.factories import AgencyFactory, CohortFactory, InnovationFactory, ThemeFactory, UserFactory

from .pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses() -> list[str]:
    """One address of each kind of page, with something on it."""
    agency, theme, cohort = AgencyFactory(), ThemeFactory(), CohortFactory()
    entry = InnovationFactory(agency=agency, cohort=cohort, live=True, themes=[theme], publication_level="unggulan")
    return [
        "/",
        "/cari/",
        entry.get_absolute_url(),
        "/instansi/",
        agency.get_absolute_url(),
        "/tema/",
        theme.get_absolute_url(),
        "/pelatihan/",
        reverse("programme", args=[cohort.programme.code]),
        "/panduan/arti-lencana/",
    ]


def test_pages_exist_in_both_languages_and_name_each_other(client, addresses):
    for address in addresses:
        for path, language in ((address, "id"), (f"/en{address}", "en")):
            response = client.get(path)
            assert response.status_code == 200, path
            page = read(response)
            assert page.all("html")[0]["lang"] == language
            assert response["Content-Language"] == language
            assert page.all("link", rel="canonical")[0]["href"] == f"http://testserver{path}"
            alternates = {link["hreflang"]: link["href"] for link in page.all("link", rel="alternate")}
            assert alternates == {"id": f"http://testserver{address}", "en": f"http://testserver/en{address}"}
            assert [a["href"] for a in page.all("a", hreflang="en")] == [f"/en{address}"]


def test_pages_hold_together(client, addresses):
    for address in addresses:
        page = read(client.get(address))
        ids = [attrs["id"] for _tag, attrs in page.tags if attrs.get("id")]
        assert len(ids) == len(set(ids)), address
        assert [tag for tag, _text in page.headings].count("h1") == 1, address
        assert all(text for _tag, text in page.headings), address
        assert page.all("a", class_="skip")[0]["href"] == "#isi"
        assert len(page.all("main", id="isi")) == 1
        labelled = {attrs.get("for") for attrs in page.all("label")}
        fields = [f for f in page.all("input") if f.get("type") in ("search", "text")]
        assert all(field["id"] in labelled for field in fields), address


def test_no_page_styles_itself(client, addresses):
    for address in addresses:
        page = read(client.get(address))
        assert not [tag for tag, attrs in page.tags if "style" in attrs or tag == "style"], address
        assert not [attrs for attrs in page.all("script") if not attrs.get("src")], address
        assert not re.search(r"\son[a-z]+=", page.html), address


def test_the_sprite_holds_exactly_the_icons_in_use(client, addresses):
    for address in addresses:
        page = read(client.get(address))
        used = {attrs["href"][1:] for attrs in page.all("use")}
        drawn = [attrs["id"] for attrs in page.all("symbol")]
        assert sorted(used) == drawn, address


def test_icons_of_an_unfinished_page_do_not_leak_into_the_next():
    icon("warn")
    begin_icons()
    icon("check")
    assert 'id="i-check"' in icon_sprite() and "i-warn" not in icon_sprite()
    with pytest.raises(KeyError):
        icon("nothing")
    assert not set(ICONS) & set(TILES)


def test_saving_data_leaves_out_the_font_and_htmx(client):
    for path in ("/", "/cari/"):
        full, small = client.get(path), client.get(path, headers={"save-data": "on"})
        assert "font.css" in full.content.decode()
        assert "font" not in " ".join(link["href"] for link in read(small).all("link"))
        assert "htmx" not in small.content.decode()
        for response in (full, small):
            assert "Save-Data" in response["Vary"]


def test_only_the_search_page_loads_htmx(client, addresses):
    for address in addresses:
        scripts = [attrs["src"] for attrs in read(client.get(address)).all("script")]
        assert any("htmx" in src for src in scripts) == (address == "/cari/")
        assert all("defer" in attrs for attrs in read(client.get(address)).all("script"))


def test_every_linked_static_file_exists(client):
    page = read(client.get("/cari/"))
    links = [link["href"] for link in page.all("link") if "/static/" in link["href"]]
    links += [script["src"] for script in page.all("script")]
    assert len(links) >= 5
    for link in links:
        assert finders.find(link.removeprefix("/static/")), link


def test_the_header_knows_who_is_signed_in(client):
    assert "/admin/login/" in client.get("/").content.decode()
    client.force_login(UserFactory())
    assert "/admin/login/" not in client.get("/").content.decode()


def test_unknown_pages_help_in_both_languages(client):
    for path, language in (("/tidak-ada/", "id"), ("/en/not-there/", "en")):
        response = client.get(path)
        page = read(response)
        assert response.status_code == 404
        assert page.all("html")[0]["lang"] == language
        assert page.all("meta", name="robots")[0]["content"] == "noindex"
        assert not page.all("link", rel="canonical")
        assert [f for f in page.all("form") if f["action"].endswith("/cari/")]


def test_a_refusal_says_why(rf):
    request = rf.get("/")
    response = errors.forbidden(request, PermissionDenied("Entri ini milik instansi lain."))
    assert response.status_code == 403 and "Entri ini milik instansi lain." in response.content.decode()
    assert errors.forbidden(request).status_code == 403


def test_our_own_failure_needs_neither_database_nor_context(settings, monkeypatch, django_assert_num_queries):
    from home import views

    def fail(request):
        raise RuntimeError("on purpose")

    monkeypatch.setattr(views, "serve", lambda *args: fail(None))
    client = Client(raise_request_exception=False)
    for path, language in (("/", "id"), ("/en/", "en")):
        with django_assert_num_queries(0):
            response = client.get(path)
        assert response.status_code == 500
        assert f'lang="{language}"' in response.content.decode()
        assert "on purpose" not in response.content.decode()


def test_even_the_error_page_may_fail(rf, monkeypatch):
    monkeypatch.setattr(errors.loader, "get_template", lambda *args, **kwargs: 1 / 0)
    response = errors.server_error(rf.get("/"))
    assert response.status_code == 500 and "<h1>" in response.content.decode()


def test_health_and_robots(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz/live").status_code == 200
    assert client.get("/healthz/ready").status_code == 200
    robots = client.get("/robots.txt")
    assert robots["Content-Type"].startswith("text/plain") and "Disallow: /admin/" in robots.content.decode()


def test_only_public_media_are_served(client, settings, tmp_path):
    assert client.get("/media/../private/rahasia.txt").status_code in (400, 404)
    assert client.get("/media/tidak-ada.png").status_code == 404
