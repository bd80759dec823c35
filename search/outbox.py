"""The outbox: what changed is written down in the transaction that changes it; the indexer does the rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from search.models import OutboxEntry

ROWS_AT_ONCE = 1000
#: A record that can't be indexed is tried again after 5 s, 10 s, 20 s … at most an hour.
FIRST_RETRY, LAST_RETRY = timedelta(seconds=5), timedelta(hours=1)
MAX_ERROR = 2000


def enqueue(source: str, ids: Iterable[int]) -> None:
    """Queue the documents of records to be built anew, in the caller's transaction; each id once a call."""
    rows = [OutboxEntry(source=source, source_id=source_id) for source_id in dict.fromkeys(ids)]
    OutboxEntry.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the outbox as the indexer works on it."""

    pk: int
    source: str
    source_id: int


def due(index_id: str, now: datetime | None = None) -> QuerySet[OutboxEntry]:
    """Return the rows that still have to be applied to the index ``index_id``, oldest first."""
    ready = Q(retry_at=None) | Q(retry_at__lte=now or timezone.now())
    rows = OutboxEntry.objects.filter(ready).order_by("pk")
    return rows.exclude(applied_to=index_id, attempts=0) if index_id else rows


def take(index_id: str, limit: int) -> list[Row]:
    """Return up to ``limit`` rows to work on."""
    rows = due(index_id).values_list("pk", "source", "source_id")[:limit]
    return [Row(*row) for row in rows]


def done(rows: Iterable[Row]) -> None:
    """Remove rows whose records are in the index."""
    remove(row.pk for row in rows)


def remove(keys: Iterable[int]) -> None:
    """Remove rows by their keys."""
    found = list(keys)
    for start in range(0, len(found), ROWS_AT_ONCE):
        OutboxEntry.objects.filter(pk__in=found[start : start + ROWS_AT_ONCE]).delete()


def keep_for_rebuild(rows: Iterable[Row], index_id: str) -> None:
    """Keep applied rows while a rebuild is running: the new index may have been read before they were written."""
    found = [row.pk for row in rows]
    for start in range(0, len(found), ROWS_AT_ONCE):
        chunk = OutboxEntry.objects.filter(pk__in=found[start : start + ROWS_AT_ONCE])
        chunk.update(applied_to=index_id, attempts=0, error="", retry_at=None)


def drop_kept(index_id: str) -> None:
    """Remove the rows that were kept for a rebuild which has ended without replacing the index."""
    OutboxEntry.objects.filter(applied_to=index_id, attempts=0).delete()


def failed(rows: Iterable[Row], errors: dict[tuple[str, int], str]) -> None:
    """Record why records couldn't be indexed, and when to try again; other rows are not held up by them."""
    for row in rows:
        entry = OutboxEntry.objects.filter(pk=row.pk)
        attempts = entry.values_list("attempts", flat=True).first() or 0
        wait = min(FIRST_RETRY * 2 ** min(attempts, 12), LAST_RETRY)
        entry.update(
            attempts=F("attempts") + 1,
            error=errors[row.source, row.source_id][:MAX_ERROR],
            retry_at=timezone.now() + wait,
        )


def record_failures(errors: dict[tuple[str, int], str]) -> None:
    """Add rows for records that a rebuild couldn't index, to be tried again later."""
    later = timezone.now() + FIRST_RETRY
    OutboxEntry.objects.bulk_create(
        [
            OutboxEntry(source=source, source_id=pk, attempts=1, error=error[:MAX_ERROR], retry_at=later)
            for (source, pk), error in errors.items()
        ],
        batch_size=ROWS_AT_ONCE,
    )


def failures() -> QuerySet[OutboxEntry]:
    """Return the rows of records that couldn't be indexed so far."""
    return OutboxEntry.objects.filter(attempts__gt=0).order_by("pk")
