"""Facets as data: what can be filtered by, counted and labelled.

Apps register theirs in their own ``search.py``. Engines, the search page, its addresses and the API all read
this one list; engines need only the codes. The facets ``kind`` and ``source`` exist on every document and can
be filtered by without being registered.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

FacetOrder = Literal["count", "value-desc", "fixed"]

#: How many values an open facet shows before the chosen ones are added.
SHOWN_VALUES = 8


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet.

    ``labels`` looks all given values up at once for a language and returns value -> label; a value it doesn't
    know is left out (:func:`labels_for` then shows the value itself). ``order`` says how values are arranged: the
    commonest first, the highest value first, or ("fixed") as ``values`` returns every possible one, those without
    a match counted 0; without ``values``, "fixed" is ascending by value.
    """

    code: str
    param: str
    """Name in addresses, Indonesian."""
    label: Any
    """Translatable name, shown above the values."""
    open: bool = False
    """Counted and shown on every search page; the others only when asked for."""
    order: FacetOrder = "count"
    labels: Callable[[Collection[str], str], Mapping[str, str]] | None = None
    values: Callable[[], Collection[str]] | None = None
    aliases: Callable[[], Iterable[tuple[str, str]]] | None = None
    """Other names of its values, for shortcuts: (value, name) pairs."""
    narrower: str | None = None
    """Code of the facet with the values below its own, where a shortcut's value is looked for too."""
    suggested: bool | None = None
    """Its labels are offered while typing; unless said, those of open facets ordered by count are."""

    @property
    def is_suggested(self) -> bool:
        """Return whether the labels of its values are offered while typing."""
        return self.open and self.order == "count" if self.suggested is None else self.suggested


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value with the number of matches that have it, counted without the facet's own filter."""

    value: str
    count: int
    selected: bool = False


FACETS: dict[str, Facet] = {}


def register_facet(facet: Facet) -> None:
    """Register ``facet``; a second one with the same code replaces the first in its place.

    Raises ValueError when another facet already uses the address parameter.
    """
    for other in FACETS.values():
        if other.param == facet.param and other.code != facet.code:
            raise ValueError(f"Facets {other.code!r} and {facet.code!r} both use the parameter {facet.param!r}")
    FACETS[facet.code] = facet


def open_facets() -> tuple[str, ...]:
    """Return the codes of the facets that every search page counts, in the order of registration."""
    return tuple(code for code, facet in FACETS.items() if facet.open)


def labels_for(code: str, values: Collection[str], language: str) -> dict[str, str]:
    """Return value -> label for all ``values`` with one look-up; an unknown value is its own label."""
    facet = FACETS.get(code)
    found = dict(facet.labels(values, language)) if facet and facet.labels and values else {}
    return {value: found.get(value) or value for value in values}


def arrange(code: str, counts: list[tuple[str, int]], chosen: Collection[str]) -> list[FacetValue]:
    """Return all counted values in the order of their facet, chosen ones without a match included."""
    facet = FACETS.get(code)
    by_value = dict(counts)
    for value in chosen:
        by_value.setdefault(value, 0)
    order: FacetOrder = facet.order if facet else "count"
    if order == "fixed":
        known = {value: place for place, value in enumerate(facet.values() if facet and facet.values else ())}
        for value in known:
            by_value.setdefault(value, 0)
        values = sorted(by_value, key=lambda value: (known.get(value, len(known)), value))
    elif order == "value-desc":
        values = sorted(by_value, reverse=True)
    else:
        values = sorted(by_value, key=lambda value: (-by_value[value], value))
    selected = set(chosen)
    return [FacetValue(value, by_value[value], value in selected) for value in values]
