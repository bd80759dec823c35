"""Suggestions while typing: titles and brand names of public entries, and the names of facet values.

Only public documents are asked, and the titles found are confirmed by their sources, so nothing unpublished
can be typed out letter by letter.
"""

import bisect
import time
from collections.abc import Sequence
from dataclasses import dataclass

from search.analysis import index_terms
from search.documents import PUBLIC, fold_name
from search.engines.base import Engine, EngineHit, EngineRequest, FacetRequest
from search.facets import FACETS, labels_for
from search.query import clean_text
from search.query_language import Piece, parse
from search.results import Suggestion
from search.service import ask, confirmed
from search.tree import Node, Term, all_of, any_of

LIMIT = 8
MAX_LABELS = 3
MAX_PREFIX = 80
#: Titles are looked for from this many letters on, within the commonest words that begin with them.
MIN_LETTERS = 2
COMPLETIONS = 12
FETCHED = 12
SECONDS = 60.0
PUBLIC_ONLY = frozenset({PUBLIC})


@dataclass(frozen=True, slots=True)
class _Labels:
    """Names of facet values, found by the beginning of any of their words."""

    read_at: float
    index_id: str
    starts: list[str]
    suggestions: list[Suggestion]

    def matching(self, prefix: str) -> list[Suggestion]:
        """Return the values with a name that has ``prefix`` at the beginning of a word, the commonest first."""
        first = bisect.bisect_left(self.starts, prefix)
        last = bisect.bisect_left(self.starts, prefix + "\uffff")
        found = {(one.kind, one.value): one for one in self.suggestions[first:last]}
        return sorted(found.values(), key=lambda one: (-one.count, one.text))


_labels: dict[str, _Labels] = {}


def suggest(text: str, language: str = "id") -> list[Suggestion]:
    """Return at most eight suggestions for what was typed so far: facet values first, then titles."""
    parsed = parse(clean_text(text[:MAX_PREFIX]))
    last = parsed.pieces[-1] if parsed.pieces else None
    if last and last.kind == "shortcut":
        return ask(lambda engine: _values(engine, last, language)) or []
    words = index_terms(parsed.said)[1].split()
    if not words or (last and last.kind == "without"):
        return []
    return ask(lambda engine: _suggestions(engine, words, language)) or []


def _suggestions(engine: Engine, words: Sequence[str], language: str) -> list[Suggestion]:
    prefix = " ".join(words)
    labels = _current_labels(engine, language).matching(prefix)
    titles = _titles(engine, words) if len(words) > 1 or len(prefix) >= MIN_LETTERS else []
    room = max(MAX_LABELS, LIMIT - len(titles))
    return [*labels[:room], *titles][:LIMIT]


def _values(engine: Engine, typed: Piece, language: str) -> list[Suggestion]:
    """Return the values of a shortcut's facet that begin like what was typed behind it."""
    codes = (typed.facet, FACETS[typed.facet].narrower)
    labels = _current_labels(engine, language).matching(fold_name(typed.text))
    return [one for one in labels if one.kind in codes][:LIMIT]


def _current_labels(engine: Engine, language: str) -> _Labels:
    kept = _labels.get(language)
    index_id = engine.index_id()
    if kept is None or kept.index_id != index_id or time.monotonic() - kept.read_at > SECONDS:
        kept = _labels[language] = _read_labels(engine, language, index_id)
    return kept


def _read_labels(engine: Engine, language: str, index_id: str) -> _Labels:
    """Read the names of all values that public entries have: one engine request, one look-up a facet."""
    codes = [code for code, facet in FACETS.items() if facet.is_suggested]
    counts = engine.search(EngineRequest(limit=0, facets=tuple(map(FacetRequest, codes)))).facets
    starts: list[tuple[str, Suggestion]] = []
    for code in codes:
        by_value = dict(counts[code])
        for value, label in labels_for(code, by_value.keys(), language).items():
            suggestion = Suggestion(code, label, value, count=by_value[value])
            words = fold_name(label).split()
            starts += [(" ".join(words[at:]), suggestion) for at in range(len(words))]
    starts.sort(key=lambda start: start[0])
    return _Labels(time.monotonic(), index_id, [start for start, _ in starts], [one for _, one in starts])


def _titles(engine: Engine, words: Sequence[str]) -> list[Suggestion]:
    """Return titles and brand names with all words, the last one as a beginning; the most replicated first.

    Scoring thousands of titles for two letters would take longer than everything else here.
    """
    *whole, last = words
    endings = engine.completions("title_surface", last, COMPLETIONS)
    if not endings:
        return []
    node: Node = all_of(
        *(Term("title_surface", word) for word in whole),
        any_of(*(Term("title_surface", ending) for ending in endings)),
    )
    found = engine.search(EngineRequest(match=node, sort="adoptions", limit=FETCHED))
    prefix = " ".join(words)
    suggestions: dict[str, Suggestion] = {}
    for hit in confirmed(found.hits, PUBLIC_ONLY):
        suggestion = _of_hit(hit, prefix)
        suggestions.setdefault(fold_name(suggestion.text), suggestion)
    return sorted(suggestions.values(), key=lambda one: not fold_name(one.text).startswith(prefix))


def _of_hit(hit: EngineHit, prefix: str) -> Suggestion:
    payload = hit.payload
    brand = payload["b"]
    if brand and fold_name(brand).startswith(prefix):
        return Suggestion("brand", brand, payload["k"], payload["c"])
    return Suggestion("title", payload["t"], payload["k"], payload["c"])


def forget() -> None:
    """Forget the names kept in this process."""
    _labels.clear()
