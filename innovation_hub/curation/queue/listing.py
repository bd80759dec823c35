"""The reviews of one reader's queue: counts, rows, and what comes after a row."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from innovation_hub.core.scopes import STAFF, visible_filter
from innovation_hub.curation.models import ReviewTaskState
from innovation_hub.curation.services.reviews import side_keys_of, waiting, waits_for
from innovation_hub.curation.working_days import today
from innovation_hub.innovations.models import Authorship

from .filters import QueueFilters, Tab, entry_is

PAGE_SIZE = 20
# What a row shows, and nothing else: an entry's texts are some 20 kB.
_RELATIONS = (
    "task",
    "taken_by",
    "entry__agency",
    "entry__programme",
    "entry__institution",
    "entry__cohort",
)
_COLUMNS = (
    "open_since",
    "due_on",
    "title",
    "flags",
    "task__name",
    "taken_by__name",
    "taken_by__email",
    "entry__registry_number",
    "entry__completeness",
    "entry__agency_raw",
    "entry__agency__code",
    "entry__agency__name",
    "entry__programme__short_label",
    "entry__programme__label_id",
    "entry__programme__label_en",
    "entry__institution__name",
    "entry__institution__short_name",
    "entry__cohort__number",
    "entry__cohort__name",
    "entry__cohort__year",
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many reviews each tab holds, and since when the oldest of all waits."""

    waiting: int = 0
    taken: int = 0
    late: int = 0
    all: int = 0
    oldest: Any = None

    def of(self, tab: Tab) -> int:
        """The number of one tab."""
        return {Tab.WAITING: self.waiting, Tab.TAKEN: self.taken, Tab.LATE: self.late, Tab.ALL: self.all}[tab]


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One review in the list, and whether its reader may take it or give it back."""

    review: ReviewTaskState
    can_take: bool
    can_release: bool


class Queue:
    """The queue as ``user`` sees it; the user's access is read once for each object of this class."""

    def __init__(self, user: Any) -> None:
        self.user = user

    @classmethod
    def of(cls, request: HttpRequest) -> "Queue":
        """Return the request's own queue, so that page and menu ask once."""
        if not hasattr(request, "_hub_queue"):
            request._hub_queue = cls(request.user)
        return request._hub_queue

    @cached_property
    def keys(self) -> set[str]:
        """The sides for which the user may speak."""
        return side_keys_of(self.user)

    @cached_property
    def for_me(self) -> Q:
        """Reviews that the user could decide: an open side is theirs and no colleague has taken it."""
        free = Q(taken_by__isnull=True) | Q(taken_by=self.user.pk)
        return waits_for(self.keys) & free

    @cached_property
    def in_scope(self) -> Q:
        """Every waiting review that the user may look at."""
        visible = visible_filter(self.user)
        if visible is None:
            return Q(open_since__isnull=False)
        return Q(open_since__isnull=False) & (waits_for(self.keys) | Q(entry_is(visible)))

    def condition(self, tab: Tab) -> Q:
        """Return the condition of one tab, on the reviews in scope."""
        if tab is Tab.TAKEN:
            return Q(taken_by=self.user.pk)
        if tab is Tab.LATE:
            return self.for_me & Q(due_on__lt=today())
        return self.for_me if tab is Tab.WAITING else self.in_scope

    @cached_property
    def counts(self) -> Counts:
        """The numbers of all tabs, in one query."""
        own = {tab.name.lower(): Count("pk", filter=self.condition(tab)) for tab in Tab if tab is not Tab.ALL}
        return Counts(**waiting().filter(self.in_scope).aggregate(oldest=Min("open_since"), all=Count("pk"), **own))

    def waiting_count(self) -> int:
        """Return how many reviews wait for the user, for the badge in the menu."""
        if "counts" in self.__dict__:
            return self.counts.waiting
        return waiting().filter(self.for_me).count()

    def tab(self, tab: Tab) -> QuerySet[ReviewTaskState]:
        """Return the reviews of one tab, without order and relations."""
        return waiting().filter(self.condition(tab))

    def reviews(self, filters: QueueFilters) -> QuerySet[ReviewTaskState]:
        """Return the reviews asked for, the oldest first."""
        return self.tab(filters.tab).filter(filters.condition()).order_by("open_since", "pk")

    def rows(self, filters: QueueFilters) -> list[QueueRow]:
        """Return the rows of the page asked for, in one query."""
        start = (filters.page - 1) * PAGE_SIZE
        wrote = Authorship.objects.filter(entry=OuterRef("entry_id"), user=self.user.pk, closed_at__isnull=True)
        mine = ReviewTaskState.objects.filter(waits_for(self.keys), pk=OuterRef("pk"))
        found = (
            self.reviews(filters)
            .select_related(*_RELATIONS)
            .only(*_COLUMNS)
            .annotate(wrote=Exists(wrote), waits_for_me=Exists(mine))
        )
        return [self._row(review) for review in found[start : start + PAGE_SIZE]]

    def _row(self, review: ReviewTaskState) -> QueueRow:
        held = review.taken_by_id == self.user.pk
        free = review.taken_by_id is None
        return QueueRow(
            review,
            can_take=free and review.waits_for_me and not review.wrote,
            can_release=held or (not free and STAFF in self.keys),
        )

    def next_after(self, review: ReviewTaskState, filters: QueueFilters) -> ReviewTaskState | None:
        """Return what to open after ``review``: the next older-first in the same look, else the oldest left in it.

        A look at what is late or at everything shows others' work too; what the user can't decide is passed over.
        """
        wrote = Authorship.objects.filter(entry=OuterRef("entry_id"), user=self.user.pk, closed_at__isnull=True)
        candidates = self.reviews(filters).filter(self.for_me).exclude(pk=review.pk).exclude(Exists(wrote))
        if review.open_since is not None:
            since = review.open_since
            later = Q(open_since__gt=since) | Q(open_since=since, pk__gt=review.pk)
            following = candidates.filter(later).first()
            if following is not None:
                return following
        return candidates.first()
