"""Comparing the index with the database, and repairing what differs."""

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from typing import Any

from search import locks, outbox
from search.engines import get_engine
from search.engines.base import Engine, EngineUnavailable, IndexUnreadable
from search.indexer import Say, bring_up_to_date, silent
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
    problem: str = ""
    """Why the engine takes no changes now: repairs wait in the outbox."""

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {
            "sources": {name: difference.as_dict() for name, difference in self.sources.items()},
            "rebuilt": self.rebuilt,
            "repaired": self.repaired,
            "waiting": self.waiting,
            "failed": self.failed,
            "problem": self.problem,
        }

    def as_numbers(self) -> dict[str, Any]:
        """Return it without the errors, which may repeat what stands in drafts."""
        failed = {(row["source"], row["id"]) for row in self.failed}
        return {**self.as_dict(), "failed": len(failed)}


def sync(say: Say = silent) -> Synced:
    """Compare, repair, and report. An index that was never built, is lost or can't be read is built.

    Where the engine takes no writes, repairs wait in the outbox; raises EngineError when it can't be asked.
    """
    engine = get_engine()
    found = Synced(rebuilt=_made_sound(engine, say))
    found.waiting = outbox.due(engine.index_id()).filter(attempts=0).count()
    found.problem = _apply(say)
    known = sources()
    for name in sorted({*known, *engine.sources()}):
        difference = compare(engine, name, known.get(name))
        found.sources[name] = difference
        outbox.enqueue(name, difference.ids)
        found.repaired += len(difference.ids)
    found.problem = found.problem or _apply(say)
    found.failed = [
        {"source": row.source, "id": row.source_id, "attempts": row.attempts, "error": row.error}
        for row in outbox.failures()[:MAX_LISTED]
    ]
    return found


def _made_sound(engine: Engine, say: Say) -> bool:
    """Build the index anew if it can't be used; return whether that was done here."""
    if not _unsound(engine):
        return False
    locks.wait_until_free(locks.REBUILD)
    problem = _unsound(engine)
    if problem:
        say(problem)
        rebuild(say)
    return bool(problem)


def _unsound(engine: Engine) -> str:
    """Return why the index can't be used by pages and writers, empty if it can."""
    if not engine.exists():
        return "There is no index yet, or part of it is lost."
    try:
        engine.info()
        engine.vocabulary()
    except IndexUnreadable as error:
        return f"The index can't be read: {error}"
    return ""


def _apply(say: Say) -> str:
    """Apply what is queued; return why it waits instead, empty if it doesn't."""
    try:
        return "" if bring_up_to_date(say=say) else "the running indexer gets nothing done"
    except EngineUnavailable as error:
        return str(error)


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
