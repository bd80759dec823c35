"""What every screen of the queue and the desk asks first."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from innovation_hub.core.admin_gate import refused
from innovation_hub.core.permissions import require
from innovation_hub.curation.models import ReviewTaskState
from innovation_hub.curation.queue import QueueFilters
from innovation_hub.curation.services.reviews import may_open

_RELATIONS = ("task", "revision", "taken_by", "workflow_state__requested_by", "workflow_state__workflow")


def says_why(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a refusal with a page (403) that says why; Wagtail would only lead to its home."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied as error:
            return refused(request, error.args[0] if error.args else "")

    return answer


def open_review(request: HttpRequest, pk: int) -> ReviewTaskState:
    """Return the review, if the request's user may look at its desk; raises ``Http404`` or ``PermissionDenied``."""
    review = get_object_or_404(ReviewTaskState.objects.select_related("entry", *_RELATIONS), pk=pk)
    require(may_open(review, request.user))
    return review


def queue_address(filters: QueueFilters) -> str:
    """Return the address of the queue with these filters."""
    return _with_query(reverse("curation_queue"), filters)


def desk_address(review: ReviewTaskState, filters: QueueFilters) -> str:
    """Return the address of a review's desk; it remembers the look at the queue from which it was opened."""
    return _with_query(reverse("curation_desk", args=[review.pk]), filters)


def _with_query(address: str, filters: QueueFilters) -> str:
    query = filters.query()
    return f"{address}?{query}" if query else address
