"""*Inovasi saya*: a person's entries, those that wait for the person first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState

from innovation_hub.core.text import sentence_case
from innovation_hub.curation.models import ReviewTaskState
from innovation_hub.curation.services.reasons import reason_labels
from innovation_hub.innovations.admin.states import DRAFT, RETURNED, WAITING, condition, state_of_row
from innovation_hub.innovations.models import Innovation, Innovator

from .standing import Waiting, waiting_of

STATE_WORDS: dict[str, tuple[str, str, str | Promise]] = {
    # state -> look of the badge, its icon, its words
    DRAFT: ("b-unk", "doc", _("Draft")),
    WAITING: ("b-cur", "right", _("Under review")),
    RETURNED: ("b-warn", "warn", _("Needs changes")),
    "terbit": ("b-ok", "check", _("Published")),
    "ada-perubahan": ("b-ok", "check", _("Published, with an unpublished change")),
    "arsip": ("b-still", "stop", _("Archived")),
    "ditarik": ("b-still", "stop", _("Withdrawn")),
    "duplikat": ("b-still", "swap", _("Merged")),
}
NEXT_WORDS: dict[str, str | Promise] = {
    DRAFT: _("Continue writing"),
    "ada-perubahan": _("Continue writing"),
    WAITING: _("See where it is"),
    RETURNED: _("Read what to change"),
    "terbit": _("Keep it up to date"),
}


@dataclass(frozen=True, slots=True)
class MyEntry:
    """One entry in the list."""

    entry: Innovation
    title: str
    state: str
    badge: tuple[str, str, str | Promise]
    waiting: Waiting | None
    reason: str
    action: str | Promise
    address: str
    public: str | None


def my_entries(user: Any) -> QuerySet[Innovation]:
    """Return what ``user`` wrote, keeps, or is named behind in public; what came back first, then drafts."""
    named = Q(pk__in=Innovator.objects.filter(account=user).values("entry"))
    own = Q(created_by=user) | Q(steward=user)
    public = Q(pk__in=Innovation.objects.public().order_by().values("pk"))
    first = Case(
        When(condition(RETURNED), then=Value(0)),
        When(condition(WAITING), then=Value(2)),
        When(condition(DRAFT), then=Value(1)),
        default=Value(3),
        output_field=IntegerField(),
    )
    rows = Innovation.objects.filter(own | (named & public))
    return rows.annotate(place=first).order_by("place", "-updated_at", "-pk")


def rows_of(user: Any, entries: list[Innovation]) -> list[MyEntry]:
    """Return the rows of one page of the list."""
    keys = [entry.pk for entry in entries]
    waiting = waiting_of(keys)
    returned = [entry.pk for entry in entries if entry.place == 0]
    reasons = _reasons(returned)
    return [_row(user, entry, waiting.get(entry.pk), reasons.get(entry.pk, "")) for entry in entries]


def _reasons(keys: list[int]) -> dict[int, str]:
    """Return entry -> why it was last sent back."""
    if not keys:
        return {}
    rejected = ReviewTaskState.objects.filter(entry__in=keys, status=TaskState.STATUS_REJECTED)
    codes = dict(rejected.order_by("finished_at", "pk").values_list("entry", "reason"))
    labels = reason_labels(codes.values())
    return {entry: labels.get(code or "", code or "") for entry, code in codes.items()}


def _row(user: Any, entry: Innovation, waiting: Waiting | None, reason: str) -> MyEntry:
    state = {0: RETURNED, 2: WAITING}.get(entry.place) or state_of_row(entry)
    own = user.pk in (entry.created_by_id, entry.steward_id)
    public = entry.get_absolute_url() if entry.is_public else None
    return MyEntry(
        entry=entry,
        title=sentence_case(entry.title_plain),
        state=state,
        badge=STATE_WORDS[state],
        waiting=waiting,
        reason=reason,
        action=NEXT_WORDS.get(state, "") if own else "",
        address=reverse("write_overview", args=[entry.pk]),
        public=public,
    )
