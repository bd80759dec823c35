"""What is queued in a transaction gets into the index: at least once, in any order, whatever else fails."""

import threading
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from search import locks, outbox
from search.engines import get_engine
from search.engines.base import EngineUnavailable
from search.indexer import Indexer, drain
from search.models import OutboxEntry
from search.outbox import enqueue
from search.query import SearchQuery
from search.service import search
from tests.search.support import SOURCE, SampleSource, build, document

pytestmark = pytest.mark.django_db


def titles(text: str = "") -> list[str]:
    return sorted(hit.card["title"] for hit in search(SearchQuery(text=text)).hits)


def test_enqueue_writes_each_id_once(source):
    enqueue(SOURCE, [3, 1, 3, 1])
    assert list(OutboxEntry.objects.values_list("source", "source_id")) == [(SOURCE, 3), (SOURCE, 1)]


def test_a_rolled_back_change_leaves_nothing_to_do(source):
    with pytest.raises(LookupError), transaction.atomic():
        enqueue(SOURCE, [1])
        raise LookupError
    assert not OutboxEntry.objects.exists()


def test_enqueueing_thousands_takes_few_queries(source, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        enqueue(SOURCE, range(5000))


def test_draining_indexes_changes_and_removals(source):
    build(document(1, "Ojek"), document(2, "Pasar"))
    source.put(document(1, "Ojek daring"))
    source.put(document(3, "Sekolah"))
    source.remove(2)
    enqueue(SOURCE, [1, 2, 3])
    assert drain()
    assert titles() == ["Ojek daring", "Sekolah"]
    assert not OutboxEntry.objects.exists()


def test_several_rows_of_one_record_are_one_piece_of_work(source):
    build(document(1, "Ojek"))
    enqueue(SOURCE, [1])
    enqueue(SOURCE, [1])
    indexer = Indexer()
    done = indexer.step()
    indexer.close()
    assert (done.rows, done.records) == (2, 1)
    assert titles() == ["Ojek"]


def test_draining_twice_changes_nothing(source):
    build(document(1, "Ojek"))
    for _ in range(2):
        enqueue(SOURCE, [1])
        drain()
    assert [stamp.key for stamp in get_engine().stamps(SOURCE)] == ["inovasi:1:live"]


def test_the_first_drain_builds_the_whole_index(source):
    source.put(document(1, "Ojek"))
    source.put(document(2, "Pasar"))
    enqueue(SOURCE, [1])
    assert drain()
    assert titles() == ["Ojek", "Pasar"]


def test_documents_of_a_source_that_is_gone_leave_the_index(source):
    build(document(1, "Ojek"))
    source.name = "other"
    enqueue("other", [1])
    enqueue("forgotten", [7])
    assert drain()
    assert not OutboxEntry.objects.exists()


def test_a_record_that_can_not_be_built_holds_up_no_other(source):
    build()
    for number in range(1, 8):
        source.put(document(number, f"Entri {number}"))
    source.broken = {4}
    enqueue(SOURCE, range(1, 8))
    assert drain()
    assert len(titles()) == 6
    row = OutboxEntry.objects.get()
    assert (row.source_id, row.attempts) == (4, 1)
    assert "record 4 is broken" in row.error
    assert row.retry_at > timezone.now()


def test_a_failed_record_is_tried_again_later_and_less_and_less_often(source):
    build()
    source.put(document(4, "Entri"))
    source.broken = {4}
    enqueue(SOURCE, [4])
    waits = []
    for _ in range(3):
        drain()
        Indexer().step()
        row = OutboxEntry.objects.get()
        waits.append((row.retry_at - timezone.now()).total_seconds())
        OutboxEntry.objects.update(retry_at=timezone.now() - timedelta(seconds=1))
        indexer = Indexer()
        indexer.step()
        indexer.close()
    assert waits == sorted(waits)
    assert waits[-1] > 4 * waits[0] > 12
    source.broken = set()
    OutboxEntry.objects.update(retry_at=timezone.now() - timedelta(seconds=1))
    indexer = Indexer()
    indexer.drain()
    indexer.close()
    assert titles() == ["Entri"]
    assert not OutboxEntry.objects.exists()


def test_data_that_no_engine_can_store_is_a_broken_record_too(source):
    build()
    source.put(document(1, "Baik"))
    source.put(document(2, "Buruk", card={"title": object()}))
    enqueue(SOURCE, [1, 2])
    drain()
    assert titles() == ["Baik"]
    assert "not JSON serializable" in OutboxEntry.objects.get().error


@pytest.mark.parametrize("wait", [True, False])
def test_draining_while_the_engine_is_away_leaves_the_changes_where_they_are(source, monkeypatch, caplog, wait):
    build(document(1, "Ojek"))
    enqueue(SOURCE, [1])

    def away(*args):
        raise EngineUnavailable("timed out")

    monkeypatch.setattr(type(get_engine()), "writer", away)
    assert not drain(wait=wait)
    assert OutboxEntry.objects.get().attempts == 0
    assert "Changes wait for the search engine: timed out" in caplog.text


def test_there_is_one_writer(source):
    build(document(1, "Ojek"))
    enqueue(SOURCE, [1])
    with locks.FileLock(locks.WRITER):
        assert not drain(wait=False)
        assert not drain()  # within a transaction a running indexer can't see the row
    assert OutboxEntry.objects.exists()
    assert drain()


@pytest.mark.django_db(transaction=True)
def test_a_running_indexer_that_gets_nothing_done_is_not_waited_for_any_longer(source, monkeypatch):
    monkeypatch.setattr("search.indexer.STALLED_SECONDS", 0.0)
    build(document(1, "Ojek"))
    enqueue(SOURCE, [1])
    with locks.FileLock(locks.WRITER):
        assert not drain()
    assert OutboxEntry.objects.count() == 1
    assert drain()


def test_a_second_indexer_waits_for_the_lock(source):
    stop = threading.Event()
    with locks.FileLock(locks.WRITER):
        stop.set()
        assert not locks.FileLock(locks.WRITER).acquire(stop)
    lock = locks.FileLock(locks.WRITER)
    assert lock.acquire(stop)
    lock.release()


class Stop(threading.Event):
    """Set after the indexer has waited some times."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.left = after

    def wait(self, timeout: float | None = None) -> bool:
        self.left -= 1
        if not self.left:
            self.set()
        return self.is_set()


def test_the_indexer_runs_until_it_is_told_to_stop(source, monkeypatch):
    monkeypatch.setattr("search.indexer.close_old_connections", lambda: None)
    build(document(1, "Ojek"))
    source.put(document(2, "Pasar"))
    enqueue(SOURCE, [2])
    said = []
    indexer = Indexer(say=said.append)
    indexer.run(Stop(after=2))
    indexer.close()
    assert titles() == ["Ojek", "Pasar"]
    assert said[0].startswith("Indexed 1 records (1 documents) in ")


def test_the_indexer_goes_on_when_the_engine_was_away(source, monkeypatch):
    monkeypatch.setattr("search.indexer.close_old_connections", lambda: None)
    build(document(1, "Ojek"))
    source.put(document(2, "Pasar"))
    enqueue(SOURCE, [2])
    indexer = Indexer()
    other = get_engine().writer()  # another writer holds tantivy's own lock
    indexer.run(Stop(after=1))
    assert OutboxEntry.objects.exists()
    other.close()
    indexer.run(Stop(after=1))
    indexer.close()
    assert titles() == ["Ojek", "Pasar"]


def test_the_indexer_says_once_why_it_waits(source, monkeypatch, caplog):
    monkeypatch.setattr("search.indexer.close_old_connections", lambda: None)
    build(document(1, "Ojek"))
    enqueue(SOURCE, [1])

    def away(*args):
        raise EngineUnavailable("timed out")

    monkeypatch.setattr(type(get_engine()), "writer", away)
    Indexer().run(Stop(after=3))
    assert caplog.text.count("The indexer waits: timed out") == 1


def test_rows_applied_while_a_rebuild_runs_are_applied_to_the_new_index_too(source):
    build(document(1, "Ojek"))
    before = get_engine().index_id()
    indexer = Indexer()
    with locks.FileLock(locks.REBUILD):
        source.put(document(2, "Pasar"))
        enqueue(SOURCE, [2])
        assert indexer.step().rows == 1
        assert titles() == ["Ojek", "Pasar"]
        assert OutboxEntry.objects.get().applied_to == before
        assert indexer.step().rows == 0
    source.faces.pop(2)
    build()  # as if the rebuild had read the records before number 2 was written
    source.put(document(2, "Pasar"))
    OutboxEntry.objects.create(source=SOURCE, source_id=2, applied_to=before)
    assert get_engine().index_id() != before
    assert titles() == ["Ojek"]
    assert indexer.step().rows == 1
    indexer.close()
    assert titles() == ["Ojek", "Pasar"]
    assert not OutboxEntry.objects.exists()


def test_rows_kept_for_a_rebuild_that_failed_go_when_it_is_over(source):
    build(document(1, "Ojek"))
    OutboxEntry.objects.create(source=SOURCE, source_id=1, applied_to=get_engine().index_id())
    indexer = Indexer()
    indexer.step()
    indexer.close()
    assert not OutboxEntry.objects.exists()


def test_spelling_learns_the_words_of_what_was_drained(source: SampleSource):
    build(document(1, "Ojek"))
    source.put(document(2, "Sekolah"))
    enqueue(SOURCE, [2])
    drain()
    assert search(SearchQuery(text="sekolha")).did_you_mean == "sekolah"


def test_due_rows_are_those_that_this_index_lacks(source):
    OutboxEntry.objects.create(source=SOURCE, source_id=1)
    OutboxEntry.objects.create(source=SOURCE, source_id=2, applied_to="gen-a")
    OutboxEntry.objects.create(source=SOURCE, source_id=3, retry_at=timezone.now() + timedelta(hours=1), attempts=1)
    assert [row.source_id for row in outbox.take("gen-a", 10)] == [1]
    assert [row.source_id for row in outbox.take("gen-b", 10)] == [1, 2]
    assert [row.source_id for row in outbox.take("", 10)] == [1, 2]
