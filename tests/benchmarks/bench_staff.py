"""Lists of staff: all entries, filtered, searched, and the review queue; time and SQL queries of each."""

import os
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innovation_hub.accounts.models import User
from innovation_hub.innovations.models import Innovation
from tests.benchmarks.queries import queries
from tests.benchmarks.results import Result, percentile

ROUNDS = 15
MILLISECONDS = 100
QUERY_LIMIT = 20
CURATOR = "kurator@contoh.go.id"


def run() -> list[Result]:
    """Measure the lists as the demonstration's curator sees them."""
    n = int(os.environ["BENCH_ENTRIES"])
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(email=CURATOR))
    results: list[Result] = []
    for name, paths in pages().items():
        seconds, counts = measure(client, paths)
        value = percentile(seconds, 0.95) * 1000
        results.append(Result(f"{name}, p95", "database", n, value, "ms", MILLISECONDS))
        results.append(Result(f"{name}, SQL queries at most", "database", n, max(counts), "", QUERY_LIMIT))
    return results


def pages() -> dict[str, list[str]]:
    """Return the addresses to ask for, by what they are."""
    entries = reverse("hub_innovations:list")
    entry = Innovation.objects.public().exclude(programme=None).order_by("pk").first()
    assert entry is not None, "the collection is empty"
    last = max(1, Innovation.objects.count() // 20 - 5)
    words = [query.text for query in queries(ROUNDS, seed=2)]
    return {
        "staff list": [entries] * ROUNDS,
        "staff list, a late page": [f"{entries}?p={last - number}" for number in range(ROUNDS)],
        "staff list, agency filter": [f"{entries}?agency={entry.agency_id}"] * ROUNDS,
        "staff list, programme and year": [f"{entries}?programme={entry.programme.code}&year={entry.year}"] * ROUNDS,
        "staff list, search": [f"{entries}?q={'+'.join(text.split())}" for text in words],
        "review queue": [reverse("curation_queue")] * ROUNDS,
    }


def measure(client: Client, paths: list[str]) -> tuple[list[float], list[int]]:
    """Return the duration and the number of SQL queries of each page, after one that warms caches."""
    seconds, counts = [], []
    for number, path in enumerate([paths[0], *paths]):
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        asked = len(captured)
        started = time.perf_counter()
        response = client.get(path)
        elapsed = time.perf_counter() - started
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}")
        if number:
            seconds.append(elapsed)
            counts.append(asked)
    return seconds, counts
