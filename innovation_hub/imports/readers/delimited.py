"""Delimited text: quoted line breaks, stray quotation marks, cells of any size, all in bounded memory.

Python's ``csv`` module parses each record; which lines make up a record is decided here, because ``csv`` alone would
take a 300 MB cell into memory and swallow the rest of a file after one quotation mark that is never closed.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from innovation_hub.imports.problems import Problem

from .base import FileNote, Limits, Line, LineReader
from .encoding import TextForm, TextStream

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 256 * 1024
_REWINDS = 8

# Cells longer than csv's default of 128 kB are refused by us, by name, and not by an exception in mid-file.
csv.field_size_limit(64 * 1024 * 1024)


class DelimitedReader(LineReader):
    """Reads delimited text; a refused row is a :class:`Line` whose problem says why."""

    def __init__(self, path: Path, form: TextForm, delimiter: str, limits: Limits) -> None:
        super().__init__()
        self._path, self._form, self._limits = path, form, limits
        self.delimiter = delimiter
        self._stream: TextStream
        self._queue: list[str] = []
        self._lines_read = 0
        self._records = 0
        self._rewinds = 0

    def __iter__(self) -> Iterator[Line]:
        self._stream = self._form.open(self._path, self._limits)
        try:
            while (line := self._next_line()) is not None:
                if self._records == 0 and self._lines_read == 1 and line.lower().startswith("sep="):
                    continue
                self._records += 1
                yield self._record(line)
            if self._stream.trouble:
                self.notes.append(FileNote(self._stream.trouble, {"row": self._records, "limit": self._limit_text()}))
        finally:
            self._stream.close()

    def _limit_text(self) -> str:
        return f"{self._limits.file // (1024 * 1024)} MB"

    def _next_line(self) -> str | None:
        """Return the next line, or as much of it as a row may hold; ``None`` at the end."""
        if self._queue:
            return self._queue.pop(0)
        line = self._stream.readline(self._limits.row)
        if not line:
            return None
        self._lines_read += 1
        return line

    def _record(self, line: str) -> Line:
        inside = ends_inside_quotes(line, False, self.delimiter)
        if self._is_partial(line):
            return self._skip_oversize([line], inside)
        if not inside:
            return self._parsed([line])
        lines, size = [line], len(line)
        while inside:
            more = self._next_line()
            if more is None:
                return self._unclosed(lines)
            lines.append(more)
            size += len(more)
            inside = ends_inside_quotes(more, True, self.delimiter)
            if size > self._limits.row or self._is_partial(more):
                return self._skip_oversize(lines, inside)
        return self._parsed(lines)

    def _is_partial(self, line: str) -> bool:
        return len(line) >= self._limits.row and not line.endswith("\n")

    def _parsed(self, lines: list[str]) -> Line:
        cells = next(csv.reader(lines, delimiter=self.delimiter), [])
        if not lines[-1].endswith("\n") and self._stream.trouble and not self._queue:
            return self._refused("row-cut-off", lines)
        if len(lines) > 1 and self.width and len(cells) != self.width and self._split_fits(lines):
            self._queue[:0] = lines[1:]
            cells = [cell.strip('"') for cell in self._cells_without_quoting(lines[0])]
        for index, cell in enumerate(cells):
            if len(cell) > self._limits.cell:
                return self._too_large(cells, index)
        return Line(self._records, cells[: self._limits.columns])

    def _split_fits(self, lines: list[str]) -> bool:
        """Say whether lines joined by a stray quotation mark are complete rows one by one."""
        return all(len(self._cells_without_quoting(line)) == self.width for line in lines)

    def _cells_without_quoting(self, line: str) -> list[str]:
        return next(csv.reader([line], delimiter=self.delimiter, quoting=csv.QUOTE_NONE), [])

    def _too_large(self, cells: list[str], index: int) -> Line:
        kept = [cell[: self._limits.preview] for cell in cells]
        problem = Problem("cell-too-large", params={"limit": self._limits.cell, "index": index}, refuses=True)
        return Line(self._records, kept, (problem,))

    def _refused(self, code: str, lines: list[str]) -> Line:
        cells = next(csv.reader([lines[0]], delimiter=self.delimiter), [])
        kept = [cell[: self._limits.preview] for cell in cells]
        return Line(self._records, kept, (Problem(code, params={"index": max(len(cells) - 1, 0)}, refuses=True),))

    def _unclosed(self, lines: list[str]) -> Line:
        """The file ended inside quotation marks: refuse the first line and read the others on their own."""
        if self._stream.trouble:
            return self._refused("row-cut-off", lines)
        self._queue[:0] = lines[1:]
        return self._refused("quote-never-closed", lines)

    def _skip_oversize(self, lines: list[str], inside: bool) -> Line:
        """Pass over a row that is too large; if its quotation mark turns out never to close, go back behind it."""
        first_line = self._lines_read - len(self._queue) - len(lines)
        cells = next(csv.reader(lines[:1], delimiter=self.delimiter), [])
        index = max(len(cells) - 1, 0)
        partial = self._is_partial(lines[-1])
        started_inside = ends_inside_quotes(lines[0], False, self.delimiter)
        piece = lines[-1]
        while inside or partial:
            more = self._next_line()
            if more is None:
                break
            inside = ends_inside_quotes(more, inside, self.delimiter, continued=partial)
            partial = self._is_partial(more)
            piece = more
        if inside and started_inside and len(lines) > 1 and self._rewinds < _REWINDS and not self._stream.trouble:
            self._rewind(first_line + 1)
            return self._refused("quote-never-closed", lines)
        del piece
        kept = [cell[: self._limits.preview] for cell in cells]
        code = "cell-too-large" if started_inside or len(cells[index]) > self._limits.cell else "row-too-large"
        limit = self._limits.cell if code == "cell-too-large" else self._limits.row
        return Line(self._records, kept, (Problem(code, params={"limit": limit, "index": index}, refuses=True),))

    def _rewind(self, line: int) -> None:
        """Start again behind line number ``line`` of the file."""
        self._rewinds += 1
        self._stream.close()
        self._queue.clear()
        self._stream = self._form.open(self._path, self._limits)
        self._lines_read = 0
        while self._lines_read < line and self._next_line() is not None:
            pass


def ends_inside_quotes(line: str, inside: bool, delimiter: str, *, continued: bool = False) -> bool:
    """Say whether a quoted cell is still open at the end of ``line``, given the state at its beginning.

    The rules are csv's: a quotation mark opens a cell only at its very beginning; ``continued`` says that ``line`` is
    the further part of a line that was read in pieces, so that its beginning is no beginning of a cell.
    """
    position = 0
    opening = f'{delimiter}"'
    if not inside:
        if line.startswith('"') and not continued:
            inside, position = True, 1
        else:
            found = line.find(opening)
            if found < 0:
                return False
            inside, position = True, found + 2
    while True:
        position = line.find('"', position)
        if position < 0:
            return True
        if line.startswith('"', position + 1):
            position += 2
            continue
        found = line.find(opening, position + 1)
        if found < 0:
            return False
        position = found + 2


def sniff_delimiter(
    form: TextForm, path: Path, limits: Limits, recognised: Callable[[list[str]], int]
) -> tuple[str, int]:
    """Return the delimiter under which the file's beginning makes the best table, and how many columns that has.

    Counted: columns of the header whose names are known, then how many of the first rows have equally many cells.
    """
    with form.open(path, limits) as stream:
        lines: list[str] = []
        size = 0
        while size < _SAMPLE and (line := stream.readline(_SAMPLE)):
            lines.append(line)
            size += len(line)
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        delimiter = lines[0].strip()[4]
        return delimiter, _fit(lines[1:], delimiter, recognised)[2]
    fits = {delimiter: _fit(lines, delimiter, recognised) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: fits[delimiter])
    return best, fits[best][2]


def _fit(lines: list[str], delimiter: str, recognised: Callable[[list[str]], int]) -> tuple[int, float, int]:
    rows = []
    for row in csv.reader(io.StringIO("".join(lines), newline=""), delimiter=delimiter):
        rows.append(row)
        if len(rows) > 200:
            break
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if len(rows) > 2:
        rows.pop()
    widths = Counter(len(row) for row in rows)
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    known = max((recognised(row) for row in rows[:20] if len(row) > 1), default=0)
    return known, (count / len(rows)) if width > 1 else 0.0, width
