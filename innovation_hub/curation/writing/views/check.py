"""The last look: what is missing, what was found, and the button that submits."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from innovation_hub.core.permissions import refuse
from innovation_hub.curation.services.texts import personal_data_in
from innovation_hub.curation.services.workflow import submit
from innovation_hub.curation.writing.access import entry_or_404, may_write, signed_in
from innovation_hub.curation.writing.pages import refused_page, render_writing, summary_of
from innovation_hub.curation.writing.saving import empty_form
from innovation_hub.curation.writing.standing import returned_of
from innovation_hub.curation.writing.steps import KIT, STEPS, anchor_of, lacking_by_step
from innovation_hub.innovations.models import Innovation


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a submission still needs; submit."""
    entry = entry_or_404(request, pk)
    decision = may_write(request.user, entry)
    if not decision:
        return redirect("write_overview", pk=pk) if entry.workflow_in_progress else refused_page(request, decision)
    if request.method != "POST":
        return _show(request, entry)
    try:
        submit(entry, actor=request.user)
    except PermissionDenied as error:
        return refused_page(request, refuse(str(error)))
    except ValidationError as error:
        return _show(request, Innovation.objects.get(pk=pk), error.messages)
    return redirect("write_overview", pk=pk)


def _show(request: HttpRequest, entry: Innovation, problems: list[str] | None = None) -> HttpResponse:
    version = entry.get_latest_revision_as_object()
    lacking = lacking_by_step(version)
    context: dict[str, Any] = {
        "entry": entry,
        "title": version.title_plain,
        "steps": [(one, not lacking[one.code] and one is not KIT) for one in STEPS],
        "lacking": [(one, anchor_of(need.field), need.label) for one in STEPS for need in lacking[one.code]],
        "summaries": [(one, summary_of(empty_form(one, version, request.user))) for one in STEPS],
        "personal": personal_data_in(version),
        "problems": problems or [],
        "returned": returned_of(entry),
    }
    return render_writing(request, "writing/check.html", _("Check and submit"), context)
