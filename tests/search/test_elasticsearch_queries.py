"""Queries for Elasticsearch are pure functions of a request; no server is asked here."""

import pytest

from search.documents import PUBLIC
from search.engines import elasticsearch_queries as queries
from search.engines.base import EngineRequest, FacetRequest
from search.engines.elasticsearch_document import mapping
from search.tree import AllOf, AnyOf, AtLeastTwo, Clause, Phrase, Term

PASAR, DESA = Term("stem", "pasar"), Term("title", "desa")
IN_STEMS, IN_TITLE = {"term": {"stems": "pasar"}}, {"term": {"title": "desa"}}
#: What the builds of Elasticsearch without the paid modules lack.
MISSING = {"search_as_you_type", "scaled_float", "rank_feature", "token_count", "wildcard", "constant_keyword"}


@pytest.mark.parametrize(
    ("node", "query"),
    [
        (PASAR, IN_STEMS),
        (Phrase("title", ("pasar", "desa")), {"match_phrase": {"title": "pasar desa"}}),
        (AllOf((PASAR, DESA)), {"bool": {"must": [IN_STEMS, IN_TITLE]}}),
        (AnyOf((PASAR, DESA)), {"bool": {"should": [IN_STEMS, IN_TITLE], "minimum_should_match": 1}}),
        (AtLeastTwo((PASAR, DESA)), {"bool": {"should": [IN_STEMS, IN_TITLE], "minimum_should_match": 2}}),
    ],
)
def test_nodes_become_queries_one_to_one(node, query):
    assert queries.compile_node(node).to_dict() == query


@pytest.mark.parametrize(
    ("clause", "query"),
    [
        (Clause(PASAR, 2.0), {"term": {"stems": {"value": "pasar", "boost": 2.0}}}),
        (Clause(PASAR, 3.0, constant=True), {"constant_score": {"filter": IN_STEMS, "boost": 3.0}}),
        (Clause(AllOf((PASAR, DESA)), 0.4), {"bool": {"must": [IN_STEMS, IN_TITLE], "boost": 0.4}}),
        (Clause(Phrase("title", ("a", "b")), 2.0), {"match_phrase": {"title": {"query": "a b", "boost": 2.0}}}),
    ],
)
def test_clauses_score_by_their_weight(clause, query):
    assert queries.compile_clause(clause).to_dict() == query


def test_holders_of_other_scopes_meet_no_face_that_a_draft_replaces_for_them():
    query = queries.matching(EngineRequest(scopes=frozenset({PUBLIC, "agency:1"}))).to_dict()["bool"]
    assert query["filter"] == [{"terms": {"scope": ["agency:1", "public"]}}]
    assert query["must_not"] == [{"terms": {"hidden": ["agency:1"]}}]
    nobody = queries.matching(EngineRequest(scopes=frozenset())).to_dict()["bool"]
    assert nobody == {"filter": [{"match_none": {}}]}


def test_a_page_is_counted_exactly_and_ties_follow_the_records():
    body = queries.page(EngineRequest(match=PASAR, clauses=(Clause(PASAR, 1.0),), offset=40)).to_dict()
    assert (body["from"], body["size"], body["track_total_hits"]) == (40, 20, True)
    assert body["sort"] == [{"_score": "desc"}, {"tie": "asc"}]
    [boost] = body["query"]["function_score"]["functions"]
    assert boost["field_value_factor"]["field"] == "boost"
    assert queries.page(EngineRequest(sort="evidence")).to_dict()["sort"] == [{"evidence": "desc"}]


def test_a_chosen_facet_is_counted_without_its_own_filter_and_others_with_it():
    facets = (FacetRequest("theme", 8, ("a",)), FacetRequest("year"))
    filters = {"theme": ("a", "b"), "stage": ("x",)}
    body = queries.page(EngineRequest(filters=filters, facets=facets), shards=1).to_dict()
    by_stage, by_theme = {"terms": {"facets.stage": ["x"]}}, {"terms": {"facets.theme": ["a", "b"]}}
    assert by_stage in body["query"]["bool"]["filter"]
    assert by_theme not in body["query"]["bool"]["filter"]
    assert body["post_filter"] == {"bool": {"filter": [by_theme]}}
    assert body["aggs"]["chosen"]["filter"] == {"bool": {"filter": [by_theme]}}
    assert list(body["aggs"]["chosen"]["aggs"]) == ["counts:year"]
    own = body["aggs"]["without:theme"]
    assert own["filter"] == {"bool": {}} or own["filter"] == {"bool": {"filter": []}}
    assert own["aggs"]["counts:theme"]["terms"] == {"field": "facets.theme", "size": 8, "shard_size": 8}
    assert own["aggs"]["wanted:theme"]["terms"]["include"] == ["a"]


@pytest.mark.parametrize("shards", [0, 2])
def test_every_value_is_counted_on_each_of_several_shards(shards):
    body = queries.page(EngineRequest(facets=(FacetRequest("theme", 8),)), shards).to_dict()
    assert body["aggs"]["counts:theme"]["terms"]["shard_size"] == queries.ALL_VALUES


def test_what_is_typed_is_no_pattern():
    asked = queries.completions("title_words", "a.*b", 5).to_dict()["aggs"]["terms"]["terms"]
    assert asked["include"] == "a\\.\\*b.*"


def test_the_mapping_is_strict_and_uses_what_every_build_has():
    found = mapping()
    assert found["dynamic"] == "strict"
    types = {field.get("type", "object") for field in found["properties"].values()}
    assert not types & MISSING
    assert {"kind", "source", "year"} <= found["properties"]["facets"]["properties"].keys()
