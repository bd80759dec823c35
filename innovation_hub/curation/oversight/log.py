"""Looking things up in the log of transitions: by entry, by person, by time."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from innovation_hub.core.scopes import visible_filter
from innovation_hub.curation.models import Transition
from innovation_hub.curation.queue.listing import entry_is
from innovation_hub.innovations.registry_numbers import parse_number

TEXT_LIMIT = 120
# Field of LogFilters -> parameter of the address.
PARAMETERS = {"entry": "entri", "person": "orang", "state": "keadaan", "first": "dari", "last": "sampai"}


@dataclass(frozen=True, slots=True)
class LogFilters:
    """What is looked for; anything unreadable in an address counts as not asked."""

    entry: str = ""
    person: str = ""
    state: str = ""
    first: date | None = None
    last: date | None = None

    @classmethod
    def from_query(cls, data: Mapping[str, str]) -> "LogFilters":
        """Read an address."""

        def text(name: str) -> str:
            return " ".join(data.get(PARAMETERS[name], "").replace("\0", "").split())[:TEXT_LIMIT]

        state = text("state")
        return cls(
            entry=text("entry"),
            person=text("person"),
            state=state if state in Transition.State.values else "",
            first=_day(text("first")),
            last=_day(text("last")),
        )

    def query(self) -> str:
        """Return the parameters of the same look."""
        pairs = [(PARAMETERS[one.name], getattr(self, one.name)) for one in fields(self)]
        return urlencode([(name, str(value)) for name, value in pairs if value])

    def condition(self) -> Q:
        """Return the condition on transitions."""
        found = Q()
        if self.entry:
            number = parse_number(self.entry)
            named = Q(registry_number=number) if number else Q(title_plain__icontains=self.entry)
            found &= Q(entry_is(named))
        if self.person:
            found &= Q(actor__name__icontains=self.person) | Q(actor__email__iexact=self.person)
        if self.state:
            found &= Q(to_state=self.state)
        if self.first:
            found &= Q(at__gte=_midnight(self.first))
        if self.last:
            found &= Q(at__lt=_midnight(self.last + timedelta(days=1)))
        return found


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and date(1970, 1, 1) < day < date(9000, 1, 1) else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def log_rows(user: Any, filters: LogFilters) -> QuerySet[Transition]:
    """Return the transitions of entries that ``user`` may see as staff, the newest first."""
    visible = visible_filter(user)
    rows = Transition.objects.filter(filters.condition())
    if visible is not None:
        rows = rows.filter(entry_is(visible))
    return rows.select_related("entry", "actor").order_by("-at", "-pk")
