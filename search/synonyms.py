"""Synonyms at query time: other words for what was asked, and acronyms that need asking back.

Pure functions over a :class:`Thesaurus`. The shipped one is read from ``search/data``; :func:`use_provider`
puts another in its place, e.g. one that staff edit.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from search.analysis import function_words, tokenize
from search.analysis.lexicon import read_lines, read_pairs


class Word(Protocol):
    """What a query word must tell; :class:`search.analysis.QueryWord` and ``Token`` both do."""

    @property
    def surface(self) -> str:
        """The folded word."""

    @property
    def stem(self) -> str:
        """Its stem."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """Another phrase for some words of a query.

    ``span`` is the half-open range of the words that it stands for, ``phrase`` the phrase as it is shown
    ("ojek daring"), ``terms`` the stems of its content words, all of which a document must hold to match it.
    """

    span: tuple[int, int]
    phrase: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """An acronym of the query with several meanings: ``at`` is the index of the word, ``meanings`` are phrases."""

    at: int
    acronym: str
    meanings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    text: str
    surfaces: tuple[str, ...]
    stems: tuple[str, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """What a query must hold to mean this phrase: its stems, or the one word as it is written."""
        return self.surfaces if len(self.stems) == 1 else self.stems

    @property
    def terms(self) -> tuple[str, ...]:
        """The stems of the content words; of all words where there is no content word."""
        pairs = zip(self.surfaces, self.stems, strict=True)
        content = tuple(stem for surface, stem in pairs if surface not in function_words())
        return tuple(dict.fromkeys(content or self.stems))


def _phrase(text: str) -> _Phrase:
    """Analyse a phrase; of *e-KTP* only the whole counts."""
    surfaces: list[str] = []
    stems: list[str] = []
    position = -1
    for token in tokenize(text):
        if token.position > position:
            surfaces.append(token.surface)
            stems.append(token.stem)
        position = token.position
    return _Phrase(" ".join(text.split()), tuple(surfaces), tuple(stems))


def phrase_key(text: str) -> tuple[str, ...]:
    """Return what makes two spellings one phrase for a :class:`Thesaurus`; nothing for a text without a word."""
    return _phrase(text).key


@dataclass(slots=True)
class Thesaurus:
    """Synonym groups and ambiguous acronyms, ready to be looked up.

    A phrase of several words is found by its stems (*mencegah korupsi* finds *pencegahan korupsi*); a single
    word only as it is written, since a stem gathers too much (*pelapor*, *laporan* and *lapor* are one).
    """

    groups: Sequence[Sequence[str]]
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _found: dict[tuple[str, ...], list[_Phrase]] = field(default_factory=dict, init=False)
    _longest: int = field(default=1, init=False)

    def __post_init__(self) -> None:
        """Index every phrase under its words."""
        for group in self.groups:
            phrases = [phrase for phrase in map(_phrase, group) if phrase.stems]
            for phrase in phrases:
                self._longest = max(self._longest, len(phrase.key))
                self._found.setdefault(phrase.key, []).extend(other for other in phrases if other is not phrase)

    def match(self, words: Sequence[Word], start: int) -> tuple[int, list[_Phrase]]:
        """Return the end of the longest known phrase that begins at ``start``, and its synonyms."""
        for end in range(min(len(words), start + self._longest), start + 1, -1):
            found = self._found.get(tuple(word.stem for word in words[start:end]))
            if found:
                return end, found
        surface = words[start].surface
        if surface in self.ambiguous:
            return start + 1, []
        found = self._found.get((surface,)) or self._found.get((surface.removesuffix("nya"),), [])
        return start + 1, found


Provider = Callable[[], Thesaurus]


@cache
def shipped_thesaurus() -> Thesaurus:
    """Return the thesaurus of ``search/data``; raises ValueError for a group with fewer than two phrases."""
    groups = []
    for line in read_lines("synonyms.txt"):
        group = [phrase.strip() for phrase in line.split(",") if phrase.strip()]
        if len(group) < 2:
            raise ValueError(f"search/data/synonyms.txt: a group needs two phrases, got {line!r}")
        groups.append(group)
    ambiguous = read_pairs("ambiguous_acronyms.txt").items()
    return Thesaurus(groups, {acronym: tuple(m.strip() for m in text.split("|")) for acronym, text in ambiguous})


_provider: list[Provider] = [shipped_thesaurus]


def use_provider(provider: Provider | None) -> None:
    """Take the thesaurus from ``provider`` from now on; None goes back to the shipped one.

    The app sets :data:`search.stored_synonyms.stored_thesaurus` when it starts.

    The provider is asked once a query, so it should keep what it has built.
    """
    _provider[0] = provider or shipped_thesaurus


def thesaurus() -> Thesaurus:
    """Return the thesaurus in use."""
    return _provider[0]()


def _spans(words: Sequence[Word], known: Thesaurus) -> Iterable[tuple[int, int, list[_Phrase]]]:
    """Yield the longest known phrases from left to right, without overlap."""
    start = 0
    while start < len(words):
        if start and words[start - 1].surface == "e" + words[start].surface:
            start += 1  # the KTP inside e-KTP
            continue
        end, synonyms = known.match(words, start)
        yield start, end, synonyms
        start = end


def expand(words: Sequence[Word], known: Thesaurus | None = None) -> list[Expansion]:
    """Return other phrases for the words of a query, in the order of the words and of the thesaurus (``known``, else
    the one in use).

    Ambiguous acronyms are left alone, and a synonym is left out that only narrows what was asked (*izin usaha*
    for *izin*), that the query has already or that stands for earlier words of it.
    """
    asked = {word.stem for word in words}
    expansions: dict[tuple[str, ...], Expansion] = {}
    for start, end, synonyms in _spans(words, known or thesaurus()):
        original = {word.stem for word in words[start:end]}
        for synonym in synonyms:
            terms = synonym.terms
            if original <= set(terms) or set(terms) <= asked:
                continue
            expansions.setdefault(terms, Expansion((start, end), synonym.text, terms))
    return list(expansions.values())


def ambiguities(words: Sequence[Word], known: Thesaurus | None = None) -> list[Ambiguity]:
    """Return the acronyms of a query that mean several things, unless they stand in a known phrase."""
    known = known or thesaurus()
    return [
        Ambiguity(start, words[start].surface, known.ambiguous[words[start].surface])
        for start, end, _ in _spans(words, known)
        if end == start + 1 and words[start].surface in known.ambiguous
    ]
