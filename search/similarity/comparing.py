"""Two profiles compared: a score from 0 to 1, and the reasons as data.

Nothing here knows an engine or a language. The same pair gives the same score whichever comes first.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.similarity.profiles import Profile

#: What words weigh in the score; the rest is what the records have in common by their facets.
TEXT_SHARE = 0.8
#: Shared words that add up to this make half of the highest text score.
HALF = 12.0
#: A word that one in three records holds says nothing; a rarer one than one in 3,000 says no more than that.
LEAST_IDF, MOST_IDF = 1.0, 8.0
#: How common a word is can't be told from fewer records than this.
FEWEST = 300
#: The worth from which a word can be named as a reason: at most one in five records holds it.
TELLING = 0.6
#: How many words a reason keeps, best first: some can't be shown.
KEPT = 10

PROBLEM, WORDS, NAME = "problem", "words", "name"


@dataclass(frozen=True, slots=True)
class Trait:
    """A facet that two records may share, and what sharing it weighs beside the others."""

    code: str
    weight: float
    unless: str = ""
    """The code of a trait that says this one already: two records of one agency are of one type of agency."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two records are alike: shared words of the problem, of any text, a name, or values of a facet.

    ``kind`` is ``problem``, ``words``, ``name``, or the code of a :class:`Trait`.
    """

    kind: str
    stems: tuple[str, ...] = ()
    """The stems that both texts hold, most telling first."""
    values: tuple[str, ...] = ()
    """The shared values of the facet, or the shared name."""
    words: tuple[str, ...] = ()
    """What stands for the stems in the text; :func:`search.similarity.put_in_words` fills it in."""


@dataclass(frozen=True, slots=True)
class Similarity:
    """How alike two records are; all numbers go from 0 to 1."""

    score: float
    reasons: tuple[Reason, ...] = ()
    """Words first, then traits as they were given, then the name."""
    text: float = 0.0
    """By the rare words that they share."""
    title: float = 0.0
    """By the share of the words of their titles that both hold."""
    structure: float = 0.0
    """By the traits that they share."""


def rarity(total: int, frequencies: Mapping[str, int]) -> dict[str, float]:
    """Return stem -> what sharing it is worth, without common words.

    ``frequencies`` says how many of ``total`` records hold each stem, as :meth:`search.engines.base.Engine.frequencies`
    does; over a whole collection of profiles the same can be counted without an engine.
    """
    total = max(total, FEWEST)
    worth = {stem: min(_idf(total, min(count, total)), MOST_IDF) - LEAST_IDF for stem, count in frequencies.items()}
    return {stem: value for stem, value in worth.items() if value > 0}


def _idf(total: int, count: int) -> float:
    return math.log(1 + (total - count + 0.5) / (count + 0.5))


def compare(first: Profile, second: Profile, worth: Mapping[str, float], traits: Sequence[Trait] = ()) -> Similarity:
    """Return how alike two records are; words that ``worth`` (:func:`rarity`) doesn't know count nothing."""
    shared = shared_words(first, second, worth)
    sum_of_words = math.fsum(shared.values())
    text = sum_of_words / (sum_of_words + HALF)
    common = shared_traits(first, second, traits)
    whole = sum(trait.weight for trait in traits)
    structure = sum(trait.weight for trait in traits if trait.code in common) / whole if whole else 0.0
    score = TEXT_SHARE * text + (1 - TEXT_SHARE) * structure
    return Similarity(
        score=score,
        reasons=tuple(_reasons(first, second, shared, worth, _told(common, traits))),
        text=text,
        title=overlap(first.title_stems, second.title_stems),
        structure=structure,
    )


def shared_words(first: Profile, second: Profile, worth: Mapping[str, float]) -> dict[str, float]:
    """Return stem -> what it adds, for each word of both: the more, the rarer it is and the more central in both."""
    ours, theirs = first.weights, second.weights
    stems = min((ours, theirs, worth), key=len)
    return {
        stem: worth[stem] * (ours[stem] * theirs[stem])
        for stem in stems
        if stem in ours and stem in theirs and stem in worth
    }


def overlap(first: Collection[str], second: Collection[str]) -> float:
    """Return the share of two sets that is in both (Dice), 0 for empty ones."""
    return 2 * len(set(first) & set(second)) / (len(first) + len(second)) if first and second else 0.0


def shared_traits(first: Profile, second: Profile, traits: Iterable[Trait]) -> dict[str, tuple[str, ...]]:
    """Return trait -> the values that both have, for each trait with one."""
    found = {}
    for trait in traits:
        theirs = second.facets.get(trait.code, ())
        values = [value for value in first.facets.get(trait.code, ()) if value in theirs]
        if values:
            found[trait.code] = tuple(sorted(values))
    return found


def _told(common: Mapping[str, tuple[str, ...]], traits: Iterable[Trait]) -> dict[str, tuple[str, ...]]:
    """Return the shared traits that no other one says already."""
    return {trait.code: common[trait.code] for trait in traits if trait.code in common and trait.unless not in common}


def _reasons(
    first: Profile,
    second: Profile,
    shared: Mapping[str, float],
    worth: Mapping[str, float],
    common: Mapping[str, tuple[str, ...]],
) -> Iterable[Reason]:
    telling = {stem: value for stem, value in shared.items() if worth[stem] >= TELLING}
    both = first.problem_stems & second.problem_stems
    for kind, stems in ((PROBLEM, [stem for stem in telling if stem in both]), (WORDS, list(telling))):
        if stems:
            yield Reason(kind, tuple(sorted(stems, key=lambda stem: (-telling[stem], stem))[:KEPT]))
    for code, values in common.items():
        yield Reason(code, values=values)
    names = first.names & second.names
    if names:
        yield Reason(NAME, values=tuple(sorted(names)))
