"""``make run``: prepare the hub, then run its four processes until Ctrl-C.

``python -m innovation_hub.runner --port 8000 --entries 1000`` checks the port and the data folder first, so
that nothing long runs in vain, calls ``manage.py prepare_hub`` in a process of its own, and starts through
honcho

* ``web``: gunicorn, as in production,
* ``indexer``: ``manage.py run_indexer``, the only writer of the search index,
* ``worker``: ``manage.py db_worker``, the background tasks,
* ``mail``: ``manage.py send_mail_queue``, which sends what waits.

Ctrl-C, SIGTERM and a closed terminal end all of them; so does the end of any one of them, and even
``kill -9`` of this process, on Linux. It stands beside the settings, not in an app: it knows how the apps are
served, nothing of what they do.
"""

import argparse
import ctypes
import fcntl
import http.client
import multiprocessing
import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from honcho.manager import Manager
from honcho.printer import Printer
from honcho.process import Popen, Process

HOST = "127.0.0.1"
HEALTH_PATH = "/healthz"
ACCOUNTS_FILE = "demo-accounts.txt"
START_SECONDS = 60
PR_SET_PDEATHSIG = 1
INTERRUPTED = (130, 143)

BASE_DIR = Path(__file__).resolve().parent.parent


class CannotStart(Exception):
    """Something the operator must change first; the message says what."""


def say(text: str = "") -> None:
    """Write one line of progress at once, also into a pipe."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def check_number(name: str, value: str, lowest: int, highest: int) -> int:
    """Return ``value`` as a whole number in range; raise ``CannotStart`` naming the variable otherwise."""
    if not value.isascii() or not value.isdigit() or not lowest <= int(value) <= highest:
        raise CannotStart(f"{name} is wrong: {value!r} is not a whole number from {lowest} to {highest}.")
    return int(value)


def check_port(port: int) -> None:
    """Raise ``CannotStart`` when something else serves on the port or it may not be used."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CannotStart(
                f"Port {port} can't be used ({error.strerror}). Choose another: make run PORT={min(port + 1, 65535)}"
            ) from error


def lock_data_dir(folder: Path) -> IO[str]:
    """Return the open lock of a data folder; raise ``CannotStart`` when it is taken or can't be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "hub.lock").open("a+", encoding="ascii")
    except OSError as error:
        raise CannotStart(f"HUB_DATA_DIR is wrong: {folder} can't be written ({error.strerror}).") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.seek(0)
        raise CannotStart(
            f"A hub already runs on {folder} (process {lock.read().strip() or 'unknown'}). "
            "Stop it, or give this one its own folder: make run HUB_DATA_DIR=/another/folder PORT=8001"
        ) from error
    lock.seek(0)
    lock.truncate()
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def end_with_parent(signum: int) -> None:
    """Ask Linux to send ``signum`` to this process when its parent dies, however that happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signum)


def prepare(entries: int, environment: dict[str, str]) -> int:
    """Run ``manage.py prepare_hub`` and return its exit code; a signal ends it with all that it started."""
    command = [sys.executable, str(BASE_DIR / "manage.py"), "prepare_hub", "--entries", str(entries)]
    child = subprocess.Popen(  # noqa: S603
        command,
        env=environment,
        cwd=BASE_DIR,
        start_new_session=True,
        preexec_fn=partial(end_with_parent, signal.SIGTERM),
    )

    def forward(signum: int, frame: object) -> None:
        os.killpg(child.pid, signal.SIGTERM)

    previous = {number: signal.signal(number, forward) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        return child.wait()
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


class HubProcess(Process):
    """A honcho process that doesn't outlive the one that started it."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._child_ctor = partial(Popen, preexec_fn=partial(end_with_parent, signal.SIGTERM))

    def run(self, events=None, ignore_signals: bool = False) -> None:
        """Run the command until it ends."""
        end_with_parent(signal.SIGKILL)
        super().run(events, ignore_signals)


class HubManager(Manager):
    """Runs the processes and says so when the site answers."""

    def __init__(self, port: int, data_dir: Path) -> None:
        super().__init__(Printer(sys.stdout))
        self._process_ctor = HubProcess
        self.port = port
        self.data_dir = data_dir

    def _start(self) -> None:
        super()._start()
        # Only now: a thread must not exist while the processes are forked.
        threading.Thread(target=self._announce, daemon=True).start()

    def terminate(self) -> None:
        """Ask every process to end; in the first moments, before honcho knows their ids, end its children."""
        if self._all_started():
            super().terminate()
            return
        for child in multiprocessing.active_children():
            child.kill()
        raise SystemExit(0)

    def _announce(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and not self._terminating:
            if answers(self.port):
                say(banner(self.port, self.data_dir))
                return
            time.sleep(0.1)
        if not self._terminating:
            say(f"The site still doesn't answer after {START_SECONDS} seconds; the lines above may say why.")


def answers(port: int) -> bool:
    """Return whether the hub on ``port`` says that it is healthy."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", HEALTH_PATH)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def banner(port: int, data_dir: Path) -> str:
    """Return what a newcomer needs to go on: addresses, demonstration accounts, how to stop."""
    lines = ["", "=" * 78, f"  {settings.SITE_NAME}", "", f"  Site    http://{HOST}:{port}/"]
    lines += [
        f"  English http://{HOST}:{port}/en/",
        f"  Admin   http://{HOST}:{port}/admin/",
        f"  Data    {data_dir}",
    ]
    accounts = data_dir / ACCOUNTS_FILE
    if accounts.exists():
        lines += ["", *(f"  {line}" for line in accounts.read_text(encoding="utf-8").splitlines())]
    return "\n".join([*lines, "", "  Stop with Ctrl-C.", "=" * 78])


def hub_commands() -> dict[str, str]:
    """Return the processes of a hub: name -> shell command that becomes the process."""
    python, manage = shlex.quote(sys.executable), shlex.quote(str(BASE_DIR / "manage.py"))
    return {
        "web": f"exec {python} -m gunicorn -c python:innovation_hub.gunicorn",
        "indexer": f"exec {python} {manage} run_indexer",
        "worker": f"exec {python} {manage} db_worker --verbosity 0",
        "mail": f"exec {python} {manage} send_mail_queue --wait",
    }


def serve(port: int, data_dir: Path, environment: dict[str, str], commands: dict[str, str]) -> int:
    """Run the processes until a signal or the end of one; return the exit code, 0 after a signal."""
    manager = HubManager(port, data_dir)
    for name, command in commands.items():
        manager.add_process(name, command, env=environment, cwd=str(BASE_DIR))
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    manager.loop()
    if manager.returncode in INTERRUPTED:
        say("The hub has stopped; its data is kept.")
        return 0
    say("One of the processes has ended by itself, so the hub has stopped; the lines above may say why.")
    return 1


def child_environment(port: int) -> dict[str, str]:
    """Return the environment of the processes: the caller's, the address to bind, and a quieter log."""
    environment = {**os.environ, "WEB_BIND": f"{HOST}:{port}", "PYTHONUNBUFFERED": "1"}
    environment.setdefault("HUB_BASE_URL", f"http://{HOST}:{port}")
    environment.setdefault("LOG_LEVEL", "WARNING")
    return environment


def main(arguments: list[str] | None = None) -> int:
    """Start a hub as told by the command line and return the exit code."""
    parser = argparse.ArgumentParser(prog="make run", description="Prepare the hub and serve it.")
    parser.add_argument("--port", default="8000", help="port on the loopback interface (PORT=)")
    parser.add_argument("--entries", default="1000", help="size of the demonstration collection (ENTRIES=)")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innovation_hub.settings.dev")
    try:
        port = check_number("PORT", options.port, 1, 65535)
        entries = check_number("ENTRIES", options.entries, 0, 1_000_000)
        data_dir = Path(settings.DATA_DIR)
        check_port(port)
        with lock_data_dir(data_dir):
            environment = child_environment(port)
            code = prepare(entries, environment)
            if code < 0:
                say("Stopped while preparing; what is done is kept, and the next start goes on from there.")
                return 128 - code
            return code if code else serve(port, data_dir, environment, hub_commands())
    except (CannotStart, ImproperlyConfigured) as error:
        say(f"The hub can't start. {error}")
        return 2


if __name__ == "__main__":
    sys.exit(main())
