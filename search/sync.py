"""Comparing the index with the database, and repairing what differs."""

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from typing import Any

from search import outbox
from search.engines import get_engine
from search.engines.base import Engine
from search.indexer import Say, drain, silent
from search.rebuild import rebuild
from search.sources import SearchSource, sources

MAX_LISTED = 50


@dataclass(slots=True)
class Difference:
    """How the index differs from the database for one source."""

    database: int = 0
    index: int = 0
    missing: list[int] = field(default_factory=list)
    """In the database only."""
    stale: list[int] = field(default_factory=list)
    """Of another version in the index, or there more than once."""
    extra: list[int] = field(default_factory=list)
    """In the index only."""

    @property
    def ids(self) -> list[int]:
        """Return every id that has to be indexed anew."""
        return sorted({*self.missing, *self.stale, *self.extra})

    def as_dict(self) -> dict[str, int]:
        """Return the numbers."""
        return {name: value if isinstance(value, int) else len(value) for name, value in asdict(self).items()}


@dataclass(slots=True)
class Synced:
    """What was compared and repaired."""

    sources: dict[str, Difference] = field(default_factory=dict)
    rebuilt: bool = False
    repaired: int = 0
    waiting: int = 0
    """Rows that were still in the outbox when the comparison began: changes on their way."""
    failed: list[dict[str, Any]] = field(default_factory=list)
    """Records that can't be indexed, with the error."""

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {
            "sources": {name: difference.as_dict() for name, difference in self.sources.items()},
            "rebuilt": self.rebuilt,
            "repaired": self.repaired,
            "waiting": self.waiting,
            "failed": self.failed,
        }


def sync(say: Say = silent) -> Synced:
    """Compare, repair, and report. An index that was never built is built."""
    engine = get_engine()
    found = Synced()
    if not engine.exists():
        say("There is no index yet.")
        rebuild(say)
        found.rebuilt = True
    found.waiting = outbox.due(engine.index_id()).filter(attempts=0).count()
    drain(say=say)
    known = sources()
    for name in sorted({*known, *engine.sources()}):
        difference = compare(engine, name, known.get(name))
        found.sources[name] = difference
        outbox.enqueue(name, difference.ids)
        found.repaired += len(difference.ids)
    drain(say=say)
    found.failed = [
        {"source": row.source, "id": row.source_id, "attempts": row.attempts, "error": row.error}
        for row in outbox.failures()[:MAX_LISTED]
    ]
    return found


def compare(engine: Engine, name: str, source: SearchSource | None) -> Difference:
    """Return how the index differs from the database for one source, by ids and versions."""
    indexed: dict[int, dict[str, int]] = defaultdict(dict)
    repeated: set[int] = set()
    for stamp in engine.stamps(name):
        if stamp.key in indexed[stamp.source_id]:
            repeated.add(stamp.source_id)
        indexed[stamp.source_id][stamp.key] = stamp.version
    wanted = dict(source.versions()) if source else {}
    difference = Difference(database=len(wanted), index=len(indexed))
    for source_id, version in wanted.items():
        if source_id not in indexed:
            difference.missing.append(source_id)
        elif source_id in repeated or set(indexed[source_id].values()) != {version}:
            difference.stale.append(source_id)
    difference.extra = sorted(indexed.keys() - wanted.keys())
    return difference
