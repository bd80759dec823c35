"""The one process that writes to the index, and how commands wait for it.

Requests and commands write to the outbox only. ``manage.py run_indexer`` drains it; where none runs, a command
drains in place at its end (:func:`drain`). Whoever writes holds the lock file, so there is never a second writer.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from django.db import close_old_connections, connection

from search import locks, outbox
from search.engines import get_engine
from search.engines.base import Engine, EngineError, EngineUnavailable, EngineWriter, RecordsRefused
from search.rebuild import rebuild
from search.records import PASSING, build
from search.runs import recorded
from search.sources import get_source

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.2
WAIT_POLL_SECONDS = 0.05
#: After something failed that isn't the fault of a record: database or engine away.
PAUSE_SECONDS = 1.0
#: A running indexer that gets nothing done for this long isn't waited for: its engine takes no writes.
STALLED_SECONDS = 120.0
ROWS_AT_ONCE = 2000
VOCABULARY_SECONDS = 60.0

Say = Callable[[str], None]


@dataclass(slots=True)
class Drained:
    """What was done."""

    rows: int = 0
    records: int = 0
    failed: int = 0

    def add(self, other: "Drained") -> None:
        """Add what another step did."""
        self.rows += other.rows
        self.records += other.records
        self.failed += other.failed


def silent(text: str) -> None:
    """Say nothing."""


class Indexer:
    """Drains the outbox into the index in use. The caller holds the writer's lock."""

    def __init__(self, engine: Engine | None = None, say: Say = silent) -> None:
        """Open nothing yet; ``say`` gets one line for every batch."""
        self.engine = engine or get_engine()
        self.say = say
        self._writer: EngineWriter | None = None
        self._vocabulary_at = time.monotonic()
        self._changed = True
        self._problem = ""

    def step(self) -> Drained:
        """Apply one batch of rows and make it visible; does nothing when none is due."""
        self._follow_rebuild()
        if not self.engine.exists():
            return self._build()
        rows = outbox.take(self.engine.index_id(), ROWS_AT_ONCE)
        if not rows:
            self._settle()
            return Drained()
        started = time.monotonic()
        writer = self._open()
        errors: dict[tuple[str, int], str] = {}
        by_source: dict[str, dict[int, None]] = {}
        for row in rows:
            by_source.setdefault(row.source, {})[row.source_id] = None
        records = sum(self._apply(writer, name, list(ids), errors) for name, ids in by_source.items())
        errors |= _commit(writer)
        self._changed = True
        self._finish(rows, errors, writer.generation)
        done = Drained(len(rows), sum(map(len, by_source.values())) - len(errors), len(errors))
        milliseconds = (time.monotonic() - started) * 1000
        self.say(f"Indexed {done.records} records ({records} documents) in {milliseconds:.0f} ms.")
        for (name, source_id), error in errors.items():
            self.say(f"Not indexed, will be tried again: {name} {source_id}: {error}")
        return done

    def _build(self) -> Drained:
        """Build the index that isn't there yet, or is lost: that applies everything that is due."""
        locks.wait_until_free(locks.REBUILD)
        if self.engine.exists():
            return Drained(rows=1)
        self.say("There is no index yet.")
        with recorded("rebuild") as record:
            done = rebuild(record.telling(self.say))
            record.done(**done.as_numbers())
        self.say(f"Built an index of {done.documents} documents in {done.seconds:.1f} s.")
        return Drained(1, done.records - done.failed, done.failed)

    def _apply(self, writer: EngineWriter, name: str, ids: list[int], errors: dict[tuple[str, int], str]) -> int:
        """Replace the documents of some records; those of a source that no app has any more just go."""
        source = get_source(name)
        batch = build(source, ids, writer.encode) if source else None
        if batch:
            errors |= batch.errors
        good = [(name, source_id) for source_id in ids if (name, source_id) not in errors]
        encoded = batch.encoded if batch else []
        writer.replace(good, encoded)
        return len(encoded)

    def _finish(self, rows: list[outbox.Row], errors: dict[tuple[str, int], str], index_id: str) -> None:
        """Remove the rows that are done; keep them while a rebuild runs, and those that failed."""
        good = [row for row in rows if (row.source, row.source_id) not in errors]
        if locks.is_locked(locks.REBUILD) or self.engine.index_id() != index_id:
            outbox.keep_for_rebuild(good, index_id)
        else:
            outbox.done(good)
        outbox.failed([row for row in rows if (row.source, row.source_id) in errors], errors)

    def _open(self) -> EngineWriter:
        if self._writer is None:
            self._writer = self.engine.writer()
        return self._writer

    def _follow_rebuild(self) -> None:
        """Leave an index that a rebuild has replaced; rows applied to it meanwhile are due again."""
        if self._writer is None:
            return
        current = self.engine.index_id()
        if self._writer.generation == current:
            return
        self.close()
        if current:
            self.say("A rebuilt index is in use.")
            self.engine.tidy()

    def _settle(self) -> None:
        """When there is nothing to do: drop rows kept for a rebuild that is over, bring spelling up to date."""
        if not self._changed or locks.is_locked(locks.REBUILD):
            return
        outbox.drop_kept(self.engine.index_id())
        if time.monotonic() - self._vocabulary_at >= VOCABULARY_SECONDS:
            self.refresh_vocabulary()

    def refresh_vocabulary(self) -> None:
        """Bring the words that spelling knows up to the index, if it has changed."""
        if self._changed and self.engine.exists():
            self.engine.refresh_vocabulary()
        self._vocabulary_at = time.monotonic()
        self._changed = False

    def drain(self) -> Drained:
        """Apply everything that is due now."""
        total = Drained()
        while (done := self.step()).rows:
            total.add(done)
        return total

    def run(self, stop: Event, chores: Callable[[], None] | None = None) -> None:
        """Drain until ``stop`` is set; goes on when database or engine were away for a while.

        ``chores`` is called between two steps and decides itself what is due.
        """
        while not stop.is_set():
            close_old_connections()
            try:
                if chores is not None:
                    chores()
                idle = not self.step().rows
            except (EngineError, *PASSING) as error:
                self._pause(str(error), stop)
                continue
            self._problem = ""
            if idle:
                stop.wait(POLL_SECONDS)

    def _pause(self, problem: str, stop: Event) -> None:
        """Let go of the index and rest; what is wrong is said once, however long it lasts."""
        if problem != self._problem:
            logger.warning("The indexer waits: %s", problem)
        self._problem = problem
        self.close()
        stop.wait(PAUSE_SECONDS)

    def close(self) -> None:
        """Free the index."""
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()


def _commit(writer: EngineWriter) -> dict[tuple[str, int], str]:
    """Commit; return the records that the engine can't store, with the reason."""
    try:
        writer.commit()
    except RecordsRefused as refused:
        return refused.errors
    return {}


def drain(wait: bool = True, timeout: float | None = None, say: Say = silent) -> bool:
    """Bring the index up to what was queued before this call; return whether that is done.

    Drains in place when no indexer runs; otherwise waits (unless ``wait`` is false) until the running one has
    applied the newest row of now, at most ``timeout`` seconds. Records that can't be indexed are not waited for.
    Inside a transaction a running indexer can't see the caller's rows, so this returns False at once. While the
    engine can't be reached or takes no writes, changes wait for it, and this returns False.
    """
    try:
        return bring_up_to_date(wait, timeout, say)
    except EngineUnavailable as error:
        logger.warning("Changes wait for the search engine: %s", error)
        return False


def bring_up_to_date(wait: bool = True, timeout: float | None = None, say: Say = silent) -> bool:
    """Do what :func:`drain` does, but raise EngineUnavailable."""
    last = outbox.due(get_engine().index_id()).filter(attempts=0).order_by("-pk").values_list("pk", flat=True).first()
    if last is None:
        return True
    lock = locks.FileLock(locks.WRITER)
    if not _waited(lock, last, wait, timeout):
        return False
    if not lock.held:
        return True
    indexer = Indexer(say=say)
    try:
        indexer.drain()
        indexer.refresh_vocabulary()
    finally:
        indexer.close()
        lock.release()
    return True


def _waited(lock: locks.FileLock, last: int, wait: bool, timeout: float | None) -> bool:
    """Return True when the running indexer has applied the row ``last``, or has ended and left the lock to us."""
    started = moved = time.monotonic()
    seen: int | None = None
    while not lock.try_acquire():
        oldest = _oldest_waiting(last)
        if oldest is None:
            return True
        if not wait or connection.in_atomic_block:
            return False
        now = time.monotonic()
        if oldest != seen or locks.is_locked(locks.REBUILD):
            seen, moved = oldest, now
        if now - moved > STALLED_SECONDS or (timeout is not None and now - started > timeout):
            return False
        time.sleep(WAIT_POLL_SECONDS)
    return True


def _oldest_waiting(last: int) -> int | None:
    """Return the first row up to ``last`` that still has to be applied."""
    rows = outbox.due(get_engine().index_id()).filter(pk__lte=last, attempts=0)
    return rows.values_list("pk", flat=True).first()
