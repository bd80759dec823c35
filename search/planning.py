"""From the words of a query to the tree that engines run. Pure functions: no engine, no database, no settings.

Weights follow what was measured on Indonesian questions (nDCG@10 in brackets, plain BM25 .714, this .77 and more):
stems and, at .2, unstemmed words (+.004); each word's weight times (idf / 5) ** .4 (+.005).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from search.analysis import QueryWord
from search.analysis.words import FUNCTION_WEIGHT
from search.query import MAX_WORDS
from search.synonyms import Expansion
from search.tree import AnyOf, AtLeastTwo, Clause, Node, Phrase, Term, Without, all_of, any_of, words_in_order

SURFACE_WEIGHT = 0.2
#: A word in the title, brand or expansion, as a constant times the word's idf: BM25 of the whole record is at
#: most 2.2 times the idf.
TITLE_WEIGHT = 1.0
PHRASE_WEIGHT = 0.5
SYNONYM_WEIGHT = 0.4
#: The best candidate of an unknown word, and the others.
SPELLING_WEIGHTS = (0.8, 0.3, 0.3)
DAMPING, NORMAL_IDF = 0.4, 5.0
BM25_PEAK = 2.2
#: Texts of up to this many words put entries with all of them first; on questions the same costs half a point.
SHORT_QUERY = 3
#: Of three or more words the rarest alone is enough if at most this share of all entries holds it: the strict
#: floor (two of three) costs 1.2 to 1.9 points of nDCG@10 on questions, with this exception 0.1.
RARE_SHARE = 0.01
MAX_PHRASE = 8


@dataclass(frozen=True, slots=True)
class Statistics:
    """How many documents the index holds, and how many of them hold each stem."""

    total: int = 0
    frequencies: Mapping[str, int] = field(default_factory=dict)

    def idf(self, stem: str) -> float:
        """Return BM25's inverse document frequency, never 0."""
        frequency = self.frequencies.get(stem, 0)
        return max(math.log(1 + (self.total - frequency + 0.5) / (frequency + 0.5)), 0.01)


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that no visible document holds, and the known words it may have been meant to be, best first."""

    surface: str
    candidates: tuple[tuple[str, str], ...]
    """(surface, stem) each."""


@dataclass(frozen=True, slots=True)
class Operators:
    """What a text demands beside its plain words, and all words it says."""

    phrases: tuple[tuple[str, ...], ...] = ()
    """Folded words that must stand one after the other, as they are written."""
    without: tuple[Node, ...] = ()
    """Each rules a document out."""
    said: tuple[QueryWord, ...] = ()
    """The words that order the results: the plain ones and those of phrases, as they come."""

    @property
    def required(self) -> tuple[Node, ...]:
        """Return what must hold for every phrase."""
        return tuple(words_in_order("surface", phrase) for phrase in self.phrases)

    def applied(self, node: Node | None) -> Node | None:
        """Return ``node`` with the phrases required and what is ruled out left out; ``None`` demands nothing."""
        required = (*((node,) if node else ()), *self.required)
        held = all_of(*required) if required else None
        return Without(held, self.without) if self.without else held


NO_OPERATORS = Operators()


@dataclass(frozen=True, slots=True)
class Match:
    """What must match, and what orders the matches."""

    node: Node
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a text is searched: strictly, and how if that finds too little (``None``: no looser way)."""

    strict: Match
    relaxed: Match | None
    asked: frozenset[str]
    """Stems of the content words."""
    stems: frozenset[str]
    """What to mark in the texts of hits: those, and their alternatives."""
    surfaces: frozenset[str]
    expansions: tuple[str, ...]
    """Phrases that were searched too, for people to read."""


@dataclass(slots=True)
class _Group:
    """One content word and what counts as it."""

    word: QueryWord
    synonyms: list[Node] = field(default_factory=list)
    spellings: list[Term] = field(default_factory=list)

    @property
    def own(self) -> Term:
        return Term("stem", self.word.stem)

    @property
    def node(self) -> Node:
        return any_of(self.own, *self.spellings, *self.synonyms)

    @property
    def has_alternatives(self) -> bool:
        return bool(self.synonyms or self.spellings)


def required_words(words: Sequence[QueryWord]) -> list[QueryWord]:
    """Return the words that count for the floor: content words, or all words if there are none, one per stem."""
    content = [word for word in words if word.role == "content"] or list(words)
    return list({word.stem: word for word in reversed(content)}.values())[::-1]


def scored_words(words: Sequence[QueryWord]) -> list[QueryWord]:
    """Return the words that add to the score: all but function words, if others remain.

    Function words at a weight of .3 give the same nDCG@10 (.7664 and .7666) and make the longest posting lists
    part of nearly every query.
    """
    content = [word for word in words if word.role == "content" or word.weight > FUNCTION_WEIGHT]
    return content or list(words)


def stems_needed(
    words: Iterable[QueryWord], expansions: Iterable[Expansion], corrections: Iterable[Correction]
) -> set[str]:
    """Return the stems whose frequencies :func:`make_plan` wants to know."""
    stems = {word.stem for word in words}
    for expansion in expansions:
        stems.update(expansion.terms)
    for correction in corrections:
        stems.update(stem for _, stem in correction.candidates)
    return stems


def make_plan(
    words: Sequence[QueryWord],
    expansions: Sequence[Expansion] = (),
    corrections: Sequence[Correction] = (),
    statistics: Statistics | None = None,
    name: str = "",
    operators: Operators = NO_OPERATORS,
) -> Plan | None:
    """Return how to search for ``words``, ``None`` if nothing is asked.

    ``expansions`` refer to ``words`` by position; ``name`` is the whole text as a folded name. A word counts as
    found if its stem, a synonym or a spelling alternative is found; a synonym of several words counts as all of them.
    Phrases hold and what is left out stays out however the words are relaxed.
    """
    words = words[:MAX_WORDS]
    said = operators.said or words
    known = statistics or Statistics()
    groups = _groups(words, expansions, corrections)
    strict = operators.applied(_floor(groups, known))
    if strict is None:
        return None
    relaxed = _relaxed(groups, operators)
    clauses = [
        *_word_clauses(scored_words(said), known),
        *_alternative_clauses(expansions, corrections, known),
        *_name_clauses(said, groups if said is words else _groups(said, (), ()), name, known),
    ]
    first = _full_match_clauses(groups, known) if groups and len(name.split()) <= SHORT_QUERY else []
    settled = len(groups) <= 2 and not any(group.has_alternatives for group in groups)
    return Plan(
        strict=Match(strict, tuple(clauses if settled else clauses + first)),
        relaxed=Match(relaxed, tuple(clauses + first)) if relaxed and relaxed != strict else None,
        asked=frozenset(word.stem for word in required_words(said)),
        stems=_marked_stems(groups, expansions, corrections),
        surfaces=frozenset(word.surface for word in required_words(said)),
        expansions=tuple(dict.fromkeys(expansion.phrase for expansion in expansions)),
    )


def _groups(
    words: Sequence[QueryWord], expansions: Sequence[Expansion], corrections: Sequence[Correction]
) -> list[_Group]:
    groups = {word.stem: _Group(word) for word in required_words(words)}
    for expansion in expansions:
        node = all_of(*(Term("stem", term) for term in expansion.terms))
        for word in words[slice(*expansion.span)]:
            if word.stem in groups:
                groups[word.stem].synonyms.append(node)
    for correction in corrections:
        for group in groups.values():
            if group.word.surface == correction.surface:
                group.spellings += [Term("stem", stem) for _, stem in correction.candidates]
    return list(groups.values())


def _relaxed(groups: Sequence[_Group], operators: Operators) -> Node | None:
    """Return what is enough when too little is found: one of the words, beside a phrase none of them."""
    if operators.phrases:
        return operators.applied(None) if groups else None
    return operators.applied(any_of(*(group.node for group in groups))) if len(groups) > 1 else None


def _floor(groups: Sequence[_Group], known: Statistics) -> Node | None:
    """Return what a document must hold: the word, both of two words, two of more or the one rare word."""
    nodes = [group.node for group in groups]
    if not nodes:
        return None
    if len(nodes) <= 2:
        return all_of(*nodes)
    found = [group for group in groups if known.frequencies.get(group.word.stem, 0) > 0]
    if not found:
        return AtLeastTwo(tuple(nodes))
    rarest = min(found, key=lambda group: (known.frequencies[group.word.stem], group.word.stem))
    if known.frequencies[rarest.word.stem] > RARE_SHARE * known.total:
        return AtLeastTwo(tuple(nodes))
    return AnyOf((rarest.own, AtLeastTwo(tuple(nodes))))


def _weight(word_weight: float, stem: str, known: Statistics) -> float:
    return word_weight * (known.idf(stem) / NORMAL_IDF) ** DAMPING


def _word_clauses(words: Sequence[QueryWord], known: Statistics) -> list[Clause]:
    clauses = []
    for word in words:
        weight = _weight(word.weight, word.stem, known)
        clauses.append(Clause(Term("stem", word.stem), weight))
        clauses.append(Clause(Term("surface", word.surface), weight * SURFACE_WEIGHT))
        title = Term("title", word.stem)
        clauses.append(Clause(title, weight * known.idf(word.stem) * TITLE_WEIGHT, constant=True))
    return list(dict.fromkeys(clauses))


def _alternative_clauses(
    expansions: Sequence[Expansion], corrections: Sequence[Correction], known: Statistics
) -> list[Clause]:
    clauses = []
    for expansion in expansions:
        node = all_of(*(Term("stem", term) for term in expansion.terms))
        weight = SYNONYM_WEIGHT * min(_weight(1.0, term, known) for term in expansion.terms)
        clauses.append(Clause(node, weight))
    for correction in corrections:
        for (_, stem), share in zip(correction.candidates, SPELLING_WEIGHTS, strict=False):
            weight = _weight(share, stem, known)
            clauses.append(Clause(Term("stem", stem), weight))
            clauses.append(Clause(Term("title", stem), weight * known.idf(stem) * TITLE_WEIGHT, constant=True))
    return list(dict.fromkeys(clauses))


def _peak(groups: Sequence[_Group], known: Statistics) -> float:
    """Return about the most that BM25 and title can give to a document with all content words."""
    each = BM25_PEAK * (1 + SURFACE_WEIGHT) + TITLE_WEIGHT
    return sum(
        _weight(group.word.weight, group.word.stem, known) * known.idf(group.word.stem) * each for group in groups
    )


def _name_clauses(words: Sequence[QueryWord], groups: Sequence[_Group], name: str, known: Statistics) -> list[Clause]:
    """Return what raises an entry that the query names: its whole name, or the words in order in its title."""
    peak = _peak(groups, known)
    clauses = [Clause(Term("name", name), peak, constant=True)] if name else []
    if 2 <= len(words) <= MAX_PHRASE:
        phrase = Phrase("title", tuple(word.stem for word in words))
        clauses.append(Clause(phrase, peak * PHRASE_WEIGHT, constant=True))
    return clauses


def _full_match_clauses(groups: Sequence[_Group], known: Statistics) -> list[Clause]:
    """Return what puts documents with every word of a short query first, exact words before alternatives."""
    peak = _peak(groups, known)
    exact = all_of(*(group.own for group in groups))
    counted = all_of(*(group.node for group in groups))
    if counted == exact:
        return [Clause(exact, peak, constant=True)]
    return [Clause(exact, peak / 2, constant=True), Clause(counted, peak / 2, constant=True)]


def _marked_stems(
    groups: Sequence[_Group], expansions: Sequence[Expansion], corrections: Sequence[Correction]
) -> frozenset[str]:
    stems = {group.word.stem for group in groups}
    stems.update(term for expansion in expansions for term in expansion.terms)
    stems.update(stem for correction in corrections for _, stem in correction.candidates)
    return frozenset(stems)
