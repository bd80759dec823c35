"""What the search service answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from markupsafe import Markup

from search.analysis import index_terms
from search.facets import FacetValue
from search.highlight import best_passage, highlight
from search.query import SearchQuery
from search.query_language import Piece
from search.synonyms import Ambiguity

SUMMARY_CHARS = 240


@dataclass(frozen=True, slots=True)
class Marking:
    """Which words to mark in texts, and which of them were asked for."""

    asked: frozenset[str] = frozenset()
    """Stems of the content words."""
    stems: frozenset[str] = frozenset()
    """Those, and their alternatives."""
    surfaces: frozenset[str] = frozenset()

    def shows_all(self, marked: str, text: str) -> bool:
        """Return whether ``text`` holds every word asked for; ``marked`` is the same text with its marks."""
        if marked.count("<mark>") < len(self.asked):
            return False
        return len(self.asked) < 2 or self.asked <= set(index_terms(text)[0].split())


@dataclass(frozen=True)
class Hit:
    """One result. The HTML texts are safe, with the words asked for inside ``<mark>``, and made when they are read."""

    key: str
    source: str
    source_id: int
    score: float
    """Only comparable within one answer; 0 unless sorted by relevance."""
    card: Mapping[str, Any]
    title: str
    summary: str
    marking: Marking = Marking()
    body: Callable[[], str] | None = None
    """Reads the long texts, if passages are wanted."""

    @cached_property
    def title_html(self) -> Markup:
        """Return the title."""
        return highlight(self.title, self.marking.stems, self.marking.surfaces)

    @cached_property
    def summary_html(self) -> Markup:
        """Return the best 240 characters of the summary."""
        return highlight(self.summary, self.marking.stems, self.marking.surfaces, SUMMARY_CHARS)

    @cached_property
    def passage_html(self) -> Markup | None:
        """Return the best passage of the long texts.

        ``None`` when title and summary show every word asked for, or the long texts have none.
        """
        if self.body is None or not (self.marking.stems or self.marking.surfaces):
            return None
        shown = f"{self.title_html} {self.summary_html}"
        if self.marking.shows_all(shown, f"{self.title} {self.summary}"):
            return None
        return best_passage([self.body()], self.marking.stems, self.marking.surfaces)


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
    unknown_shortcuts: tuple[Piece, ...] = ()
    """Shortcuts with a value that nothing is called: they were searched as words."""
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
