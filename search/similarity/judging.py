"""Same, related or neither: evidence added up.

Each piece of evidence moves the odds that two records are one; the weights were fitted to planted duplicates and to
the natural look-alikes of a collection (with facts left out at random, so that no single fact decides), and rounded.
Records of two different owners are never called the same: a replica tells the same story of another place.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from search.similarity.evidence import Evidence, gather
from search.similarity.pairing import Pair

#: What the odds begin with: most records of one owner are different ones.
PRIOR = -6.6
#: A text of this many runs weighs two thirds of what a long one does.
SHORT_TEXT = 25
#: Two texts that share less than this of their runs may do so by chance; every share above it weighs.
BY_CHANCE, ABOVE_CHANCE = 0.4, 14.4
TEXT, TEXT_LONG, BOTH, BOTH_LONG = 0.25, 0.25, 0.2, 0.5
NAME, OTHER_NAME, CROSS, NO_OWNER = 1.7, -0.7, 4.5, -1.7
FIGURES, OTHER_FIGURES = 1.1, -0.9
#: Records aren't the same whose shorter text isn't nearly half in the longer one.
LEAST_TEXT = 0.45
#: Records that aren't the same but share so much of both texts tell the same story.
RELATED = 0.68
#: The score of two equal texts that are nevertheless only related.
MOST_RELATED = 0.49
#: The reasons for and against that are told: shares from here on, and titles so alike.
TOLD_SHARE, TOLD_TITLE = 0.5, 0.8

Weights = Mapping[str, tuple[float, float]]
"""Fact -> what it weighs when both records state it alike, and when they state it differently."""


class Suggestion(StrEnum):
    """What two records probably are to one another."""

    SAME = "same"
    RELATED = "related"


class Ground(NamedTuple):
    """One reason, for (``speaks`` > 0) or against."""

    kind: str
    """``text``, ``title``, ``name``, ``titled-by-name``, ``owner``, ``figures`` or the name of a fact."""
    speaks: int
    share: float = 0.0

    def as_data(self) -> dict[str, Any]:
        """Return it as it is stored and printed."""
        return {"kind": self.kind, "speaks": self.speaks} | ({"share": round(self.share, 2)} if self.share else {})


@dataclass(frozen=True, slots=True)
class Verdict:
    """A pair that is worth a person's look."""

    first: int
    second: int
    suggestion: Suggestion
    score: float
    """From 0 to 1: for *same* from a half on, for *related* below it."""
    grounds: tuple[Ground, ...]


def verdicts(pairs: Iterable[Pair], facts: Weights) -> Iterable[Verdict]:
    """Yield what is worth a look among pairs."""
    for pair in pairs:
        verdict = judge(pair, facts)
        if verdict:
            yield verdict


def judge(pair: Pair, facts: Weights) -> Verdict | None:
    """Return what two records probably are to one another; ``None`` for nothing."""
    if not _may_be_one(pair):
        return None
    evidence = gather(pair.first, pair.second, pair.shared)
    chance = likelihood(evidence, facts)
    if evidence.owner >= 0 and evidence.text >= LEAST_TEXT and chance >= 0.5:
        suggestion, score = Suggestion.SAME, chance
    elif evidence.both >= RELATED:
        suggestion, score = Suggestion.RELATED, MOST_RELATED * evidence.both
    else:
        return None
    return Verdict(pair.first.key, pair.second.key, suggestion, round(score, 4), tuple(_grounds(evidence, facts)))


def _may_be_one(pair: Pair) -> bool:
    """Return whether the texts allow any suggestion: quickly, for most pairs end here."""
    shorter, longer = sorted((len(pair.first.shingles), len(pair.second.shingles)))
    return pair.shared >= LEAST_TEXT * shorter > 0 or pair.shared >= RELATED * (shorter + longer - pair.shared) > 0


def likelihood(evidence: Evidence, facts: Weights) -> float:
    """Return how likely two records of one owner are the same, from 0 to 1."""
    long = 1 - math.exp(-evidence.size / SHORT_TEXT)
    odds = PRIOR
    odds += evidence.text * (TEXT_LONG * long + TEXT * (1 - long))
    odds += evidence.both * (BOTH_LONG * long + BOTH * (1 - long))
    odds += ABOVE_CHANCE * max(0.0, evidence.both - BY_CHANCE) * long
    odds += {1: NAME, -1: OTHER_NAME}.get(evidence.name, 0.0)
    odds += CROSS * evidence.cross
    odds += NO_OWNER if evidence.owner == 0 else 0.0
    odds += FIGURES * evidence.figures if evidence.figures > 0 else OTHER_FIGURES * (evidence.figures < 0)
    odds += math.fsum(facts[fact][same < 0] for fact, same in evidence.facts.items() if fact in facts)
    return 1 / (1 + math.exp(-odds))


def _grounds(evidence: Evidence, facts: Weights) -> Iterable[Ground]:
    """Yield the reasons, those that weigh most first."""
    if evidence.text >= TOLD_SHARE:
        yield Ground("text", 1, evidence.text)
    if evidence.cross:
        yield Ground("titled-by-name", 1)
    if evidence.title >= TOLD_TITLE:
        yield Ground("title", 1, evidence.title)
    for kind, speaks in (("name", evidence.name), ("owner", evidence.owner)):
        if speaks:
            yield Ground(kind, speaks)
    if evidence.figures:
        yield Ground("figures", 1 if evidence.figures > 0 else -1, max(0.0, evidence.figures))
    for fact, same in sorted(evidence.facts.items(), key=lambda one: -abs(facts.get(one[0], (0, 0))[one[1] < 0])):
        if facts.get(fact, (0, 0))[same < 0]:
            yield Ground(fact, same)
