"""What people may type beside plain words: "an exact phrase", -without, and shortcuts (instansi:banggai).

All of it is optional and nothing is ever an error: what doesn't follow a rule is plain words. Pure functions;
what a shortcut's value means is settled by :mod:`search.shortcuts`.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from search.analysis import index_terms
from search.facets import FACETS

Kind = Literal["words", "phrase", "without", "shortcut"]

#: Beyond these many, phrases are plain words, and words to leave out are not looked at.
MAX_PHRASES, MAX_WITHOUT, MAX_SHORTCUTS = 4, 12, 12
#: What people and their phones put around a phrase.
_QUOTES = '"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}«»'
_MINUS = "-\N{MINUS SIGN}"
#: A minus counts only right before a letter or a phrase: "covid -19" and "A - B" are plain words.
_PIECE = re.compile(
    rf"(?P<minus>[{_MINUS}](?=[(]*[^\W\d_]|[{_QUOTES}]))?"
    r"(?:(?P<name>[^\W\d_](?:[\w-]*\w)?):(?=\S))?"
    rf"(?:[(\[]*[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)[{_QUOTES}]|(?P<plain>\S+))"
)


_CHUNK = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a typed text: ``text`` is what it says, ``start`` and ``end`` where all of it stands."""

    kind: Kind
    text: str
    start: int
    end: int
    facet: str = ""
    """Code of a shortcut's facet."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A typed text in pieces, in order."""

    raw: str
    pieces: tuple[Piece, ...]

    def of(self, *kinds: Kind) -> tuple[Piece, ...]:
        """Return the pieces of these kinds."""
        return tuple(piece for piece in self.pieces if piece.kind in kinds)

    @property
    def free(self) -> str:
        """Return the plain words. A shortcut that wasn't settled into a filter is plain words too."""
        return " ".join(piece.text for piece in self.of("words", "shortcut"))

    @property
    def said(self) -> str:
        """Return the words to be found, those of phrases included, as one text."""
        return " ".join(piece.text for piece in self.of("words", "shortcut", "phrase"))

    @property
    def has_words(self) -> bool:
        """Return whether there is a word to be found, by which results can be ordered."""
        return bool(index_terms(self.said)[0])

    @property
    def has_operators(self) -> bool:
        """Return whether there is anything but plain words."""
        return any(piece.kind != "words" for piece in self.pieces)

    def without_piece(self, dropped: Piece) -> str:
        """Return the text as it was typed but for one piece."""
        return " ".join((self.raw[: dropped.start] + self.raw[dropped.end :]).split())

    def with_text(self, changed: Piece, text: str) -> str:
        """Return the text as it was typed with ``text`` in the place of one piece."""
        return " ".join((self.raw[: changed.start] + text + self.raw[changed.end :]).split())


def shortcut_names() -> dict[str, str]:
    """Return name -> code of every facet: its name in addresses, or its code."""
    names = {code.casefold(): code for code in FACETS}
    return names | {facet.param.casefold(): code for code, facet in FACETS.items()}


def parse(text: str) -> Parsed:
    """Return the pieces of a typed text; never raises, whatever the characters."""
    names = shortcut_names() if ":" in text else {}
    pieces: list[Piece] = []
    at = 0
    while found := _PIECE.search(text, at):
        piece = _piece(found, names)
        at = piece.end
        if piece.kind == "words" or _says_something(piece):
            pieces.append(_within_limits(piece, pieces))
    return Parsed(text, tuple(pieces))


def _piece(found: re.Match[str], names: dict[str, str]) -> Piece:
    start, end = found.span()
    name, quoted = found["name"], found["quoted"]
    said = quoted if quoted is not None else found["plain"]
    if name and name.casefold() not in names:
        plain = _CHUNK.match(found.string, start)
        end = plain.end() if plain else end
        name, quoted, said = None, None, found.string[start + len(found["minus"] or "") : end]
    if found["minus"]:
        return Piece("without", said, start, end)
    if name:
        return Piece("shortcut", said, start, end, names[name.casefold()])
    return Piece("words" if quoted is None else "phrase", said, start, end)


def _says_something(piece: Piece) -> bool:
    return bool(index_terms(piece.text)[0])


def _within_limits(piece: Piece, before: Collection[Piece]) -> Piece:
    """Return the piece as plain words when there are too many of its kind; what is to be left out stays so."""
    limits = {"phrase": MAX_PHRASES, "shortcut": MAX_SHORTCUTS}
    limit = limits.get(piece.kind)
    if limit is None or sum(other.kind == piece.kind for other in before) < limit:
        return piece
    return Piece("words", piece.text, piece.start, piece.end)
