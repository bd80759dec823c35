"""The figures, each from one or a few grouped queries, whatever the number of entries."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from statistics import median, quantiles
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from wagtail.models import TaskState

from innovation_hub.curation.models import ReviewTaskState
from innovation_hub.curation.oversight.scope import Scope
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.models.querysets import PUBLIC

#: Reviews that medians are taken of, the newest ones.
MOST_REVIEWS = 50_000
MOST_LATE = 20
SECONDS_A_DAY = 86_400
GONE = Q(merged_into__isnull=False) | Q(withdrawn_at__isnull=False)
CURATED = Q(publication_level__in=(Innovation.Level.CURATED, Innovation.Level.FEATURED))


@dataclass(slots=True)
class Way:
    """How far the entries of one programme or cohort have come. A public entry may wait with its next version."""

    total: int = 0
    waiting: Counter[int] = field(default_factory=Counter)
    """Task -> entries that wait there."""
    returned: int = 0
    published: int = 0
    curated: int = 0
    gone: int = 0
    new_on_the_way: int = 0
    """Of those that wait or came back, the ones that aren't public."""

    @property
    def drafts(self) -> int:
        """Return those that are neither public nor on their way: begun, called off, or unpublished."""
        return max(0, self.total - self.published - self.gone - self.new_on_the_way)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long decided reviews of one task took, in days."""

    task: int
    reviews: int
    median: float
    nine_of_ten: float
    late: int
    """Reviews that were decided after their day."""


@dataclass(frozen=True, slots=True)
class Late:
    """One review that waits too long."""

    review: int
    title: str
    task: int
    due_on: date


def ways(scope: Scope, group: str) -> dict[Any, Way]:
    """Return value of ``group`` (a field of entries) -> how far its entries are."""
    found: dict[Any, Way] = defaultdict(Way)
    counted = scope.entries.values_list(group).annotate(
        total=Count("pk"),
        published=Count("pk", filter=PUBLIC),
        curated=Count("pk", filter=PUBLIC & CURATED),
        gone=Count("pk", filter=GONE),
    )
    for value, total, published, curated, gone in counted:
        found[value] = Way(total=total, published=published, curated=curated, gone=gone)
    waiting = ReviewTaskState.objects.filter(scope.on_reviews, open_since__isnull=False).order_by()
    for value, task, live, count in waiting.values_list(f"entry__{group}", "task", "entry__live").annotate(Count("pk")):
        found[value].waiting[task] += count
        found[value].new_on_the_way += 0 if live else count
    back = scope.entries.filter(pk__in=scope.returned)
    for value, live, count in back.values_list(group, "live").annotate(Count("pk")):
        found[value].returned += count
        found[value].new_on_the_way += 0 if live else count
    return dict(found)


def paces(scope: Scope) -> list[Pace]:
    """Return how long each task's reviews took that were decided in the period."""
    decided = (TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED)
    rows = ReviewTaskState.objects.filter(scope.on_reviews, status__in=decided, finished_at__gte=scope.since)
    taken: dict[int, list[float]] = defaultdict(list)
    late: Counter[int] = Counter()
    columns = rows.order_by("-finished_at").values_list("task", "started_at", "finished_at", "due_on")
    for task, started, finished, due_on in columns[:MOST_REVIEWS]:
        taken[task].append((finished - started).total_seconds() / SECONDS_A_DAY)
        late[task] += due_on is not None and timezone.localdate(finished) > due_on
    return [Pace(task, len(days), median(days), _nine_of_ten(days), late[task]) for task, days in sorted(taken.items())]


def _nine_of_ten(values: list[float]) -> float:
    return quantiles(values, n=10, method="inclusive")[-1] if len(values) > 1 else values[0]


def return_reasons(scope: Scope) -> list[tuple[str, int]]:
    """Return (code, how often) of the reasons for which entries were sent back in the period, the commonest first."""
    rows = ReviewTaskState.objects.filter(
        scope.on_reviews, status=TaskState.STATUS_REJECTED, finished_at__gte=scope.since
    )
    counted = rows.order_by().values_list("reason").annotate(Count("pk"))
    return sorted(counted, key=lambda one: (-one[1], one[0]))


def late_reviews(scope: Scope) -> tuple[list[Late], int]:
    """Return the reviews that are latest, and how many are late."""
    late = ReviewTaskState.objects.filter(
        scope.on_reviews, open_since__isnull=False, due_on__lt=timezone.localdate()
    ).order_by("due_on", "pk")
    shown = late.values_list("pk", "title", "task", "due_on")[:MOST_LATE]
    return [Late(*row) for row in shown], late.count()


def used(found: Iterable[Way]) -> set[int]:
    """Return the tasks at which something waits."""
    return {task for way in found for task, count in way.waiting.items() if count}
