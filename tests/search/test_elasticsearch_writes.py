"""Writes to Elasticsearch go through an alias that must be there, into a mapping that takes nothing undeclared."""

import pytest
from elasticsearch import BadRequestError, NotFoundError

from search.documents import prepare
from search.engines.base import IndexUnreadable
from search.engines.elasticsearch_document import Encoder
from search.engines.elasticsearch_writing import Operation, write
from search.indexer import drain
from search.models import OutboxEntry
from search.outbox import enqueue
from search.query import SearchQuery
from search.rebuild import rebuild
from search.service import search
from search.sources import get_source
from tests.search.support import SOURCE, build, document

# Slow: once, on SQLite, is enough; the contract suite runs on both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def change(number: int, title: str) -> None:
    get_source(SOURCE).put(document(number, title))
    enqueue(SOURCE, [number])


def test_a_write_without_its_alias_is_refused_and_makes_no_index(elastic):
    encoded = Encoder().encode(prepare(document(1, "Ojek")))
    with pytest.raises(IndexUnreadable, match="require_alias"):
        write(elastic.client, elastic.indexes.write, [Operation(encoded.key, encoded.source)])
    assert not elastic.client.indices.exists(index=f"{elastic.address.prefix}*", allow_no_indices=False)


def test_nobody_else_makes_an_index_of_the_aliases_names_by_writing(elastic):
    build(document(1, "Ojek"))
    elastic.client.indices.delete_alias(index=elastic.index_id(), name=elastic.indexes.write)
    with pytest.raises(NotFoundError, match="index_not_found"):
        elastic.client.index(index=elastic.indexes.write, document={"any": "thing"})


def test_when_the_index_is_lost_while_a_writer_is_open_changes_wait_and_are_not_lost(elastic):
    build(document(1, "Ojek"))
    with elastic.writer() as writer:
        elastic.client.indices.delete(index=elastic.index_id())
        change(2, "Pasar")
        writer.replace([(SOURCE, 2)], [writer.encode(prepare(document(2, "Pasar")))])
        with pytest.raises(IndexUnreadable):
            writer.commit()
    assert OutboxEntry.objects.count() == 1
    drain()
    assert search(SearchQuery()).total == 2
    assert not OutboxEntry.objects.exists()


def test_a_field_that_is_not_declared_is_refused(elastic):
    build(document(1, "Ojek"))
    with pytest.raises(BadRequestError, match="strict_dynamic_mapping_exception"):
        elastic.client.index(index=elastic.indexes.write, document={"nonsense": 1}, require_alias=True)


def test_a_record_that_elasticsearch_refuses_holds_up_no_other(elastic):
    build(document(1, "Ojek"))
    get_source(SOURCE).put(document(2, "Buruk", facets={"..": ("a",)}))
    enqueue(SOURCE, [2])
    change(3, "Pasar")
    assert drain()
    assert sorted(hit.source_id for hit in search(SearchQuery()).hits) == [1, 3]
    row = OutboxEntry.objects.get()
    assert (row.source_id, row.attempts) == (2, 1)
    assert "parsing_exception" in row.error


def test_a_rebuild_leaves_out_a_record_that_elasticsearch_refuses(elastic):
    get_source(SOURCE).put(document(2, "Buruk", facets={"..": ("a",)}))
    build(document(1, "Ojek"))
    assert [hit.source_id for hit in search(SearchQuery()).hits] == [1]
    assert OutboxEntry.objects.get().source_id == 2


def test_a_facet_that_is_new_since_the_index_was_built_can_be_filtered_by(elastic):
    build(document(1, "Ojek"))
    get_source(SOURCE).put(document(2, "Pasar", facets={"brandnew": ("a",)}))
    enqueue(SOURCE, [2])
    drain()
    assert [hit.source_id for hit in search(SearchQuery(filters={"brandnew": ("a",)})).hits] == [2]


@pytest.mark.parametrize("block", ["read_only", "read_only_allow_delete", "write"])
def test_while_the_index_takes_no_writes_searches_go_on_and_changes_wait(elastic, block):
    build(document(1, "Ojek"))
    index = elastic.index_id()
    elastic.client.indices.put_settings(index=index, settings={f"index.blocks.{block}": True})
    change(2, "Pasar")
    assert not drain()
    assert OutboxEntry.objects.get().attempts == 0
    assert search(SearchQuery()).total == 1
    elastic.client.indices.put_settings(index=index, settings={f"index.blocks.{block}": None})
    drain()
    assert search(SearchQuery()).total == 2


def test_a_face_that_a_record_no_longer_has_goes_with_the_next_change(elastic):
    build(document(1, "Ojek"), document(1, "Ojek baru", face="draft"))
    assert len(list(elastic.stamps(SOURCE))) == 2
    get_source(SOURCE).remove(1)
    change(1, "Ojek")
    drain()
    assert [stamp.key for stamp in elastic.stamps(SOURCE)] == ["inovasi:1:live"]


def test_a_thousand_records_change_in_one_commit(elastic):
    build(*(document(number, f"Ojek {number}") for number in range(1, 1201)))
    for number in range(1, 1201):
        change(number, f"Pasar {number}")
    drain()
    assert search(SearchQuery(text="pasar")).total == 1200
    assert search(SearchQuery(text="ojek")).total == 0


@pytest.mark.parametrize("text", ["x" * 40_000, "\ud800 \x00 \u2028", '{"index":{}}\n' * 3, "漢字 عربي 😀"])
def test_any_text_can_be_stored(elastic, text):
    build(document(1, f"Ojek {text}", summary=text, body=(text,), facets={"theme": (text,)}))
    [hit] = search(SearchQuery(text="ojek")).hits
    assert hit.summary[:10] == text[:10].replace("\ud800", "?")


def test_shards_and_replicas_are_those_of_the_settings(elastic, settings):
    settings.SEARCH_SHARDS, settings.SEARCH_REPLICAS = 2, 1
    build(document(1, "Ojek"))
    name = elastic.index_id()
    found = elastic.client.indices.get_settings(index=name).body[name]["settings"]["index"]
    assert (found["number_of_shards"], found["number_of_replicas"]) == ("2", "1")
    assert found.get("blocks", {}).get("write") is None
    settings.SEARCH_SHARDS = 1
    rebuild()
    assert search(SearchQuery(text="ojek")).total == 1
