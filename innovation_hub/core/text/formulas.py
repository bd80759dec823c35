"""Cells that a spreadsheet program would run instead of show (CSV injection)."""

import re

_FORMULA = re.compile(
    r"""\s*(?:
        =\s*[^\s=]                                   # any =expression
      | [+\-@]\s*[A-Za-z_][\w.]*\|                   # DDE: +cmd|' /C calc'!A0
      | [+\-@][A-Z][A-Z0-9.]*\(                      # @SUM(…), -HYPERLINK(…)
      | [+\-][0-9.,]+(?:[+\-*/][0-9.,]+)*[+\-*/][A-Za-z]+[|(]   # -2+3+cmd|…
    )""",
    re.VERBOSE,
)
_DANGEROUS_START = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def is_formula(text: str) -> bool:
    """Say whether a cell's text has the shape of a formula; "-", "+62…" and "- Pelatihan (3 hari)" have not."""
    return bool(text) and text.lstrip()[:1] in "=+-@" and bool(_FORMULA.match(text))


def neutralise_formula(text: str) -> str:
    """Return ``text`` so that no spreadsheet program runs it: a leading apostrophe makes it text.

    For every export to CSV and XLSX, and for formula cells that an import keeps. Numbers stay numbers.
    """
    if not text.startswith(_DANGEROUS_START) or re.fullmatch(r"[+\-]?[0-9][0-9.,]*", text):
        return text
    return f"'{text}"
