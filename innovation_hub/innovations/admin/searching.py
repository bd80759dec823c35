"""The list's search: the engine finds and counts with the reader's access keys, rows are read through the policy."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from innovation_hub.core.scopes import staff_scopes
from innovation_hub.innovations.models import Innovation
from search import service
from search.query import SearchQuery

SOURCE = "innovation"
MOST = 1000


def find(user: Any, text: str, facets: Mapping[str, tuple[str, ...]]) -> tuple[list[int], int] | None:
    """Return the keys of the best matches and how many there are; ``None`` while the engine is down."""
    query = SearchQuery(text=text, filters=dict(facets), scopes=staff_scopes(user), passages=False)
    return service.ids(query, SOURCE, limit=MOST)


def find_public(text: str) -> tuple[list[int], int] | None:
    """Return the same of what every reader may see."""
    return service.ids(SearchQuery(text=text, passages=False), SOURCE, limit=MOST)


def title_words(rows: QuerySet, text: str) -> QuerySet:
    """Return the rows whose title or name holds every word: all that works while the engine is down."""
    for word in text.split()[:8]:
        rows = rows.filter(Q(title_plain__icontains=word) | Q(brand_name__icontains=word))
    return rows


@dataclass(frozen=True)
class RankedRows(Sequence):
    """Rows in the order of their relevance; only those of the page asked for are read."""

    keys: Sequence[int]
    total: int
    rows: QuerySet
    model = Innovation

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, wanted: Any) -> list[Innovation]:
        page = self.keys[wanted]
        found = self.rows.order_by().in_bulk(page)
        return [found[key] for key in page if key in found]

    def __iter__(self) -> Iterator[Innovation]:
        return iter(self[:])
