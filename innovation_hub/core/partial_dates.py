"""Dates of which perhaps only the year, or year and month, is known: ``2021``, ``2021-03`` or ``2021-03-09``.

Stored as the beginning of an ISO 8601 date, so that they sort as text and never claim more than the source says.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

EARLIEST_YEAR = 1945
YEARS_AHEAD = 10
_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def validate_partial_date(value: str) -> None:
    """Raise ``ValidationError`` unless ``value`` is a year, a month or a day between 1945 and ten years from now."""
    match = _SHAPE.fullmatch(value)
    if not match:
        raise ValidationError(_("Write a year (2021), a month (2021-03) or a day (2021-03-09)."), code="partial_date")
    parts: Iterator[Any] = (int(part) if part else None for part in match.groups())
    year, month, day = parts
    if not EARLIEST_YEAR <= year <= timezone.localdate().year + YEARS_AHEAD:
        raise ValidationError(_("The year %(year)s can't be right."), code="year", params={"year": str(year)})
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError as error:
        raise ValidationError(_("There is no such day in the calendar."), code="partial_date") from error


def year_of(value: str) -> int | None:
    """Return the year of a partial date, ``None`` when it is empty."""
    return int(value[:4]) if value else None


def format_partial_date(value: str) -> str:
    """Return ``value`` in words of the active language: ``2021``, ``Maret 2021`` or ``9 Maret 2021``."""
    parts = [int(part) for part in value.split("-")] if value else []
    if not parts:
        return ""
    if len(parts) == 1:
        return str(parts[0])
    if len(parts) == 2:
        return date_format(date(parts[0], parts[1], 1), "F Y")
    return date_format(date(*parts), "j F Y")


class PartialDateField(models.CharField):
    """A text column holding a partial date."""

    default_validators = [validate_partial_date]

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        """Leave out the fixed length."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs
