"""Where tests find the services that ``make services`` starts.

Environment variables win (``HUB_TEST_POSTGRES_URL``, ``HUB_TEST_ELASTICSEARCH_URL``, ``HUB_TEST_CHROMIUM``); else the
known ports and programs are tried. What is missing makes a test skip with the reason, or fail under ``CI=true``.

``python -m tests.services postgres`` prints the address of the server, or the reason on standard error.
"""

import os
import shutil
import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

from pytest import fail, skip

POSTGRES_PORT = os.environ.get("HUB_TEST_POSTGRES_PORT", "54329")
POSTGRES_URL = f"postgres://hub@127.0.0.1:{POSTGRES_PORT}/hub"
ELASTICSEARCH_PORT = os.environ.get("HUB_TEST_ELASTICSEARCH_PORT", "59200")
ELASTICSEARCH_URL = f"http://127.0.0.1:{ELASTICSEARCH_PORT}"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


class ServiceMissing(Exception):
    """A service that a test needs isn't there; the message says which and what to do."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(problem)
        self.name = name


def in_ci() -> bool:
    """Return whether a missing service is a failure rather than a reason to skip."""
    return os.environ.get("CI", "").lower() in ("1", "true", "yes")


def _listening(name: str, url: str, port: int) -> str:
    """Return ``url`` if something takes connections there; raise ``ServiceMissing``."""
    parts = urlsplit(url)
    place = (parts.hostname or "127.0.0.1", parts.port or port)
    try:
        with socket.create_connection(place, timeout=2):
            return url
    except OSError as error:
        problem = f"{name} doesn't answer on {place[0]}:{place[1]} ({error}): run 'make services'"
        raise ServiceMissing(name, problem) from error


def find_postgres() -> str:
    """Return the address of a PostgreSQL server that takes connections; raise ``ServiceMissing``."""
    return _listening("PostgreSQL", os.environ.get("HUB_TEST_POSTGRES_URL", POSTGRES_URL), 5432)


def find_elasticsearch() -> str:
    """Return the address of an Elasticsearch, without a prefix for indexes; raise ``ServiceMissing``."""
    url = os.environ.get("HUB_TEST_ELASTICSEARCH_URL", ELASTICSEARCH_URL)
    return _listening("Elasticsearch", url, 9200).rstrip("/")


def find_chromium() -> Path:
    """Return the path of a Chromium that playwright can drive; raise ``ServiceMissing``."""
    named = os.environ.get("HUB_TEST_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if not found or not Path(found).exists():
        raise ServiceMissing(
            "Chromium", "Chromium isn't installed: run 'make services', or name one in HUB_TEST_CHROMIUM"
        )
    return Path(found)


def skip_or_fail(error: ServiceMissing) -> None:
    """Skip the test with the reason, or fail it where every service must be there.

    ``HUB_CI_WITHOUT`` names services, with commas, that this CI machine couldn't get; ``.ci/run`` has said so.
    """
    excused = os.environ.get("HUB_CI_WITHOUT", "").lower().split(",")
    if in_ci() and error.name.lower() not in excused:
        fail(str(error), pytrace=False)
    skip(str(error))


def main(arguments: list[str]) -> int:
    """Print where a service is; return 1 when it is missing."""
    finders = {"postgres": find_postgres, "elasticsearch": find_elasticsearch, "chromium": find_chromium}
    if len(arguments) != 1 or arguments[0] not in finders:
        sys.stderr.write(f"Name one of: {', '.join(finders)}\n")
        return 2
    try:
        sys.stdout.write(f"{finders[arguments[0]]()}\n")
    except ServiceMissing as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
