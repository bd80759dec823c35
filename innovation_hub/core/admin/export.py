"""Spreadsheets that can't hurt whoever opens them.

A cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break is run as a formula by spreadsheet programs;
such text gets an apostrophe in front (OWASP, "CSV injection"), numbers stay numbers.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from wagtail.admin.views.mixins import SpreadsheetExportMixin

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
CHUNK = 500
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}".encode()


def neutral(value: Any) -> Any:
    """Return ``value`` so that no spreadsheet program runs it."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


class SafeExportMixin(SpreadsheetExportMixin):
    """Exports in a stream, row by row, with formulas neutralised; only the columns named in ``list_export``."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Write a value as Wagtail does, but never as a formula."""
        return neutral(super().preprocess_field_value(field, value, export_format))

    def stream_csv(self, queryset: QuerySet) -> Iterator[bytes]:
        """Yield the file with a byte order mark, by which Excel knows that it is UTF-8."""
        yield BOM
        yield from super().stream_csv(self._rows(queryset))

    def write_xlsx(self, queryset: QuerySet, output: Any) -> None:
        """Write the workbook without holding all rows in memory."""
        super().write_xlsx(self._rows(queryset), output)

    def get_heading(self, queryset: Any, field: str) -> str:
        """Return the column's heading; ``queryset`` may be the stream of rows."""
        return super().get_heading(_WithModel(self.model), field)

    def _rows(self, queryset: Any) -> Any:
        return queryset.iterator(chunk_size=CHUNK) if isinstance(queryset, QuerySet) else queryset


class _WithModel:
    """What :meth:`get_heading` asks of a queryset."""

    def __init__(self, model: Any) -> None:
        self.model = model
