"""What can be asked, and the address that asks it.

A :class:`SearchQuery` is a value: views, commands and the API make one, :func:`search.service.search` answers it.
Addresses have one canonical form, so that they can be shared, cached and told apart.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol
from urllib.parse import urlencode

from search.documents import PUBLIC
from search.facets import FACETS

Sort = Literal["relevance", "newest", "evidence", "adoptions"]

#: What is read of a text. Nobody types more; a longer one gets an answer by its beginning.
MAX_TEXT = 1000
MAX_WORDS = 32
MAX_VALUES = 40
MAX_VALUE_LENGTH = 80
#: Results beyond this many can't be paged to: filters narrow better than the fiftieth page.
MAX_RESULTS = 1000
PAGE_SIZE = 20
MAX_PAGE_SIZE = 100

TEXT_PARAM, SORT_PARAM, PAGE_PARAM, SYNONYM_PARAM = "q", "urut", "hal", "sinonim"
WITHOUT_SYNONYMS = "tanpa"
SORT_VALUES: dict[Sort, str] = {
    "relevance": "relevansi",
    "newest": "terbaru",
    "evidence": "bukti",
    "adoptions": "replikasi",
}
_SORTS = {value: sort for sort, value in SORT_VALUES.items()}
#: Filters that exist without a registered facet.
BUILT_IN_PARAMS = {"kind": "jenis"}

Filters = Mapping[str, tuple[str, ...]]


class Params(Protocol):
    """What a ``QueryDict`` offers."""

    def getlist(self, key: str) -> list[str]:
        """Return all values of a parameter."""


def clean_text(text: str) -> str:
    """Return what is searched for: spaces trimmed, invisible characters out, at most 1,000 characters."""
    return " ".join("".join(c if c.isprintable() else _unprintable(c) for c in text[:MAX_TEXT]).split())


def _unprintable(character: str) -> str:
    """Return nothing for characters that only shape the text, a space for line ends, tabs and control characters."""
    return "" if unicodedata.category(character) == "Cf" else " "


def _clean_values(values: Iterable[object]) -> tuple[str, ...]:
    """Return different values in a fixed order, without empty and overlong ones."""
    kept = {text for value in values if (text := str(value).strip()) and len(text) <= MAX_VALUE_LENGTH}
    return tuple(sorted(value for value in kept if value.isprintable())[:MAX_VALUES])


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One question to the search service. Values out of range are brought into it; nothing raises.

    ``filters`` maps facet codes to values: any of a facet's values, and all facets. ``scopes`` says what the
    asker may see; an anonymous reader has ``{"public"}``. ``facets`` names what to count besides the chosen
    ones (``None``: nothing at all); ``facet_limit`` cuts facets ordered by count to the commonest values and the
    chosen ones (``None``: complete). ``passages`` asks for the best passage of each hit; without ``synonyms`` only
    the words themselves are searched.
    """

    text: str = ""
    filters: Filters = field(default_factory=dict)
    sort: Sort = "relevance"
    page: int = 1
    page_size: int = PAGE_SIZE
    scopes: frozenset[str] = frozenset({PUBLIC})
    facets: tuple[str, ...] | None = ()
    facet_limit: int | None = None
    passages: bool = True
    synonyms: bool = True

    def __post_init__(self) -> None:
        """Bring all values into range."""
        put = object.__setattr__
        filters = {code: _clean_values(values) for code, values in self.filters.items()}
        put(self, "text", clean_text(self.text))
        put(self, "filters", {code: filters[code] for code in _ordered(filters) if filters[code]})
        put(self, "sort", self.sort if self.sort in SORT_VALUES and not self._is_usual_order() else "relevance")
        put(self, "page_size", min(max(int(self.page_size), 1), MAX_PAGE_SIZE))
        put(self, "page", min(max(int(self.page), 1), self.last_page))
        put(self, "scopes", frozenset(self.scopes))

    def _is_usual_order(self) -> bool:
        """Return whether the newest come first anyway: nothing without words has a relevance."""
        return self.sort == "newest" and not self.text

    @property
    def last_page(self) -> int:
        """Return the deepest page that can be asked for."""
        return max(MAX_RESULTS // self.page_size, 1)

    @property
    def offset(self) -> int:
        """Return how many results come before this page."""
        return (self.page - 1) * self.page_size

    @property
    def is_empty(self) -> bool:
        """Return whether it asks for everything."""
        return not self.text and not self.filters

    @property
    def filter_count(self) -> int:
        """Return how many values are chosen; pages with more than one are not for web search engines."""
        return sum(len(values) for values in self.filters.values())

    def changed(self, **changes: object) -> "SearchQuery":
        """Return a query with other values; unless said, back on page 1."""
        return replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]

    def with_value(self, code: str, value: str) -> "SearchQuery":
        """Return the query with one more value chosen."""
        return self.changed(filters={**self.filters, code: (*self.filters.get(code, ()), value)})

    def without_value(self, code: str, value: str) -> "SearchQuery":
        """Return the query with one value less chosen."""
        kept = tuple(chosen for chosen in self.filters.get(code, ()) if chosen != value)
        return self.changed(filters={**self.filters, code: kept})

    def without(self, code: str) -> "SearchQuery":
        """Return the query without a facet's filter."""
        return self.changed(filters={other: values for other, values in self.filters.items() if other != code})

    def toggled(self, code: str, value: str) -> "SearchQuery":
        """Return the query with a value chosen or, if it is, not chosen."""
        chosen = value in self.filters.get(code, ())
        return self.without_value(code, value) if chosen else self.with_value(code, value)

    def params(self) -> list[tuple[str, str]]:
        """Return the parameters of the canonical address: text, filters in the order of facets, the rest."""
        pairs = [(TEXT_PARAM, self.text)] if self.text else []
        for code, values in self.filters.items():
            pairs += [(_param(code), value) for value in values]
        if not self.synonyms and self.text:
            pairs.append((SYNONYM_PARAM, WITHOUT_SYNONYMS))
        if self.sort != "relevance":
            pairs.append((SORT_PARAM, SORT_VALUES[self.sort]))
        if self.page > 1:
            pairs.append((PAGE_PARAM, str(self.page)))
        return pairs

    def querystring(self) -> str:
        """Return the canonical address's part behind the path: empty or beginning with ``?``."""
        pairs = self.params()
        return f"?{urlencode(pairs)}" if pairs else ""


def _ordered(codes: Iterable[str]) -> list[str]:
    """Return codes in the order of registration, unregistered ones last by name."""
    places = {code: place for place, code in enumerate(FACETS)}
    return sorted(codes, key=lambda code: (places.get(code, len(places)), code))


def _param(code: str) -> str:
    facet = FACETS.get(code)
    return facet.param if facet else BUILT_IN_PARAMS.get(code, code)


def _page(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 1


def from_params(params: Params, **fixed: object) -> SearchQuery:
    """Return the query that an address asks; ``fixed`` sets what addresses can't (scopes, facets, page size).

    Unknown parameters and values that make no sense are ignored, never an error. The address is canonical if
    :meth:`SearchQuery.querystring` of the result equals it.
    """

    def first(name: str) -> str:
        values = params.getlist(name)
        return values[0] if values else ""

    asked = {facet.param: code for code, facet in FACETS.items()}
    for code, param in BUILT_IN_PARAMS.items():
        asked.setdefault(param, code)
    filters = {code: tuple(chosen) for param, code in asked.items() if (chosen := params.getlist(param))}
    values: dict[str, object] = {
        "text": first(TEXT_PARAM),
        "filters": filters,
        "sort": _SORTS.get(first(SORT_PARAM), "relevance"),
        "page": _page(first(PAGE_PARAM)),
        "synonyms": first(SYNONYM_PARAM) != WITHOUT_SYNONYMS,
        **fixed,
    }
    return SearchQuery(**values)  # type: ignore[arg-type]
