"""Where in a text the words of a query stand.

A search page marks words in some twenty long texts, so they aren't analysed word by word: every form of a stem
holds the stem or one of a few strings made from it ("needles"), these are looked for as plain strings, and
only the chunks around them are analysed, and those with accents or other rare characters.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from search.analysis import lexicon
from search.analysis.chunks import CHUNKS, UNSETTLED, Entry, Part
from search.analysis.numerals import numerals
from search.analysis.tokens import entries_of

#: Shorter texts are analysed in full, which costs no more there.
_SHORT_TEXT = 200
#: Characters on either side that can settle a Roman numeral.
_CONTEXT = 80
#: Beyond ASCII, these change nothing about the words around them.
_RARE = re.compile(r"[^\x00-\x7f\s“”‘’–—…•·°€©®™]")
_NASAL = {"k": "ng", "p": "m", "t": "n", "s": "ny"}
_APOSTROPHES = ("'", "’", "‘", "`")


class Hit(NamedTuple):
    """A word that is asked for: offsets in the text, and its stem."""

    start: int
    end: int
    stem: str


def find_words(text: str, stems: Collection[str], surfaces: Collection[str]) -> list[Hit]:
    """Return the words of ``text`` whose stem is in ``stems`` or surface in ``surfaces``, in order."""
    lower = text.lower()
    if len(text) < _SHORT_TEXT or len(lower) != len(text):
        return find_in_full(text, stems, surfaces)
    hits: list[Hit] = []
    for start, end in _chunks_with(lower, _needles(frozenset(stems), frozenset(surfaces))):
        entry = CHUNKS[text[start:end]]
        if entry.stems.startswith(UNSETTLED):
            entry = _settled(text, start, end)
        hits.extend(_wanted_parts(entry.parts, start, stems, surfaces))
    return hits


def find_in_full(text: str, stems: Collection[str], surfaces: Collection[str]) -> list[Hit]:
    """Return the same as :func:`find_words`, looking at every word."""
    chunks = text.split()
    hits: list[Hit] = []
    offset = 0
    for chunk, (stem, surface, parts) in zip(chunks, entries_of(chunks), strict=True):
        offset = text.index(chunk, offset)
        if stem in stems or surface in surfaces or len(parts) > 1:
            hits.extend(_wanted_parts(parts, offset, stems, surfaces))
        offset += len(chunk)
    return hits


def _wanted_parts(
    parts: Sequence[Part], offset: int, stems: Collection[str], surfaces: Collection[str]
) -> Iterator[Hit]:
    for surface, stem, start, end, *_ in parts:
        lone_e = end - start == 1 and len(surface) > 1 and surface[0] == "e"
        if (stem in stems or surface in surfaces) and not lone_e:
            yield Hit(offset + start, offset + end, stem)


def _settled(text: str, start: int, end: int) -> Entry:
    """Return the entry of a chunk that its neighbours decide about."""
    before = text[max(0, start - _CONTEXT) : start].split()
    if start > _CONTEXT and not text[start - _CONTEXT - 1].isspace() and before:
        del before[0]
    after = text[end : end + _CONTEXT].split()[:1]
    return entries_of([*before, text[start:end], *after])[len(before)]


def _chunks_with(lower: str, needles: Sequence[str]) -> list[tuple[int, int]]:
    """Return the spans of the chunks that hold a needle or a rare character, in order."""
    spans: set[tuple[int, int]] = set()
    for needle in needles:
        at = lower.find(needle)
        while at >= 0:
            span = _chunk_around(lower, at, at + len(needle))
            spans.add(span)
            at = lower.find(needle, span[1])
    if not lower.isascii():
        spans.update(_chunk_around(lower, *match.span()) for match in _RARE.finditer(lower))
    return sorted(spans)


def _chunk_around(text: str, start: int, end: int) -> tuple[int, int]:
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


@lru_cache(maxsize=512)
def _needles(stems: frozenset[str], surfaces: frozenset[str]) -> tuple[str, ...]:
    """Return strings of which every form of a stem, and every surface, holds at least one."""
    found: set[str] = set()
    for stem in stems:
        for root in (stem, *_same_stem().get(stem, ())):
            found |= _forms(root)
            if root[0] in _NASAL and len(root) > 1:
                found.add(_NASAL[root[0]] + root[1:])
    for surface in surfaces:
        found |= _forms(surface)
    if found:
        found.update(_APOSTROPHES)
    shortest_first = sorted(found, key=len)
    return tuple(n for at, n in enumerate(shortest_first) if not any(s in n for s in shortest_first[:at]))


def _forms(word: str) -> set[str]:
    """Return needles for one spelling: itself, with dots between its letters, behind "e-", as a numeral."""
    forms = {word}
    if len(word) > 1:
        forms |= {f"{word[0]}{joiner}{word[1]}" for joiner in "./-"}
    if len(word) > 2 and word[0] == "e":
        forms.add(word[1:])
    if word.isdecimal():
        forms |= {written.lower() for written, number in numerals().items() if number == word}
        if len(word) > 3:
            forms.add(f"{word[:-3]}.")
        if len(word) > 6:
            forms.add(f"{word[:-6]}.")
    return forms


@cache
def _same_stem() -> dict[str, tuple[str, ...]]:
    """Return stem -> words of the lists of variants, exceptions and compounds that lead to it."""
    words: dict[str, list[str]] = {}
    for pairs in (lexicon.variants(), lexicon.exceptions()):
        for word, stem in pairs.items():
            words.setdefault(lexicon.variants().get(stem, stem), []).append(word)
    return {stem: tuple(forms) for stem, forms in words.items()}
