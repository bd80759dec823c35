"""What the list pages of the registry share: a paged list of cards, counts by level, chips for the levels."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest

from innovation_hub.core.cards import Card, present
from innovation_hub.core.pages import PAGE_SIZE
from innovation_hub.core.paging import Pages, asked_page, page_count, pages_of
from innovation_hub.innovations.cards import card_of, card_rows
from innovation_hub.innovations.models import Innovation

LEVEL_PARAM, PAGE_PARAM = "tingkat", "hal"
LEVELS = (Innovation.Level.FEATURED, Innovation.Level.CURATED, Innovation.Level.REGISTERED)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries a list has, by level, and how many of them were replicated."""

    total: int
    registered: int
    curated: int
    featured: int
    adopted: int

    def of(self, level: str) -> int:
        """Return the count of one level."""
        by_level = {"terdaftar": self.registered, "terkurasi": self.curated, "unggulan": self.featured}
        return by_level[level]


@dataclass(frozen=True, slots=True)
class LevelChip:
    """One chip above a list; ``level`` is empty for all."""

    level: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of entries with everything around it."""

    cards: list[Card]
    counts: Counts
    chips: list[LevelChip]
    pages: Pages
    level: str


def count_levels(entries: QuerySet[Innovation]) -> Counts:
    """Return the counts of ``entries`` in one query."""
    level = "publication_level"
    return Counts(
        **entries.order_by().aggregate(
            total=Count("pk"),
            registered=Count("pk", filter=Q(**{level: Innovation.Level.REGISTERED})),
            curated=Count("pk", filter=Q(**{level: Innovation.Level.CURATED})),
            featured=Count("pk", filter=Q(**{level: Innovation.Level.FEATURED})),
            adopted=Count("pk", filter=Q(adoption_count__gt=0)),
        )
    )


def address(path: str, params: Mapping[str, Any]) -> str:
    """Return ``path`` with the parameters that have a value."""
    query = urlencode([(key, value) for key, value in params.items() if value not in ("", None, 1)])
    return f"{path}?{query}" if query else path


def list_entries(request: HttpRequest, entries: QuerySet[Innovation]) -> Listing:
    """Return the asked page of ``entries``, newest year first; three queries whatever their number.

    ``?tingkat=`` narrows to one level, ``?hal=`` names the page. Raises ``Http404`` beyond the last page.
    """
    level = request.GET.get(LEVEL_PARAM, "")
    level = level if level in LEVELS else ""
    counts = count_levels(entries)
    shown = counts.of(level) if level else counts.total
    pages = pages_of(
        asked_page(request.GET.get(PAGE_PARAM)),
        page_count(shown),
        lambda number: address(request.path, {LEVEL_PARAM: level, PAGE_PARAM: number}),
    )
    rows = entries.filter(publication_level=level) if level else entries
    rows = card_rows(rows.order_by(F("year").desc(nulls_last=True), "-pk"))
    return Listing(
        cards=[present(card_of(entry)) for entry in rows[pages.start : pages.start + PAGE_SIZE]],
        counts=counts,
        chips=_chips(request.path, counts, level),
        pages=pages,
        level=level,
    )


def _chips(path: str, counts: Counts, level: str) -> list[LevelChip]:
    """Return the chips "all" and the levels that have entries; none where there is only one level."""
    present_levels = [one for one in LEVELS if counts.of(one)]
    if len(present_levels) < 2:
        return []
    chips = [LevelChip("", counts.total, path, not level)]
    for one in present_levels:
        chips.append(LevelChip(one.value, counts.of(one), address(path, {LEVEL_PARAM: one.value}), one == level))
    return chips


def canonical_query(listing: Listing) -> list[tuple[str, str]]:
    """Return the parameters of a list's canonical address."""
    query = [(LEVEL_PARAM, listing.level)] if listing.level else []
    return [*query, (PAGE_PARAM, str(listing.pages.number))] if listing.pages.number > 1 else query
