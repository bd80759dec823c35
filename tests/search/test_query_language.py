"""Quotes, minus and shortcuts are read where they are meant, and nothing that can be typed is an error."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.facets import Facet
from search.query_language import MAX_PHRASES, parse
from tests.search import support


@pytest.fixture(autouse=True)
def facets():
    with support.only_facets(Facet("agency", "instansi", "Agency"), Facet("cohort-year", "tahun-angkatan", "Year")):
        yield


def read(text):
    """Return (kind, text) of every piece."""
    return [(piece.kind, piece.text) for piece in parse(text).pieces]


def test_plain_words_are_plain_words():
    assert read("antrean puskesmas") == [("words", "antrean"), ("words", "puskesmas")]
    assert not parse("antrean e-KTP S.I.M.P.E.L 24/7").has_operators


@pytest.mark.parametrize("text", ['"pasar tani"', "“pasar tani”", "„pasar tani”", "«pasar tani»", '("pasar tani")'])
def test_a_quoted_text_is_a_phrase(text):
    assert parse(text).of("phrase")[0].text == "pasar tani"
    assert parse(text).said.startswith("pasar tani")


@pytest.mark.parametrize("text", ['"pasar tani', 'pasar tani"', '""', '" "', '"..."', 'papan 5" tani'])
def test_quotes_without_a_partner_or_a_word_are_nothing(text):
    assert not parse(text).of("phrase")


@pytest.mark.parametrize(
    ("text", "left_out"), [("-covid", "covid"), ("−covid", "covid"), ('-"pasar tani"', "pasar tani")]
)
def test_a_minus_before_a_word_or_a_phrase_leaves_it_out(text, left_out):
    assert [piece.text for piece in parse(f"desa {text}").of("without")] == [left_out]
    assert parse(f"desa {text}").said == "desa"


@pytest.mark.parametrize(
    "text", ["covid -19", "simpel - sistem", "e-ktp", "non-tunai", "--", "-", "desa-kota", "- covid"]
)
def test_other_hyphens_are_part_of_the_text(text):
    assert not parse(text).has_operators


def test_a_shortcut_is_a_facets_name_before_a_value():
    pieces = parse('instansi:banggai Agency:"kota bandung" tahun-angkatan:2020..2021').of("shortcut")
    assert [(piece.facet, piece.text) for piece in pieces] == [
        ("agency", "banggai"), ("agency", "kota bandung"), ("cohort-year", "2020..2021"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["http://contoh.id", "catatan: penting", "instansi: banggai", "instansi:", "pukul 10:30"]
)
def test_other_colons_are_part_of_the_text(text):
    assert not parse(text).has_operators


def test_what_a_reader_may_take_back_leaves_the_rest_as_typed():
    parsed = parse('Desa "pasar tani" -covid')
    assert parsed.with_text(parsed.of("phrase")[0], "pasar tani") == "Desa pasar tani -covid"
    assert parsed.without_piece(parsed.of("without")[0]) == 'Desa "pasar tani"'


def test_more_phrases_than_anybody_needs_are_plain_words():
    parsed = parse('"satu dua" ' * (MAX_PHRASES + 3))
    assert len(parsed.of("phrase")) == MAX_PHRASES
    assert parsed.of("words")


@example('instansi:"-“:"')
@example('-"')
@example("-instansi:banggai")
@given(st.text(alphabet=st.one_of(st.sampled_from(' "“”-:.instaagecy()'), st.characters()), max_size=60))
def test_nothing_is_lost_and_nothing_is_an_error(text):
    parsed = parse(text)
    at = 0
    for piece in parsed.pieces:
        assert at <= piece.start < piece.end
        assert piece.text in text
        at = piece.end
    plain = "".join("".join(text[piece.start : piece.end]) for piece in parsed.of("words"))
    if not parsed.has_operators:
        assert "".join(plain.split()) in "".join(text.split())
