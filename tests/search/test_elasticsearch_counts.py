"""Counts and pages of Elasticsearch are exact: all values, on any number of shards, beyond its window."""

from dataclasses import replace

import pytest

from search.engines import elasticsearch as engine_module
from search.engines.base import EngineRequest, FacetRequest
from search.facets import Facet
from search.rebuild import rebuild
from search.tree import Clause, Term
from tests.search import support
from tests.search.support import SOURCE, build, document

# Slow: once, on SQLite, is enough; the contract suite runs on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OJEK = Term("stem", "ojek")
SCORED = (Clause(OJEK, 1.0),)


@pytest.fixture
def agencies():
    with support.only_facets(Facet("agency", "instansi", "Agency", open=True)):
        yield


def entries(count: int):
    """Return entries of so many agencies: one each, and one more of each before the agency 100."""
    numbers = [*range(1, count + 1), *range(1, 100)]
    return [document(at, "Ojek", facets={"agency": (f"{n:04}",)}) for at, n in enumerate(numbers, 1)]


def test_six_hundred_and_forty_agencies_are_six_hundred_and_forty(elastic, agencies):
    build(*entries(640))
    found = elastic.search(EngineRequest(facets=(FacetRequest("agency"),), limit=0))
    assert len(found.facets["agency"]) == 640
    assert found.total == sum(count for _, count in found.facets["agency"]) == 739


def test_the_commonest_values_are_exact_on_any_number_of_shards(elastic, agencies, settings):
    build(*entries(300))
    request = EngineRequest(match=OJEK, clauses=SCORED, facets=(FacetRequest("agency", 5, ("0250",)),))
    on_one = elastic.search(request)
    assert on_one.facets["agency"] == [*((f"{n:04}", 2) for n in range(1, 6)), ("0250", 1)]
    settings.SEARCH_SHARDS = 3
    rebuild()
    assert support.get_engine() is not elastic
    on_three = elastic.search(request)  # it hasn't heard of the new shards
    assert (on_three.total, on_three.facets) == (on_one.total, on_one.facets)
    ids = [hit.payload["i"] for hit in on_three.hits]
    assert ids == [hit.payload["i"] for hit in on_one.hits] == list(range(1, 21))


def test_the_vocabulary_is_whole_though_it_comes_in_parts(elastic, monkeypatch):
    monkeypatch.setattr("search.engines.elasticsearch_queries.ALL_VALUES", 40)
    words = [f"zx{first}{second}" for first in "bcdfghjklmnp" for second in "bcdfghjklmnpqrst"]
    build(*(document(number, f"Ojek {word}") for number, word in enumerate(words, 1)))
    assert set(words) < elastic.vocabulary().keys()
    assert elastic.vocabulary()["ojek"] == len(words)


@pytest.mark.parametrize("request_", [EngineRequest(match=OJEK, clauses=SCORED), EngineRequest(sort="adoptions")])
def test_pages_beyond_the_window_follow_on(elastic, monkeypatch, request_):
    build(*(document(number, "Ojek", adoption_count=number % 3) for number in range(1, 46)))
    whole = [hit.payload["i"] for hit in elastic.search(replace(request_, limit=100)).hits]
    monkeypatch.setattr(engine_module, "WINDOW", 10)
    walked = elastic.search(replace(request_, limit=100))
    assert [hit.payload["i"] for hit in walked.hits] == whole
    assert len(whole) == walked.total == 45
    part = elastic.search(replace(request_, offset=17, limit=12, fetch=False))
    assert [hit.payload for hit in part.hits] == [{"i": found} for found in whole[17:29]]
    assert part.total == 45


def test_stamps_of_more_documents_than_the_window_come_whole(elastic, monkeypatch):
    build(*(document(number, "Ojek") for number in range(1, 36)))
    monkeypatch.setattr(engine_module, "WINDOW", 10)
    assert sorted(stamp.source_id for stamp in elastic.stamps(SOURCE)) == list(range(1, 36))
