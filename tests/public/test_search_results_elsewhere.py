"""The result of a search as CSV, XLSX and Atom: all of it, public, harmless, in the reader's language."""

import csv
import io
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from innovation_hub.innovations.models import Innovation
from search import exporting, rebuild
from tests.factories import InnovationFactory, ThemeFactory, make_draft

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def collection(settings, tmp_path):
    """Twenty-five entries about queues, one of them named like a formula, one about archives, one draft."""
    settings.SEARCH_URL = f"tantivy://{tmp_path}"
    health = ThemeFactory(code="kesehatan", label_id="Kesehatan")
    for number in range(24):
        InnovationFactory(live=True, title_plain=f"Antrean puskesmas nomor {number}", themes=[health])
    later = timezone.now() + timedelta(minutes=5)
    InnovationFactory(
        live=True, title_plain="=SUM(antrean)", brand_name="@antrean", is_synthetic=True, last_published_at=later
    )
    InnovationFactory(live=True, title_plain="Arsip desa", summary="Surat <b>dipindai</b> & dicari", year=2023)
    make_draft(title_plain="Antrean zebrarahasia dalam draf")
    rebuild.rebuild()


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def rows(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body(response).decode("utf-8-sig"))))


def test_the_whole_result_as_csv(client, collection):
    response = client.get("/cari/unduh/csv/", {"q": "antrean", "hal": "2"})
    assert response["Content-Type"].startswith("text/csv")
    assert "attachment" in response["Content-Disposition"]
    assert response["X-Robots-Tag"] == "noindex"
    table = rows(response)
    assert table[0][:4] == ["Nomor registrasi", "Judul", "Nama", "Instansi"]
    assert len(table) == 26
    assert not any("zebrarahasia" in cell for row in table for cell in row)
    [dangerous] = [row for row in table if "SUM" in row[1]]
    assert dangerous[1:3] == ["'=SUM(antrean)", "'@antrean"]
    assert dangerous[10] == "ya"
    assert dangerous[11].startswith("http://testserver/inovasi/IN-")


def test_filters_hold_and_words_are_english_below_en(client, collection):
    table = rows(client.get("/en/cari/unduh/csv/", {"tema": "kesehatan"}))
    assert table[0][1] == "Title"
    assert len(table) == 25
    assert {row[5] for row in table[1:]} == {"Registered"}
    assert table[1][11].startswith("http://testserver/en/inovasi/")


def test_the_workbook_holds_the_same(client, collection):
    response = client.get("/cari/unduh/xlsx/", {"q": "antrean"})
    sheet = load_workbook(io.BytesIO(body(response)), read_only=True).active
    found = [[cell if cell is not None else "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    plain = rows(client.get("/cari/unduh/csv/", {"q": "antrean"}))
    assert [[str(cell) for cell in row] for row in found] == plain
    assert client.get("/cari/unduh/pdf/").status_code == 404
    assert client.post("/cari/unduh/csv/").status_code == 405


def test_what_was_withdrawn_a_moment_ago_is_left_out(client, collection):
    Innovation.objects.filter(title_plain="Arsip desa").update(live=False)
    assert len(rows(client.get("/cari/unduh/csv/"))) == 26
    assert "Arsip" not in client.get("/cari/umpan/", {"q": "arsip"}).content.decode()


def test_queries_do_not_grow_with_the_rows_of_a_chunk(client, collection, monkeypatch):
    def asked(text: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            rows(client.get("/cari/unduh/csv/", {"q": text}))
        return len(captured)

    asked("antrean")
    assert asked("antrean") == asked("arsip") <= 4
    monkeypatch.setattr(exporting, "CHUNK", 10)
    assert asked("antrean") <= 8


def test_without_the_engine_nothing_passes_for_the_whole(client, settings):
    settings.SEARCH_URL = "tantivy:///nowhere/that/can/be/read"
    response = client.get("/cari/unduh/csv/")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert client.get("/cari/umpan/").status_code == 200


def test_the_feed_names_the_newest_first(client, collection):
    response = client.get("/cari/umpan/", {"q": "antrean"})
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(response.content)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 25
    assert feed.findtext(f"{ATOM}title") == "Inovasi: antrean"
    assert entries[0].findtext(f"{ATOM}title") == "=SUM(antrean)"
    assert entries[0].find(f"{ATOM}link").get("href").startswith("http://testserver/inovasi/")
    assert all(entry.findtext(f"{ATOM}updated") for entry in entries)
    assert "zebrarahasia" not in response.content.decode()


def test_an_empty_feed_says_the_same_twice(client, collection):
    first, second = (client.get("/cari/umpan/", {"q": "tiadasamasekali"}).content for _time in range(2))
    assert first == second
    assert not ET.fromstring(first).findall(f"{ATOM}entry")


def test_hostile_words_stay_words(client, collection):
    hostile = '<script>alert(1)</script> & "antrean" \x00\ufffe'
    feed = ET.fromstring(client.get("/cari/umpan/", {"q": hostile}).content)
    assert "<script>" in feed.findtext(f"{ATOM}title")
    assert client.get("/cari/unduh/csv/", {"q": hostile}).status_code == 200


def test_the_page_leads_there(client, collection):
    page = client.get("/cari/", {"q": "antrean", "tema": "kesehatan"}).content.decode()
    for path in ("/cari/unduh/csv/", "/cari/unduh/xlsx/", "/cari/umpan/"):
        assert f'href="{path}?q=antrean&amp;tema=kesehatan"' in page
