"""Numbers and dates in both languages, badges, cards, and covers made from a number."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.http import Http404
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from innovation_hub.core import formatting
from innovation_hub.core.badges import evidence_text, life_badge
from innovation_hub.core.cards import aka, beginning, present
from innovation_hub.core.covers import SIZES, cover_svg, tiles
from innovation_hub.core.pages import path_in
from innovation_hub.core.paging import asked_page, page_count, pages_of
from innovation_hub.innovations.claim_rows import read_figure, with_unit
from innovation_hub.innovations.rich_text import safe_rich


def test_numbers_and_dates_follow_the_language():
    with translation.override("id"):
        assert formatting.number(36214) == "36.214"
        assert formatting.number(Decimal("1.50")) == "1,5"
        assert formatting.percent(1, 8) == "12,5\xa0%"
        assert formatting.day(date(2026, 3, 1)) == "1 Maret 2026"
        assert [formatting.short_month(date(2026, month, 1))[:3] for month in (3, 5, 8, 10, 12)] == [
            "Mar", "Mei", "Agu", "Okt", "Des",
        ]  # fmt: skip
        assert formatting.file_size(1_234_567) == "1,2\xa0MB"
    with translation.override("en"):
        assert formatting.number(36214) == "36,214"
        assert formatting.day(date(2026, 3, 1)) == "1 March 2026"
        assert formatting.percent(1, 8) == "12.5%"
        assert formatting.file_size(900) == "900\xa0B"
    assert (
        formatting.number(None) == formatting.day(None) == formatting.percent(1, 0) == formatting.file_size(None) == ""
    )


def test_lists_and_paragraphs():
    with translation.override("en"):
        assert [formatting.sentence_list(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
            "", "a", "a and b", "a, b, and c",
        ]  # fmt: skip
    assert formatting.label_list([]) == "" and formatting.label_list(["Lansia"]) == "Lansia"
    assert formatting.label_list(["Masyarakat umum", "Petani dan nelayan", "UMKM"]) == (
        "Masyarakat umum, petani dan nelayan, UMKM"
    )
    assert formatting.label_list(["Anak, remaja", "Lansia"]) == "Anak, remaja; lansia"
    assert formatting.paragraphs("satu\ndua\r\n\r\ntiga\n\n\n") == ["satu dua", "tiga"]
    assert formatting.paragraphs(None) == []


@given(st.text(max_size=30), st.sampled_from(SIZES))
def test_covers_are_symmetric_and_always_the_same(seed, size):
    drawn = tiles(seed, *size)
    assert drawn == tiles(seed, *size)
    assert all(row == row[::-1] for row in drawn) and drawn == drawn[::-1]
    assert max(map(max, drawn)) == 3 and len(drawn) == size[1] and len(drawn[0]) == size[0]


def test_covers_differ_are_small_and_have_known_sizes():
    assert len({cover_svg(f"IN-{number:06d}-A") for number in range(50)}) > 40
    assert all(len(cover_svg("IN-004217-K", *size)) < 1300 for size in SIZES)
    with pytest.raises(ValueError, match="a cover is one of"):
        tiles("IN-004217-K", 4, 4)


def test_a_running_innovation_is_confirmed_for_twelve_months():
    today = timezone.localdate()
    assert life_badge("berlanjut", checked=today - timedelta(days=300)).css == "b-ok"
    assert life_badge("berkembang", checked=today - timedelta(days=300)).icon == "grow"
    assert life_badge("berlanjut", checked=today - timedelta(days=400)).css == "b-unk"
    assert life_badge("berlanjut").css == "b-unk"


def test_other_life_badges():
    with translation.override("en"):
        assert life_badge("berhenti", since="2023", reason="transfer").text == "Stopped 2023: transfer"
        assert life_badge("vakum", since="2024-05").text == "Dormant since 2024"
        assert life_badge("digantikan").icon == "swap"
        assert life_badge("belum-dikonfirmasi", curated=False) is None
        assert life_badge("belum-dikonfirmasi").css == "b-unk"
        assert evidence_text(0) == "Claim, not measured"
        assert evidence_text(2) == "Evidence 2/4: before and after"


def test_a_registered_card_shows_neither_evidence_nor_snippet():
    card = present({"kind": "inovasi", "path": "/inovasi/x/y/", "title": "Judul", "level": "terdaftar", "evidence": 0})
    assert card.evidence is None and not card.snippet and len(card.badges) == 1


def test_a_card_speaks_the_language_of_the_page():
    data = {
        "kind": "inovasi", "path": "/inovasi/x/y/", "title": "Judul", "title_en": "Title", "level": "unggulan",
        "origin": {"id": "Aksi perubahan", "en": "Change action"}, "adoptions": 3, "number": "IN-1",
    }  # fmt: skip
    with translation.override("en"):
        card = present(data)
        assert (card.title, card.url, card.origin, card.lang) == ("Title", "/en/inovasi/x/y/", "Change action", "en")
        assert card.adopted == "Replicated by 3 agencies" and card.shows_cover
    with translation.override("id"):
        assert present(data).url == "/inovasi/x/y/" and present(data, title_html="<b>").title == "<b>"


def test_other_kinds_have_their_own_badge():
    with translation.override("en"):
        card = present({"kind": "studi-kasus", "path": "/studi-kasus/a/", "title": "A", "published": "2026-05-12"})
        assert [badge.text for badge in card.badges] == ["Case study"] and card.where == ["12 May 2026"]


def test_a_brand_name_that_repeats_the_title_is_left_out():
    assert aka("SI ANTRI", "Sistem Antrean", "Antrean") == "SI ANTRI: Sistem Antrean"
    assert aka("Antrean", "", "antrean") == "" and aka("", "", "x") == ""


def test_addresses_in_the_other_language():
    assert path_in("/", "en") == "/en/" and path_in("/en/", "id") == "/"
    assert path_in("/en/tema/", "id") == "/tema/" and path_in("/tema/", "id") == "/tema/"
    assert path_in("/english/", "en") == "/en/english/"


def test_links_to_pages():
    pages = pages_of(5, 61, lambda number: f"?hal={number}")
    assert [link.number for link in pages.links] == [1, 0, 4, 5, 6, 0, 61]
    assert pages.previous == "?hal=4" and pages.next == "?hal=6" and pages.start == 80
    assert [link.number for link in pages_of(1, 4, str).links] == [1, 2, 3, 4]
    assert page_count(0) == 1 and page_count(20) == 1 and page_count(21) == 2 and asked_page("") == 1
    with pytest.raises(Http404):
        pages_of(2, 1, str)


def test_figures_are_read_the_indonesian_way():
    assert read_figure("1.234,5") == Decimal("1234.5") and read_figure("9.2%") == Decimal("9.2")
    assert read_figure("3.120") == Decimal(3120) and read_figure("sekitar 5") is None


def test_rich_text_is_cleaned_and_letters_are_linked():
    html = safe_rich('<p>Satu [a, b]. Dua [z]. <a href="https://x.id/?q=[a]">x</a></p><script>x</script>', {"a", "b"})
    assert html.count('href="#sumber-') == 2 and "[z]" in html and "script" not in html
    assert "q=[a]" in html or "q=%5Ba%5D" in html
    assert safe_rich("<p> </p>") == "" and safe_rich("polos & biasa") == "<p>polos &amp; biasa</p>"


def test_a_summary_is_shortened_after_a_sentence():
    text = "Warga memesan dari rumah. Pesanan diantar ke Kab. Banggai oleh pengemudi ojek."
    assert beginning(text, 200) == text
    assert beginning(text, 60) == "Warga memesan dari rumah."
    assert len(beginning("kata " * 50, 40)) <= 40


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("95", "menit", "95\xa0menit"),
        ("772 (sebelum aplikasi)", "izin", "772\xa0izin (sebelum aplikasi)"),
        ("314 (2012); 379 (2015)", "miliar rupiah", "314 (2012); 379 (2015) miliar rupiah"),
        ("95 menit", "menit", "95 menit"),
        ("", "menit", ""),
    ],
)
def test_a_unit_stands_behind_its_figure(value, unit, words):
    assert with_unit(value, unit) == words
