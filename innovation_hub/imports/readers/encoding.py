"""How a text file is encoded, found out from all of it: exports don't say, and the first accent may come late."""

import codecs
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import ftfy.bad_codecs  # noqa: F401  registers "sloppy-windows-1252"

from .base import Limits
from .streams import ByteStream

WINDOWS = "sloppy-windows-1252"
MIXED_ERRORS = "hub-windows-1252"
_VALID_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_CHUNK = 1024 * 1024


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode(WINDOWS), error.end


codecs.register_error(MIXED_ERRORS, _as_windows)


@dataclass(frozen=True, slots=True)
class TextForm:
    """How to read a file as text: codec and what to do with bytes that don't fit it."""

    encoding: str
    errors: str = "strict"
    label: str = ""
    is_text: bool = True

    def open(self, path: Path, limits: Limits) -> "TextStream":
        """Open the file as text with ``\\n`` line ends."""
        return TextStream(path, limits, self)


class TextStream:
    """Text of a file, read line by line in bounded pieces; ``trouble`` as in :class:`ByteStream`."""

    def __init__(self, path: Path, limits: Limits, form: TextForm) -> None:
        self._bytes = ByteStream(path, limits)
        buffered = io.BufferedReader(self._bytes, _CHUNK // 4)
        self._text = io.TextIOWrapper(buffered, encoding=form.encoding, errors=form.errors, newline=None)
        self.readline: Callable[[int], str] = self._text.readline

    @property
    def trouble(self) -> str:
        """Why the bytes ended early, if they did."""
        return self._bytes.trouble

    def close(self) -> None:
        self._text.close()

    def __enter__(self) -> "TextStream":
        return self

    def __exit__(self, *_details) -> None:
        self.close()


def detect(path: Path, limits: Limits) -> TextForm:
    """Read the whole file once and say how it is encoded; ``is_text`` is false for binary content.

    A byte order mark decides. Without one, text that is valid UTF-8 to the end is UTF-8; otherwise whichever kind of
    non-ASCII bytes is the more frequent decides between Windows-1252 and UTF-8 with Windows-1252 pasted in.
    """
    head = b""
    valid = stray = zeros = total = 0
    decoder = codecs.getincrementaldecoder("utf-8")()
    strict = True
    with ByteStream(path, limits) as stream:
        buffered = io.BufferedReader(stream, _CHUNK)
        while chunk := buffered.read(_CHUNK):
            if not head:
                head = chunk[:4096]
            total += len(chunk)
            zeros += chunk.count(0)
            if strict:
                strict = _decodes(decoder, chunk)
            if not chunk.isascii():
                sequences = _VALID_SEQUENCE.findall(chunk)
                valid += len(sequences)
                stray += len(_HIGH_BYTE.findall(chunk)) - sum(map(len, sequences))
        cut_off = bool(stream.trouble)
    if zeros and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _without_mark(head, zeros, total)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return TextForm("utf-16", "replace", "UTF-16")
    if strict and (cut_off or _decodes(decoder, b"", final=True)):
        return TextForm("utf-8-sig", "replace", "UTF-8 (BOM)" if head.startswith(codecs.BOM_UTF8) else "UTF-8")
    if valid > stray or head.startswith(codecs.BOM_UTF8):
        return TextForm("utf-8-sig", MIXED_ERRORS, "UTF-8 + Windows-1252")
    return TextForm(WINDOWS, "replace", "Windows-1252")


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _without_mark(head: bytes, zeros: int, total: int) -> TextForm:
    """Zero bytes without a mark: UTF-16 when every other byte is one, stray ones in text otherwise, or no text."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.35 and even < odd / 4:
        return TextForm("utf-16-le", "replace", "UTF-16")
    if even > len(head) * 0.35 and odd < even / 4:
        return TextForm("utf-16-be", "replace", "UTF-16")
    if zeros > max(4, total // 1000):
        return TextForm("", is_text=False)
    return TextForm(WINDOWS, "replace", "Windows-1252")
