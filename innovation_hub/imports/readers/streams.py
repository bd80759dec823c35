"""Bytes of a file, unpacked on the way and bounded: a bomb or a cut-off archive ends the stream, not the process."""

import hashlib
import io
import zlib
from pathlib import Path

from .base import Limits

GZIP = b"\x1f\x8b"
_CHUNK = 256 * 1024


class ByteStream(io.RawIOBase):
    """The unpacked bytes of ``path``; ends early where they can't be had, and says why in ``trouble``.

    ``trouble`` is empty, ``truncated`` (the archive stops short), ``gzip-damaged`` or ``stopped-at-limit``.
    """

    def __init__(self, path: Path, limits: Limits) -> None:
        super().__init__()
        self._file = path.open("rb")
        self._left = limits.file
        self._packed = self._file.read(2) == GZIP
        self._file.seek(0)
        self._unpacker = zlib.decompressobj(wbits=31)
        self._waiting = b""
        self.trouble = ""
        self.total = 0

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()
        super().close()

    def readinto(self, buffer) -> int:
        wanted = min(len(buffer), self._left + 1)
        data = self._unpack(wanted) if self._packed else self._file.read(wanted)
        if len(data) > self._left:
            self.trouble = "stopped-at-limit"
            data = data[: self._left]
        self._left -= len(data)
        self.total += len(data)
        buffer[: len(data)] = data
        return len(data)

    def _unpack(self, wanted: int) -> bytes:
        while not self.trouble:
            packed = self._waiting or self._file.read(_CHUNK)
            self._waiting = b""
            if not packed:
                if not self._unpacker.eof:
                    self.trouble = "truncated"
                return b""
            if self._unpacker.eof:
                if not packed.startswith(GZIP[: len(packed)]):
                    return b""
                self._unpacker = zlib.decompressobj(wbits=31)
            try:
                data = self._unpacker.decompress(packed, wanted)
            except zlib.error:
                self.trouble = "gzip-damaged"
                return b""
            self._waiting = self._unpacker.unused_data if self._unpacker.eof else self._unpacker.unconsumed_tail
            if data:
                return data
        return b""


def read_head(path: Path, limits: Limits, size: int = _CHUNK) -> bytes:
    """Return the first unpacked bytes of a file."""
    with ByteStream(path, limits) as stream:
        return io.BufferedReader(stream, _CHUNK).read(size)


def checksum(path: Path) -> tuple[str, int]:
    """Return the SHA-256 of the file as it lies there, and its size in bytes."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(1024 * 1024):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size
