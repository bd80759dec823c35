"""Building the whole search index anew while searches go on: time, size on disk, failed searches."""

import os
import threading
import time

from django.conf import settings
from django.db import connections

from search.engines import get_engine
from search.page import address
from search.rebuild import rebuild
from tests.benchmarks.load import Connection
from tests.benchmarks.queries import queries
from tests.benchmarks.results import Result, percentile
from tests.benchmarks.server import web

#: Engine -> seconds.
BARS = {"tantivy": 15, "elasticsearch": 40}
MEGABYTE = 1_000_000
PAUSE = 0.05
# What a page has that was answered without the engine.
LIMITED = b'class="wrap limited"'


def run() -> list[Result]:
    """Measure one rebuild alone, then one with a reader."""
    n, engine = int(os.environ["BENCH_ENTRIES"]), get_engine().name
    paths = [address(query) for query in queries(200, seed=3)]
    connections.close_all()
    started = time.perf_counter()
    done = rebuild()
    alone = time.perf_counter() - started
    size = get_engine().info()["bytes"] / MEGABYTE
    if done.failed:
        raise RuntimeError(f"{done.failed} records could not be indexed: {done.errors[0]}")
    with web(settings.DATA_DIR) as port:
        reader = Reader(port, paths)
        reader.start()
        rebuild()
        reader.stop()
    return [
        Result("index rebuild", engine, n, alone, "s", BARS[engine]),
        Result("index on disk", engine, n, size, "MB", 120),
        Result("failed searches during a rebuild", engine, n, len(reader.failures), "", 0),
        Result("search page during a rebuild p95", engine, n, percentile(reader.seconds, 0.95) * 1000, "ms"),
    ]


class Reader(threading.Thread):
    """Asks for search pages, one every few hundredths of a second, until told to stop."""

    def __init__(self, port: int, paths: list[str]) -> None:
        super().__init__(daemon=True)
        self.port = port
        self.paths = paths
        self.seconds: list[float] = []
        self.failures: list[str] = []
        self._stop_asked = threading.Event()

    def run(self) -> None:
        """Ask, count what fails or is limited, and rest."""
        connection = Connection(self.port)
        number = 0
        while not self._stop_asked.is_set():
            path = self.paths[number % len(self.paths)]
            number += 1
            started = time.perf_counter()
            status, body = connection.get(path)
            self.seconds.append(time.perf_counter() - started)
            if status != 200 or LIMITED in body:
                self.failures.append(f"{status} {path}")
            self._stop_asked.wait(PAUSE)
        connection.close()

    def stop(self) -> None:
        """Stop after the page under way."""
        self._stop_asked.set()
        self.join()
