"""Queueing (first version by the lead; the search helper owns this file)."""

from collections.abc import Iterable


def enqueue(source: str, ids: Iterable[int]) -> None:
    """Queue documents to be built anew, in the caller's transaction."""
    from search.models import OutboxEntry

    OutboxEntry.objects.bulk_create([OutboxEntry(source=source, source_id=pk) for pk in ids], batch_size=1000)
