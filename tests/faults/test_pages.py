"""While the engine can't answer, pages answer from the database and say so; afterwards they are whole by themselves."""

import time
from contextlib import contextmanager

import pytest

from search.engines import get_engine
from search.rebuild import rebuild
from tests.factories import InnovationFactory
from tests.faults.conftest import LIMITED, synced
from tests.faults.node import until

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

PAGE, SUGGESTIONS = "/cari/?q=ojek", "/cari/saran/?q=oj"
#: The server would never answer: whoever waits for it waits longer than this.
FOREVER = 30.0
MANY = 20


@pytest.fixture
def collection(elastic, settings):
    """Three entries about the same, indexed."""
    settings.SEARCH_DOWN_SECONDS = 60.0
    for number in range(3):
        InnovationFactory(live=True, title_plain=f"Ojek pasar {number}")
    rebuild()
    return elastic


def is_limited(reader) -> bool:
    page = reader.get(PAGE)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Ojek pasar 2" in text or "<mark>Ojek</mark> pasar 2" in text
    return LIMITED in text


def test_a_server_that_hangs_costs_one_page_its_time_out_and_no_other_page_anything(
    node, collection, reader, clock, settings, caplog
):
    settings.SEARCH_TIMEOUT_SECONDS = 1.0
    get_engine.cache_clear()
    assert not is_limited(reader)
    started = time.monotonic()
    node.freeze()
    try:
        assert all(is_limited(reader) for _ in range(MANY))
        assert reader.get(SUGGESTIONS).json() == {"items": []}
        assert reader.get("/").status_code == 200
        assert caplog.text.count("Search is limited") == 1
        clock.skip(60)
        assert all(is_limited(reader) for _ in range(MANY))
        assert caplog.text.count("Search is limited") == 2
    finally:
        node.thaw()
    assert time.monotonic() - started < FOREVER
    assert is_limited(reader)  # nobody asks it yet
    clock.skip(60)
    until(lambda: clock.skip(60) or not is_limited(reader), "pages to be whole")


@contextmanager
def out_of_memory(elastic):
    """Let every request be too much for the server's heap."""
    limit = {"indices.breaker.total.limit": "1%"}
    elastic.client.cluster.put_settings(persistent=limit)
    try:
        yield
    finally:
        elastic.client.cluster.put_settings(persistent=dict.fromkeys(limit))


@contextmanager
def deleted(elastic, name):
    """Take an index away, and let ``sync_search`` repair that."""
    elastic.client.indices.delete(index=name)
    yield
    report = synced()
    assert report["rebuilt"]
    assert report["sources"]["innovation"] == {"database": 3, "index": 3, "missing": 0, "stale": 0, "extra": 0}


@contextmanager
def lost_index(elastic):
    """Lose the documents."""
    with deleted(elastic, elastic.index_id()):
        yield


@contextmanager
def lost_words(elastic):
    """Lose the vocabulary, without which no query can be read."""
    elastic.forget_vocabulary()
    with deleted(elastic, f"{elastic.index_id()}-words"):
        yield


@contextmanager
def closed_index(elastic):
    """Close the index, as for maintenance."""
    name = elastic.index_id()
    elastic.client.indices.close(index=name)
    try:
        yield
    finally:
        elastic.client.indices.open(index=name, wait_for_active_shards=1)


@pytest.mark.filterwarnings("ignore:.*is below the recommended minimum")
@pytest.mark.parametrize("fault", [out_of_memory, lost_index, lost_words, closed_index])
def test_a_server_that_refuses_limits_pages_until_it_is_mended(collection, reader, clock, settings, fault):
    settings.SEARCH_TIMEOUT_SECONDS = 30.0
    get_engine.cache_clear()
    elastic = get_engine()
    assert not is_limited(reader)
    with fault(elastic):
        assert is_limited(reader)
        assert reader.get(SUGGESTIONS).status_code == 200
    until(lambda: clock.skip(60) or not is_limited(reader), "pages to be whole")


def test_a_server_that_only_reads_still_answers_whole_pages(collection, reader):
    collection.client.cluster.put_settings(persistent={"cluster.blocks.read_only": True})
    try:
        assert not is_limited(reader)
    finally:
        collection.client.cluster.put_settings(persistent={"cluster.blocks.read_only": None})
