"""The review queue: tabs, filters, twenty rows a page, taking and giving back."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from innovation_hub.curation.ageing import days_in_words, days_late, days_since, deadline_in_words
from innovation_hub.curation.queue import Queue, QueueFilters, QueueRow, Tab, filter_fields
from innovation_hub.curation.queue.listing import PAGE_SIZE
from innovation_hub.curation.services import reviews
from innovation_hub.curation.services.flags import flag_words

from .access import desk_address, open_review, queue_address, says_why

TAB_LABELS = {
    Tab.WAITING: gettext_lazy("Waiting for me"),
    Tab.TAKEN: gettext_lazy("Taken by me"),
    Tab.LATE: gettext_lazy("Late"),
    Tab.ALL: gettext_lazy("All"),
}


@dataclass(frozen=True, slots=True)
class TabLink:
    """One tab: its words, how many it holds, where it leads."""

    label: Any
    count: int
    address: str
    is_current: bool


class QueueView(WagtailAdminTemplateMixin, TemplateView):
    """What waits for review: for me, taken by me, late, everything in my scope."""

    template_name = "curation/queue.html"
    page_title = gettext_lazy("Review queue")
    header_icon = "tasks"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, then the queue."""
        return [*self.breadcrumbs_items, {"url": reverse("curation_queue"), "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read the page in a number of queries that doesn't depend on how much waits."""
        queue, filters = Queue.of(self.request), QueueFilters.from_query(self.request.GET)
        counts = queue.counts
        total = queue.reviews(filters).count() if filters.is_filtered else counts.of(filters.tab)
        pages = max(1, -(-total // PAGE_SIZE))
        filters = replace(filters, page=min(filters.page, pages))
        fields = filter_fields(queue.tab(filters.tab), filters)
        return super().get_context_data(
            filters=filters,
            tabs=tab_links(counts, filters),
            fields=fields,
            show_step=len(fields[0].options) > 1,
            rows=[row_context(row, filters) for row in queue.rows(filters)] if total else [],
            total=total,
            paging=paging(filters, pages),
            clear_address=queue_address(QueueFilters(tab=filters.tab)),
            oldest=days_in_words(days_since(counts.oldest)) if counts.oldest else "",
            here=queue_address(filters),
            **kwargs,
        )


def tab_links(counts: Any, filters: QueueFilters) -> list[TabLink]:
    """Return the tabs; changing the tab keeps what was searched for, and begins with the first page."""
    return [
        TabLink(label, counts.of(tab), queue_address(replace(filters, tab=tab, page=1)), tab == filters.tab)
        for tab, label in TAB_LABELS.items()
    ]


def paging(filters: QueueFilters, pages: int) -> dict[str, Any]:
    """Return page, number of pages and the addresses of both neighbours (empty at the ends)."""
    page = filters.page
    return {
        "page": page,
        "pages": pages,
        "previous": queue_address(replace(filters, page=page - 1)) if page > 1 else "",
        "next": queue_address(replace(filters, page=page + 1)) if page < pages else "",
    }


def row_context(row: QueueRow, filters: QueueFilters) -> dict[str, Any]:
    """Return what a row shows; words are made here, so that the template only places them."""
    review, entry = row.review, row.review.entry
    cohort, programme, institution = entry.cohort, entry.programme, entry.institution
    training = [programme.short if programme else "", cohort.label if cohort else ""]
    return {
        "review": review,
        "title": review.readable_title,
        "agency": entry.agency_name,
        "number": entry.registry_number or "",
        "step": review.task.name,
        "training": " ".join(part for part in training if part),
        "institution": (institution.short_name or institution.name) if institution else "",
        "completeness": entry.completeness,
        "age": days_in_words(days_since(review.open_since)),
        "deadline": deadline_in_words(review.due_on),
        "is_late": days_late(review.due_on) > 0,
        "flags": flag_words(review.flags),
        "holder": review.taken_by,
        "wrote": review.wrote and review.waits_for_me,
        "can_take": row.can_take,
        "can_release": row.can_release,
        "address": desk_address(review, filters),
    }


@require_POST
@says_why
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a review, then go back to where the request came from: the queue or the desk."""
    review = open_review(request, pk)
    reviews.take(review, actor=request.user)
    messages.success(request, _("You have taken “%(title)s”.") % {"title": review.readable_title})
    return _back(request, review)


@require_POST
@says_why
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a taken review back."""
    review = open_review(request, pk)
    reviews.release(review, actor=request.user)
    messages.success(request, _("“%(title)s” is free again.") % {"title": review.readable_title})
    return _back(request, review)


def _back(request: HttpRequest, review: Any) -> HttpResponse:
    """Lead back; the address is made here from the filters, so that nothing typed into it is followed."""
    filters = QueueFilters.from_query(request.GET)
    at_desk = request.POST.get("from") == "desk"
    return redirect(desk_address(review, filters) if at_desk else queue_address(filters))
