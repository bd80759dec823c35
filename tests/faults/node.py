"""An Elasticsearch that tests may kill, stop and start again on the data it had."""

import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.repository import ROOT
from tests.services import ServiceMissing

PATIENCE = 120.0
POLL = 0.05
#: Below the ports that Linux hands out to outgoing connections; the transport takes one of the 99 after each.
PORTS = range(20_000, 32_000, 100)
#: What ``.ci/services node`` ends with when there is nothing to start.
MISSING = 3


def until(condition: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Return once ``condition`` holds; fail naming ``what`` was waited for."""
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, f"waited {patience:.0f} s for {what}"
        time.sleep(POLL)


def free_port() -> int:
    """Return a port that nobody listens on."""
    for port in random.SystemRandom().sample(PORTS, len(PORTS)):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no free port")


class Node:
    """The server. ``.ci/services node`` runs it, and kills it when this process has closed the pipe or died."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="hub-faults-"))
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._script: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start on what data there is, and wait for an answer; raises ServiceMissing where it was never fetched."""
        assert self._script is None, "it runs already"
        self._script = subprocess.Popen(
            [ROOT / ".ci" / "services", "node", self.folder, str(self.port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        said = []
        for line in self._script.stdout:
            said.append(line)
            if f"answers on 127.0.0.1:{self.port}" in line:
                return
        code = self._script.wait()
        self._script = None
        if code == MISSING:
            raise ServiceMissing("Elasticsearch", f"{''.join(said).strip()}: run 'make services'")
        raise AssertionError(f"Elasticsearch ended with {code}:\n{''.join(said)}")

    @property
    def running(self) -> bool:
        """Return whether it was started and not killed since."""
        return self._script is not None

    def kill(self) -> None:
        """End it as a power cut would, and wait until nothing is left of it."""
        self._signal(signal.SIGKILL)
        self._close()

    def freeze(self) -> None:
        """Let it take connections and answer nothing, as a machine that swaps or a long garbage collection."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def destroy(self) -> None:
        """End it and remove what it wrote."""
        if self._script is not None:
            self._close()
        shutil.rmtree(self.folder)

    def _signal(self, number: int) -> None:
        os.killpg(int((self.folder / "elasticsearch" / "pid").read_text()), number)

    def _close(self) -> None:
        script, self._script = self._script, None
        script.stdin.close()
        script.wait(PATIENCE)
        script.stdout.close()
        until(self._is_gone, "the port to be free")

    def _is_gone(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) != 0
