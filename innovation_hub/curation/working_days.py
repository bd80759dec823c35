"""Service levels count working days: Monday to Friday in Jakarta, without the holidays that staff keep."""

from collections.abc import Collection
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

# Where the registry's offices are, whatever time zone a reader has chosen for the admin.
ZONE = ZoneInfo("Asia/Jakarta")
_SATURDAY = 5


def today() -> date:
    """Return the day it is in Jakarta."""
    return timezone.localdate(timezone=ZONE)


def day_of(moment) -> date:
    """Return the day in Jakarta on which ``moment`` lies."""
    return timezone.localdate(moment, timezone=ZONE)


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """True from Monday to Friday, except on ``holidays``."""
    return day.weekday() < _SATURDAY and day not in holidays


def working_days_after(start: date, days: int, holidays: Collection[date]) -> date:
    """Return the ``days``-th working day after ``start``, which doesn't count itself."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day, holidays)
    return day


def holidays_after(start: date) -> set[date]:
    """Return the days off after ``start``."""
    from innovation_hub.curation.models import Holiday

    return set(Holiday.objects.filter(date__gt=start, is_active=True).values_list("date", flat=True))


def deadline(days: int, start: date | None = None) -> date:
    """Return the last day of a service level of ``days`` working days that begins on ``start`` (today)."""
    begin = start or today()
    return working_days_after(begin, days, holidays_after(begin))
