"""The home page, drawn from data at every visit, and the page that explains the badges."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.views import serve

from innovation_hub.agencies.models import Region
from innovation_hub.core.badges import EVIDENCE_LEVELS, Badge, level_badge
from innovation_hub.core.cards import Card, present
from innovation_hub.core.pages import PageHead, render_page
from innovation_hub.innovations.cards import card_of, card_rows
from innovation_hub.innovations.counts import RegistryCounts, registry_counts
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.views.themes import themes_with_counts
from search.query import SearchQuery
from search.service import search

from .models import HomePage
from .tile_map import TileMap, tile_map

TOP_THEMES, TOP_PROVINCES, NEWEST = 8, 8, 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Answer with the home page that Wagtail has for the site and the language."""
    return serve(request, "")


def home_response(request: HttpRequest, page: HomePage) -> HttpResponse:
    """Return the home page: search first, true counts, themes, one entry in large, the map, what is new."""
    counts = registry_counts("level", "theme", "region")
    themes = themes_with_counts(counts)
    featured = featured_card()
    drawn = province_map(counts)
    context = {
        "page": page,
        "counts": counts,
        "themes": [pair for pair in themes if pair[1]][:TOP_THEMES],
        "theme_count": len(themes),
        "featured": featured,
        "map": drawn,
        "unplaced": max(0, counts.total - drawn.total),
        "top_provinces": TOP_PROVINCES,
        "newest": newest_cards(featured),
    }
    head = PageHead(
        title="",
        description=page.search_description or page.intro or page.title,
        section="home",
        header_search=False,
    )
    return render_page(request, "home/home.html", head, context)


def province_map(counts: RegistryCounts) -> TileMap:
    """Return the map of public entries by province."""
    names = Region.objects.filter(kind=Region.Kind.PROVINCE).values_list("code", "name")
    return tile_map(counts.by["region"], {code: name.removeprefix("Provinsi ") for code, name in names})


def featured_card() -> Card | None:
    """Return the entry shown large: the newest featured or curated one; sample data only when nothing real is there.

    Before anything real has been curated, the first entry that names its sources stands there, with its badge.
    """
    for entries in _candidates():
        found = entries.values_list("pk", flat=True).first()
        if found:
            entry = card_rows(Innovation.objects.filter(pk=found)).get()
            return present(card_of(entry), summary=True, unchecked=True)
    return None


def _candidates() -> Iterator[QuerySet[Innovation]]:
    """Yield what may stand large on the home page, in the order of preference."""
    levels = (Innovation.Level.FEATURED, Innovation.Level.CURATED)
    entries = Innovation.objects.public()
    real = entries.filter(is_synthetic=False)
    yield from (real.filter(publication_level=level).order_by("-last_published_at") for level in levels)
    yield real.filter(sources__isnull=False).order_by("pk")
    yield from (entries.filter(publication_level=level).order_by("-last_published_at") for level in levels)


def newest_cards(shown: Card | None) -> list[Card]:
    """Return the newest curated entries beside the one already shown large; none while search is down."""
    levels = (Innovation.Level.CURATED.value, Innovation.Level.FEATURED.value)
    query = SearchQuery(filters={"level": levels}, sort="newest", page_size=NEWEST + 1, passages=False)
    found = search(query)
    cards = [] if found.limited else [present(hit.card) for hit in found.hits]
    return [card for card in cards if shown is None or card.url != shown.url][:NEWEST]


@require_safe
def meanings(request: HttpRequest) -> HttpResponse:
    """Answer with what the badges mean; every badge of an entry leads here."""
    head = PageHead(
        title=_("What the badges mean"),
        description=_("Levels of entries, whether an innovation still runs, and how evidence is graded."),
        section="guide",
    )
    context = {
        "levels": [
            (level_badge("terdaftar"), _("On record as delivered. Nobody has checked it yet.")),
            (level_badge("terkurasi"), _("A curator has gone through it with a checklist and graded its claims.")),
            (level_badge("unggulan"), _("Curated, well supported, and told in full.")),
        ],
        "lives": life_meanings(),
        "evidence": [
            (0, _("Somebody says so; no data came with it.")),
            (1, _("A document or a figure shows that something was delivered.")),
            (2, _("There are figures from before and from after.")),
            (3, _("Somebody independent looked at it: an audit, a university, an outside survey.")),
            (4, _("It was measured again in another place that copied it.")),
        ][: EVIDENCE_LEVELS + 1],
    }
    return render_page(request, "home/meanings.html", head, context)


def life_meanings() -> list[tuple[Badge, str]]:
    """Return the looks of the life status with what they say."""
    return [
        (Badge("b-ok", "grow", _("Growing")), _("It runs and spreads, confirmed within the last twelve months.")),
        (Badge("b-ok", "play", _("Running")), _("It runs, confirmed within the last twelve months.")),
        (Badge("b-warn", "pause", _("Dormant")), _("It rests and may come back.")),
        (Badge("b-still", "stop", _("Stopped")), _("It ended; the reason is given. Failures teach most.")),
        (Badge("b-still", "swap", _("Replaced")), _("Something else took its place.")),
        (Badge("b-unk", "q", _("Not confirmed")), _("Nobody has said within twelve months whether it runs.")),
    ]
