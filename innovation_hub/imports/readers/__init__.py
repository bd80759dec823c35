"""Reading CSV, XLSX, XLS, ODS and JSON lines, each also gzipped, in bounded memory."""

from .base import FileNote, Limits, RawRow, storable
from .source import Source, open_source

__all__ = ["FileNote", "Limits", "RawRow", "Source", "open_source", "storable"]
