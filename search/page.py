"""The search page as data: filters, chips, sorting, rows and hints, all with the addresses they lead to.

Nothing here asks the engine; :mod:`search.views` does, and :mod:`search.empty` when nothing was found.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from innovation_hub.core.cards import Card, present
from innovation_hub.core.paging import Pages, pages_of
from search.analysis import index_terms
from search.facets import FACETS, SHOWN_VALUES, Facet, FacetValue, labels_for, open_facets
from search.query import PAGE_PARAM, SORT_VALUES, SearchQuery, Sort
from search.query_language import parse
from search.results import Hit, SearchPage

REGISTERED = "terdaftar"
_MARKED = re.compile(r"<mark>(.*?)</mark>")


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet with its box."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One facet on the page: the values shown, and where all of them are."""

    facet: Facet
    options: list[Option]
    all_url: str
    has_more: bool

    @property
    def chosen(self) -> bool:
        """True when a value is chosen: the box then stands open."""
        return any(option.selected for option in self.options)


@dataclass(frozen=True, slots=True)
class Link:
    """Words with an address; ``current`` marks the one that holds now, ``count`` what it would find."""

    words: Any
    url: str
    current: bool = False
    count: int | None = None


def language() -> str:
    """Return the language of the page, ``id`` or ``en``."""
    return (get_language() or "id")[:2]


def address(query: SearchQuery) -> str:
    """Return the canonical address of a search in the language of the page."""
    return reverse("search") + query.querystring()


def facet_addresses(facets: Iterable[Facet], query: SearchQuery) -> dict[str, str]:
    """Return facet code -> address of the page with every value of it."""
    carried = query.changed().querystring()
    before, after = reverse("search_facet", args=["SARINGAN"]).split("SARINGAN")
    return {facet.code: f"{before}{facet.param}{after}{carried}" for facet in facets}


def options_of(code: str, values: list[FacetValue]) -> list[Option]:
    """Return values with their labels, in one look-up."""
    labels = labels_for(code, [value.value for value in values], language())
    return [Option(value.value, labels[value.value], value.count, value.selected) for value in values]


def groups(page: SearchPage) -> list[Group]:
    """Return the facets that stand open, and others that have a chosen value."""
    codes = [*open_facets(), *(code for code in page.query.filters if code in FACETS)]
    addresses = facet_addresses(FACETS.values(), page.query)
    found = []
    for code in dict.fromkeys(codes):
        values = page.facets.get(code, [])
        shown = [value for at, value in enumerate(values) if at < SHOWN_VALUES or value.selected]
        if shown:
            facet = FACETS[code]
            more = len(shown) >= SHOWN_VALUES
            found.append(Group(facet, options_of(code, shown), addresses[code], more))
    return found


def closed_facets(query: SearchQuery) -> list[Link]:
    """Return the facets that open on a page of their own, as links there."""
    shut = [facet for facet in FACETS.values() if not facet.open and facet.code not in query.filters]
    addresses = facet_addresses(shut, query)
    return [Link(facet.label, addresses[facet.code]) for facet in shut]


def chips(query: SearchQuery) -> list[Link]:
    """Return one link for each chosen value; following it removes the value."""
    found = []
    for code, values in query.filters.items():
        if code in FACETS:
            labels = labels_for(code, values, language())
            found += [Link(labels[value], address(query.without_value(code, value))) for value in values]
    return found


def sort_words() -> dict[Sort, str]:
    """Return what the ways of sorting are called."""
    return {
        "relevance": _("Best match"),
        "newest": _("Newest"),
        "evidence": _("Best evidence"),
        "adoptions": _("Most copied"),
    }


def sorts(query: SearchQuery) -> list[Link]:
    """Return the ways of sorting as links; without words nothing matches best, and the newest come first."""
    words = sort_words()
    ways = [sort for sort in SORT_VALUES if sort != "relevance" or parse(query.text).has_words]
    current = query.sort if query.sort in ways else "newest"
    return [Link(words[sort], address(query.changed(sort=sort)), sort == current) for sort in ways]


def page_links(page: SearchPage) -> Pages:
    """Return the links to other pages; raises ``Http404`` beyond the last one."""
    return pages_of(page.query.page, page.page_count, lambda number: address(page.query.changed(page=number)))


def snippet_of(hit: Hit) -> Markup | str:
    """Return the text below a title: where the words stand; an unchecked entry shows it only for its hits."""
    text = hit.passage_html or hit.summary_html
    unchecked = hit.card.get("kind", "inovasi") == "inovasi" and hit.card.get("level", REGISTERED) == REGISTERED
    return "" if unchecked and "<mark>" not in text else text


def why_of(hit: Hit, page: SearchPage) -> str:
    """Return which synonym found a hit, where none of the words asked for stands in what is shown of it."""
    if not page.expansions:
        return ""
    marked = list(dict.fromkeys(_MARKED.findall(f"{hit.title_html} {hit.passage_html or hit.summary_html}")))
    asked = set(index_terms(parse(page.query.text).said)[0].split())
    if not marked or asked & set(index_terms(" ".join(marked))[0].split()):
        return ""
    return _("Found by synonym: “%(words)s”") % {"words": html.unescape(", ".join(marked[:2]))}


def cards(page: SearchPage) -> list[Card]:
    """Return the rows of the page."""
    return [
        present(hit.card, title_html=hit.title_html, snippet=snippet_of(hit), why=why_of(hit, page))
        for hit in page.hits
    ]


def corrected(page: SearchPage) -> Link | None:
    """Return the offered spelling with its changed words in bold, if there is one."""
    if not page.did_you_mean:
        return None
    typed = set(page.query.text.casefold().split())
    words = [
        escape(word) if word.casefold() in typed else Markup("<b>{}</b>").format(word)
        for word in page.did_you_mean.split()
    ]
    return Link(Markup(" ").join(words), address(page.query.changed(text=page.did_you_mean)))


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that was asked beside plain words, and the search that doesn't ask it."""

    words: str
    undone: Link


def demands(query: SearchQuery) -> list[Demand]:
    """Return the exact phrases and what is left out, each with the address that takes it back."""
    parsed = parse(query.text)
    found = []
    for piece in parsed.of("phrase"):
        link = Link(_("take its words anywhere"), address(query.changed(text=parsed.with_text(piece, piece.text))))
        found.append(Demand(_("Exactly “%(words)s”") % {"words": piece.text}, link))
    for piece in parsed.of("without"):
        link = Link(_("leave nothing out"), address(query.changed(text=parsed.without_piece(piece))))
        found.append(Demand(_("Without “%(words)s”") % {"words": piece.text}, link))
    return found


def unknown_values(page: SearchPage) -> list[str]:
    """Return a sentence for each shortcut whose value nothing is called."""
    words = _("Nothing under “%(facet)s” is called “%(words)s”: it was searched as words.")
    return [words % {"facet": FACETS[piece.facet].label, "words": piece.text} for piece in page.unknown_shortcuts]


def other_words(page: SearchPage) -> Link | None:
    """Return the link that turns synonyms off where some were used, or on where they are off."""
    if page.expansions:
        return Link(_("without synonyms"), address(page.query.changed(synonyms=False)))
    if page.query.text and not page.query.synonyms:
        return Link(_("search synonyms too"), address(page.query.changed(synonyms=True)))
    return None


def meanings(page: SearchPage) -> list[Link]:
    """Return what an acronym may have meant, each with the search for that meaning instead."""
    found = []
    for ambiguity in page.ambiguities:
        acronym = re.compile(rf"(?<!\w){re.escape(ambiguity.acronym)}(?!\w)", re.IGNORECASE)
        for meaning in ambiguity.meanings:
            text = acronym.sub(lambda _match, meaning=meaning: meaning, page.query.text, count=1)  # type: ignore[misc]
            found.append(Link(meaning, address(page.query.changed(text=text))))
    return found


def other_forms(query: SearchQuery) -> dict[str, str]:
    """Return the addresses of the result in other forms: ``csv``, ``xlsx``, ``atom``."""
    carried = query.changed().querystring()
    forms = {form: reverse("search_export", args=[form]) + carried for form in ("csv", "xlsx")}
    return forms | {"atom": reverse("search_feed") + carried}


def hidden_fields(query: SearchQuery, without: str = "") -> list[tuple[str, str]]:
    """Return what a form must carry along; ``without`` names a facet whose boxes stand in the form itself."""
    dropped = {PAGE_PARAM, FACETS[without].param if without else ""}
    return [(name, value) for name, value in query.params() if name not in dropped]


def facet_of(param: str) -> Facet:
    """Return the facet of an address; raises ``Http404`` for an unknown one."""
    for facet in FACETS.values():
        if facet.param == param:
            return facet
    raise Http404("no such facet")
