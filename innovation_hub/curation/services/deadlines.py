"""Deadlines of what waits now, counted anew after the list of holidays changed."""

from collections import defaultdict
from datetime import date

from innovation_hub.curation import working_days
from innovation_hub.curation.models import ReviewTask, ReviewTaskState
from innovation_hub.curation.services.reviews import waiting

_BATCH = 500


def recount_deadlines() -> int:
    """Write the deadline of every waiting review as the holidays have it now; returns how many were looked at."""
    days = service_levels()
    alike: dict[tuple[date, int], list[int]] = defaultdict(list)
    for pk, since, task in waiting().order_by("pk").values_list("pk", "open_since", "task"):
        alike[working_days.day_of(since), days[task]].append(pk)
    holidays = working_days.holidays_after(min(start for start, _level in alike)) if alike else set()
    for (start, level), keys in alike.items():
        due_on = working_days.working_days_after(start, level, holidays)
        for at in range(0, len(keys), _BATCH):
            ReviewTaskState.objects.filter(pk__in=keys[at : at + _BATCH]).update(due_on=due_on)
    return sum(len(keys) for keys in alike.values())


def service_levels() -> dict[int, int]:
    """Return step -> its service level in working days."""
    return {pk: kind.days for kind in ReviewTask.__subclasses__() for pk in kind.objects.values_list("pk", flat=True)}
