"""Numbers, dates and sizes as readers write them: 36.214 and 1 Maret 2026, in English 36,214 and 1 March."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

Number = int | float | Decimal
# Both numbers of a division: Python divides no float by a Decimal and no Decimal by a float.
OneKind = TypeVar("OneKind", float, Decimal)


def number(value: Number | None, decimals: int | None = None) -> str:
    """Return ``value`` with the language's separators, without trailing zeros; nothing for ``None``."""
    if value is None:
        return ""
    if decimals is None and isinstance(value, Decimal | float):
        value = _trimmed(value)
    if decimals is None and isinstance(value, int):
        return f"{value:,}".replace(",", formats.get_format("THOUSAND_SEPARATOR"))
    return formats.number_format(value, decimals, use_l10n=True, force_grouping=True)


def _trimmed(value: float | Decimal) -> Number:
    """Return a fraction without its trailing zeros, as an integer where nothing is left of it."""
    exact = Decimal(str(value))
    return int(exact) if exact == exact.to_integral_value() else exact.normalize()


def percent(part: OneKind, whole: OneKind, decimals: int = 1) -> str:
    """Return the share of ``part`` in ``whole`` as "12,5 %", in English "12.5%"; nothing when there is no whole."""
    if not whole:
        return ""
    sign = "%" if (get_language() or "").startswith("en") else "\N{NO-BREAK SPACE}%"
    return f"{number(round(100 * part / whole, decimals), decimals)}{sign}"


def day(value: date | datetime | None) -> str:
    """Return a date in full: "1 Maret 2026"; nothing for ``None``."""
    return formats.date_format(_local(value), "j F Y") if value else ""


def month(value: date | datetime | None) -> str:
    """Return a month in full: "Maret 2026"; nothing for ``None``."""
    return formats.date_format(_local(value), "F Y") if value else ""


def short_month(value: date | datetime | None) -> str:
    """Return a month in three letters for badges: "Mar 2026"; nothing for ``None``."""
    return formats.date_format(_local(value), "M Y") if value else ""


def _local(value: date | datetime) -> date:
    """Return an aware moment in the site's time zone, a plain date as it is."""
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def file_size(size: int | None) -> str:
    """Return a size in bytes as "1,2 MB" (powers of 1000); nothing for ``None``."""
    if size is None:
        return ""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= factor:
            return f"{number(round(size / factor, 1), 1 if size < 10 * factor else 0)}\N{NO-BREAK SPACE}{unit}"
    return f"{number(size)}\N{NO-BREAK SPACE}B"


def sentence_list(items: Iterable[object]) -> str:
    """Return "a, b, dan c" in the active language; an empty string for nothing."""
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    if len(words) == 2:
        return _("%(first)s and %(last)s") % {"first": words[0], "last": words[1]}
    return _("%(first)s, and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def lower_first(text: str) -> str:
    """Return ``text`` as it stands in mid-sentence; an acronym at its start keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def label_list(items: Iterable[object]) -> str:
    """Return labels side by side: "Masyarakat umum, petani dan nelayan"; acronyms keep their capitals."""
    first, *others = [str(item) for item in items] or [""]
    separator = "; " if any("," in word for word in (first, *others)) else ", "
    return separator.join([first, *map(lower_first, others)])


def paragraphs(text: str | None) -> list[str]:
    """Return the paragraphs of a plain text, single line breaks joined; none for an empty text."""
    blocks = (text or "").replace("\r\n", "\n").split("\n\n")
    return [" ".join(block.split()) for block in blocks if block.strip()]
