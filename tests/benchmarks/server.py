"""Starts a hub's processes on a data folder for as long as a measurement lasts."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from innovation_hub.runner import answers, end_with_parent
from search import locks

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 60


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def _process(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen]:
    """Run a process in a group of its own and end the whole group."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        start_new_session=True,
        preexec_fn=partial(end_with_parent, signal.SIGTERM),
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


@contextmanager
def web(data_dir: Path | str, workers: int = 2) -> Iterator[int]:
    """Serve the hub of a data folder with gunicorn as ``make run`` does; yield the port."""
    port = free_port()
    environment = {
        **os.environ,
        "HUB_DATA_DIR": str(data_dir),
        "WEB_BIND": f"127.0.0.1:{port}",
        "WEB_WORKERS": str(workers),
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "python:innovation_hub.gunicorn"]
    with _process(command, environment) as process:
        deadline = time.monotonic() + START_SECONDS
        while not answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the server under test doesn't answer")
            time.sleep(0.1)
        yield port


@contextmanager
def indexer(data_dir: Path | str) -> Iterator[None]:
    """Run the indexer of a data folder; it holds its lock when this yields."""
    command = [sys.executable, "manage.py", "run_indexer"]
    with _process(command, {**os.environ, "HUB_DATA_DIR": str(data_dir)}) as process:
        deadline = time.monotonic() + START_SECONDS
        while not locks.is_locked(locks.WRITER, Path(data_dir)):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the indexer doesn't run")
            time.sleep(0.05)
        yield
