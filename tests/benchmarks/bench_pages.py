"""Readers' pages over HTTP: gunicorn with two workers, as ``make run`` starts it, and clients on the same machine."""

import os
import re
import zlib
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innovation_hub.innovations.models import Innovation
from search.engines import get_engine
from search.page import address
from tests.benchmarks.load import Answers, fetch_all, fetch_parallel
from tests.benchmarks.queries import queries
from tests.benchmarks.results import Result, timings
from tests.benchmarks.server import web

EMBEDDED = "tantivy"
CLIENTS = 8
WARM_UP = 200
ENTRIES_TRIED = 300
QUERY_LIMIT = 20
KILOBYTE = 1000


def run() -> list[Result]:
    """Measure search pages on the engine in use; the pages that need none are measured with the embedded one."""
    n = int(os.environ["BENCH_ENTRIES"])
    with web(settings.DATA_DIR) as port:
        results = search_pages(port, n)
        if get_engine().name == EMBEDDED:
            results += other_pages(port, n)
    return results


def search_pages(port: int, n: int) -> list[Result]:
    """Measure search pages, one client and several."""
    engine = get_engine().name
    searches = [address(query) for query in queries(1000 + WARM_UP, seed=1)]
    fetch_parallel(port, searches[:WARM_UP], CLIENTS)
    one = checked(fetch_all(port, searches[WARM_UP:]))
    many = checked(fetch_parallel(port, searches[WARM_UP:] * 3, CLIENTS))
    rate = len(many.seconds) / many.elapsed
    return [
        *timings("search page, one client", engine, n, one.seconds, p95=20),
        Result("search pages a second, 2 workers, 8 clients", engine, n, rate, "/s", 300, at_least=True),
        *timings("search page, 8 clients", engine, n, many.seconds),
        Result("search page, weight at most", engine, n, heaviest(searches[:60]), "kB", 60),
    ]


def other_pages(port: int, n: int) -> list[Result]:
    """Measure entry and home pages."""
    entries = entry_paths()
    fetch_parallel(port, entries[:50], 2)
    entry = checked(fetch_all(port, entries))
    home = checked(fetch_all(port, [reverse("home")] * 100))
    return [
        *timings("entry page, one client", "database", n, entry.seconds, p95=20),
        Result("entry page, SQL queries at most", "database", n, most_queries(entries[:60]), "", QUERY_LIMIT),
        Result("entry page, weight at most", "database", n, heaviest(entries[:60]), "kB", 60),
        *timings("home page, one client", "database", n, home.seconds),
    ]


def checked(answers: Answers) -> Answers:
    """Return the answers; a page that failed makes the measurement worthless."""
    if answers.failures:
        raise RuntimeError(f"{len(answers.failures)} pages failed, the first: {answers.failures[0]}")
    return answers


def entry_paths() -> list[str]:
    """Return addresses of entries over the whole collection, sparse and full, the real cases among them."""
    keys = list(Innovation.objects.public().order_by("pk").values_list("pk", flat=True))
    chosen = keys[:20] + keys[20 :: max(1, len(keys) // ENTRIES_TRIED)]
    found = Innovation.objects.public().filter(pk__in=chosen).order_by("pk")
    return [entry.get_absolute_url() for entry in found]


def most_queries(paths: list[str]) -> int:
    """Return the highest number of SQL queries that one of the pages asks, with warm caches."""
    client = Client(SERVER_NAME="127.0.0.1")
    counts = []
    for path in [paths[0], *paths]:
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        counts.append(len(captured))
    return max(counts[1:])


def heaviest(paths: list[str]) -> float:
    """Return the weight in kB of the heaviest page for a first visitor: compressed, with CSS, scripts and fonts."""
    client = Client(SERVER_NAME="127.0.0.1")
    return max(weigh(client.get(path).content) for path in paths)


def weigh(html: bytes) -> float:
    """Return the weight in kB of a page and of the static files it names, pictures apart."""
    named = set(re.findall(rb'(?:src|href)="(/static/[^"]+\.(?:css|js|woff2))"', html))
    total = len(compress(html)) + sum(static_weight(path.decode()) for path in named)
    return total / KILOBYTE


def static_weight(path: str) -> int:
    """Return the compressed size in bytes of a static file and of the fonts that its CSS names."""
    file = Path(settings.STATIC_ROOT) / path.removeprefix(settings.STATIC_URL)
    content = file.read_bytes()
    if file.suffix == ".woff2":
        return len(content)
    size = len(compress(content))
    if file.suffix == ".css":
        for name in set(re.findall(rb'url\("?([^")]+\.woff2)"?\)', content)):
            size += (file.parent / name.decode()).stat().st_size
    return size


def compress(content: bytes) -> bytes:
    """Return the content as gzip sends it, near enough."""
    return zlib.compress(content, 6)
