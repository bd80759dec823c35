"""Files for the import's tests, written where the test says; and where the shared real collections lie."""

import gzip
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

from tests.repository import ROOT


def shared(name: str) -> Path:
    """Return a file of the shared data folder; skips the test, saying why, where it isn't there."""
    folder = Path(os.environ.get("HUB_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not (folder / name).exists():
        pytest.skip(f"{name} is not in {folder} (set HUB_SHARED_DATA)")
    return folder / name


def text_file(path: Path, text: str, encoding: str = "utf-8", *, packed: bool = False) -> Path:
    """Write ``text``; ``packed`` gzips it."""
    data = text.encode(encoding)
    path.write_bytes(gzip.compress(data) if packed else data)
    return path


def csv_text(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    """Return rows as CSV, every cell quoted."""
    return "".join(delimiter.join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)


def workbook(path: Path, sheets: Mapping[str, Iterable[Sequence[object]]]) -> Path:
    """Write an XLSX file."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def json_lines(path: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    """Write JSON lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path
