"""Turns shortcuts in a typed text (instansi:banggai tahun:2019..2021) into filters.

A value is found by its code, by its name in either language, by another name of it, or by words of its name; of
several names the one with the fewest other words is meant (*banggai* is Kabupaten Banggai, not Banggai Laut;
*bandung* is both the regency and the city).
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from search.documents import fold_name
from search.engines.base import Engine, EngineRequest, FacetRequest
from search.facets import FACETS, labels_for
from search.query import SearchQuery
from search.query_language import Piece, parse

LANGUAGES = ("id", "en")
#: A value that so many names fit says too little: it is searched as words.
MOST_VALUES = 10
_RANGE = re.compile(r"(?P<first>\d{1,4})?(?:\.{2,3}|…|-|–)(?P<last>\d{1,4})?")
_NUMBER = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class Settled:
    """A query with its shortcuts as filters, and the shortcuts whose value nothing is called."""

    query: SearchQuery
    unknown: tuple[Piece, ...] = ()


def settle(engine: Engine, query: SearchQuery) -> Settled:
    """Return ``query`` with what its shortcuts mean as filters; those that mean nothing stay in the text."""
    if ":" not in query.text:
        return Settled(query)
    filters = {code: list(values) for code, values in query.filters.items()}
    unknown, settled = [], []
    for piece in parse(query.text).of("shortcut"):
        code, values = _meant(engine, piece, query.scopes)
        if values:
            filters.setdefault(code, []).extend(values)
            settled.append(piece)
        else:
            unknown.append(piece)
    if not settled:
        return Settled(query, tuple(unknown))
    chosen = {code: tuple(values) for code, values in filters.items()}
    return Settled(query.changed(text=_without(query.text, settled), filters=chosen), tuple(unknown))


def _without(text: str, pieces: Iterable[Piece]) -> str:
    for piece in sorted(pieces, key=lambda piece: piece.start, reverse=True):
        text = text[: piece.start] + text[piece.end :]
    return " ".join(text.split())


def _meant(engine: Engine, piece: Piece, scopes: frozenset[str]) -> tuple[str, list[str]]:
    """Return (facet, values) that a shortcut means: of its facet, else of the one below it."""
    code: str | None = piece.facet
    while code and code in FACETS:
        values = values_meant(engine, code, piece.text, scopes)
        if values:
            return code, values
        code = FACETS[code].narrower
    return piece.facet, []


def values_meant(engine: Engine, code: str, text: str, scopes: frozenset[str]) -> list[str]:
    """Return the values of a facet that ``text`` means, none if it means nothing that the asker can find."""
    numbers = FACETS[code].order == "value-desc"
    if numbers and _NUMBER.fullmatch(text):
        return [text]
    request = EngineRequest(scopes=scopes, limit=0, facets=(FacetRequest(code),))
    values = [value for value, _count in engine.search(request).facets[code]]
    span = _RANGE.fullmatch(text)
    if numbers and span and (span["first"] or span["last"]):
        return _between(values, span)
    if text in values:
        return [text]
    found = _named(_names(code, values), text)
    return found if len(found) <= MOST_VALUES else []


def _between(values: Iterable[str], span: re.Match[str]) -> list[str]:
    """Return the values in a range; of a range with none in it the ends, so that it finds nothing, not all."""
    ends = [int(end) for end in span.group("first", "last") if end]
    first = min(ends) if span["first"] else 0
    last = max(ends) if span["last"] else 9999
    found = [value for value in values if value.isdecimal() and first <= int(value) <= last]
    return sorted(found) or [str(end) for end in ends]


def _names(code: str, values: list[str]) -> list[tuple[str, str]]:
    """Return (value, name) for every name of the values."""
    names = [pair for language in LANGUAGES for pair in labels_for(code, values, language).items()]
    aliases = FACETS[code].aliases
    known = set(values)
    return names + [(value, name) for value, name in (aliases() if aliases else ()) if value in known]


def _named(names: Iterable[tuple[str, str]], text: str) -> list[str]:
    """Return the values with the best fitting name: the same, else the one with the fewest other words."""
    asked = fold_name(text).split()
    fitting: dict[int, dict[str, None]] = defaultdict(dict)
    for value, name in names:
        words = fold_name(name).split()
        if asked and set(asked) <= set(words):
            fitting[len(words) - len(asked)][value] = None
    return list(fitting[min(fitting)]) if fitting else []
