"""Years and dates as people write them, in Indonesian and English, read no more exactly than they are written.

The result is a partial ISO date: ``2021``, ``2021-03`` or ``2021-03-09`` (see ``core.partial_dates``). What can't be
right is refused with a problem and left empty; nothing is guessed beyond the order of day and month, and that from the
whole column.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from innovation_hub.core.partial_dates import EARLIEST_YEAR

from .problems import Problem


class Order(Enum):
    """How a column writes 3/4/2021."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A partial date, or why there is none (both empty for an empty cell)."""

    value: str = ""
    problem: Problem | None = None


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari february pebruari feb peb", "maret march mar", "april apr", "mei may",
            "juni june jun", "juli july jul", "agustus august agu agt ags aug", "september sept sep",
            "oktober october okt oct", "november nopember nov nop", "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NOTHING = frozenset(
    ("", "-", "--", "?", "0", "0000-00-00", "0000-00-00 00:00:00", "n/a", "na", "n.a", "n.a.", "none", "null", "nil",
     "nan", "tbd", "tba", "ongoing", "present", "unknown", "not applicable", "tidak ada", "belum", "belum ada",
     "sekarang", "saat ini", "tidak diketahui")
)  # fmt: skip
_YEAR_ONLY = re.compile(
    r"(?:tahun(?: anggaran)?|ta|t\.a\.?|thn|th|fy|year|sejak|since|circa|ca\.?)?\s*(\d{4})(?:\.0)?", re.I
)
_YEAR_SPAN = re.compile(
    r"(\d{4})\s*(?:[-–—/]|s\.?/?d\.?|sampai(?: dengan)?|hingga|to)\s*(\d{4}|sekarang|saat ini|present|now)", re.I
)
_NUMERIC = re.compile(r"(\d{1,2})\s*[./\-]\s*(\d{1,2})\s*[./\-]\s*(\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/\-](\d{4})")
_WORDED = re.compile(
    rf"(?:(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[\s.\-/]*)?\b({'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?,?"
    r"[\s.\-/]*(?:(\d{1,2})(?:st|nd|rd|th)?,\s*)?(\d{4}|'?\d{2})(?!\d)",
    re.I,
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_LONE_NUMBER = re.compile(r"\d+(?:\.0)?")
# Excel counts days from 1899-12-30; smaller numbers are more likely mistyped years than dates before 1982.
_SERIALS = range(30_000, 60_000)
_SERIAL_ZERO = datetime.date(1899, 12, 30)


def is_nothing(text: str) -> bool:
    """Say whether a cell only says that there is no value ("-", "N/A", "tidak ada")."""
    return text.strip().strip(".").lower() in _NOTHING


def order_of(values: Iterable[str]) -> Order:
    """Return how a column writes dates, from those that can be read in one way only; Indonesian order by default."""
    day_first = month_first = False
    for value in values:
        match = _NUMERIC.match(value.strip())
        if match:
            day_first = day_first or 12 < int(match[1]) <= 31
            month_first = month_first or 12 < int(match[2]) <= 31
    if day_first and month_first:
        return Order.UNCLEAR
    return Order.MONTH_FIRST if month_first else Order.DAY_FIRST


def parse_year(text: str, column: str = "", today: datetime.date | None = None) -> Parsed:
    """Read a column of years: "2021", "TA 2021", "2019-2021" (its first), or a date, of which the year is taken."""
    text = text.strip()
    if is_nothing(text):
        return Parsed()
    if _LONE_NUMBER.fullmatch(text):
        return _checked(text.split(".")[0], column, today)
    parsed = parse_date(text, column=column, today=today)
    return Parsed(parsed.value[:4], parsed.problem)


def parse_date(
    text: str, order: Order = Order.DAY_FIRST, *, column: str = "", today: datetime.date | None = None
) -> Parsed:
    """Read a date, a month or a year out of ``text``; a problem names what is out of range or unclear."""
    text = " ".join(text.split())
    if is_nothing(text):
        return Parsed()
    if match := _YEAR_ONLY.fullmatch(text) or _YEAR_SPAN.fullmatch(text):
        return _checked(match[1], column, today)
    if _SERIAL.fullmatch(text) and int(float(text)) in _SERIALS:
        return _checked((_SERIAL_ZERO + datetime.timedelta(days=int(float(text)))).isoformat(), column, today)
    if _LONE_NUMBER.fullmatch(text):
        return _checked(text.split(".")[0], column, today)
    parts = _numeric_parts(text, order) or _worded_parts(text)
    if parts is None:
        found = re.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text)
        if found and len(text) < 40:
            return _checked(found[0], column, today)
        return Parsed(problem=Problem("date-unclear", column, {"value": text[:60]}))
    year, month, day = parts
    if month == 0 and _ISO.match(text):
        return _checked(str(year), column, today)
    if month == 0:
        checked = _checked(str(year), column, today)
        return Parsed(checked.value, checked.problem or Problem("date-order-unclear", column, {"value": text[:60]}))
    try:
        datetime.date(max(1, min(year, 9999)), month or 1, day or 1)
    except ValueError:
        return Parsed(problem=Problem("date-unclear", column, {"value": text[:60]}))
    value = f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else "")
    return _checked(value, column, today)


def _numeric_parts(text: str, order: Order) -> tuple[int, int, int] | None:
    """Return year, month and day of a date in figures; month 0 where their order can't be told."""
    if match := _ISO.match(text):
        return int(match[1]), int(match[2]), int(match[3] or 0)
    if match := _NUMERIC.match(text):
        first, second, year = int(match[1]), int(match[2]), _full_year(match[3])
        if first > 12 >= second:
            return year, second, first
        if second > 12 >= first:
            return year, first, second
        if order is Order.UNCLEAR and first != second:
            return year, 0, 0
        return (year, second, first) if order is not Order.MONTH_FIRST else (year, first, second)
    if match := _MONTH_YEAR.fullmatch(text):
        return int(match[2]), int(match[1]), 0
    return None


def _worded_parts(text: str) -> tuple[int, int, int] | None:
    match = _WORDED.search(text)
    if not match:
        return None
    return _full_year(match[4].strip("'")), _MONTHS[match[2].lower()], int(match[1] or match[3] or 0)


def _full_year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    year = 2000 + int(text)
    return year if year <= datetime.date.today().year + 1 else year - 100


def _checked(value: str, column: str, today: datetime.date | None) -> Parsed:
    """Let through years from independence to next year."""
    last = (today or datetime.date.today()).year + 1
    year = value.split("-")[0]
    if value.startswith("1905-") and len(value) == 10:
        # The year 2023 in a column formatted as dates: day 2023 of the spreadsheet's calendar is 15 July 1905.
        meant = (datetime.date.fromisoformat(value) - _SERIAL_ZERO).days
        if EARLIEST_YEAR <= meant <= last:
            return Parsed(str(meant), Problem("year-repaired", column, {"value": value, "year": str(meant)}))
    if not EARLIEST_YEAR <= int(year) <= last:
        params = {"value": year[:20], "first": str(EARLIEST_YEAR), "last": str(last)}
        return Parsed(problem=Problem("year-out-of-range", column, params))
    return Parsed(value)
