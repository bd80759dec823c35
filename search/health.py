"""How the index is: what staff see of engine, documents, outbox, indexer and the last work on the whole."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from innovation_hub.core.scopes import PUBLIC, STAFF
from search import locks, outbox, runs
from search.availability import CircuitOpen, circuit
from search.engines import get_engine
from search.engines.base import Engine, EngineRequest, EngineUnavailable, IndexUnreadable
from search.models import IndexRun, OutboxEntry
from search.sources import sources

MAX_FAILURES = 20
#: With both, an administrator's keys, every record is counted once, whatever faces it has.
ALL_SCOPES = frozenset({PUBLIC, STAFF})


class EngineState(StrEnum):
    """Whether pages can search."""

    UP = "up"
    PAUSED = "paused"
    """It was found down a moment ago, so this process doesn't ask it."""
    MISSING = "missing"
    """There is no index, or one that can't be read."""
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """One kind of record: how many the database has, how many the index."""

    label: Any
    database: int
    index: int | None

    @property
    def difference(self) -> int:
        """Return how many records lack in the index (negative: too many are there)."""
        return self.database - (self.index or 0)


@dataclass(frozen=True, slots=True)
class EngineHealth:
    """The engine and its index."""

    name: str
    state: EngineState
    problem: str = ""
    documents: int | None = None
    segments: int | None = None
    bytes: int | None = None
    records: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutboxHealth:
    """What waits to be indexed."""

    waiting: int
    oldest: datetime | None
    failed: int
    """Records that couldn't be indexed so far."""
    failures: tuple[OutboxEntry, ...]


@dataclass(frozen=True, slots=True)
class Health:
    """Everything together."""

    engine: EngineHealth
    sources: tuple[SourceHealth, ...]
    outbox: OutboxHealth
    indexer_runs: bool
    current: IndexRun | None
    last_rebuild: IndexRun | None
    last_sync: IndexRun | None


def health() -> Health:
    """Ask engine and database; never raises because of the engine."""
    engine = engine_health()
    counted = tuple(
        SourceHealth(source.label, sum(1 for _ in source.ids()), engine.records.get(name))
        for name, source in sources().items()
    )
    return Health(
        engine=engine,
        sources=counted,
        outbox=outbox_health(),
        indexer_runs=locks.is_locked(locks.WRITER) or runs.indexer_seen(),
        current=runs.open_run(),
        last_rebuild=runs.last_ended(IndexRun.Kind.REBUILD),
        last_sync=runs.last_ended(IndexRun.Kind.SYNC),
    )


def engine_health() -> EngineHealth:
    """Return what the engine says of itself, or why it says nothing."""
    engine = get_engine()
    try:
        return circuit.call(lambda: _asked(engine))
    except CircuitOpen as error:
        return EngineHealth(engine.name, EngineState.PAUSED, str(error))
    except IndexUnreadable as error:
        return EngineHealth(engine.name, EngineState.MISSING, str(error))
    except EngineUnavailable as error:
        return EngineHealth(engine.name, EngineState.DOWN, str(error))


def _asked(engine: Engine) -> EngineHealth:
    # The counts come first: they wait no longer than a page does.
    records = {name: engine.count(EngineRequest(filters={"source": (name,)}, scopes=ALL_SCOPES)) for name in sources()}
    info = engine.info()
    return EngineHealth(
        engine.name,
        EngineState.UP,
        documents=info.get("documents"),
        segments=info.get("segments"),
        bytes=info.get("bytes"),
        records=records,
    )


def outbox_health() -> OutboxHealth:
    """Return how much waits and for how long; rows that are kept for a rebuild wait for nothing."""
    try:
        index_id = circuit.call(lambda: get_engine().index_id())
    except EngineUnavailable:
        index_id = ""
    waiting = outbox.due(index_id).filter(attempts=0)
    failed = outbox.failures()
    return OutboxHealth(
        waiting=waiting.count(),
        oldest=waiting.order_by("queued_at").values_list("queued_at", flat=True).first(),
        failed=failed.order_by().values("source", "source_id").distinct().count(),
        failures=tuple(failed[:MAX_FAILURES]),
    )
