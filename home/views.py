"""The home page, drawn from data at every visit, and the page that explains the badges."""

from collections import Counter

from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.views import serve

from innovation_hub.agencies.models import Region
from innovation_hub.core.badges import EVIDENCE_LEVELS, Badge, level_badge
from innovation_hub.core.cards import Card, present
from innovation_hub.core.pages import PageHead, render_page
from innovation_hub.innovations.cards import card_of, card_rows
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.views.listing import count_levels
from innovation_hub.innovations.views.themes import themes_with_counts

from .models import HomePage
from .tile_map import TileMap, tile_map

TOP_THEMES, TOP_PROVINCES, NEWEST = 8, 8, 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Answer with the home page that Wagtail has for the site and the language."""
    return serve(request, "")


def home_response(request: HttpRequest, page: HomePage) -> HttpResponse:
    """Return the home page: search first, true counts, themes, one entry in large, the map, what is new."""
    themes = list(themes_with_counts())
    featured = featured_card()
    context = {
        "page": page,
        "counts": count_levels(Innovation.objects.public()),
        "themes": [theme for theme in themes if theme.entries][:TOP_THEMES],
        "theme_count": len(themes),
        "featured": featured,
        "map": province_map(),
        "unplaced": Innovation.objects.public().filter(region__isnull=True).count(),
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


def province_map() -> TileMap:
    """Return the map of public entries by province, in two queries."""
    entries = Innovation.objects.public().filter(region__isnull=False).order_by()
    counts: Counter[str] = Counter()
    for code, count in entries.values_list("region__code").annotate(Count("pk")):
        counts[code[:2]] += count
    names = Region.objects.filter(kind=Region.Kind.PROVINCE).values_list("code", "name")
    return tile_map(counts, {code: name.removeprefix("Provinsi ") for code, name in names})


def _curated():
    """Return curated entries, real cases before sample data, newest first."""
    curated = Innovation.objects.public().exclude(publication_level=Innovation.Level.REGISTERED)
    return card_rows(curated.order_by("is_synthetic", F("last_published_at").desc(nulls_last=True), "-pk"))


def featured_card() -> Card | None:
    """Return the entry shown large: the newest featured one, else the newest curated one; real ones first."""
    featured = _curated().filter(publication_level=Innovation.Level.FEATURED).first() or _curated().first()
    return present(card_of(featured), summary=True) if featured else None


def newest_cards(shown: Card | None) -> list[Card]:
    """Return the newest curated entries beside the one already shown large."""
    cards = [present(card_of(entry)) for entry in _curated()[: NEWEST + 1]]
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
