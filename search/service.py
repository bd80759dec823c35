"""The search service: what views, commands and the API call.

It asks the engine in tokens, marks the words in stored texts, and reads the hits of a page once more through
their sources, so that what was withdrawn a moment ago is gone even while the index lags.
"""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from search.availability import CircuitOpen, circuit
from search.engines import get_engine
from search.engines.base import Engine, EngineHit, EngineRequest, EngineResult, EngineUnavailable, FacetRequest
from search.facets import FACETS, FacetValue, arrange
from search.planning import Match, Plan
from search.query import SearchQuery
from search.query_language import parse
from search.results import Hit, Marking, SearchPage
from search.shortcuts import Settled, settle
from search.sources import get_source, sources, visible
from search.synonyms import Thesaurus
from search.understanding import Reading, read

logger = logging.getLogger(__name__)

#: Fewer strict matches than this, and entries with some of the words are shown too.
ENOUGH = 10


T = TypeVar("T")


def search(query: SearchQuery) -> SearchPage:
    """Return the page that ``query`` asks for; never raises because of the engine or of what was typed."""
    found = answer(query)
    return _limited(query) if found is None else _page(found)


def ask(work: Callable[[Engine], T]) -> T | None:
    """Return what ``work`` gets from the engine, ``None`` while the engine can't be asked; logs why."""
    try:
        return circuit.call(lambda: work(get_engine()))
    except CircuitOpen:
        return None
    except EngineUnavailable as error:
        logger.warning("Search is limited: %s", error)
        return None


def ids(query: SearchQuery, source: str, limit: int = 1000) -> tuple[list[int], int] | None:
    """Return (ids of the best matches of one source, total), ``None`` while the engine is down.

    For lists of staff, which read the rows themselves: they pass the user's scopes and filter the ids through
    their permission queryset.
    """

    def work(engine: Engine) -> tuple[list[int], int]:
        asked = settle(engine, query).query
        only = asked.changed(filters={**asked.filters, "source": (source,)})
        match = _chosen_match(engine, only, _read(engine, only).plan)
        result = engine.search(_request(only, match, limit=limit, fetch=False))
        return [hit.payload["i"] for hit in result.hits], result.total

    return ask(work)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the engine said to a query, before hits are confirmed and marked."""

    settled: Settled
    """The query as it was understood, with shortcuts as filters."""
    reading: Reading
    result: EngineResult
    facets: dict[str, list[FacetValue]]
    strict_total: int
    relaxed: bool
    did_you_mean: str | None


def answer(query: SearchQuery, fetch: bool = True, known: Thesaurus | None = None) -> Answer | None:
    """Return the engine's answer, ``None`` while it can't be asked; ``fetch=False`` leaves hits at their ids.

    ``known`` stands in for the thesaurus in use.
    """
    return ask(lambda engine: answer_of(engine, query, fetch, known=known))


def answer_of(
    engine: Engine, query: SearchQuery, fetch: bool = True, floor: bool = True, known: Thesaurus | None = None
) -> Answer:
    """Return what ``engine`` answers; ``floor=False`` takes documents with any of the words, for measuring."""
    settled = settle(engine, query)
    query = settled.query
    reading = _read(engine, query, known=known)
    plan = reading.plan
    if plan and plan.relaxed and not floor:
        plan = replace(plan, strict=plan.relaxed)
    facets = _facet_requests(query)
    result = engine.search(_request(query, plan.strict if plan else None, facets=facets, fetch=fetch))
    strict_total, relaxed = result.total, False
    if plan and plan.relaxed and _found_too_little(engine, query, plan, result.total):
        looser = engine.search(_request(query, plan.relaxed, facets=facets, fetch=fetch))
        if looser.total > result.total:
            result, relaxed = looser, True
    arranged = _arranged(query, result)
    return Answer(settled, reading, result, arranged, strict_total, relaxed, _did_you_mean(engine, query, reading))


def _read(engine: Engine, query: SearchQuery, correct: bool = True, known: Thesaurus | None = None) -> Reading:
    return read(engine, query.text, query.scopes, correct, query.synonyms, known)


def _page(found: Answer) -> SearchPage:
    query, plan = found.settled.query, found.reading.plan
    marking = Marking(plan.asked, plan.stems, plan.surfaces) if plan else Marking()
    hits = confirmed(found.result.hits, query.scopes)
    withdrawn = len(found.result.hits) - len(hits)
    return SearchPage(
        query=query,
        hits=[_hit(hit, marking, query.passages) for hit in hits],
        total=found.result.total - withdrawn,
        facets=found.facets,
        expansions=plan.expansions if plan else (),
        ambiguities=found.reading.ambiguities,
        did_you_mean=found.did_you_mean,
        relaxed=found.relaxed,
        strict_total=found.strict_total,
        unknown_shortcuts=found.settled.unknown,
    )


def _request(
    query: SearchQuery,
    match: Match | None,
    limit: int | None = None,
    facets: tuple[FacetRequest, ...] = (),
    fetch: bool = True,
) -> EngineRequest:
    return EngineRequest(
        match=match.node if match else None,
        clauses=match.clauses if match else (),
        filters=query.filters,
        scopes=query.scopes,
        sort=query.sort,
        offset=query.offset,
        limit=query.page_size if limit is None else limit,
        facets=facets,
        fetch=fetch,
    )


def _facet_requests(query: SearchQuery) -> tuple[FacetRequest, ...]:
    """Return what to count: the facets asked for and the chosen ones, chosen values in any case."""
    if query.facets is None:
        return ()
    codes = dict.fromkeys((*query.facets, *(code for code in query.filters if code in FACETS)))
    requests = []
    for code in codes:
        by_count = code not in FACETS or FACETS[code].order == "count"
        limit = query.facet_limit if by_count else None
        requests.append(FacetRequest(code, limit, query.filters.get(code, ())))
    return tuple(requests)


def _arranged(query: SearchQuery, result: EngineResult) -> dict[str, list[FacetValue]]:
    facets = {}
    for code, counts in result.facets.items():
        facets[code] = arrange(code, counts, query.filters.get(code, ()))
    return facets


def _found_too_little(engine: Engine, query: SearchQuery, plan: Plan, total: int) -> bool:
    """Return whether the words find too little anywhere: choosing a filter must not change what matches."""
    if total >= ENOUGH:
        return False
    if not query.filters:
        return True
    return engine.count(EngineRequest(match=plan.strict.node, scopes=query.scopes)) < ENOUGH


def _chosen_match(engine: Engine, query: SearchQuery, plan: Plan | None) -> Match | None:
    if plan is None or plan.relaxed is None:
        return plan.strict if plan else None
    strict = engine.count(EngineRequest(match=plan.strict.node, scopes=query.scopes))
    return plan.strict if strict >= ENOUGH else plan.relaxed


def _did_you_mean(engine: Engine, query: SearchQuery, reading: Reading) -> str | None:
    """Return the corrected text if it finds more, by itself, than the text as it was typed."""
    if not reading.corrections:
        return None
    corrected = query.changed(text=reading.corrected_text)
    found = _count(engine, query, _read(engine, corrected, correct=False).plan)
    return corrected.text if found > _count(engine, query, _read(engine, query, correct=False).plan) else None


def _count(engine: Engine, query: SearchQuery, plan: Plan | None) -> int:
    if plan is None:
        return 0
    return engine.count(EngineRequest(match=plan.strict.node, filters=query.filters, scopes=query.scopes))


def confirmed(hits: list[EngineHit], scopes: frozenset[str]) -> list[EngineHit]:
    """Return the hits that the asker may see at this moment; one query a source."""
    wanted: dict[str, list[int]] = {}
    for hit in hits:
        wanted.setdefault(hit.payload["s"], []).append(hit.payload["i"])
    allowed: dict[str, Collection[int]] = {}
    for name, found in wanted.items():
        source = get_source(name)
        allowed[name] = visible(source, found, scopes) if source else ()
    return [hit for hit in hits if hit.payload["i"] in allowed[hit.payload["s"]]]


def _hit(hit: EngineHit, marking: Marking, passages: bool) -> Hit:
    payload = hit.payload
    return Hit(
        key=payload["k"],
        source=payload["s"],
        source_id=payload["i"],
        score=hit.score,
        card=payload["c"],
        title=payload["t"],
        summary=payload["m"],
        marking=marking,
        body=hit.body if passages else None,
    )


def _limited(query: SearchQuery) -> SearchPage:
    """Return title words from the database: all that works without an engine."""
    parsed = parse(query.text)
    without = [piece.text for piece in parsed.of("without")]
    hits: list[Hit] = []
    total = 0
    asked = query.filters.get("source", ())
    for name, source in sources().items():
        if asked and name not in asked:
            continue
        cards, found = source.fallback(parsed.said, query.offset + query.page_size, without)
        total += found
        hits += [_card_hit(name, dict(card)) for card in cards]
    page = hits[query.offset : query.offset + query.page_size]
    return SearchPage(query=query, hits=page, total=total, strict_total=total, limited=True)


def _card_hit(source: str, card: dict[str, Any]) -> Hit:
    title, summary = str(card.get("title", "")), str(card.get("summary", ""))
    return Hit("", source, int(card.get("id") or 0), 0.0, card, title, summary)
