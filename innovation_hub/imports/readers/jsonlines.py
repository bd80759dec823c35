"""JSON lines: one object a line. A file that is one JSON list of objects is read as well."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from innovation_hub.imports.problems import Problem

from .base import FileNote, Limits, RawRow, storable
from .encoding import TextForm

_DECODER = json.JSONDecoder()


class JsonLinesReader:
    """Yields a :class:`RawRow` a line; ``number`` is the line's number (in a list: the object's)."""

    sheet = ""

    def __init__(self, path: Path, form: TextForm, limits: Limits) -> None:
        self._path, self._form, self._limits = path, form, limits
        self.notes: list[FileNote] = []

    def __iter__(self) -> Iterator[RawRow]:
        with self._form.open(self._path, self._limits) as stream:
            first = stream.readline(self._limits.row)
            while first and not first.strip():
                first = stream.readline(self._limits.row)
        rows = self._list_items() if first.lstrip("\ufeff \t").startswith("[") else self._lines()
        yield from rows

    def _lines(self) -> Iterator[RawRow]:
        with self._form.open(self._path, self._limits) as stream:
            number = 0
            while line := stream.readline(self._limits.row):
                number += 1
                if len(line) >= self._limits.row and not line.endswith("\n"):
                    while line and not line.endswith("\n"):
                        line = stream.readline(self._limits.row)
                    yield self._refused(number, "row-too-large", limit=self._limits.row)
                elif line.strip():
                    cut = bool(stream.trouble) and not line.endswith("\n")
                    yield self._row(number, line, cut)
            self._note_end(stream.trouble, number)

    def _row(self, number: int, line: str, cut: bool) -> RawRow:
        try:
            value = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            code = "row-cut-off" if cut else "not-json"
            return self._refused(number, code, reason=getattr(error, "msg", type(error).__name__))
        if not isinstance(value, dict):
            return self._refused(number, "not-json", reason=type(value).__name__)
        return self._checked(number, value)

    def _checked(self, number: int, value: dict[str, Any]) -> RawRow:
        row = RawRow(number, {storable(str(name)): as_text(cell) for name, cell in value.items()})
        for name, cell in row.values.items():
            if len(cell) > self._limits.cell:
                row.problems.append(Problem("cell-too-large", name, {"limit": self._limits.cell}, refuses=True))
                row.values[name] = cell[: self._limits.preview]
        return row

    def _refused(self, number: int, code: str, **params: Any) -> RawRow:
        return RawRow(number, {}, [Problem(code, params=params, refuses=True)])

    def _list_items(self) -> Iterator[RawRow]:
        """Read ``[{…}, {…}]`` object by object from a buffer that never holds more than one row's limit."""
        with self._form.open(self._path, self._limits) as stream:
            buffer = stream.readline(64 * 1024).lstrip("\ufeff \t\r\n")[1:]
            number, ended = 0, False
            while True:
                buffer = buffer.lstrip(" \t\r\n,")
                if buffer.startswith("]"):
                    break
                try:
                    value, used = _DECODER.raw_decode(buffer)
                except (json.JSONDecodeError, RecursionError):
                    more = "" if len(buffer) > self._limits.row else stream.readline(64 * 1024)
                    if more:
                        buffer += more
                        continue
                    ended = True
                if ended:
                    if buffer.strip():
                        number += 1
                        too_large = len(buffer) > self._limits.row
                        code = "row-too-large" if too_large else "row-cut-off" if stream.trouble else "not-json"
                        yield self._refused(number, code, limit=self._limits.row, reason="list")
                    break
                number += 1
                buffer = buffer[used:]
                if isinstance(value, dict):
                    yield self._checked(number, value)
                else:
                    yield self._refused(number, "not-json", reason=type(value).__name__)
            self._note_end(stream.trouble, number)

    def _note_end(self, trouble: str, number: int) -> None:
        if trouble:
            limit = f"{self._limits.file // (1024 * 1024)} MB"
            self.notes.append(FileNote(trouble, {"row": number, "limit": limit}))


def as_text(value: Any) -> str:
    """Return a JSON value as a cell's text: lists joined by semicolons, empty for null, objects as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, list) and all(not isinstance(item, dict | list) for item in value):
        return "; ".join(as_text(item) for item in value)
    if isinstance(value, dict) and not any(as_text(item) for item in value.values()):
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
