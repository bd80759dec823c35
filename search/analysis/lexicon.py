"""The word lists of ``search/data``, read once, when the first word is analysed."""

import gzip
from collections.abc import Iterator
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"

#: Stands in place of affix codes for words whose affixes nobody has recorded.
OPEN = "*"


def read_lines(name: str) -> Iterator[str]:
    """Yield the lines of a list in ``search/data`` without comments (``#``) and blank lines."""
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        line = line.partition("#")[0].strip()
        if line:
            yield line


def read_pairs(name: str) -> dict[str, str]:
    """Return a list of ``word = answer`` lines; several words may stand before the sign.

    Raises ValueError, naming file and line, for a line without the sign or a word that is given twice.
    """
    pairs: dict[str, str] = {}
    for line in read_lines(name):
        words, sign, answer = line.partition("=")
        if not sign or not answer.strip():
            raise ValueError(f"search/data/{name}: expected 'words = answer', got {line!r}")
        for word in words.split():
            if word in pairs:
                raise ValueError(f"search/data/{name}: {word!r} is given twice")
            pairs[word] = answer.strip()
    return pairs


def read_words(name: str) -> frozenset[str]:
    """Return the words of a list that has any number of words on a line."""
    return frozenset(word for line in read_lines(name) for word in line.split())


@cache
def roots() -> dict[str, str]:
    """Return root -> affix codes: the shipped dictionary and the hub's own words (codes ``*``)."""
    words: dict[str, str] = {}
    with gzip.open(DATA / "roots.txt.gz", "rt", encoding="ascii") as lines:
        for line in lines:
            word, _, codes = line.rstrip("\n").partition(" ")
            words[word] = codes
    for word in read_words("not_roots.txt"):
        words.pop(word, None)
    for word in read_words("hub_words.txt"):
        words[word] = words.get(word) or OPEN
    for variant, standard in variants().items():
        words.setdefault(variant, words.get(standard) or OPEN)
    for word in compounds():
        words[word] = words.get(word) or OPEN
    for word in exceptions():
        words.setdefault(word, "")
    return words


@cache
def exceptions() -> dict[str, str]:
    """Return word -> stem for what the rules get wrong."""
    return read_pairs("exceptions.txt")


@cache
def variants() -> dict[str, str]:
    """Return spelling variant of a root -> the spelling that stands for both."""
    return read_pairs("variants.txt")


@cache
def names() -> frozenset[str]:
    """Return place names that look like inflected words (*Kediri*, *Pekalongan*) and stay whole."""
    return read_words("names.txt")


@cache
def compounds() -> dict[str, tuple[str, ...]]:
    """Return word written together -> its parts (*walikota* -> *wali kota*)."""
    return {word: tuple(parts.split()) for word, parts in read_pairs("compounds.txt").items()}
