"""The server of the fault tests, and a hub whose search is on it."""

import json
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client

from search import suggest
from search.availability import circuit
from search.engines import get_engine
from search.engines.base import Engine
from tests import services
from tests.faults.indexers import IndexerProcess
from tests.faults.node import Node

#: What a page has that was answered without the engine.
LIMITED = 'class="wrap limited"'


def synced() -> dict[str, Any]:
    """Return what ``sync_search`` reports."""
    out = StringIO()
    call_command("sync_search", "--json", stdout=out)
    return json.loads(out.getvalue().splitlines()[-1])


@pytest.fixture(scope="session")
def node() -> Iterator[Node]:
    """An Elasticsearch for these tests alone; skips (in CI: fails) where it was never fetched."""
    found = Node()
    try:
        found.start()
        yield found
    except services.ServiceMissing as error:
        services.skip_or_fail(error)
    finally:
        found.destroy()


@pytest.fixture
def elastic(node, settings, tmp_path) -> Iterator[Engine]:
    """An empty index of the test's own on the server; afterwards the server is well, whatever the test did to it."""
    use(settings, tmp_path, f"{node.url}/hub-faults-{uuid4().hex[:12]}")
    yield get_engine()
    if not node.running:
        node.start()
    settings.SEARCH_TIMEOUT_SECONDS = 60.0
    get_engine.cache_clear()
    get_engine().drop()
    circuit.reset()


def use(settings, folder, address: str) -> None:
    """Search at ``address``, with nothing remembered from other tests."""
    settings.DATA_DIR = folder
    settings.SEARCH_URL = address
    get_engine.cache_clear()
    circuit.reset()
    suggest.forget()


class SkippedTime:
    """The circuit's clock, which can be put forward."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._skipped = 0.0

    def __call__(self) -> float:
        return self._clock() + self._skipped

    def skip(self, seconds: float) -> None:
        """Let this much time have passed."""
        self._skipped += seconds


@pytest.fixture
def clock(monkeypatch) -> SkippedTime:
    """What tells the circuit how long the engine has been down."""
    found = SkippedTime(circuit._clock)
    monkeypatch.setattr(circuit, "_clock", found)
    return found


@pytest.fixture
def reader() -> Client:
    """A reader's browser."""
    return Client()


@pytest.fixture
def indexer(transactional_db) -> Iterator[Callable[..., IndexerProcess]]:
    """Starts indexers; none outlives the test, nor sees the database put back."""
    started: list[IndexerProcess] = []

    def start(*command) -> IndexerProcess:
        started.append(IndexerProcess(command) if command else IndexerProcess())
        return started[-1]

    yield start
    for one in started:
        one.end()
