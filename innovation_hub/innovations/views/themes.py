"""Themes: all of them with their counts, and the innovations of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from innovation_hub.core.pages import PageHead, render_page
from innovation_hub.innovations.counts import RegistryCounts, registry_counts
from innovation_hub.innovations.models import Innovation, Theme

from .listing import canonical_query, list_entries


def themes_with_counts(counts: RegistryCounts) -> list[tuple[Theme, int]]:
    """Return the themes of today, each with how many public entries carry it, most first."""
    themes = [(theme, counts.of("theme", theme.code)) for theme in Theme.objects.current()]
    return sorted(themes, key=lambda pair: (-pair[1], pair[0].order, pair[0].code))


@require_safe
def theme_list(request: HttpRequest) -> HttpResponse:
    """Answer with every theme and its count."""
    head = PageHead(title=_("Themes"), description=_("Innovations by theme, with counts."), section="themes")
    return render_page(request, "themes/list.html", head, {"themes": themes_with_counts(registry_counts("theme"))})


@require_safe
def theme(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the innovations of one theme."""
    found = get_object_or_404(Theme, code=code)
    listing = list_entries(request, Innovation.objects.public().filter(themes=found))
    head = PageHead(
        title=found.label,
        description=_("Innovations on %(theme)s in the registry.") % {"theme": found.label},
        query=canonical_query(listing),
        section="themes",
    )
    context = {"theme": found, "listing": listing, "urusan": list(found.urusan.all())}
    return render_page(request, "themes/detail.html", head, context)
