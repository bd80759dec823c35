"""Where an entry is on its way, for the person who wrote it: who has it, since when, until when, what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from innovation_hub.core.formatting import sentence_list
from innovation_hub.curation.ageing import days_in_words, days_since, deadline_in_words
from innovation_hub.curation.models import ReviewSide, ReviewTaskState
from innovation_hub.curation.services.checks import side_names
from innovation_hub.curation.services.reasons import reason_labels
from innovation_hub.curation.services.workflow import returning_review
from innovation_hub.innovations.models import Innovation


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who must answer for an entry under review, and how long they have."""

    step: str
    holders: str
    since: str
    due_on: date | None
    deadline: str


@dataclass(frozen=True, slots=True)
class Returned:
    """Why an entry came back."""

    step: str
    reason: str
    comment: str
    by: str
    at: Any


def returned_of(entry: Innovation) -> Returned | None:
    """Return why an entry waits for changes, ``None`` when it doesn't."""
    state = entry.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return None
    review = returning_review(state)
    if review is None:
        return Returned("", "", "", "", None)
    words = reason_labels([review.reason]).get(review.reason, review.reason)
    return Returned(review.task.name, words, review.comment, str(review.finished_by or ""), review.finished_at)


def waiting_of(entries: Iterable[int]) -> dict[int, Waiting]:
    """Return entry -> who has it now, for those under review; a fixed number of queries whatever their number."""
    reviews = list(
        ReviewTaskState.objects.filter(entry__in=list(entries), open_since__isnull=False)
        .select_related("task")
        .order_by("open_since", "pk")
    )
    keys: dict[int, list[str]] = {review.pk: [] for review in reviews}
    open_sides = ReviewSide.objects.filter(review__in=keys, is_open=True).order_by("key")
    for review_pk, key in open_sides.values_list("review_id", "key"):
        keys[review_pk].append(key)
    names = side_names(key for held in keys.values() for key in held)
    return {review.entry_id: _waiting(review, [names[key] for key in keys[review.pk]]) for review in reviews}


def _waiting(review: ReviewTaskState, names: list[str]) -> Waiting:
    since = days_since(review.open_since) if review.open_since else 0
    return Waiting(
        review.task.name,
        sentence_list(name for name in names if name),
        _("since today") if since <= 0 else _("for %(days)s") % {"days": days_in_words(since)},
        review.due_on,
        deadline_in_words(review.due_on),
    )
