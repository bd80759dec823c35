"""Ten thousand changes at once, as after an import or the renaming of a ministry, until the index has them all."""

import os
import time

from django.conf import settings
from django.db import transaction

from innovation_hub.innovations.models import Innovation
from search.engines import get_engine
from search.models import OutboxEntry
from search.outbox import enqueue
from tests.benchmarks.queries import SOURCE
from tests.benchmarks.results import Result
from tests.benchmarks.server import indexer

CHANGES = 10_000
SECONDS = 60
PATIENCE = 600.0
POLL = 0.05


def run() -> list[Result]:
    """Measure the indexer as it runs in production; entries are indexed as they are, so nothing has to be put back."""
    n, engine = int(os.environ["BENCH_ENTRIES"]), get_engine().name
    keys = list(Innovation.objects.order_by("pk").values_list("pk", flat=True)[:CHANGES])
    with indexer(settings.DATA_DIR):
        until_empty(PATIENCE)
        started = time.perf_counter()
        with transaction.atomic():
            enqueue(SOURCE, keys)
        until_empty(PATIENCE)
        seconds = time.perf_counter() - started
    return [Result(f"{len(keys)} changes until all are in the index", engine, n, seconds, "s", SECONDS)]


def until_empty(patience: float) -> None:
    """Return when nothing is queued any more."""
    deadline = time.monotonic() + patience
    while OutboxEntry.objects.exists():
        if time.monotonic() > deadline:
            raise RuntimeError(f"{OutboxEntry.objects.count()} changes still wait after {patience:.0f} seconds")
        time.sleep(POLL)
