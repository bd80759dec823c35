"""XLSX, XLS and ODS through python-calamine (12 times openpyxl's speed), every cell as text."""

import datetime
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import python_calamine

from innovation_hub.imports.problems import ImportFileError, Problem

from .base import MEBIBYTE, Limits, Line, LineReader
from .streams import ByteStream

_ERRORS = frozenset(["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA"])


class SheetReader(LineReader):
    """One sheet of a workbook, row by row; row numbers are those that the spreadsheet program shows."""

    def __init__(self, sheet: python_calamine.CalamineSheet, limits: Limits) -> None:
        super().__init__()
        self._sheet, self._limits = sheet, limits
        self.sheet = sheet.name

    def __iter__(self) -> Iterator[Line]:
        for number, row in enumerate(self._sheet.iter_rows(), start=1):
            cells, problems = [], []
            for index, value in enumerate(row[: self._limits.columns]):
                text = cell_text(value)
                if text in _ERRORS:
                    problems.append(Problem("error-value", params={"value": text, "index": index}))
                    text = ""
                elif len(text) > self._limits.cell:
                    params = {"limit": self._limits.cell, "index": index}
                    problems.append(Problem("cell-too-large", params=params, refuses=True))
                    text = text[: self._limits.preview]
                cells.append(text)
            yield Line(number, cells, tuple(problems))


def open_workbook(path: Path, limits: Limits, *, packed: bool = False) -> list[SheetReader]:
    """Return the sheets of a workbook, visible ones first; raise :class:`ImportFileError` if it can't be opened.

    ``packed`` says that the workbook is gzipped; it is then unpacked into a temporary file, within the limit.
    """
    if packed:
        return _open_packed(path, limits)
    try:
        if zipfile.is_zipfile(path):
            _check_size(path, limits)
        workbook = python_calamine.CalamineWorkbook.from_path(str(path))
        visible = python_calamine.SheetVisibleEnum.Visible
        names = sorted(workbook.sheets_metadata, key=lambda sheet: sheet.visible != visible)
        sheets = [
            SheetReader(workbook.get_sheet_by_name(sheet.name), limits)
            for sheet in names
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    except python_calamine.PasswordError as error:
        raise ImportFileError("password") from error
    except (python_calamine.CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise ImportFileError("damaged", reason=_short(error)) from error
    except BaseException as error:
        # A panic of calamine's Rust code on a damaged workbook derives from BaseException.
        if type(error).__name__ != "PanicException":
            raise
        raise ImportFileError("damaged", reason=_short(error)) from error
    return sheets


def cell_text(value: Any) -> str:
    """Return a cell's value as text: whole numbers without ``.0``, dates as ISO 8601."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e18 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "seconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return "" if value is None else str(value)


def _check_size(path: Path, limits: Limits) -> None:
    with zipfile.ZipFile(path) as archive:
        if sum(member.file_size for member in archive.infolist()) > limits.workbook:
            raise ImportFileError("too-large", limit=f"{limits.workbook // MEBIBYTE} MB")


def _open_packed(path: Path, limits: Limits) -> list[SheetReader]:
    with (
        tempfile.NamedTemporaryFile(suffix=path.with_suffix("").suffix) as unpacked,
        ByteStream(path, limits) as stream,
    ):
        while chunk := stream.read(MEBIBYTE):
            unpacked.write(chunk)
            if stream.total > limits.workbook:
                raise ImportFileError("too-large", limit=f"{limits.workbook // MEBIBYTE} MB")
        if stream.trouble:
            raise ImportFileError("damaged", reason="gzip")
        unpacked.flush()
        return open_workbook(Path(unpacked.name), limits)


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]
