"""Whether two records are one and the same: what speaks for it and against it, as numbers.

Pure. A record says what it is called, what its text is like, whose it is, and which facts it states; two records are
compared piece by piece. What is unknown of either counts neither way.
"""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from search.analysis import function_words, index_terms
from search.documents import fold_name

#: How alike two names must be, of 100, to be one name with a slip of the pen.
ONE_NAME = 85
#: Shorter names must be the same letter for letter.
SHORTEST_WITH_SLIP = 6
FEWEST_INITIALS = 3


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it is compared for duplicates. Facts that aren't known are left out of ``facts``."""

    key: int
    title: str
    brand: str = ""
    expansion: str = ""
    shingles: array = field(default_factory=lambda: array("I"))
    figures: frozenset[int] = frozenset()
    owner: int | None = None
    """Whose record it is; ``None`` while that isn't recognised."""
    facts: Mapping[str, str | int] = field(default_factory=dict)


class Evidence(NamedTuple):
    """What two records have in common. Shares go from 0 to 1; facts are 1 the same, -1 different, 0 unknown."""

    text: float
    """The share of the runs of the shorter text that the longer one has."""
    both: float
    """The share of the runs of both that are in both."""
    size: int
    """The number of runs in the shorter text."""
    title: float
    name: int
    """The name of the innovation."""
    cross: int
    """1 if one is titled by the other's name or acronym."""
    owner: int
    figures: float
    """The share of figures that both state, -1 if both state some and none alike, 0 if either states none."""
    facts: Mapping[str, int]


def gather(first: Record, second: Record, shared: int) -> Evidence:
    """Return what two records have in common; ``shared`` is the number of runs in both texts."""
    shorter = min(len(first.shingles), len(second.shingles))
    union = len(first.shingles) + len(second.shingles) - shared
    return Evidence(
        text=shared / shorter if shorter else 0.0,
        both=shared / union if union else 0.0,
        size=shorter,
        title=fuzz.token_sort_ratio(title_words(first.title), title_words(second.title)) / 100,
        name=_same_name(first.brand, second.brand),
        cross=int(named_by(first, second) or named_by(second, first)),
        owner=_same(first.owner, second.owner),
        figures=_figures(first.figures, second.figures),
        facts={name: _same(value, second.facts[name]) for name, value in first.facts.items() if name in second.facts},
    )


def _same(one: str | int | None, other: str | int | None) -> int:
    if one is None or other is None:
        return 0
    return 1 if one == other else -1


def _same_name(one: str, other: str) -> int:
    if not one or not other:
        return 0
    return 1 if alike(one, other) else -1


def alike(one: str, other: str) -> bool:
    """Return whether two names are one, but for a slip of the pen in a longer one."""
    left, right = compact(one), compact(other)
    if left == right:
        return True
    longest = max(len(left), len(right))
    return (
        longest >= SHORTEST_WITH_SLIP and OSA.distance(left, right, score_cutoff=1 + longest // 12) <= 1 + longest // 12
    )


def _figures(first: frozenset[int], second: frozenset[int]) -> float:
    if not first or not second:
        return 0.0
    shared = len(first & second)
    return shared / min(len(first), len(second)) if shared else -1.0


@lru_cache(maxsize=50_000)
def compact(name: str) -> str:
    """Return a name's letters and digits alone: *SI-MANTAP*, *Si Mantap* and *SIMANTAP* are one."""
    return fold_name(name).replace(" ", "")


@lru_cache(maxsize=50_000)
def title_words(title: str) -> str:
    """Return the stems of a title's words, function words left out."""
    stems, _surfaces = index_terms(title)
    return " ".join(stem for stem in stems.split() if stem not in function_words())


@lru_cache(maxsize=50_000)
def initials(title: str) -> str:
    """Return the first letters of a title's words, function words left out; empty for fewer than three."""
    words = [word for word in fold_name(title).split() if word not in function_words() and not word.isdecimal()]
    return "".join(word[0] for word in words) if len(words) >= FEWEST_INITIALS else ""


def named_by(first: Record, second: Record) -> bool:
    """Return whether the first record's title is the second's name, its name written out, or its title's initials."""
    if any(name and alike(first.title, name) for name in (second.brand, second.expansion)):
        return True
    title, letters = compact(first.title), initials(second.title)
    return len(title) >= FEWEST_INITIALS and bool(letters) and letters.startswith(title)
