"""From a chunk of text to its words.

A chunk is what stands between spaces, with its punctuation: ``(e-KTP),`` or ``S.I.M.P.E.L``. What it means
depends on nothing but itself, save for Roman numerals and a lone "e", so the answer is kept in :data:`CHUNKS`
and text is analysed mostly by splitting at spaces and looking chunks up.
"""

import re
from functools import cache
from sys import intern
from typing import NamedTuple

from search.analysis import lexicon
from search.analysis.folding import fold_word
from search.analysis.numerals import numerals
from search.analysis.stemmer import stem

_APOSTROPHES = "'’‘ʼʻ`´"
_HYPHENS = "\\-‐‑–"
#: Combining and invisible characters belong to the word that they stand in.
_LETTER = r"[\w\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]"
_RUN = re.compile(
    r"(?P<thousands>\d{1,3}(?:\.\d{3})+(?!\d))"
    r"|[Rr]p(?=\.?\d)"
    rf"|(?P<initials>[A-Za-z](?:[./{_HYPHENS}][A-Za-z])+(?!{_LETTER}))"
    rf"|{_LETTER}+(?:[{_HYPHENS}{_APOSTROPHES}]{_LETTER}+)*"
)
_SEGMENT = re.compile(f"[^{_HYPHENS}_]+")
_APOSTROPHE_S = re.compile(f"[{_APOSTROPHES}][sS]$")
#: covid19 is covid 19, top99 is top 99; p3k, tps3r, k3 and daerah2 are words.
_LETTERS_DIGITS = re.compile(r"([a-z]{3,})(\d{2,})|([a-z]{4,})([013-9])")
_SHORTEST_AFTER_PREFIX = 4
_SHORTEST_AFTER_E = 5
#: Begins the joined stems of an entry whose meaning depends on its neighbours.
UNSETTLED = "\0"


class Part(NamedTuple):
    """One word of a chunk; ``start`` and ``end`` count from the beginning of the chunk.

    ``inner`` marks a word inside the one before it (*KTP* in *e-KTP*), ``again`` a second stem of the same
    written word (*menandatangani*: *tanda*, *tangan*).
    """

    surface: str
    stem: str
    start: int
    end: int
    inner: bool = False
    again: bool = False


class Entry(NamedTuple):
    """What a chunk contributes: stems and surfaces, each joined by spaces, and the words one by one."""

    stems: str
    surfaces: str
    parts: tuple[Part, ...]


@cache
def _e_words() -> frozenset[str]:
    return lexicon.read_words("e_words.txt")


@cache
def _bound_prefixes() -> tuple[str, ...]:
    return tuple(sorted(lexicon.read_words("bound_prefixes.txt"), key=len, reverse=True))


def is_e_word(surface: str) -> bool:
    """Return whether "e" before this word makes the name of an electronic service."""
    return surface in _e_words()


def analyse_chunk(raw: str) -> tuple[Part, ...]:
    """Return the words of a chunk, in order; a Roman numeral comes as the word that it is written as."""
    parts: list[Part] = []
    for run in _RUN.finditer(raw):
        start, end = run.span()
        if run["thousands"]:
            digits = run[0].replace(".", "")
            parts.append(Part(digits, digits, start, end))
        elif run["initials"] and not (run[0][0] in "eE" and len(run[0]) == 3):
            surface = fold_word(run[0])
            parts.append(Part(surface, stem(surface), start, end))
        else:
            parts.extend(_words(raw, start, end))
    return tuple(parts)


def _words(raw: str, start: int, end: int) -> list[Part]:
    """Return the words between the hyphens of ``raw[start:end]``."""
    parts: list[Part] = []
    for segment in _SEGMENT.finditer(raw, start, end):
        _add_segment(parts, raw, *segment.span())
    if len(parts) > 1 and parts[0].surface == "e" and parts[0].end < parts[1].start:
        parts[0:1] = [_join_e(parts[0], parts[1])]
        parts[1] = parts[1]._replace(inner=True)
    return parts


def _join_e(e: Part, word: Part) -> Part:
    """Return the part for "e" and the word behind it together: *e-KTP* -> *ektp*."""
    surface = "e" + word.surface
    return Part(surface, surface, e.start, word.end)


def _add_segment(parts: list[Part], raw: str, start: int, end: int) -> None:
    cut = _APOSTROPHE_S.search(raw, start, end)
    if cut and cut.start() > start:
        end = cut.start()
    surface = fold_word(raw[start:end])
    if not surface:
        return
    if parts and parts[-1].surface == surface and len(surface) > 1 and not surface.isdecimal():
        parts[-1] = parts[-1]._replace(end=end)  # anak-anak
        return
    parts.extend(_split_word(surface, start, end))


def _split_word(surface: str, start: int, end: int) -> list[Part]:
    """Return the part or parts of a word without hyphens."""
    pieces = _pieces(surface)
    if len(pieces) > 1:
        return _spread(pieces, surface, start, end)
    root = stem(surface)
    halves = lexicon.compounds().get(root)
    if halves is not None:
        if surface == root:
            return _spread(list(halves), surface, start, end)
        return [Part(surface, stem(half), start, end, again=at > 0) for at, half in enumerate(halves)]
    if root == surface and surface[0] == "e" and _is_joined_e(surface):
        inside = _spread([surface[0], surface[1:]], surface, start, end)[-1]._replace(inner=True)
        return [Part(surface, surface, start, end), inside]
    return [Part(surface, root, start, end)]


def _pieces(surface: str) -> list[str]:
    """Take letters from digits (*covid19*) and a bound prefix from a known word (*nontunai*)."""
    digits = _LETTERS_DIGITS.fullmatch(surface)
    if digits:
        return [piece for piece in digits.groups() if piece]
    if surface in lexicon.roots() or not surface.isalpha():
        return [surface]
    for prefix in _bound_prefixes():
        rest = surface[len(prefix) :]
        if len(rest) >= _SHORTEST_AFTER_PREFIX and surface.startswith(prefix) and _is_known(rest):
            return [prefix, rest] if stem(surface) == surface else [surface]
    return [surface]


def _is_known(word: str) -> bool:
    return word in lexicon.roots() or stem(word) != word


def _is_joined_e(surface: str) -> bool:
    rest = surface[1:]
    if surface in lexicon.roots():
        return False
    return is_e_word(rest) or (len(rest) >= _SHORTEST_AFTER_E and rest in lexicon.roots())


def _spread(pieces: list[str], surface: str, start: int, end: int) -> list[Part]:
    """Share the span of a word among its pieces; all get the whole span where letters don't match one to one."""
    if end - start != len(surface):
        return [Part(piece, stem(piece), start, end) for piece in pieces]
    parts = []
    for piece in pieces:
        parts.append(Part(piece, stem(piece), start, start + len(piece)))
        start += len(piece)
    return parts


class ChunkCache(dict[str, Entry]):
    """Chunk -> entry, filled as chunks are asked for; emptied when full, so that memory stays bounded."""

    LIMIT = 200_000
    LONGEST = 60

    def __missing__(self, raw: str) -> Entry:
        """Analyse a chunk and keep the answer."""
        parts = analyse_chunk(raw)
        stems = " ".join([part.stem for part in parts])
        if any(part.surface == "e" or part.surface in numerals() for part in parts):
            stems = UNSETTLED + stems
        entry = Entry(intern(stems), intern(" ".join([p.surface for p in parts if not p.again])), parts)
        if len(raw) <= self.LONGEST:
            if len(self) >= self.LIMIT:
                self.clear()
            self[raw] = entry
        return entry


CHUNKS = ChunkCache()
