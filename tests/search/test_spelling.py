"""Spelling offers words of the vocabulary within one edit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.spelling import Speller

VOCABULARY = {
    "pemerintah": 900,
    "pelayanan": 500,
    "pelayaran": 20,
    "masyarakat": 400,
    "aktivitas": 60,
    "posyandu": 30,
    "pasar": 200,
    "pagar": 3,
    "kasar": 250,
    "basah": 10,
    "dihapus": 0,
}


@pytest.fixture
def speller() -> Speller:
    return Speller(VOCABULARY)


@pytest.mark.parametrize(
    ("typo", "word"),
    [
        ("pemerintha", "pemerintah"),
        ("pemrintah", "pemerintah"),
        ("pemerinttah", "pemerintah"),
        ("pemerintag", "pemerintah"),
        ("pelayannan", "pelayanan"),
        ("masyarkat", "masyarakat"),
        ("aktifitas", "aktivitas"),
        ("osyandu", "posyandu"),
        ("pposyandu", "posyandu"),
        ("posyand", "posyandu"),
    ],
)
def test_one_slip_is_corrected(speller: Speller, typo: str, word: str) -> None:
    assert speller.candidates(typo)[0] == (word, VOCABULARY[word])


def test_frequent_words_come_first_but_the_first_letter_is_rarely_wrong(speller: Speller) -> None:
    assert [word for word, _ in speller.candidates("pazar")] == ["pasar", "pagar"]
    assert [word for word, _ in speller.candidates("tasar")] == ["kasar", "pasar"]
    assert [word for word, _ in speller.candidates("ppasar")] == ["pasar"]


def test_a_known_word_is_not_offered_itself(speller: Speller) -> None:
    assert speller.candidates("pelayanan") == [("pelayaran", 20)]


@pytest.mark.parametrize("word", ["", "pasr", "covid19", "12345", "pe-layanan", "pmeirntah", "dihapuss"])
def test_nothing_for_short_words_numbers_two_slips_and_words_that_are_gone(speller: Speller, word: str) -> None:
    assert speller.candidates(word) == []


def test_did_you_mean(speller: Speller) -> None:
    assert speller.suggestion(["pelayannan", "pasar", "banggai"]) == ["pelayanan", "pasar", "banggai"]
    assert speller.suggestion(["pasar", "banggai"]) is None
    assert speller.suggestion([]) is None


def test_words_added_later_are_offered() -> None:
    frequencies = {"pasar": 1}
    speller = Speller(frequencies)
    frequencies["banjir"] = 2
    assert speller.candidates("banijr") == [("banjir", 2)]


LETTERS = "abcdefghijklmnopqrstuvwxyz"


@settings(deadline=None)  # the first word loads the lists
@given(st.text(LETTERS, min_size=6, max_size=12), st.data())
def test_every_single_edit_is_found(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    edits = [
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    ]
    for typo in edits:
        found = [candidate for candidate, _ in Speller({word: 1}).candidates(typo)]
        assert found == ([] if typo == word else [word])


@settings(deadline=None)  # the first word loads the lists
@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    assert Speller({"pasar": 1}).candidates(text) in ([], [("pasar", 1)])
