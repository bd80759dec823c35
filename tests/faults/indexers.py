"""``manage.py run_indexer`` as a process on the database of the test, as an operator runs it."""

import os
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import connection

from innovation_hub.runner import end_with_parent
from tests.faults.node import until
from tests.repository import ROOT

COMMAND = ("manage.py", "run_indexer")


def database_url() -> str:
    """Return the address of the test's database."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    user = f"{found['USER']}:{found['PASSWORD']}" if found["PASSWORD"] else found["USER"]
    return f"postgres://{user}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


def environment() -> dict[str, str]:
    """Return the environment of a hub with the test's database, folder and search engine."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "innovation_hub.settings.dev",
        "DATABASE_URL": database_url(),
        "HUB_DATA_DIR": str(settings.DATA_DIR),
        "SEARCH_URL": settings.SEARCH_URL,
        "LOG_LEVEL": "WARNING",
        "PYTHONUNBUFFERED": "1",
    }


class IndexerProcess:
    """A running indexer; what it says is kept."""

    def __init__(self, command: tuple[str | Path, ...] = COMMAND) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=partial(end_with_parent, signal.SIGKILL),
        )
        self.said = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.said += line

    def wait_for(self, text: str) -> None:
        """Return once it has said something with ``text`` in it."""
        until(lambda: text in self.said or self.ended, f"{text!r} from the indexer")
        assert text in self.said, self.said

    @property
    def ended(self) -> bool:
        """Return whether it has ended, and everything it said is here."""
        return self.process.poll() is not None and not self._reader.is_alive()

    def end(self, number: int = signal.SIGKILL) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        code = self.process.wait(60)
        self._reader.join(10)
        return code
