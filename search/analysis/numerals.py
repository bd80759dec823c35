"""Roman numerals, where they are numerals: *angkatan XII* is *angkatan 12*, *di* and *mi* stay words."""

from collections.abc import Iterable
from functools import cache
from itertools import islice

from search.analysis import lexicon

_HIGHEST = 89
_HIGHEST_LOWER_CASE = 39
_PARTS = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
#: May stand between the word that gives the context and the numeral: angkatan I s.d. IV, angkatan ke-XII.
_BETWEEN = frozenset({"dan", "s", "d", "sd", "sampai", "hingga", "ke", "atau", "nomor", "no", "tingkat"})
_LOOK_BACK = 6


def _roman(number: int) -> str:
    letters = ""
    for value, sign in _PARTS:
        while number >= value:
            letters += sign
            number -= value
    return letters


@cache
def numerals() -> dict[str, str]:
    """Return numeral as written -> number, e.g. ``{"XII": "12", "xii": "12"}``.

    Only of I, V, X and L, as cohorts and grades need them: with D, M and C ordinary words (*di*, *mi*,
    *CC*) would be numerals. In lower case only up to 39, since people type so in queries.
    """
    upper = {_roman(n): str(n) for n in range(1, _HIGHEST + 1) if n != 50}  # "L" alone is a size or a sex
    lower = {_roman(n).lower(): str(n) for n in range(1, _HIGHEST_LOWER_CASE + 1)}
    return upper | lower


@cache
def _contexts() -> frozenset[str]:
    return lexicon.read_words("numeral_contexts.txt")


def is_number_here(words_before: Iterable[str]) -> bool:
    """Return whether a possible numeral is a number, given the words before it from the nearest one on."""
    for word in islice(words_before, _LOOK_BACK):
        if word in _contexts():
            return True
        if not (word in _BETWEEN or word in numerals() or word.isdecimal()):
            return False
    return False
