"""On Elasticsearch a rebuild fills an index of its own, and aliases move when it is whole, or not at all."""

import pytest

from search.engines.base import EngineError, EngineUnavailable, IndexUnreadable
from search.engines.elasticsearch_indexes import ABANDONED, Indexes
from search.indexer import Indexer, drain
from search.models import OutboxEntry
from search.outbox import enqueue
from search.query import SearchQuery
from search.rebuild import rebuild
from search.service import search
from search.sources import get_source
from tests.search.support import SOURCE, build, document

# Slow: once, on SQLite, is enough; the contract suite runs on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def titles() -> list[str]:
    return sorted(hit.card["title"] for hit in search(SearchQuery()).hits)


def names(engine) -> list[str]:
    found = engine.client.indices.get(index=f"{engine.address.prefix}*", expand_wildcards="all")
    return sorted(found.body)


def behind(engine, alias: str) -> list[str]:
    return sorted(engine.client.indices.get_alias(name=alias).body)


def test_after_a_rebuild_aliases_name_the_new_index_and_the_old_one_is_gone(elastic):
    build(document(1, "Ojek"))
    first = elastic.index_id()
    build(document(2, "Pasar"))
    second = elastic.index_id()
    assert second > first
    assert names(elastic) == [second, f"{second}-words"]
    assert behind(elastic, elastic.indexes.read) == behind(elastic, elastic.indexes.write) == [second]
    assert behind(elastic, elastic.indexes.words) == [f"{second}-words"]
    assert titles() == ["Ojek", "Pasar"]


@pytest.mark.parametrize("step", ["complete", "put_in_place", "_compare_counts"])
def test_a_rebuild_that_fails_leaves_the_old_index_serving_and_nothing_of_its_own(elastic, monkeypatch, step):
    build(document(1, "Ojek"))
    kept = names(elastic)
    get_source(SOURCE).put(document(2, "Pasar"))

    def fail(*args):
        raise EngineError("disk full")

    owner = Indexes if hasattr(Indexes, step) else type(elastic.builder(elastic.encoder([])))
    monkeypatch.setattr(owner, step, fail)
    with pytest.raises(EngineError, match="disk full"):
        rebuild()
    assert names(elastic) == kept
    assert titles() == ["Ojek"]


def test_a_new_index_that_lacks_documents_is_not_put_in_place(elastic, monkeypatch):
    build(document(1, "Ojek"))
    kept = names(elastic)
    get_source(SOURCE).put(document(2, "Pasar"))
    sent = []
    monkeypatch.setattr(
        "search.engines.elasticsearch_writing.write", lambda client, alias, operations: sent.extend(operations) or {}
    )
    with pytest.raises(EngineError, match="holds 0 of 2 documents"):
        rebuild()
    assert len(sent) == 2
    assert (names(elastic), titles()) == (kept, ["Ojek"])


def test_searches_and_changes_go_on_while_a_new_index_is_built(elastic, monkeypatch):
    build(document(1, "Ojek"))
    source, seen = get_source(SOURCE), []
    complete = Indexes.complete

    def meanwhile(self, name):
        source.put(document(2, "Pasar"))
        enqueue(SOURCE, [2])
        drain()
        seen.append(titles())
        complete(self, name)

    monkeypatch.setattr(Indexes, "complete", meanwhile)
    rebuild()
    assert seen == [["Ojek", "Pasar"]]
    assert titles() == ["Ojek"]
    assert OutboxEntry.objects.count() == 1
    drain()
    assert titles() == ["Ojek", "Pasar"]


def test_a_writer_that_was_open_before_a_rebuild_writes_to_the_new_index(elastic):
    build(document(1, "Ojek"))
    source, indexer = get_source(SOURCE), Indexer()
    source.put(document(2, "Pasar"))
    enqueue(SOURCE, [2])
    indexer.drain()
    rebuild()
    source.put(document(3, "Desa"))
    enqueue(SOURCE, [3])
    indexer.drain()
    indexer.close()
    assert titles() == ["Desa", "Ojek", "Pasar"]
    assert len(names(elastic)) == 2


def test_what_a_killed_build_left_goes_when_it_is_old_or_replaced(elastic, monkeypatch):
    build(document(1, "Ojek"))
    used = elastic.index_id()
    building = elastic.indexes.create()
    elastic.tidy()
    assert set(names(elastic)) == {used, f"{used}-words", f"{building}-raw", f"{building}-words"}
    monkeypatch.setattr("search.engines.elasticsearch_indexes.ABANDONED", -ABANDONED)
    elastic.tidy()
    assert names(elastic) == [used, f"{used}-words"]


def test_indexes_of_others_are_left_alone(elastic):
    build(document(1, "Ojek"))
    others = [f"{elastic.address.prefix}-vault", f"{elastic.indexes.read}-2020"]
    try:
        for name in others:
            elastic.client.indices.create(index=name)
        build(document(2, "Pasar"))
        elastic.drop()
        assert names(elastic) == sorted(others)
    finally:
        elastic.client.indices.delete(index=others)


def test_without_an_index_search_is_limited_and_the_indexer_builds_one(elastic):
    get_source(SOURCE).put(document(1, "Ojek"))
    assert search(SearchQuery(text="ojek")).limited
    with pytest.raises(IndexUnreadable, match="run rebuild_search_index"):
        elastic.vocabulary()
    Indexer().drain()
    assert not search(SearchQuery(text="ojek")).limited


@pytest.mark.parametrize("lost", ["read", "write", "words"])
def test_an_index_without_one_of_its_aliases_is_built_anew(elastic, lost):
    build(document(1, "Ojek"))
    index = elastic.index_id() + ("-words" if lost == "words" else "")
    elastic.client.indices.delete_alias(index=index, name=getattr(elastic.indexes, lost))
    assert not elastic.exists()
    Indexer().drain()
    assert search(SearchQuery(text="ojek")).total == 1
    assert len(names(elastic)) == 2


def test_an_index_that_somebody_deleted_limits_the_search_until_it_is_built_anew(elastic):
    build(document(1, "Ojek"))
    elastic.client.indices.delete(index=elastic.index_id())
    assert search(SearchQuery(text="ojek")).limited
    with pytest.raises(EngineUnavailable):
        elastic.info()
    Indexer().drain()
    assert search(SearchQuery(text="ojek")).total == 1
