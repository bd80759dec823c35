"""Queries of the Elasticsearch engine: pure functions from a request to a query of ``elasticsearch.dsl``."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query

from search.documents import PUBLIC
from search.engines.base import EngineRequest, FacetRequest
from search.engines.elasticsearch_document import TEXT_FIELDS
from search.tree import AllOf, AtLeastTwo, Clause, Node, Phrase, Term, Without

#: A facet's values are all counted on every shard, so that counts are exact. Elasticsearch refuses more than
#: 65,536 values in one answer.
ALL_VALUES = 65_000
#: Prefixes of the names of aggregations.
COUNTS, WANTED, WITHOUT, ALL_CHOSEN = "counts:", "wanted:", "without:", "chosen"

Counts = dict[str, list[tuple[str, int]]]


def compile_node(node: Node) -> Query:
    """Return the query of one node of the tree."""
    if isinstance(node, Term):
        return Q("term", **{TEXT_FIELDS[node.field]: node.value})
    if isinstance(node, Phrase):
        return Q("match_phrase", **{TEXT_FIELDS[node.field]: " ".join(node.values)})
    if isinstance(node, Without):
        excluded = [compile_node(child) for child in node.excluded]
        return Q("bool", filter=[compile_node(node.node)] if node.node else [], must_not=excluded)
    children = [compile_node(child) for child in node.nodes]
    if isinstance(node, AllOf):
        return Q("bool", must=children)
    return Q("bool", should=children, minimum_should_match=2 if isinstance(node, AtLeastTwo) else 1)


def compile_clause(clause: Clause) -> Query:
    """Return what a clause adds to the score."""
    node, weight = clause.node, clause.weight
    if clause.constant:
        return Q("constant_score", filter=compile_node(node), boost=weight)
    if isinstance(node, Term):
        return Q("term", **{TEXT_FIELDS[node.field]: {"value": node.value, "boost": weight}})
    if isinstance(node, Phrase):
        return Q("match_phrase", **{TEXT_FIELDS[node.field]: {"query": " ".join(node.values), "boost": weight}})
    return Q({"bool": {**compile_node(node).to_dict()["bool"], "boost": weight}})


def any_value(code: str, values: Sequence[str]) -> Query:
    """Return the filter by a facet."""
    return Q("terms", **{f"facets.{code}": list(values)})


def restrictions(request: EngineRequest, without: Iterable[str] = ()) -> tuple[list[Query], list[Query]]:
    """Return (what must hold, what must not) apart from the words; ``without`` leaves out the filters of facets."""
    scopes = sorted(request.scopes)
    must = [Q("terms", scope=scopes) if scopes else Q("match_none")]
    left_out = set(without)
    must += [any_value(code, values) for code, values in request.filters.items() if code not in left_out]
    hiding = [scope for scope in scopes if scope != PUBLIC]
    return must, [Q("terms", hidden=hiding)] if hiding else []


def is_scored(request: EngineRequest) -> bool:
    """Return whether the score decides the order."""
    return request.sort == "relevance" and bool(request.clauses)


def matching(request: EngineRequest, without: Iterable[str] = (), **scoring: Any) -> Query:
    """Return what matches, unscored; ``scoring`` adds what gives a score to the same matches."""
    must, must_not = restrictions(request, without)
    if request.match:
        must.append(compile_node(request.match))
    return Q("bool", filter=must, must_not=must_not, **scoring)


def scored(request: EngineRequest, without: Iterable[str] = ()) -> Query:
    """Return what matches, scored by the clauses and multiplied by each document's boost."""
    clauses = [compile_clause(clause) for clause in request.clauses]
    query = matching(request, without, should=clauses, minimum_should_match=0)
    boost = {"field": "boost", "missing": 1.0}
    return Q("function_score", query=query, field_value_factor=boost, boost_mode="multiply")


def order(request: EngineRequest) -> list[Any]:
    """Return the order of hits: equal scores follow the records, as in the embedded engine."""
    if is_scored(request):
        return [{"_score": "desc"}, {"tie": "asc"}]
    return [{"newest" if request.sort == "relevance" else request.sort: "desc"}]


def page(request: EngineRequest, shards: int = 0) -> Search:
    """Return the search for a page of hits, the exact total and the counts of facets.

    A chosen facet is counted without its own filter, so filters of facets that are counted come after the
    query; all others are part of it, which leaves less to count. ``shards`` says how many the index has, if known:
    a single one gives exact counts of the commonest values by itself.
    """
    chosen = [facet.code for facet in request.facets if facet.code in request.filters]
    search = Search().query(scored(request, chosen) if is_scored(request) else matching(request, chosen))
    search = search.sort(*order(request)).extra(from_=request.offset, size=request.limit, track_total_hits=True)
    if chosen:
        search = search.post_filter(_all_of(request.filters, chosen))
    for name, aggregation in aggregations(request, chosen, shards).items():
        search.aggs[name] = aggregation
    if request.fetch:
        return search
    return search.source(False).extra(stored_fields="_none_", docvalue_fields=["id"])


def count(request: EngineRequest) -> Search:
    """Return the search for the total alone."""
    return Search().query(matching(request)).extra(size=0, track_total_hits=True)


def _all_of(filters: Mapping[str, Sequence[str]], codes: Iterable[str]) -> Query:
    return Q("bool", filter=[any_value(code, filters[code]) for code in codes])


def aggregations(request: EngineRequest, chosen: Sequence[str], shards: int = 0) -> dict[str, Any]:
    """Return the aggregations that count all facets asked for, each without its own filter."""
    free = dict(one for facet in request.facets if facet.code not in chosen for one in _counting(facet, shards))
    found = {} if chosen else free
    if chosen and free:
        found[ALL_CHOSEN] = A("filter", _all_of(request.filters, chosen), aggs=free)
    for facet in request.facets:
        if facet.code in chosen:
            others = _all_of(request.filters, [code for code in chosen if code != facet.code])
            asked = replace(facet, always=_uncounted(facet, request))
            found[WITHOUT + facet.code] = A("filter", others, aggs=dict(_counting(asked, shards)))
    return found


def _uncounted(facet: FacetRequest, request: EngineRequest) -> tuple[str, ...]:
    """Return the values that must be counted by themselves: of a single chosen value the total is the count."""
    values = request.filters.get(facet.code, ())
    return tuple(value for value in facet.always if len(values) != 1 or value != values[0])


def _counting(facet: FacetRequest, shards: int) -> list[tuple[str, Any]]:
    """Return the aggregation of a facet's commonest values, and that of the values wanted in any case."""
    field = f"facets.{facet.code}"
    size = ALL_VALUES if facet.limit is None else max(facet.limit, 1)
    counted = A("terms", field=field, size=size, shard_size=size if shards == 1 else ALL_VALUES)
    found = [(COUNTS + facet.code, counted)]
    if facet.limit is not None and facet.always:
        wanted = list(facet.always)
        found.append((WANTED + facet.code, A("terms", field=field, size=len(wanted), include=wanted)))
    return found


def read_counts(request: EngineRequest, answer: Mapping[str, Any], total: int) -> Counts:
    """Return facet code -> [(value, count)], the commonest first, equal ones by value."""
    flat: dict[str, Any] = {}
    for name, found in answer.items():
        flat |= found if name == ALL_CHOSEN or name.startswith(WITHOUT) else {name: found}
    return {facet.code: _merged(facet, flat, request.filters.get(facet.code, ()), total) for facet in request.facets}


def _merged(facet: FacetRequest, flat: Mapping[str, Any], chosen: Sequence[str], total: int) -> list[tuple[str, int]]:
    """Return the commonest values and those that were wanted."""
    counted = _buckets(flat.get(COUNTS + facet.code))
    if facet.limit is not None:
        counted = counted[: facet.limit]
    wanted = _buckets(flat.get(WANTED + facet.code))
    if len(chosen) == 1 and chosen[0] in facet.always and total:
        wanted.append((chosen[0], total))
    return sorted({*counted, *wanted}, key=lambda count: (-count[1], count[0]))


def _buckets(answer: Mapping[str, Any] | None) -> list[tuple[str, int]]:
    return [(bucket["key"], bucket["doc_count"]) for bucket in answer["buckets"]] if answer else []


def frequencies(stems: Sequence[str]) -> Search:
    """Return the search that counts all documents, and those with each stem."""
    search = Search().extra(size=0, track_total_hits=True)
    if stems:
        filters = {stem: Q("term", stems=stem) for stem in stems}
        search.aggs.bucket("stems", "filters", filters=filters)
    return search


def completions(field: str, prefix: str, limit: int) -> Search:
    """Return the search for the commonest terms of an exact field that begin with ``prefix``."""
    search = Search().query("prefix", **{field: prefix}).extra(size=0, track_total_hits=False)
    begins = "".join(c if c.isalnum() else f"\\{c}" for c in prefix) + ".*"
    search.aggs.bucket("terms", "terms", field=field, size=limit, shard_size=ALL_VALUES, include=begins)
    return search


def faces(references: Sequence[str], size: int) -> Search:
    """Return the search for the documents of records."""
    return Search().query("terms", ref=list(references)).source(False).extra(size=size, sort=["_doc"])


def sources() -> Search:
    """Return the search for the names of all sources."""
    search = Search().extra(size=0)
    search.aggs.bucket("sources", "terms", field="facets.source", size=ALL_VALUES)
    return search


def stamps(source: str) -> Search:
    """Return the search for the stamps of all documents of a source."""
    search = Search().query("bool", filter=[any_value("source", [source])]).source(False)
    search = search.sort("_shard_doc")
    return search.extra(stored_fields="_none_", docvalue_fields=["stamp"], track_total_hits=False)


def words(part: int, parts: int) -> Search:
    """Return the search for one part of the words of public documents."""
    search = Search().extra(size=0, track_total_hits=False)
    include = {"partition": part, "num_partitions": parts}
    search.aggs.bucket("words", "terms", field="words", size=ALL_VALUES, shard_size=ALL_VALUES, include=include)
    return search


def different_words() -> Search:
    """Return the search for about how many words there are."""
    search = Search().extra(size=0, track_total_hits=False)
    search.aggs.metric("words", "cardinality", field="words", precision_threshold=10_000)
    return search
