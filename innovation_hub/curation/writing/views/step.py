"""One step of the guided form: shown, saved by a button, saved by itself."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from innovation_hub.core.permissions import refuse
from innovation_hub.core.text import to_plain
from innovation_hub.curation.writing.access import AUTOMATIC, entry_or_404, may_write, signed_in
from innovation_hub.curation.writing.advice import advise
from innovation_hub.curation.writing.forms import StepForm
from innovation_hub.curation.writing.names import names_like
from innovation_hub.curation.writing.pages import clock, refused_page, render_writing, shown
from innovation_hub.curation.writing.saving import ORIGINAL, Outcome, Result, empty_form, newest_stamp, save_page
from innovation_hub.curation.writing.standing import returned_of
from innovation_hub.curation.writing.steps import KIT, STEPS, TITLE, Step, lacking_by_step, step_of
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.similar import similar_to_text

ACTION, SEEN = "aksi", "dilihat"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Show a step of an entry, or save what was written in it."""
    asked = step_of(step)
    if asked is None:
        raise Http404
    entry = entry_or_404(request, pk)
    if request.method == "POST":
        return _saved_by_itself(request, entry, asked) if request.POST.get(AUTOMATIC) else _saved(request, entry, asked)
    decision = may_write(request.user, entry)
    if not decision:
        return redirect("write_overview", pk=pk) if entry.workflow_in_progress else refused_page(request, decision)
    version = entry.get_latest_revision_as_object()
    return show(request, entry, version, asked, empty_form(asked, version, request.user), newest_stamp(entry))


def _save(request: HttpRequest, entry: Innovation, asked: Step, **how: Any) -> Result:
    return save_page(entry.pk, asked, user=request.user, data=request.POST, files=request.FILES, **how)


def _saved_by_itself(request: HttpRequest, entry: Innovation, asked: Step) -> HttpResponse:
    """Answer the page's script: the time and the new stamp, or why nothing was saved."""
    try:
        result = _save(request, entry, asked, automatic=True)
    except PermissionDenied as error:
        return JsonResponse({"message": str(error)}, status=403)
    if result.outcome is Outcome.STALE:
        words = _("Not saved: somebody has saved another version. Press “Save and continue” to see both.")
        return JsonResponse({"message": words}, status=409)
    words = _("Saved at %(time)s.") % {"time": clock()}
    if result.outcome is Outcome.PARTLY:
        words += " " + _("Marked answers can't be saved like this yet.")
    rows = {name: rows.places() for name, rows in result.form.rows.items()}
    problems = dict(result.form.problems())
    return JsonResponse({"message": words, "stamp": result.stamp, "rows": rows, "problems": problems})


def _saved(request: HttpRequest, entry: Innovation, asked: Step) -> HttpResponse:
    """Save, then go where the pressed button leads; stay where something needs another look."""
    try:
        result = _save(request, entry, asked)
    except PermissionDenied as error:
        return refused_page(request, refuse(str(error)))
    entry = Innovation.objects.get(pk=entry.pk)
    if result.outcome is not Outcome.SAVED:
        return show(request, entry, result.version, asked, result.form, result.stamp, outcome=result.outcome)
    action = request.POST.get(ACTION, "lanjut")
    here = reverse("write_step", args=[entry.pk, asked.code])
    if request.POST.get(ORIGINAL) is not None:
        return redirect(f"{here}#asal-usul")
    if action.startswith("tambah-") and action.removeprefix("tambah-") in asked.rows:
        return redirect(f"{here}#{action.removeprefix('tambah-')}-baru")
    if action == "muat":
        return redirect(f"{here}#cohort")
    if action == "keluar":
        return redirect("my_innovations")
    if action == "kembali":
        before = asked.previous
        return redirect("write_step", pk=entry.pk, step=before.code) if before else redirect("write_start")
    if asked is TITLE and _has_news(request, entry):
        return redirect(f"{here}#saran")
    return redirect("write_step", pk=entry.pk, step=asked.following.code) if asked.following else _to_check(entry.pk)


def _to_check(pk: int) -> HttpResponse:
    return redirect("write_check", pk=pk)


def _has_news(request: HttpRequest, entry: Innovation) -> bool:
    """True when the title, as it is now, has advice or similar entries that the page has not shown yet."""
    seen = set(request.POST.get(SEEN, "").split(","))
    return bool(set(_news(about_title(entry.get_latest_revision_as_object()))) - seen)


def _news(found: dict[str, Any]) -> list[str]:
    return [*(str(one.pk) for one in found["similar"]), *(one.code.value for one in found["advice"])]


def about_title(version: Innovation) -> dict[str, Any]:
    """Return the public entries like the one being written, and what could be better about its title."""
    exclude = [pk for pk in (version.pk, version.replicated_from_id) if pk]
    similar = similar_to_text(version.title_plain, version.summary, to_plain(version.problem), exclude=exclude)
    names = names_like(version.brand_name, exclude=version.pk)
    return {
        "similar": similar,
        "advice": advise(version.title_plain, version.brand_name, version.acronym_expansion, names),
    }


def show(
    request: HttpRequest,
    entry: Innovation,
    version: Innovation,
    asked: Step,
    form: StepForm,
    stamp: str,
    *,
    outcome: Outcome | None = None,
) -> HttpResponse:
    """Answer with a step's page; ``outcome`` says why it comes back."""
    lacking = lacking_by_step(version)
    news = about_title(version) if asked is TITLE else {"similar": [], "advice": []}
    newest = entry.get_latest_revision()
    context = {
        "entry": entry,
        "step": asked,
        "steps": [(one, not lacking[one.code] and one is not KIT) for one in STEPS],
        "form": form,
        "problems": form.problems() if form.is_bound else [],
        "stamp": stamp,
        "stale": outcome is Outcome.STALE,
        "other": others(asked, version, form, request.user) if outcome is Outcome.STALE else {},
        "newest": newest,
        "saved_at": clock(newest.created_at) if newest else "",
        "returned": returned_of(entry),
        "original": version.replicated_from,
        "seen": ",".join(_news(news)),
        "full_form": reverse("hub_innovations:edit", args=[entry.pk]),
        **news,
    }
    status = 409 if outcome is Outcome.STALE else 200
    return render_writing(request, "writing/step.html", str(asked.title), context, status=status)


def others(asked: Step, version: Innovation, form: StepForm, user: Any) -> dict[str, str]:
    """Return what the newest version says where the page that was sent says something else."""
    newest = empty_form(asked, version, user)
    names = [name for name in form.fields if name in newest.fields]
    pairs = {name: (shown(form, name), shown(newest, name)) for name in names}
    return {name: theirs for name, (mine, theirs) in pairs.items() if _folded(mine) != _folded(theirs)}


def _folded(text: str) -> str:
    return " ".join(text.split())
