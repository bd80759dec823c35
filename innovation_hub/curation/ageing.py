"""How long something waits and how late it is, in words; days are those of the calendar, as they pass in Jakarta."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innovation_hub.curation.working_days import day_of, today


def days_since(moment: datetime) -> int:
    """Return on how many midnights ``moment`` lies back."""
    return (today() - day_of(moment)).days


def days_in_words(days: int) -> str:
    """Return "19 days"; what came today waits "since today"."""
    if days <= 0:
        return _("since today")
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def days_late(due_on: date | None) -> int:
    """Return by how many days ``due_on`` has passed; 0 when it hasn't, or when there is none."""
    return max(0, (today() - due_on).days) if due_on else 0


def deadline_in_words(due_on: date | None) -> str:
    """Return "5 days late", "due today" or "3 days left"; nothing without a deadline."""
    if due_on is None:
        return ""
    left = (due_on - today()).days
    if left < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -left) % {"days": -left}
    if left == 0:
        return _("due today")
    return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}
