"""What every browser test needs: Chromium, and a server that shares the tests' database, not their connection."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer


@pytest.fixture(scope="session")
def live_server(django_db_setup) -> Iterator[LiveServer]:
    """Start the server once the test database is there.

    pytest-django's own fixture starts it before: it then takes the database for one in memory and lets its threads use
    the tests' connection, which ends in a crash of SQLite.
    """
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def browser(chromium_path: Path) -> Iterator[Browser]:
    """Start Chromium for one test."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(chromium_path), args=["--no-sandbox"])
        yield chromium
        chromium.close()
