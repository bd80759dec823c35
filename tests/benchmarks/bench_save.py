"""Publishing a change of one entry until a search finds it, with the indexer running beside, as in production."""

import os
import time
import uuid

from django.conf import settings
from django.db import transaction

from innovation_hub.innovations.models import Innovation
from search.engines import get_engine
from search.outbox import enqueue
from search.query import SearchQuery
from search.service import search
from tests.benchmarks.queries import SOURCE
from tests.benchmarks.results import Result, percentile
from tests.benchmarks.server import indexer

ROUNDS = 20
PATIENCE = 30.0
POLL = 0.01


def run() -> list[Result]:
    """Measure ``ROUNDS`` entries; each is put back as it was."""
    n, engine = int(os.environ["BENCH_ENTRIES"]), get_engine().name
    entries = list(Innovation.objects.public().order_by("pk")[100 : 100 + ROUNDS])
    found, queued, saved = [], [], []
    with indexer(settings.DATA_DIR):
        for entry in entries:
            before = entry.summary
            word = f"katauji{''.join(letter for letter in uuid.uuid4().hex if letter.isalpha())}"
            started = time.perf_counter()
            publish(entry, f"{before} {word}")
            saved.append(time.perf_counter() - started)
            found.append(seconds_until_found(word, started))
            queued.append(seconds_to_queue(entry.pk))
            publish(entry, before)
    return [
        Result("saving until found, p95", engine, n, percentile(found, 0.95), "s", 1),
        Result("saving: the search's part of the request, p95", engine, n, percentile(queued, 0.95) * 1000, "ms", 2),
        Result("saving and publishing one entry, p50", "database", n, percentile(saved, 0.5) * 1000, "ms"),
    ]


def publish(entry: Innovation, summary: str) -> None:
    """Save a new version with another summary and publish it, as the editor does: in one transaction."""
    entry.summary = summary
    with transaction.atomic():
        entry.save_revision().publish()


def seconds_until_found(word: str, started: float) -> float:
    """Return how long after ``started`` a reader's search finds the word."""
    while time.perf_counter() - started < PATIENCE:
        if search(SearchQuery(text=word)).total:
            return time.perf_counter() - started
        time.sleep(POLL)
    raise RuntimeError(f"{word} wasn't found within {PATIENCE:.0f} seconds")


def seconds_to_queue(pk: int) -> float:
    """Return what telling the index costs inside a request."""
    with transaction.atomic():
        started = time.perf_counter()
        enqueue(SOURCE, [pk])
        return time.perf_counter() - started
