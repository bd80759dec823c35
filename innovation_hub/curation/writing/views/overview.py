"""Where an entry is: with whom it waits, why it came back, or the step with which to go on."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from innovation_hub.core.permissions import refuse
from innovation_hub.core.text import sentence_case
from innovation_hub.curation.services.checks import history_of
from innovation_hub.curation.services.workflow import can_take_back, take_back
from innovation_hub.curation.writing.access import entry_or_404, may_write, signed_in
from innovation_hub.curation.writing.pages import refused_page, render_writing
from innovation_hub.curation.writing.standing import returned_of, waiting_of
from innovation_hub.curation.writing.steps import STEPS, lacking_by_step
from innovation_hub.innovations.models import Innovation


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who has an entry or why it came back; lead a draft on to where it goes on; take an entry back."""
    entry = entry_or_404(request, pk)
    if request.method == "POST":
        return _taken_back(request, entry)
    if entry.workflow_in_progress:
        return _waiting(request, entry)
    decision = may_write(request.user, entry)
    if not decision:
        return refused_page(request, decision)
    returned = returned_of(entry)
    if returned is None:
        return _to_work(entry)
    lacking = lacking_by_step(entry.get_latest_revision_as_object())
    context = {
        "entry": entry,
        "title": sentence_case(entry.title_plain),
        "returned": returned,
        "steps": [(one, len(lacking[one.code])) for one in STEPS],
    }
    return render_writing(request, "writing/returned.html", _("What to change"), context)


def _taken_back(request: HttpRequest, entry: Innovation) -> HttpResponse:
    try:
        take_back(entry, actor=request.user)
    except PermissionDenied as error:
        return refused_page(request, refuse(str(error)))
    return redirect("write_check", pk=entry.pk)


def _waiting(request: HttpRequest, entry: Innovation) -> HttpResponse:
    context = {
        "entry": entry,
        "title": sentence_case(entry.get_latest_revision_as_object().title_plain),
        "waiting": waiting_of([entry.pk]).get(entry.pk),
        "history": history_of(entry),
        "can_take_back": bool(can_take_back(entry, request.user)),
    }
    return render_writing(request, "writing/waiting.html", _("Under review"), context)


def _to_work(entry: Innovation) -> HttpResponse:
    """Lead on to the first step in which something is missing, to the last look if nothing is."""
    lacking = lacking_by_step(entry.get_latest_revision_as_object())
    first = next((one for one in STEPS if lacking[one.code]), None)
    if first is None:
        return redirect("write_check", pk=entry.pk)
    return redirect("write_step", pk=entry.pk, step=first.code)
