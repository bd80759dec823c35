"""The affixes of Indonesian: which strings a word can lose, and what the rest may be.

The rules are those of any Indonesian grammar: prefixes with the loss of the first sound of the root
(*tulis* -> *menulis*), suffixes, possessives, particles, and chains such as *memper-...-kan*. Nothing here
knows a single word; :mod:`search.analysis.stemmer` decides which of the possible readings is right.
"""

from collections.abc import Iterator
from typing import NamedTuple

VOWELS = frozenset("aeiou")
PARTICLES = ("lah", "kah", "tah", "pun")
POSSESSIVES = ("nya", "ku", "mu")
SUFFIXES = ("", "kan", "an", "i")

#: Which prefix may follow which, from the outside in.
_NEXT: dict[str, frozenset[str]] = {
    "": frozenset({"me", "pe", "ber", "ter", "per", "di", "ke", "se", "ku", "kau"}),
    "me": frozenset({"per", "ber", "ter", "se", "ke", "pe"}),
    "di": frozenset({"per", "ber", "ter", "se", "ke", "pe"}),
    "pe": frozenset({"per", "ber", "ter", "se", "ke"}),
    "ter": frozenset({"per", "ke", "se"}),
    "ber": frozenset({"ke", "pe", "per", "se", "ter"}),
    "ke": frozenset({"ber", "ter", "se", "pe", "per", "me", "tidak"}),
    "se": frozenset({"ber", "ter", "ke", "pe", "per"}),
    "per": frozenset({"se", "pe"}),
    "tidak": frozenset({"ber", "ter", "me"}),  # ketidakpuasan, ketidakberdayaan
    "ku": frozenset(),
    "kau": frozenset(),
}
MAX_PREFIXES = 3

#: Confixes that the language does not form; a reading that needs one is only kept if the root list has it.
FORBIDDEN: frozenset[tuple[str, str]] = frozenset(
    {
        ("ber", "i"),
        ("di", "an"),
        ("me", "an"),
        ("ke", "i"),
        ("ke", "kan"),
        ("se", "i"),
        ("se", "kan"),
        ("ter", "an"),
        ("pe", "i"),
        ("pe", "kan"),
    }
)


class Stripped(NamedTuple):
    """What is left of a word after its prefixes: ``chain`` names them from the outside in."""

    chain: tuple[str, ...]
    rest: str


def _after_nasal(word: str, at: int) -> Iterator[str]:
    """Yield what may follow me- or pe- when the prefix itself is ``word[:at]`` (``at`` = 2)."""
    rest = word[at:]
    first = rest[:1]
    if rest.startswith("ng"):
        yield from _after_ng(rest[2:])
    elif rest.startswith("ny"):
        tail = rest[2:]
        if tail[:1] in VOWELS:
            yield "s" + tail
    elif first == "n":
        tail = rest[1:]
        if tail[:1] in VOWELS:
            yield "t" + tail
        elif tail[:1] and tail[:1] in "cdjstz":
            yield tail
    elif first == "m":
        tail = rest[1:]
        if tail[:1] in VOWELS:
            yield "p" + tail
        elif tail[:1] and tail[:1] in "bfpv":
            yield tail
        elif tail[:1] in ("r", "l"):  # pemrosesan, pemrograman
            yield "p" + tail
    yield rest


def _after_ng(tail: str) -> Iterator[str]:
    first = tail[:1]
    if first in VOWELS:
        yield tail
        yield "k" + tail
        if first == "e":  # menge- and penge- stand before words of one syllable: mengecek, pengesahan
            yield tail[1:]
    elif first and first in "ghkqx":
        yield tail
    elif first in ("r", "l"):  # mengritik
        yield "k" + tail


def _strip_one(word: str) -> Iterator[tuple[str, str]]:
    """Yield ``(prefix, rest)`` for every prefix that ``word`` can begin with."""
    two = word[:2]
    if two in ("me", "pe"):
        for rest in _after_nasal(word, 2):
            yield two, rest
        if word.startswith("per"):
            yield "per", word[3:]
            yield "per", word[2:]
        elif word.startswith("pelajar"):
            yield "per", "ajar" + word[7:]
    elif two == "be":
        if word.startswith("ber"):
            yield "ber", word[3:]
            yield "ber", word[2:]
        elif word.startswith("belajar"):
            yield "ber", "ajar" + word[7:]
        elif word[3:5] == "er":  # bekerja, beternak
            yield "ber", word[2:]
    elif two == "te":
        if word.startswith("ter"):
            yield "ter", word[3:]
        yield "ter", word[2:]
    elif two in ("di", "ke", "se", "ku"):
        yield two, word[2:]
    elif word.startswith("kau"):
        yield "kau", word[3:]
    elif word.startswith("tidak"):
        yield "tidak", word[5:]


def prefix_readings(word: str, shortest: int = 3) -> Iterator[Stripped]:
    """Yield every way to take zero to three prefixes off ``word``, leaving at least ``shortest`` letters."""
    pending: list[Stripped] = [Stripped((), word)]
    while pending:
        reading = pending.pop()
        yield reading
        if len(reading.chain) == MAX_PREFIXES:
            continue
        allowed = _NEXT[reading.chain[-1] if reading.chain else ""]
        for prefix, rest in _strip_one(reading.rest):
            if prefix in allowed and len(rest) >= shortest:
                pending.append(Stripped((*reading.chain, prefix), rest))


def suffix_readings(word: str, shortest: int = 3) -> Iterator[tuple[str, str]]:
    """Yield ``(rest, suffix)`` for the word as it is and without -kan, -an, -i."""
    for suffix in SUFFIXES:
        if not suffix:
            yield word, ""
        elif word.endswith(suffix) and len(word) - len(suffix) >= shortest:
            yield word[: -len(suffix)], suffix


def clitic_readings(word: str, shortest: int = 3) -> Iterator[tuple[str, int]]:
    """Yield ``(rest, number of clitics)``: the word, then without its particle, then without its possessive."""
    yield word, 0
    bases = [(word, 0)]
    for particle in PARTICLES:
        if word.endswith(particle) and len(word) - len(particle) >= shortest:
            bases.append((word[: -len(particle)], 1))
            yield bases[-1]
            break
    for base, count in bases:
        for possessive in POSSESSIVES:
            if base.endswith(possessive) and len(base) - len(possessive) >= shortest:
                yield base[: -len(possessive)], count + 1
                break
