"""How long something waits and how late it is, in words; days are counted by the calendar of the site."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def days_since(moment: datetime) -> int:
    """Return on how many midnights ``moment`` lies back."""
    return (timezone.localdate() - timezone.localdate(moment)).days


def days_in_words(days: int) -> str:
    """Return "19 days"; what came today waits "since today"."""
    if days <= 0:
        return _("since today")
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def days_late(due_on: date | None) -> int:
    """Return by how many days ``due_on`` has passed; 0 when it hasn't, or when there is none."""
    return max(0, (timezone.localdate() - due_on).days) if due_on else 0


def deadline_in_words(due_on: date | None) -> str:
    """Return "5 days late", "due today" or "3 days left"; nothing without a deadline."""
    if due_on is None:
        return ""
    left = (due_on - timezone.localdate()).days
    if left < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -left) % {"days": -left}
    if left == 0:
        return _("due today")
    return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}
