"""From a path to rows: the kind of file by its content, the sheets, the header, the rows by column name."""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from innovation_hub.imports.problems import ImportFileError, Problem

from . import encoding
from .base import FileNote, Limits, Line, LineReader, RawRow, storable
from .delimited import DelimitedReader, sniff_delimiter
from .jsonlines import JsonLinesReader
from .streams import GZIP, checksum, read_head
from .workbook import open_workbook

Recognise = Callable[[list[str]], int]

HEADER_ROWS = 25
_JSON_HEAD = 500
_FOREIGN = (
    (b"%PDF", _("a PDF document")),
    (b"\x89PNG", _("a picture")),
    (b"\xff\xd8\xff", _("a picture")),
    (b"GIF8", _("a picture")),
    (b"{\\rtf", _("an RTF document")),
    (b"BZh", _("a bzip2 archive")),
    (b"\xfd7zXZ", _("an xz archive")),
    (b"7z\xbc\xaf", _("a 7z archive")),
    (b"Rar!", _("a RAR archive")),
    (b"SQLite format 3", _("a database")),
    (b"\x7fELF", _("a program")),
    (b"MZ\x90", _("a program")),
)
_MARKED_UP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html|<table|<head|<meta)", re.IGNORECASE)
_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?<\?xml")
_NUMBERING = re.compile(r"\(?\s*\d{1,3}\s*[).]?")


@dataclass(slots=True)
class Source:
    """An opened file: what it is, how it was read, its columns, and its rows.

    ``notes`` fills while the rows are read. ``header_row`` is 0 for JSON lines.
    """

    path: Path
    name: str
    format: str
    sha256: str
    size: int
    reading: dict[str, object] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)
    notes: list[FileNote] = field(default_factory=list)
    _tables: list["_Table"] = field(default_factory=list)
    _objects: Iterator[RawRow] | None = None
    _reader: JsonLinesReader | None = None

    def rows(self) -> Iterator[RawRow]:
        """Yield the rows once, in order; blank ones are passed over."""
        if self._objects is not None:
            yield from self._objects
            self.notes.extend(self._reader.notes if self._reader else [])
            return
        for table in self._tables:
            yield from table.rows()
            self.notes.extend(table.reader.notes)


def open_source(path: Path, recognise: Recognise, *, limits: Limits | None = None, name: str = "") -> Source:
    """Open a file for import; raise :class:`ImportFileError`, naming it, when nothing can be read from it.

    ``recognise`` says how many names of a possible header row are known columns, counting a title column double; it
    finds the header below a banner, the right delimiter, and the sheets that hold entries.
    """
    limits, name = limits or Limits(), name or path.name
    try:
        if not path.is_file():
            raise ImportFileError("not-found")
        digest, size = checksum(path)
        head = read_head(path, limits)
        source = Source(path, name, "", digest, size)
        _open_by_content(source, head, recognise, limits)
    except ImportFileError as error:
        error.file = name
        raise
    except OSError as error:
        raise ImportFileError("not-readable", name, reason=error.strerror or type(error).__name__) from error
    return source


def _open_by_content(source: Source, head: bytes, recognise: Recognise, limits: Limits) -> None:
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise ImportFileError("empty")
    with source.path.open("rb") as file:
        packed = file.read(2) == GZIP
    source.reading["gzip"] = packed
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        source.format = _kind_of_office(source.path, head, packed)
        readers: list[LineReader] = list(open_workbook(source.path, limits, packed=packed))
        return _find_tables(source, readers, recognise)
    for sign, found in _FOREIGN:
        if head.startswith(sign):
            raise ImportFileError("wrong-type", found=found)
    if _MARKED_UP.match(head) or _XML.match(head):
        raise ImportFileError("wrong-type", found=_("a web page or XML; open it in a spreadsheet and save it as XLSX"))
    form = encoding.detect(source.path, limits)
    if not form.is_text:
        raise ImportFileError("not-text")
    source.reading["encoding"] = form.label
    if form.errors == encoding.MIXED_ERRORS:
        source.notes.append(FileNote("mixed-encoding"))
    with form.open(source.path, limits) as stream:
        beginning = stream.readline(4096).lstrip("\ufeff \t\n")
        while not beginning and (line := stream.readline(4096)):
            beginning = line.strip()
    if re.match(r'\{\s*"|\{\s*$|\[\s*\{|\[\s*$|\{\}', beginning):
        return _open_json(source, form, limits)
    source.format = "csv"
    delimiter, width = sniff_delimiter(form, source.path, limits, recognise)
    source.reading["delimiter"] = delimiter
    reader = DelimitedReader(source.path, form, delimiter, limits)
    reader.width = width
    return _find_tables(source, [reader], recognise)


def _kind_of_office(path: Path, head: bytes, packed: bool) -> str:
    if head.startswith(b"\xd0\xcf"):
        return "xls"
    if packed:
        return "xlsx"
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            kind = archive.read("mimetype") if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, KeyError, EOFError) as error:
        raise ImportFileError("damaged", reason=str(error)) from error
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if b"spreadsheet" in kind:
        return "ods"
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in kind:
        raise ImportFileError("wrong-type", found=_("a text document (DOCX, ODT)"))
    if any(name.startswith("ppt/") for name in names) or b"presentation" in kind:
        raise ImportFileError("wrong-type", found=_("a presentation"))
    raise ImportFileError("wrong-type", found=_("a ZIP archive; unpack it first"))


def _open_json(source: Source, form: encoding.TextForm, limits: Limits) -> None:
    source.format = "jsonl"
    source._reader = JsonLinesReader(source.path, form, limits)
    rows = iter(source._reader)
    first = list(islice(rows, _JSON_HEAD))
    source.columns = list(dict.fromkeys(name for row in first for name in row.values))
    source._objects = chain(first, rows)


@dataclass(slots=True)
class _Table:
    reader: LineReader
    columns: list[str]
    lines: Iterator[Line]
    several: bool

    def rows(self) -> Iterator[RawRow]:
        width = len(self.columns)
        for line in self.lines:
            if not any(map(str.strip, line.cells)) and not line.problems:
                continue
            row = RawRow(line.number, dict(zip(self.columns, line.cells, strict=False)))
            row.sheet = self.reader.sheet if self.several else ""
            row.problems = [self._named(problem) for problem in line.problems]
            extra = [cell for cell in line.cells[width:] if cell.strip()]
            if extra:
                row.values["…"] = " | ".join(extra)
                row.problems.append(Problem("more-cells"))
            yield row

    def _named(self, problem: Problem) -> Problem:
        params = dict(problem.params)
        index = params.pop("index", None)
        column = self.columns[index] if index is not None and index < len(self.columns) else ""
        return Problem(problem.code, column, params, problem.refuses)


def _find_tables(source: Source, readers: list[LineReader], recognise: Recognise) -> None:
    """Find the header in each sheet; sheets without a known column are left out if another has some."""
    found: list[tuple[int, int, list[str], LineReader, Iterator[Line], list[Line]]] = []
    for reader in readers:
        lines = iter(reader)
        head = list(islice(lines, HEADER_ROWS))
        if not any(cell.strip() for line in head for cell in line.cells) and not any(line.problems for line in head):
            continue
        score, index = _header_index(head, recognise)
        found.append((score, index, unique_names(head[index].cells), reader, lines, head))
    if not found:
        raise ImportFileError("empty")
    best = max(score for score, *_rest in found)
    chosen = [item for item in found if item[0] >= max(2, best / 2)] or [max(found, key=lambda item: item[0])]
    for item in found:
        if item not in chosen and len(readers) > 1:
            source.notes.append(FileNote("sheet-skipped", {"sheet": item[3].sheet, "field": "title"}))
    for _score, index, columns, reader, lines, head in chosen:
        reader.width = len(columns)
        rest = head[index + 1 :]
        if rest and _is_numbering(rest[0].cells):
            rest = rest[1:]
        source._tables.append(_Table(reader, columns, chain(rest, lines), len(chosen) > 1))
        source.columns += [name for name in columns if name not in source.columns]
    source.reading["header_row"] = chosen[0][5][chosen[0][1]].number
    if len(readers) > 1:
        source.reading["sheets"] = [item[3].sheet for item in chosen]


def _header_index(head: list[Line], recognise: Recognise) -> tuple[int, int]:
    """Return the best header's score and its place: most known names, the first of equals, else the first row."""
    scores = [recognise([" ".join(cell.split())[:300] for cell in line.cells]) for line in head]
    best = max(scores, default=0)
    if best:
        return best, scores.index(best)
    filled = next((index for index, line in enumerate(head) if sum(map(bool, map(str.strip, line.cells))) > 1), None)
    return 0, filled if filled is not None else 0


def _is_numbering(cells: list[str]) -> bool:
    """Official tables often number their columns, "(1) (2) (3)", below the header."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    numbers = [int(re.sub(r"\D", "", cell)) for cell in filled if _NUMBERING.fullmatch(cell)]
    return (
        len(filled) > 2
        and len(numbers) == len(filled)
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    )


def unique_names(cells: list[str]) -> list[str]:
    """Return column names cleaned, each different: repeated ones get a number, empty ones their spreadsheet letter."""
    names: list[str] = []
    seen: set[str] = set()
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    for index, cell in enumerate(cells):
        name = " ".join(storable(cell).replace("\ufeff", "").split()) or f"({_letter(index)})"
        base, count = name, 2
        while name in seen:
            name, count = f"{base} ({count})", count + 1
        seen.add(name)
        names.append(name)
    return names


def _letter(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
