"""The whole result of a search as a spreadsheet: every public record that matches, in the order of the page.

The engine gives the ids; the cards are read from the database a few hundred at a time, so that what was withdrawn a
moment ago is left out and memory doesn't grow with the result.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from tempfile import TemporaryFile
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from innovation_hub.core.pages import path_in
from innovation_hub.core.text import neutralise_formula
from search import service
from search.facets import labels_for
from search.query import SearchQuery
from search.sources import sources

#: More than any registry holds; an engine answers all ids at once.
EVERYTHING = 1_000_000
CHUNK = 500
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"

Row = list[str | int]
#: What values are called: kind of value -> value -> words.
Words = Mapping[str, Mapping[str, str]]


class SearchUnavailable(Exception):
    """The engine can't be asked now, and a part of the result would pass for the whole."""


def headings() -> list[str]:
    """Return the headings in the active language."""
    return [
        _("Registry number"), _("Title"), _("Name"), _("Agency"), _("Year"), _("Level"), _("Life status"),
        _("Evidence level"), _("Replicated by"), _("Origin of the entry"), _("Sample data"), _("Address"),
    ]  # fmt: skip


def found_ids(query: SearchQuery) -> list[tuple[str, list[int]]]:
    """Return source -> ids of all that matches; raises SearchUnavailable while the engine is down."""
    found = []
    for name in sources():
        answer = service.ids(query, name, limit=EVERYTHING)
        if answer is None:
            raise SearchUnavailable
        found.append((name, answer[0]))
    return found


def rows(found: Sequence[tuple[str, list[int]]], language: str, host: str) -> Iterator[Row]:
    """Return one row for each record that is public now; ``host`` begins its address (``https://hub.example``).

    Words are translated at once: the rows are made while the answer is sent, when the language may be another.
    """
    words = {"synthetic": {"True": _("yes"), "False": _("no")}}
    return _rows(found, words, language, host)


def _rows(found: Sequence[tuple[str, list[int]]], words: Words, language: str, host: str) -> Iterator[Row]:
    for name, ids in found:
        source = sources()[name]
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            cards = source.cards(chunk)
            labels = {**words, **{code: _labels(code, cards, language) for code in ("level", "life")}}
            yield from (_row(cards[pk], labels, language, host) for pk in chunk if pk in cards)


def _row(card: Mapping[str, Any], labels: Words, language: str, host: str) -> Row:
    """Return one record's cells; texts that a spreadsheet program would run are made harmless."""
    where = [card.get("agency_raw", ""), *card.get("where", ())]
    cells: Row = [
        card.get("number", ""),
        card.get("title", ""),
        card.get("brand", ""),
        ", ".join(part for part in where if part),
        card.get("year") or "",
        labels["level"].get(card.get("level", ""), ""),
        labels["life"].get(card.get("life", ""), ""),
        card.get("evidence", 0),
        card.get("adoptions", 0),
        (card.get("origin") or {}).get(language, ""),
        labels["synthetic"][str(bool(card.get("synthetic")))],
        host + path_in(str(card.get("path", "")), language),
    ]
    return [_harmless(cell) if isinstance(cell, str) else cell for cell in cells]


def csv_lines(heading: Sequence[str], table: Iterator[Row]) -> Iterator[str]:
    """Yield a CSV file line by line, with the mark by which Excel knows that it is UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield BOM
    yield _line(writer, buffer, heading)
    for row in table:
        yield _line(writer, buffer, row)


def write_xlsx(table: Iterator[Row]) -> IO[bytes]:
    """Return a workbook as a temporary file, at its beginning; rows are written as they come."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Innovations"))
    sheet.append(headings())
    for row in table:
        sheet.append(row)
    file = TemporaryFile()  # noqa: SIM115  the answer closes it
    book.save(file)
    file.seek(0)
    return file


def _labels(code: str, cards: Mapping[int, Mapping[str, Any]], language: str) -> dict[str, str]:
    return labels_for(code, sorted({str(card[code]) for card in cards.values() if card.get(code)}), language)


def _harmless(text: str) -> str:
    return neutralise_formula(ILLEGAL_CHARACTERS_RE.sub("", text))


def _line(writer: Any, buffer: io.StringIO, row: Sequence[str | int]) -> str:
    buffer.seek(0)
    buffer.truncate()
    writer.writerow(row)
    return buffer.getvalue()
