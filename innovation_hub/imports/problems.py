"""What can be wrong with a file or a row: one coded message each, translated where it is shown.

Stored messages hold code, column and parameters, never a sentence and never an unmasked personal value, so that every
reader gets them in their own language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from innovation_hub.core.personal_data import KIND_LABELS, Kind

FILE_MESSAGES = {
    "not-found": _("There is no such file."),
    "not-readable": _("The file can't be read: %(reason)s."),
    "empty": _("The file is empty."),
    "no-rows": _("The file has a header but no rows."),
    "wrong-type": _("This is %(found)s. What goes in is CSV, XLSX, XLS, ODS or JSON lines, each also gzipped."),
    "not-text": _("This is no text and no known spreadsheet format."),
    "damaged": _("The file is damaged or cut off and can't be opened: %(reason)s."),
    "password": _("The workbook is protected by a password."),
    "too-large": _("The file holds more than %(limit)s when unpacked."),
    "truncated": _("The compressed file is cut off: rows up to row %(row)s were read, whatever followed is missing."),
    "gzip-damaged": _("The compressed file is damaged: rows up to row %(row)s were read, the rest can't be."),
    "stopped-at-limit": _("Reading stopped at %(limit)s: rows up to row %(row)s were read."),
    "missing-column": _(
        "No column for %(field)s was found. Columns in the file: %(columns)s. "
        "Say which one it is with --map “column=%(example)s”."
    ),
    "unknown-map-column": _("--map names the column “%(name)s”, which the file hasn't. Its columns: %(columns)s."),
    "unknown-map-field": _("--map names the field “%(name)s”, which doesn't exist. Fields: %(fields)s."),
    "unknown-key-column": _("--key names the column “%(name)s”, which the file hasn't. Its columns: %(columns)s."),
    "column-guessed": _("The column “%(column)s” was taken as %(field)s by likeness."),
    "column-dropped": _("The column “%(column)s” holds training marks, which are never stored."),
    "sheet-skipped": _("The sheet “%(sheet)s” has no column for %(field)s and was left out."),
    "mixed-encoding": _("The text mixes UTF-8 and Windows-1252; both were read."),
}

ROW_MESSAGES = {
    "no-title": _("The row has no title."),
    "title-is-formula": _("The title is a formula, not a name."),
    "title-unreadable": _("Nothing readable remained of the title."),
    "cell-too-large": _("The cell has more than %(limit)s characters."),
    "row-too-large": _("The row has more than %(limit)s characters."),
    "quote-never-closed": _("A quotation mark that opens a cell is never closed."),
    "row-cut-off": _("The file ends in the middle of this row."),
    "not-json": _("This line is no JSON object: %(reason)s."),
    "more-cells": _("The row has more cells than the header has columns."),
    "formula": _("The cell holds a formula; it was kept as text and is never run."),
    "error-value": _("The cell holds the spreadsheet error %(value)s and was left empty."),
    "year-out-of-range": _("The year %(value)s can't be right (%(first)s to %(last)s) and was left empty."),
    "year-repaired": _("“%(value)s” is the year %(year)s, which a spreadsheet showed as a date; the year was taken."),
    "date-unclear": _("“%(value)s” is no date and was left empty."),
    "date-order-unclear": _("“%(value)s” may be day/month or month/day; only the year was taken."),
    "unknown-term": _("“%(value)s” is not in the vocabulary %(vocabulary)s."),
    "agency-unknown": _("The agency “%(value)s” is not known; it waits in the list of names to be matched."),
    "agency-ambiguous": _("“%(value)s” fits more than one agency: %(candidates)s."),
    "agency-by-likeness": _("The agency “%(value)s” was taken as “%(name)s” by likeness."),
    "no-agency": _("The row names no agency."),
    "region-unknown": _("The region “%(value)s” is not known; it is kept as text."),
    "programme-unknown": _("The training programme “%(value)s” is not known."),
    "institution-unknown": _("The training institution “%(value)s” is not known."),
    "cohort-unknown": _("No cohort “%(value)s” of that programme, institution and year is registered."),
    "title-shortened": _("The title has %(length)s characters and was shortened; the whole one is kept."),
    "title-shouting": _("The title was written in capitals; it is now in sentence case."),
    "lost-characters": _("An earlier system lost characters of this text."),
    "bad-address": _("“%(value)s” is no web address."),
    "personal-data": _(
        "%(kind)s in the text: %(excerpt)s. The entry is held back as a draft until someone removes it."
    ),
    "duplicate-row": _("The same agency, title and year as row %(row)s of this file."),
    "duplicate-entry": _("The same agency, title and year as the entry %(number)s from %(source)s."),
    "duplicate-key": _("The key %(key)s was already used by row %(row)s of this file with other content."),
    "edited-since": _("People have edited the entry since it was imported; the changed row was not taken over."),
    "not-live": _("The entry was merged or withdrawn; the changed row was not taken over."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to say about a row: what, in which column, and whether the row is refused for it."""

    code: str
    column: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    refuses: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return what is stored."""
        return {"code": self.code, "column": self.column, "params": dict(self.params)}

    @property
    def text(self) -> str:
        """The sentence in the active language."""
        return sentence(self.code, self.params)


class ImportFileError(Exception):
    """A file that can't go in at all; ``code`` and ``params`` make the sentence."""

    def __init__(self, code: str, file: str = "", **params: Any) -> None:
        super().__init__(code)
        self.code, self.file, self.params = code, file, params

    def __str__(self) -> str:
        text = sentence(self.code, self.params)
        return f"{self.file}: {text}" if self.file else text


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """Return the message of ``code`` in the active language, its parameters filled in."""
    message = FILE_MESSAGES.get(code) or ROW_MESSAGES[code]
    if "kind" in params:
        params = {**params, "kind": KIND_LABELS[Kind(params["kind"])]}
    return str(message) % params if params else str(message)


def locate(file: str, row: int | None, column: str, text: str, sheet: str = "") -> str:
    """Return "file, row 12, column “Tahun”: sentence", with the parts that there are."""
    where = [file]
    if sheet:
        where.append(gettext("sheet “%(sheet)s”") % {"sheet": sheet})
    if row is not None:
        where.append(gettext("row %(row)s") % {"row": row})
    if column:
        where.append(gettext("column “%(column)s”") % {"column": column})
    return f"{', '.join(where)}: {text}"
