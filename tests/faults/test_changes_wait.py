"""Whatever is wrong with the engine, changes wait in the outbox and lose no attempt, and are applied afterwards."""

import json
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search.engines import get_engine
from search.indexer import drain
from search.models import OutboxEntry
from search.query import SearchQuery
from search.rebuild import rebuild
from search.service import search
from tests.factories import InnovationFactory
from tests.faults.conftest import synced
from tests.faults.node import until

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

CHANGES = 25


@pytest.fixture
def collection(elastic, settings, monkeypatch):
    """One entry, indexed; pages wait for a busy machine, and the indexer doesn't wait long for a hanging server."""
    settings.SEARCH_TIMEOUT_SECONDS = 30.0
    get_engine.cache_clear()
    InnovationFactory(live=True, title_plain="Ojek pasar")
    rebuild()
    return get_engine()


def change() -> None:
    """Save entries, as the editor does."""
    for number in range(CHANGES):
        InnovationFactory(live=True, title_plain=f"Pasar {number}")
    waiting = OutboxEntry.objects.values_list("attempts", "error", "retry_at").distinct()
    assert list(waiting) == [(0, "", None)]


@contextmanager
def hanging(node, elastic, monkeypatch):
    """Stop the server in the middle of whatever it does."""
    with monkeypatch.context() as patch:
        patch.setattr("search.engines.elasticsearch_indexes.PATIENT_TIMEOUT_SECONDS", 0.5)
        node.freeze()
        try:
            yield
        finally:
            node.thaw()


@contextmanager
def read_only(node, elastic, monkeypatch, block="cluster.blocks.read_only"):
    """Let nobody write to the cluster, as an administrator does before an upgrade."""
    elastic.client.cluster.put_settings(persistent={block: True})
    try:
        yield
    finally:
        elastic.client.cluster.put_settings(persistent={block: None})


@contextmanager
def full(node, elastic, monkeypatch):
    """Do what the server does itself when its disk passes the flood stage, and when there is room again."""
    index = elastic.index_id()
    elastic.client.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": True})
    yield
    elastic.client.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": None})


@pytest.mark.parametrize("fault", [hanging, read_only, full])
def test_changes_wait_and_are_applied_when_the_engine_is_well(node, collection, monkeypatch, fault):
    with fault(node, collection, monkeypatch):
        change()
        waiting = OutboxEntry.objects.count()
        assert waiting >= CHANGES
        assert [drain(), drain()] == [False, False]
        untouched = OutboxEntry.objects.filter(attempts=0, error="", retry_at=None)
        assert untouched.count() == waiting
    until(drain, "the changes to be applied")
    assert not OutboxEntry.objects.exists()
    assert search(SearchQuery(text="pasar")).total == CHANGES + 1
    assert synced()["sources"]["innovation"] == {
        "database": CHANGES + 1,
        "index": CHANGES + 1,
        "missing": 0,
        "stale": 0,
        "extra": 0,
    }


def test_sync_reports_what_a_read_only_engine_lacks_and_says_that_repairs_wait(node, collection, monkeypatch):
    change()
    OutboxEntry.objects.all().delete()  # as if they had been lost
    out = StringIO()
    with (
        read_only(node, collection, monkeypatch),
        pytest.raises(CommandError, match=r"Repairs wait for the search engine: .*read-only"),
    ):
        call_command("sync_search", "--json", stdout=out)
    report = json.loads(out.getvalue().splitlines()[-1])
    assert (report["sources"]["innovation"]["missing"], report["repaired"]) == (CHANGES, CHANGES)
    assert drain()
    assert synced()["repaired"] == 0


def test_sync_finds_and_repairs_documents_that_the_engine_has_lost(collection):
    change()
    drain()
    query = {"terms": {"scope": ["public"]}}
    gone = collection.client.delete_by_query(
        index=collection.indexes.write, query=query, max_docs=5, refresh=True, conflicts="proceed"
    )["deleted"]
    assert gone == 5
    assert synced()["sources"]["innovation"]["missing"] == 5
    assert synced()["repaired"] == 0
    assert search(SearchQuery(text="pasar")).total == CHANGES + 1
