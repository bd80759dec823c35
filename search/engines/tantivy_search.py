"""One search of the embedded engine: hits, total and facets of a request against one state of the index."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import tantivy

from search.engines.base import EngineHit, EngineRequest, FacetRequest
from search.engines.tantivy_encoding import Encoder
from search.engines.tantivy_facets import by_aggregation, by_count, count_facets
from search.engines.tantivy_queries import Queries

#: Hits fetched beyond the page, so that equal scores at its end are ordered by the record, not by chance.
TIE_MARGIN, TIE_LIMIT = 30, 20_000

#: Score and address of each hit.
Found = list[tuple[float, Any]]


def _body(document: Any, unpack: Callable[[bytes], Any]) -> str:
    return unpack(document.get_first("body"))


class IndexSearch:
    """One request against one state of the index."""

    def __init__(self, index: tantivy.Index, encoder: Encoder, request: EngineRequest) -> None:
        """Take the index as it was last reloaded, and what its records were encoded with."""
        self.encoder = encoder
        self.searcher: Any = index.searcher()  # its stubs lack ``SearchResult.count``
        self.request = request
        self._queries = Queries(request, index.schema, self.searcher)

    def page(self) -> tuple[Found, int]:
        """Return (score, address) of the hits of the page, and the total."""
        request = self.request
        if request.sort == "relevance" and request.clauses:
            return self._by_relevance()
        order = "newest" if request.sort == "relevance" else request.sort
        found = self.searcher.search(
            self._queries.restricted(), max(request.limit, 1), order_by_field=order, offset=request.offset
        )
        return [(0.0, address) for _, address in found.hits[: request.limit]], found.count

    def _by_relevance(self) -> tuple[Found, int]:
        request = self.request
        query = self._queries.scored()
        end = request.offset + request.limit
        size = max(end, 1) + TIE_MARGIN
        found = self.searcher.search(query, size, weight_by_field="boost")
        hits, total = found.hits, found.count
        while len(hits) == size < TIE_LIMIT and end and hits[end - 1][0] == hits[-1][0]:
            size *= 4
            hits = self.searcher.search(query, size, count=False, weight_by_field="boost").hits
        page = self._ordered(hits, request.offset, end)
        return [(score / 2, address) for score, address in page], total

    def _ordered(self, hits: Found, start: int, end: int) -> Found:
        """Return ``hits[start:end]`` of the hits with equal scores put in the order of their records."""
        scores = [score for score, _ in hits]
        if len(set(scores)) == len(scores):
            return hits[start:end]
        while 0 < start < len(scores) and scores[start - 1] == scores[start]:
            start -= 1
        skipped = self.request.offset - start
        last = min(end, len(scores))
        while 0 < last < len(scores) and scores[last - 1] == scores[last]:
            last += 1
        part = hits[start:last]
        ties = self.searcher.fast_field_values("tie", [address for _, address in part])
        ranked = sorted(range(len(part)), key=lambda at: (-part[at][0], ties[at]))
        return [part[at] for at in ranked[skipped : skipped + end - self.request.offset]]

    def stored(self, found: Found) -> list[EngineHit]:
        """Return the hits with what is stored of them; long texts are unpacked when they are asked for."""
        documents = [self.searcher.doc(address) for _, address in found]
        unpack = self.encoder.codec.unpack
        return [
            EngineHit(score, unpack(document.get_first("payload")), partial(_body, document, unpack))
            for (score, _), document in zip(found, documents, strict=True)
        ]

    def bare(self, found: Found) -> list[EngineHit]:
        """Return the hits with their ids, without reading what is stored of them."""
        ids = self.searcher.fast_field_values("id", [address for _, address in found])
        return [EngineHit(score, {"i": source_id}, str) for (score, _), source_id in zip(found, ids, strict=True)]

    def facets(self, total: int) -> dict[str, list[tuple[str, int]]]:
        """Return the counts of the facets asked for; each chosen one takes one more pass, without its filter."""
        request = self.request
        chosen = [facet for facet in request.facets if facet.code in request.filters]
        others = [facet for facet in request.facets if facet.code not in request.filters]
        counts = count_facets(self.searcher, self._queries.restricted(), others, total, self.encoder.opened)
        for facet in chosen:
            counts[facet.code] = self._count_chosen(facet, request.filters[facet.code], total)
        return {facet.code: counts[facet.code] for facet in request.facets}

    def _count_chosen(self, facet: FacetRequest, values: Sequence[str], total: int) -> list[tuple[str, int]]:
        """Return the counts of a chosen facet. Of a single chosen value the total is the count already."""
        known = {values[0]: total} if len(values) == 1 and total else {}
        asked = FacetRequest(facet.code, facet.limit, tuple(value for value in facet.always if value not in known))
        query = self._queries.restricted(without=facet.code)
        counted = dict(by_aggregation(self.searcher, query, [asked])[facet.code])
        return by_count((counted | known).items())

    def count(self) -> int:
        """Return the total. Searching would score every match; an aggregation doesn't."""
        counted = self.searcher.aggregate(self._queries.restricted(), {"total": {"value_count": {"field": "id"}}})
        return int(counted["total"]["value"])
