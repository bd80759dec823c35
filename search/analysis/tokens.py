"""Text to tokens: the one analyser behind the index, queries, highlighting and spelling."""

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from search.analysis.chunks import CHUNKS, UNSETTLED, Entry, Part, is_e_word
from search.analysis.numerals import is_number_here, numerals

#: Makes a Token without the keyword handling of its own constructor, in half the time.
_new = tuple.__new__
_STEMS = itemgetter(0)
_SURFACES = itemgetter(1)


class Token(NamedTuple):
    """One word of a text.

    ``surface`` is the word folded and unstemmed, ``start`` and ``end`` are offsets in the original text, and
    ``position`` counts words from 0. A word inside another (*KTP* in *e-KTP*) has that one's position.
    """

    surface: str
    stem: str
    start: int
    end: int
    position: int


def entries_of(chunks: list[str]) -> list[Entry]:
    """Return what each chunk of a text contributes, with numerals and "e ktp" settled."""
    entries = list(map(CHUNKS.__getitem__, chunks))
    _settle_all(entries)
    return entries


def _settle_all(entries: list[Entry]) -> None:
    for at in [at for at, entry in enumerate(entries) if entry[0][:1] == UNSETTLED]:
        _settle(entries, at)


def _settle(entries: list[Entry], at: int) -> None:
    """Replace an entry by what it means beside its neighbours.

    A Roman numeral that is a number gets the number as its stem; a lone "e" before *ktp* and its like becomes
    *ektp*, and the word behind it is inside that one.
    """
    stems, surfaces, parts = entries[at]
    changed = list(parts)
    following = entries[at + 1].parts if at + 1 < len(entries) else ()
    for index, part in enumerate(parts):
        number = numerals().get(part.surface)
        if number is not None and is_number_here(_words_before(entries, at, index)):
            changed[index] = part._replace(stem=number)
        elif part.surface == "e" and part is parts[-1] and following and is_e_word(following[0].surface):
            joined = "e" + following[0].surface
            changed[index] = part._replace(surface=joined, stem=joined)
            entries[at + 1] = _entry([following[0]._replace(inner=True), *following[1:]])
    entries[at] = Entry(stems[1:], surfaces, parts) if changed == list(parts) else _entry(changed)


def _words_before(entries: Sequence[Entry], at: int, index: int) -> Iterator[str]:
    """Yield the words before the part ``index`` of an entry, the nearest first."""
    for part in reversed(entries[at].parts[:index]):
        yield part.surface
    while at:
        at -= 1
        yield from reversed(entries[at].surfaces.split())


def _entry(parts: list[Part]) -> Entry:
    stems = " ".join([part.stem for part in parts])
    return Entry(stems, " ".join([part.surface for part in parts if not part.again]), tuple(parts))


def tokenize(text: str) -> list[Token]:
    """Return the words of ``text`` in order; never raises, whatever the characters."""
    chunks = text.split()
    tokens: list[Token] = []
    position = -1
    offset = 0
    for chunk, entry in zip(chunks, entries_of(chunks), strict=True):
        offset = text.index(chunk, offset)
        for surface, stem, start, end, inner, _ in entry[2]:
            if not inner:
                position += 1
            elif not start:  # "e ktp": the first word of a chunk is inside the last one of the chunk before
                tokens[-1] = tokens[-1]._replace(end=end + offset)
            tokens.append(_new(Token, (surface, stem, start + offset, end + offset, position)))
        offset += len(chunk)
    return tokens


def index_terms(text: str) -> tuple[str, str]:
    """Return (stems, surfaces) of ``text``, each joined by spaces, for an engine that splits at spaces.

    The same words as :func:`tokenize` gives, without the price of their offsets.
    """
    entries = list(map(CHUNKS.__getitem__, text.split()))
    stems = " ".join(filter(None, map(_STEMS, entries)))
    if UNSETTLED in stems:
        _settle_all(entries)
        stems = " ".join(filter(None, map(_STEMS, entries)))
    return stems, " ".join(filter(None, map(_SURFACES, entries)))
