"""Highlighting marks what was asked for and never lets markup through."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup, escape

from search.analysis import query_words
from search.analysis.finding import find_in_full, find_words
from search.highlight import best_passage, highlight

WORDS = ["Pelayanan", "melayani", "e-KTP", "e ktp", "<b>", "&amp;", "layanan.", "XII", "angkatan", "pasar,", "(ojek)"]
PIECES = st.sampled_from(
    [*WORDS, "menandatangani", "S.I.M", "36.000", "Jum’at", "Café", "\n", "ijin", "daerah2", "dan", '"', "İzin", "&"]
)
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=80).map(" ".join)
QUERIES = st.lists(PIECES, min_size=1, max_size=4).map(" ".join)


def asked(query: str) -> tuple[set[str], set[str]]:
    words = query_words(query)
    return {word.stem for word in words}, {word.surface for word in words}


def plain(marked: Markup) -> str:
    return str(marked).replace("<mark>", "").replace("</mark>", "")


def test_all_forms_of_a_word_are_marked() -> None:
    assert highlight("Melayani warga; pelayanan & layanan.", {"layan"}, set()) == (
        "<mark>Melayani</mark> warga; <mark>pelayanan</mark> &amp; <mark>layanan</mark>."
    )


def test_surfaces_mark_only_themselves() -> None:
    assert highlight("izin dan perizinan", set(), {"izin"}) == "<mark>izin</mark> dan perizinan"


def test_the_text_is_escaped_inside_and_outside_marks() -> None:
    marked = highlight("<script>alert('ojek')</script> ojek&pasar", {"ojek", "alert"}, set())
    assert isinstance(marked, Markup)
    assert "<script" not in marked
    assert marked.count("<mark>ojek</mark>") == 2


def test_words_that_touch_or_overlap_share_a_mark() -> None:
    assert highlight("e-KTP Walikota", {"ektp", "ktp", "wali", "kota"}, set()) == (
        "<mark>e-KTP</mark> <mark>Walikota</mark>"
    )


def test_a_numeral_is_marked_by_its_number() -> None:
    assert highlight("Angkatan XII", {"12"}, set()) == "Angkatan <mark>XII</mark>"


LONG = (
    "Pembukaan yang panjang tanpa isi. " * 8
    + "Ojek daring mengantar sayur dari pasar ke rumah. "
    + "Pasar lain disebut di sini. " * 8
)


def test_the_passage_holds_the_most_different_words() -> None:
    marked = highlight(LONG, {"ojek", "pasar"}, set(), max_chars=80)
    assert marked.startswith("… <mark>Ojek</mark> daring")
    assert "<mark>pasar</mark> ke rumah." in marked
    assert marked.endswith(" …")
    assert len(plain(marked)) <= 80 + 4


def test_without_a_hit_the_beginning_is_shown() -> None:
    assert highlight(LONG, {"tidakada"}, set(), max_chars=30) == "Pembukaan yang panjang tanpa …"


def test_a_short_text_is_not_cut() -> None:
    assert highlight("ojek pasar", {"ojek"}, set(), max_chars=80) == "<mark>ojek</mark> pasar"


def test_words_are_not_cut() -> None:
    for width in range(20, 200, 7):
        cut = plain(highlight(LONG, {"sayur"}, set(), max_chars=width)).strip("… ")
        assert f" {cut} " in f" {LONG} "


def test_the_best_of_several_texts() -> None:
    texts = ["tanpa isi", "ojek saja", "ojek di pasar", "pasar dan ojek"]
    assert best_passage(texts, {"ojek", "pasar"}, set()) == "<mark>ojek</mark> di <mark>pasar</mark>"
    assert best_passage(texts, {"banjir"}, set()) is None
    assert best_passage([], {"banjir"}, set()) is None


@pytest.mark.parametrize("width", [1, 5, 10_000])
def test_any_width_works(width: int) -> None:
    assert "<mark>" in highlight(LONG, {"sayur"}, set(), max_chars=width) or width < len("sayur")


@settings(deadline=None)  # the first word loads the lists
@given(TEXTS, QUERIES, st.none() | st.integers(1, 300))
def test_nothing_unescaped_comes_out(text: str, query: str, width: int | None) -> None:
    marked = highlight(text, *asked(query), max_chars=width)
    assert str(marked).count("<mark>") == str(marked).count("</mark>")
    bare = plain(marked)
    assert not re.search(r"[<>\"']", bare)
    if width is None:
        assert bare == str(escape(text))


@settings(deadline=None)  # the first word loads the lists
@given(TEXTS, QUERIES)
def test_looking_for_needles_finds_what_reading_every_word_finds(text: str, query: str) -> None:
    text = f"{text} {'kata ' * 40}"
    assert find_words(text, *asked(query)) == find_in_full(text, *asked(query))
