"""A small HTTP load generator: keep-alive connections over raw sockets, cheap enough to share the machine.

Only for addresses on this machine; the number of requests is fixed beforehand.
"""

import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

HOST = "127.0.0.1"
RECEIVE = 262_144


@dataclass(slots=True)
class Answers:
    """What came back: how long each request took (seconds), sizes of bodies, and how many failed."""

    seconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    elapsed: float = 0.0


class Connection:
    """One keep-alive connection to the server under test."""

    def __init__(self, port: int, headers: str = "") -> None:
        self.port = port
        self.headers = headers
        self._socket: socket.socket | None = None

    def get(self, path: str) -> tuple[int, bytes]:
        """Return the status and body of a page; connects again when the server closed the connection."""
        request = (
            f"GET {path} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\nAccept-Language: id\r\n"
            f"Connection: keep-alive\r\n{self.headers}\r\n"
        ).encode("ascii")
        for attempt in (1, 2):
            try:
                return self._exchange(request)
            except (ConnectionError, EOFError):
                self.close()
                if attempt == 2:
                    raise
        raise AssertionError("unreachable")

    def _exchange(self, request: bytes) -> tuple[int, bytes]:
        if self._socket is None:
            self._socket = socket.create_connection((HOST, self.port), timeout=30)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._receive()
        head, _, body = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        parts, missing = [body], int(fields["content-length"]) - len(body)
        while missing > 0:
            parts.append(self._receive())
            missing -= len(parts[-1])
        if fields.get("connection", "").lower() == "close":
            self.close()
        return int(lines[0].split()[1]), b"".join(parts)

    def _receive(self) -> bytes:
        assert self._socket is not None
        data = self._socket.recv(RECEIVE)
        if not data:
            raise EOFError("the server closed the connection")
        return data

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def fetch_all(port: int, paths: Sequence[str], headers: str = "") -> Answers:
    """Ask for the paths one after the other over one connection."""
    answers, connection = Answers(), Connection(port, headers)
    started = time.perf_counter()
    for path in paths:
        begun = time.perf_counter()
        status, body = connection.get(path)
        answers.seconds.append(time.perf_counter() - begun)
        answers.sizes.append(len(body))
        if status != 200:
            answers.failures.append(f"{status} {path}")
    answers.elapsed = time.perf_counter() - started
    connection.close()
    return answers


def fetch_parallel(port: int, paths: Sequence[str], clients: int, headers: str = "") -> Answers:
    """Ask for the paths with several clients at once, each with its share, and return everything together."""
    shares = [Answers() for _ in range(clients)]

    def work(number: int) -> None:
        shares[number] = fetch_all(port, paths[number::clients], headers)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    together = Answers(elapsed=time.perf_counter() - started)
    for share in shares:
        together.seconds += share.seconds
        together.sizes += share.sizes
        together.failures += share.failures
    if len(together.seconds) != len(paths):
        together.failures.append(f"{len(paths) - len(together.seconds)} requests were never answered")
    return together
