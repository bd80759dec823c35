"""The desk: one entry as readers would see it, beside its checks, with the decision below."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import TaskState

from innovation_hub.core.admin_access import REVIEWERS
from innovation_hub.core.admin_gate import may_ask
from innovation_hub.core.pages import render_page
from innovation_hub.curation.ageing import days_in_words, days_since, deadline_in_words
from innovation_hub.curation.forms import ApproveForm, NoteForm, SendBackForm, note_fields
from innovation_hub.curation.models import ReviewTaskState
from innovation_hub.curation.queue import Queue, QueueFilters
from innovation_hub.curation.services import checks, decisions, notes, reviews
from innovation_hub.curation.services.reasons import reason_labels
from innovation_hub.curation.services.workflow import can_take_back, take_back
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.permissions import can_edit
from innovation_hub.innovations.presentation import entry_context

from .access import desk_address, open_review, queue_address, says_why
from .mentor_steps import mentor_context

# What a form on the desk is called in its own post, and where its errors appear.
APPROVE, SEND_BACK, NOTE = "setujui", "kembalikan", "catatan"


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """A review's desk."""

    template_name = "curation/desk.html"
    header_icon = "tasks"

    @method_decorator(says_why)
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the desk, or say why not."""
        return self.show(open_review(request, pk), {})

    def show(self, review: ReviewTaskState, forms: dict[str, Form]) -> HttpResponse:
        """Answer with the desk; ``forms`` holds what was posted and refused, so that it can be mended in place."""
        self.review, self.forms = review, forms
        self.filters = QueueFilters.from_query(self.request.GET)
        return self.render_to_response(self.get_context_data())

    def get_page_title(self) -> str:
        """Name the entry by its number, where it has one; its title stands over the desk."""
        number = self.review.entry.registry_number
        return _("Check %(number)s") % {"number": number} if number else _("Check an entry")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the queue as it was left (for those who have one), the entry."""
        queue = [{"url": self.queue_address, "label": _("Review queue")}] if self.queue_address else []
        return [*self.breadcrumbs_items, *queue, {"url": "", "label": self.get_page_title()}]

    @property
    def queue_address(self) -> str:
        """The look at the queue from which the desk was opened; nothing for who has no queue."""
        return queue_address(self.filters) if may_ask(self.request.user, REVIEWERS) else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect the entry's checks, its people and what the reader may do."""
        review, user = self.review, self.request.user
        version = version_at(review)
        following = Queue.of(self.request).next_after(review, self.filters)
        return super().get_context_data(
            review=review,
            entry=review.entry,
            version=version,
            title=review.readable_title,
            query=self.filters.query(),
            queue_address=self.queue_address,
            next_address=desk_address(following, self.filters) if following else "",
            **waiting_context(review),
            **check_context(review, version),
            **notes_context(review, user, self.forms.get(NOTE)),
            **decision_context(review, version, user, self.forms),
            **mentor_context(review, user, self.forms),
            **kwargs,
        )


def version_at(review: ReviewTaskState) -> Innovation:
    """Return the version to look at: the one under review, or the newest once the review has ended."""
    return review.revision.as_object() if review.is_open else review.entry.get_latest_revision_as_object()


def waiting_context(review: ReviewTaskState) -> dict[str, Any]:
    """Return since when and for whom the entry waits, in words."""
    return {
        "step": review.task.name,
        "stand_in": reason_labels([review.stand_in]).get(review.stand_in, ""),
        "age": days_in_words(days_since(review.open_since)) if review.is_open else "",
        "deadline": deadline_in_words(review.due_on) if review.is_open else "",
        "is_late": review.is_open and review.is_late,
        "sent_by": review.workflow_state.requested_by,
        "sent_at": review.workflow_state.created_at,
        "status": review.get_status_display(),
    }


def check_context(review: ReviewTaskState, version: Innovation) -> dict[str, Any]:
    """Return what stands beside the entry."""
    found = checks.checks_of(version)
    return {
        "checks": found,
        "passed": sum(one.passed for one in found),
        "training": checks.training_facts(version),
        "sides": checks.sides_of(review),
        "changes": list(checks.changes_of(review, version, review.entry)),
        "history": checks.history_of(review.entry),
    }


def notes_context(review: ReviewTaskState, user: Any, form: Form | None) -> dict[str, Any]:
    """Return the notes, for those who may read them."""
    if not notes.can_read_notes(review, user):
        return {"may_note": False}
    labels = dict(note_fields())
    written = review.entry.curation_notes.select_related("author").order_by("-at", "-pk")
    return {
        "may_note": True,
        "notes": [{"note": one, "about": labels.get(one.field, "")} for one in written],
        "note_form": form or NoteForm(prefix=NOTE),
    }


def decision_context(review: ReviewTaskState, version: Innovation, user: Any, forms: dict[str, Form]) -> dict[str, Any]:
    """Return what ``user`` may do with the review, and why not what they may not."""
    decision = reviews.can_decide(review, user)
    publishes = bool(decision) and decisions.publishes(review, user)
    levels = decisions.levels_for(version, user) if publishes else []
    holder = review.taken_by_id
    return {
        "may_decide": bool(decision),
        "refusal": decision.reason,
        "publishes": publishes,
        "approve_form": forms.get(APPROVE) or ApproveForm(prefix=APPROVE, levels=levels),
        "back_form": forms.get(SEND_BACK) or SendBackForm(prefix=SEND_BACK),
        "may_take": bool(decision) and holder is None,
        "may_release": review.is_open and holder is not None and (holder == user.pk or user.is_superuser),
        "edit_address": edit_address(review, user),
        "may_take_back": bool(can_take_back(review.entry, user)),
    }


def edit_address(review: ReviewTaskState, user: Any) -> str:
    """Return the address of the editor, for whoever may change the entry now."""
    entry = review.entry
    return reverse("hub_innovations:edit", args=[entry.pk]) if can_edit(user, entry) else ""


@says_why
def entry_frame(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the newest version as readers would see it, to be shown in the desk's frame."""
    review = open_review(request, pk)
    version = version_at(review)
    context = entry_context(version, request, preview=True)
    return render_page(request, "curation/desk_entry.html", context.pop("head"), context)


@require_POST
@says_why
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or send back, then open what waits next; a form with mistakes comes back on the desk."""
    review = open_review(request, pk)
    following = Queue.of(request).next_after(review, QueueFilters.from_query(request.GET))
    kind = SEND_BACK if request.POST.get("decision") == SEND_BACK else APPROVE
    form = _decision_form(kind, review, request)
    if not form.is_valid() or not _carry_out(kind, form, review, request.user):
        messages.error(request, _("Nothing was decided: please look at the marked fields."))
        return _desk_again(request, review, {kind: form})
    messages.success(request, _outcome(review))
    filters = QueueFilters.from_query(request.GET)
    return redirect(desk_address(following, filters) if following else queue_address(filters))


def _decision_form(kind: str, review: ReviewTaskState, request: HttpRequest) -> Form:
    if kind == SEND_BACK:
        return SendBackForm(request.POST, prefix=kind)
    version = review.revision.as_object()
    publishes = reviews.can_decide(review, request.user) and decisions.publishes(review, request.user)
    levels = decisions.levels_for(version, request.user) if publishes else []
    return ApproveForm(request.POST, prefix=kind, levels=levels)


def _carry_out(kind: str, form: Form, review: ReviewTaskState, user: Any) -> bool:
    """Decide through the services; what they find wrong is written beside the fields."""
    try:
        if kind == SEND_BACK:
            reviews.send_back(review, actor=user, **form.cleaned_data)
        else:
            decisions.approve(review, actor=user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _desk_again(request: HttpRequest, review: ReviewTaskState, forms: dict[str, Form]) -> HttpResponse:
    """Answer a post that changed nothing with the desk and the forms to mend."""
    view = DeskView()
    view.setup(request, pk=review.pk)
    return view.show(review, forms)


def _outcome(review: ReviewTaskState) -> str:
    """Say what the decision led to."""
    decided = ReviewTaskState.objects.select_related("workflow_state__current_task_state__task").get(pk=review.pk)
    entry = Innovation.objects.get(pk=review.entry_id)
    words = {"title": review.readable_title}
    if decided.status == TaskState.STATUS_REJECTED:
        return _("“%(title)s” went back to its writer.") % words
    if decided.is_open:
        return _("You have agreed to “%(title)s”. The other side has not answered yet.") % words
    if decided.workflow_state.is_active:
        words["step"] = decided.workflow_state.current_task_state.task.name
        return _("“%(title)s” is approved and goes on to: %(step)s.") % words
    words["number"] = entry.registry_number or ""
    if not entry.live:
        return _("“%(title)s” is approved and will be published on its day.") % words
    return _("“%(title)s” is published as %(number)s.") % words


@require_POST
@says_why
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note and stay at the desk."""
    review = open_review(request, pk)
    form = NoteForm(request.POST, prefix=NOTE)
    if not form.is_valid():
        return _desk_again(request, review, {NOTE: form})
    notes.add_note(review, actor=request.user, **form.cleaned_data)
    return redirect(desk_address(review, QueueFilters.from_query(request.GET)) + "#catatan")


@require_POST
@says_why
def take_entry_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the entry a draft again, for those who keep it."""
    review = open_review(request, pk)
    take_back(review.entry, actor=request.user)
    messages.success(request, _("“%(title)s” is a draft again.") % {"title": review.readable_title})
    return redirect(reverse("hub_innovations:edit", args=[review.entry_id]))
