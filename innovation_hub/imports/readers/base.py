"""What every reader gives: rows of text with what is wrong with them, in bounded memory."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from innovation_hub.imports.problems import Problem

MEBIBYTE = 1024 * 1024
_UNSTORABLE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold: characters of a cell and a row, bytes of a file and a workbook once unpacked."""

    cell: int = 1_000_000
    row: int = 4_000_000
    file: int = 2048 * MEBIBYTE
    workbook: int = 320 * MEBIBYTE
    columns: int = 2000
    preview: int = 200


class Line(NamedTuple):
    """One row as cells, before it is known which row is the header; ``cells`` is empty for a refused one."""

    number: int
    cells: list[str]
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class RawRow:
    """One row by column name: ``number`` as a spreadsheet program shows it, values as delivered, problems so far."""

    number: int
    values: dict[str, str]
    problems: list[Problem] = field(default_factory=list)
    sheet: str = ""

    @property
    def refused(self) -> bool:
        """True when a problem already refuses the row."""
        return any(problem.refuses for problem in self.problems)


def storable(text: str) -> str:
    """Return text that every database can keep: no NUL characters, no halves of surrogate pairs."""
    if text.isascii():
        return text.replace("\x00", "") if "\x00" in text else text
    return _UNSTORABLE.sub("\ufffd", text).replace("\x00", "")


@dataclass(slots=True)
class FileNote:
    """Something to say about a file as a whole."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


class LineReader:
    """Reads one table of a file as lines of cells; ``notes`` fills while it is read.

    Subclasses yield lines in order and put what is wrong with the whole file into ``notes``. ``width`` is told by the
    caller once the header is known.
    """

    sheet: str = ""

    def __init__(self) -> None:
        self.notes: list[FileNote] = []
        self.width: int | None = None

    def __iter__(self) -> Iterator[Line]:
        raise NotImplementedError
