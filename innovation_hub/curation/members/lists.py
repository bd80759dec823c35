"""Reading a list of names and office addresses: typed or pasted lines, CSV, XLSX. Nothing here asks the database."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import python_calamine
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_ROWS = 500
MOST_BYTES = 2_000_000
MOST_CELLS = 50
_HEADER = {
    "name": {"nama", "name", "nama peserta", "nama lengkap", "peserta"},
    "address": {"email", "e-mail", "surel", "alamat", "alamat email", "alamat surel", "address", "email kantor"},
    "agency": {"instansi", "agency", "unit kerja", "asal instansi", "instansi asal"},
}
_ANGLE = re.compile(r"^(?P<name>[^<>]*)<(?P<address>[^<>]*)>\s*$")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, or worth knowing, about one field of a row."""

    field: str
    text: Any
    blocks: bool = True


@dataclass(slots=True)
class Row:
    """One person as the list says it; ``number`` counts as the file or the field of the form does."""

    number: int
    name: str = ""
    address: str = ""
    agency: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """True when nothing stands in the way."""
        return not any(problem.blocks for problem in self.problems)

    def as_line(self) -> str:
        """Return the row as one line that reads back as the same row."""
        parts = [" ".join(part.replace(";", ",").split()) for part in (self.name, self.address, self.agency)]
        return "; ".join(parts if parts[2] else parts[:2])


def rows_of_text(text: str) -> list[Row]:
    """Return the rows of typed or pasted lines: ``name; address``, tabs or commas too, ``Name <address>`` as well."""
    return _rows((number, _cells_of(line)) for number, line in enumerate(text.splitlines(), start=1))


def rows_of_file(name: str, content: bytes) -> list[Row]:
    """Return the rows of an uploaded file; raises ``ValidationError`` that says what is wrong with it."""
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file is larger than 2 MB."))
    if content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        return _rows(_sheet(content))
    if b"\x00" in content[:4000] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValidationError(_("“%(name)s” is neither CSV nor XLSX."), params={"name": name})
    return _rows(_table(_decoded(content)))


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _table(text: str) -> Iterator[tuple[int, list[str]]]:
    delimiter = max(";\t,", key=lambda sign: (text.count(sign), ";\t,".index(sign) * -1))
    reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise ValidationError(_("The file can't be read: %(reason)s"), params={"reason": str(error)}) from error


def _sheet(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = workbook.get_sheet_by_index(0)
        rows = enumerate(sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 30), start=1)
        found = [(number, [str(cell) for cell in row[:MOST_CELLS]]) for number, row in rows]
    except BaseException as error:
        # A panic of calamine's Rust code on a damaged workbook derives from BaseException.
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise ValidationError(_("The workbook is damaged or protected by a password.")) from error
    yield from found


def _cells_of(line: str) -> list[str]:
    found = _ANGLE.match(line)
    if found and ";" not in line and "\t" not in line:
        return [found["name"].strip(' ,"'), found["address"]]
    for sign in (";", "\t"):
        if sign in line:
            return line.split(sign)
    return next(csv.reader([line.replace("\x00", "")]), [])


def _rows(lines: Iterable[tuple[int, list[str]]]) -> list[Row]:
    rows: list[Row] = []
    columns: dict[str, int] = {}
    for number, cells in lines:
        cells = [" ".join(cell.replace("\ufeff", "").split()) for cell in cells[:MOST_CELLS]]
        if not any(cells):
            continue
        if not rows and not columns and (columns := _header(cells)):
            continue
        rows.append(_row(number, cells, columns))
        if len(rows) > MOST_ROWS:
            raise ValidationError(_("More than %(count)s people: split the list."), params={"count": MOST_ROWS})
    return rows


def _header(cells: list[str]) -> dict[str, int]:
    """Return which column is which, if this is a header; empty otherwise."""
    if any("@" in cell for cell in cells):
        return {}
    found = {
        name: index
        for index, cell in reversed(list(enumerate(cells)))
        for name, words in _HEADER.items()
        if cell.lower().strip(" .:*") in words
    }
    return found if "address" in found else {}


def _row(number: int, cells: list[str], columns: dict[str, int]) -> Row:
    if columns:
        parts = {name: cells[index] if index < len(cells) else "" for name, index in columns.items()}
        return Row(number, **parts)
    if len(cells) > 1 and cells[0].rstrip(".").isdigit() and "@" not in cells[1]:
        cells = cells[1:]
    place = next((index for index, cell in enumerate(cells) if "@" in cell), min(1, len(cells) - 1))
    if place == 0 and len(cells) > 1 and "@" in cells[0]:
        return Row(number, name=cells[1], address=cells[0], agency=", ".join(filter(None, cells[2:])))
    name = ", ".join(filter(None, cells[:place]))
    if place == 0 and "@" not in cells[0]:
        return Row(number, name=cells[0])
    return Row(number, name=name, address=cells[place], agency=", ".join(filter(None, cells[place + 1 :])))
