"""Building the whole index anew while the old one is read and kept up to date."""

import logging
import multiprocessing
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection, connections

from search import locks, outbox
from search.documents import IndexRecord, link_faces, prepare
from search.engines import get_engine
from search.engines.base import Engine, EngineEncoder, RecordsRefused
from search.models import OutboxEntry
from search.records import Batch, build
from search.sources import get_source, sources

logger = logging.getLogger(__name__)

#: Records a task builds: each reads the vocabularies anew, which costs as much as a hundred records.
CHUNK = 1500
SAMPLE = 400
#: Fewer records are built in this process: starting others would take longer.
PARALLEL_FROM = 4_000
PROCESSES = 2
#: Chunks under way at once, so that memory doesn't grow when writing is slower than building.
WINDOW = 6

Say = Callable[[str], None]
Task = tuple[str, Sequence[int]]


@dataclass(slots=True)
class Rebuilt:
    """What a rebuild did."""

    records: int = 0
    documents: int = 0
    failed: int = 0
    seconds: float = 0.0
    bytes: int = 0
    errors: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {**asdict(self), "seconds": round(self.seconds, 2)}

    def as_numbers(self) -> dict[str, Any]:
        """Return it without the errors, which may repeat what stands in drafts."""
        return {name: value for name, value in self.as_dict().items() if name != "errors"}


def rebuild(say: Say = lambda text: None, processes: int | None = None) -> Rebuilt:
    """Build a new index from all sources and put it in place at once.

    Readers use the old one until then, and keep it if this fails. Changes that an indexer applies to the old one
    meanwhile are applied again to the new one. A second rebuild waits for the first.
    """
    started = time.monotonic()
    engine = get_engine()
    with locks.FileLock(locks.REBUILD):
        covered = list(OutboxEntry.objects.values_list("pk", flat=True))
        tasks = list(_tasks())
        done = Rebuilt(records=sum(len(ids) for _, ids in tasks))
        say(f"Building a new index of {done.records} records.")
        errors: dict[tuple[str, int], str] = {}
        encoder = engine.encoder(_sample(tasks))
        batches = _batches(tasks, encoder, _process_count(done.records, processes))
        _write(engine, encoder, batches, done, errors, say)
        outbox.remove(covered)
        outbox.record_failures(errors)
    if not locks.is_locked(locks.WRITER):
        engine.tidy()
    done.failed = len(errors)
    done.errors = [f"{name} {source_id}: {error}" for (name, source_id), error in errors.items()]
    done.seconds = time.monotonic() - started
    done.bytes = engine.info().get("bytes", 0)
    return done


def _write(
    engine: Engine,
    encoder: EngineEncoder,
    batches: Iterator[Batch],
    done: Rebuilt,
    errors: dict[tuple[str, int], str],
    say: Say,
) -> None:
    """Feed the builder; the processes that build records have been started before it has threads of its own."""
    first = next(batches, None)
    said = time.monotonic()
    with engine.builder(encoder) as builder:
        while first is not None:
            for encoded in first.encoded:
                builder.add(encoded)
            done.documents += len(first.encoded)
            errors |= first.errors
            if time.monotonic() - said > 2:
                say(f"{done.documents} documents …")
                said = time.monotonic()
            first = next(batches, None)
        try:
            builder.finish()
        except RecordsRefused as refused:
            errors |= refused.errors


def _tasks() -> Iterator[Task]:
    for name, source in sources().items():
        ids = list(source.ids())
        for start in range(0, len(ids), CHUNK):
            yield name, ids[start : start + CHUNK]


def _sample(tasks: Sequence[Task]) -> list[IndexRecord]:
    """Return some records from all over the collection; one that can't be built is left to the build."""
    records: list[IndexRecord] = []
    step = max(len(tasks) // 8, 1)
    for name, ids in tasks[::step]:
        source = get_source(name)
        if source is None:
            continue
        chosen = ids[:: max(len(ids) * 8 // SAMPLE, 1)]
        try:
            records += [prepare(document) for document in link_faces(source.documents(chosen))]
        except Exception:
            logger.warning("A sample of %s can't be built; the build will say which record it is", name)
    return records


def _process_count(records: int, wanted: int | None) -> int:
    """Return how many processes build records; 0 means this one alone."""
    if wanted is not None:
        return wanted
    in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()  # type: ignore[attr-defined]
    if records < PARALLEL_FROM or in_memory or connection.in_atomic_block or sys.platform != "linux":
        return 0
    return min(PROCESSES, os.cpu_count() or 1)


def _batches(tasks: Sequence[Task], encoder: EngineEncoder, processes: int) -> Iterator[Batch]:
    """Yield what each task gives, in order."""
    if not processes:
        for task in tasks:
            yield _build_task(task, encoder)
        return
    _start.encoder = encoder  # type: ignore[attr-defined]
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(processes, _start) as pool:
        waiting: deque[Any] = deque()
        for task in tasks:
            waiting.append(pool.apply_async(_build_in_process, (task,)))
            if len(waiting) >= WINDOW:
                yield waiting.popleft().get()
        while waiting:
            yield waiting.popleft().get()


def _start() -> None:
    """Begin a process: connections to the database can't be shared with the one it came from."""
    connections.close_all()


def _build_in_process(task: Task) -> Batch:
    return _build_task(task, _start.encoder)  # type: ignore[attr-defined]


def _build_task(task: Task, encoder: EngineEncoder) -> Batch:
    name, ids = task
    source = get_source(name)
    return build(source, ids, encoder.encode) if source else Batch()
