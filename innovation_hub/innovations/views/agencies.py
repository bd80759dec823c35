"""Agencies: the list of all with their counts, and one agency's innovations."""

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from innovation_hub.agencies.models import Agency, AgencyAlias
from innovation_hub.agencies.models.agencies import UNKNOWN_CODE
from innovation_hub.core.pages import PAGE_SIZE, PageHead, render_page
from innovation_hub.core.paging import asked_page, page_count, pages_of
from innovation_hub.innovations.counts import registry_counts
from innovation_hub.innovations.models import Innovation

from .listing import PAGE_PARAM, address, canonical_query, list_entries

FIND_PARAM, KIND_PARAM = "cari", "jenis"
KINDS = {"pusat": Q(region__isnull=True), "provinsi": Q(kind__code="provinsi")}
KINDS |= {"kabupaten": Q(kind__code="kabupaten"), "kota": Q(kind__code="kota")}
TOP_UNITS = 6
MAX_FIND = 80


def _kind_words() -> dict[str, str]:
    """Return the words of the kinds by which the list can be narrowed."""
    return {
        "pusat": _("Central agencies"),
        "provinsi": _("Provinces"),
        "kabupaten": _("Regencies"),
        "kota": _("Cities"),
    }


@require_safe
def agency_list(request: HttpRequest) -> HttpResponse:
    """Answer with every agency, those with most entries first; narrowed by name and kind."""
    find = request.GET.get(FIND_PARAM, "").strip()[:MAX_FIND]
    kind = request.GET.get(KIND_PARAM, "")
    kind = kind if kind in KINDS else ""
    agencies = Agency.objects.current().exclude(code=UNKNOWN_CODE)
    if kind:
        agencies = agencies.filter(KINDS[kind])
    if find:
        aliases = AgencyAlias.objects.filter(agency=OuterRef("pk"), name__icontains=find)
        agencies = agencies.filter(Q(name__icontains=find) | Q(short_name__icontains=find) | Exists(aliases))
    counts = registry_counts("agency")
    named = [(counts.of("agency", pk), name, slug) for pk, name, slug in agencies.values_list("pk", "name", "slug")]
    named.sort(key=lambda one: (-one[0], one[1]))
    pages = pages_of(
        asked_page(request.GET.get(PAGE_PARAM)),
        page_count(len(named)),
        lambda number: address(request.path, {FIND_PARAM: find, KIND_PARAM: kind, PAGE_PARAM: number}),
    )
    query = [(KIND_PARAM, kind)] if kind else []
    head = PageHead(
        title=_("Agencies"),
        description=_("Government bodies and the innovations they registered."),
        query=[*query, (PAGE_PARAM, str(pages.number))] if pages.number > 1 else query,
        robots="noindex" if find else "",
        section="agencies",
    )
    context = {
        "agencies": named[pages.start : pages.start + PAGE_SIZE],
        "total": len(named),
        "find": find,
        "kind": kind,
        "kinds": [(code, words, address(request.path, {KIND_PARAM: code})) for code, words in _kind_words().items()],
        "pages": pages,
    }
    return render_page(request, "agencies/list.html", head, context)


# The same condition as ``Innovation.objects.public()``, seen from an agency, theme, programme or cohort.
PUBLIC = Q(innovations__live=True, innovations__merged_into__isnull=True, innovations__withdrawn_at__isnull=True)


@require_safe
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with one agency's innovations; an agency that was replaced leads to the one that stands for it."""
    found = get_object_or_404(
        Agency.objects.select_related("kind", "region__parent", "parent").exclude(code=UNKNOWN_CODE), slug=slug
    )
    entries = Innovation.objects.public().filter(agency=found)
    if found.replaced_by_id and not entries.exists():
        return HttpResponsePermanentRedirect(found.successor().get_absolute_url())
    listing = list_entries(request, entries)
    head = PageHead(
        title=found.name,
        description=_("Innovations of %(agency)s in the registry.") % {"agency": found.name},
        query=canonical_query(listing),
        section="agencies",
    )
    context = {
        "agency": found,
        "aliases": [alias.name for alias in found.aliases.all()[:4]],
        "listing": listing,
        "units": top_units(found),
    }
    return render_page(request, "agencies/detail.html", head, context)


def top_units(found: Agency) -> list[dict]:
    """Return the units with most public entries, as ``unit__name`` and ``count``."""
    units = Innovation.objects.public().filter(agency=found, unit__isnull=False).order_by()
    return list(units.values("unit__name").annotate(count=Count("pk")).order_by("-count", "unit__name")[:TOP_UNITS])
