"""Training: programmes, the cohorts of one programme, and the innovations of one cohort."""

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from innovation_hub.core.pages import PAGE_SIZE, PageHead, render_page
from innovation_hub.core.paging import asked_page, page_count, pages_of
from innovation_hub.innovations.counts import registry_counts
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.training_addresses import cohort_address
from innovation_hub.training.models import Cohort, TrainingProgramme

from .listing import PAGE_PARAM, address, canonical_query, count_levels, list_entries


@require_safe
def programme_list(request: HttpRequest) -> HttpResponse:
    """Answer with every programme and its count."""
    programmes = TrainingProgramme.objects.current().select_related("product")
    counts = registry_counts("programme")
    head = PageHead(
        title=_("Training"),
        description=_("The training programmes out of which the innovations came."),
        section="training",
    )
    return render_page(
        request,
        "training/list.html",
        head,
        {"programmes": [(one, counts.of("programme", one.code)) for one in programmes]},
    )


@require_safe
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with one programme: what it is, and its cohorts with their counts, newest first."""
    found = get_object_or_404(TrainingProgramme.objects.select_related("product"), code=code)
    cohorts = found.cohorts.select_related("institution", "programme")
    pages = pages_of(
        asked_page(request.GET.get(PAGE_PARAM)),
        page_count(cohorts.count()),
        lambda number: address(request.path, {PAGE_PARAM: number}),
    )
    shown = list(cohorts.order_by("-year", "number", "pk")[pages.start : pages.start + PAGE_SIZE])
    counted = Innovation.objects.public().filter(cohort__in=shown).order_by().values("cohort")
    entries = dict(counted.annotate(count=Count("pk")).values_list("cohort", "count"))
    head = PageHead(
        title=found.label,
        description=_("Cohorts and innovations of %(programme)s.") % {"programme": found.label},
        query=[(PAGE_PARAM, str(pages.number))] if pages.number > 1 else [],
        section="training",
    )
    context = {
        "programme": found,
        "counts": count_levels(Innovation.objects.public().filter(programme=found)),
        "cohorts": [(one, cohort_address(one), entries.get(one.pk, 0)) for one in shown],
        "pages": pages,
    }
    return render_page(request, "training/programme.html", head, context)


@require_safe
def cohort(request: HttpRequest, programme: str, cohort: str) -> HttpResponse:
    """Answer with the innovations of one cohort; its key finds it, other words behind the key are put right."""
    key = cohort.split("-", 1)[0]
    if not key.isascii() or not key.isdigit() or len(key) > 12:
        raise Http404("no such cohort")
    found = get_object_or_404(
        Cohort.objects.select_related("programme", "institution__agency", "institution__region", "form"),
        pk=int(key),
    )
    if request.path != cohort_address(found):
        return HttpResponsePermanentRedirect(cohort_address(found))
    listing = list_entries(request, Innovation.objects.public().filter(cohort=found))
    head = PageHead(
        title=str(found),
        description=_("Innovations of %(cohort)s in the registry.") % {"cohort": found},
        query=canonical_query(listing),
        robots="noindex" if found.is_synthetic else "",
        section="training",
    )
    return render_page(request, "training/cohort.html", head, {"cohort": found, "listing": listing})
