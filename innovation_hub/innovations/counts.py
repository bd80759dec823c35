"""How many public entries there are, by level, theme, region, agency or programme.

The search index has these counts ready; while it is down the database gives the same ones, more slowly.
Either way they are the counts that stand beside the filters of the search page.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from innovation_hub.innovations.models import Innovation
from search.query import SearchQuery
from search.service import search

KIND = "inovasi"
# Where the database has the values of a facet.
COLUMNS = {
    "level": "publication_level",
    "theme": "themes__code",
    "region": "region__code",
    "agency": "agency_id",
    "programme": "programme__code",
}


@dataclass(frozen=True, slots=True)
class RegistryCounts:
    """The total, and for each facet asked for the count of each value."""

    total: int
    by: dict[str, dict[str, int]]

    def of(self, facet: str, value: object) -> int:
        """Return the count of one value, 0 for one that no entry has."""
        return self.by[facet].get(str(value), 0)


def registry_counts(*facets: str) -> RegistryCounts:
    """Return the counts of public entries by the given facets (see :data:`COLUMNS`)."""
    query = SearchQuery(filters={"kind": (KIND,)}, facets=facets, facet_limit=None, page_size=1, passages=False)
    page = search(query)
    if page.limited:
        return counted_in_database(facets)
    by = {code: {one.value: one.count for one in page.facets.get(code, []) if one.count} for code in facets}
    return RegistryCounts(page.total, by)


def counted_in_database(facets: Sequence[str]) -> RegistryCounts:
    """Return the same counts from the database, one query a facet."""
    entries = Innovation.objects.public().order_by()
    by = {}
    for code in facets:
        rows = entries.values_list(COLUMNS[code]).annotate(Count("pk"))
        counted = Counter({str(value): count for value, count in rows if value is not None})
        by[code] = dict(_of_provinces(counted) if code == "region" else counted)
    return RegistryCounts(entries.count(), by)


def _of_provinces(counted: Counter[str]) -> Counter[str]:
    """Return the counts of provinces: an entry of a regency counts for its province."""
    total: Counter[str] = Counter()
    for code, count in counted.items():
        total[code[:2]] += count
    return total
