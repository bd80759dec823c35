"""What the search service answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from search.facets import FacetValue
from search.query import SearchQuery
from search.synonyms import Ambiguity


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. The texts are safe HTML with the words asked for inside ``<mark>``."""

    key: str
    source: str
    source_id: int
    score: float
    """Only comparable within one answer; 0 unless sorted by relevance."""
    card: Mapping[str, Any]
    title_html: Markup
    summary_html: Markup
    """The best 240 characters of the summary."""
    passage_html: Markup | None = None
    """The best passage of the long texts; ``None`` when title and summary show every word, or none occurs."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of results."""

    query: SearchQuery
    hits: list[Hit]
    total: int
    facets: dict[str, list[FacetValue]] = field(default_factory=dict)
    expansions: tuple[str, ...] = ()
    """Synonyms that were searched too, as phrases."""
    ambiguities: tuple[Ambiguity, ...] = ()
    """Acronyms of several meanings, to be asked back."""
    did_you_mean: str | None = None
    """The text with unknown words corrected; it finds more."""
    relaxed: bool = False
    """Fewer than ten entries hold the words asked for, so those that hold some of them are there too."""
    strict_total: int = 0
    """How many matches there are without relaxing."""
    limited: bool = False
    """The engine is down: words of titles, no facets, no relevance."""

    @property
    def page_count(self) -> int:
        """Return how many pages can be asked for."""
        pages = -(-self.total // self.query.page_size)
        return max(1, min(pages, self.query.last_page))

    @property
    def is_cut(self) -> bool:
        """Return whether there are results beyond the deepest page."""
        return self.total > self.query.last_page * self.query.page_size


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggestion while typing."""

    kind: str
    """``title``, ``brand``, or the code of a facet."""
    text: str
    value: str
    """The document's key, or the facet's value."""
    card: Mapping[str, Any] = field(default_factory=dict)
    """The card of the record; empty for facet values."""
    count: int = 0
    """How many public entries have the facet value."""
