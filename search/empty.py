"""What to offer when nothing was found: never a dead end."""

from typing import Any

from django.utils.translation import gettext as _

from search.facets import FACETS, labels_for
from search.page import Link, address, corrected, language
from search.query import SearchQuery
from search.query_language import parse
from search.results import SearchPage
from search.service import search

MAX_TRIALS = 5
MAX_WORD_TRIALS = 3
NEAREST = 3
SUGGESTED_FACET = "theme"


def _total(query: SearchQuery) -> int:
    """Return how many results a query has."""
    return search(query.changed(page_size=1, facets=(), passages=False)).total


def attempts(page: SearchPage) -> dict[str, Any]:
    """Return what to try instead: the other spelling, one filter or one word less, each with its true count.

    Only what finds something is offered; at most eight small questions are put to the engine.
    """
    query = page.query
    spelling = corrected(page)
    return {
        "looser": _looser(query),
        "spelling": spelling
        and Link(spelling.words, spelling.url, count=_total(query.changed(text=page.did_you_mean))),
        "without": _without_a_filter(query),
        "words": _single_words(query),
        "nearest": _nearest_themes(query),
        "filters": filter_labels(query),
    }


def _looser(query: SearchQuery) -> Link | None:
    """Return the same search by plain words alone, if it demanded a phrase or left something out."""
    parsed = parse(query.text)
    if not parsed.of("phrase", "without"):
        return None
    plain = query.changed(text=parsed.said)
    total = _total(plain)
    return Link(parsed.said or _("everything"), address(plain), count=total) if total else None


def filter_labels(query: SearchQuery) -> list[str]:
    """Return the labels of all chosen values."""
    found: list[str] = []
    for code, values in query.filters.items():
        if code in FACETS:
            found += labels_for(code, values, language()).values()
    return found


def _without_a_filter(query: SearchQuery) -> list[Link]:
    """Return the same search with one chosen value less."""
    found = []
    chosen = [(code, value) for code, values in query.filters.items() if code in FACETS for value in values]
    for code, value in chosen[:MAX_TRIALS]:
        less = query.without_value(code, value)
        total = _total(less)
        if total:
            found.append(Link(labels_for(code, [value], language())[value], address(less), count=total))
    return found


def _single_words(query: SearchQuery) -> list[Link]:
    """Return the longest words of the text one by one, without filters."""
    words = sorted(
        {word for word in parse(query.text).said.split() if len(word) > 2}, key=lambda word: (-len(word), word)
    )
    if len(words) < 2:
        return []
    found = []
    for word in words[:MAX_WORD_TRIALS]:
        only = query.changed(text=word, filters={})
        total = _total(only)
        if total:
            found.append(Link(word, address(only), count=total))
    return found


def _nearest_themes(query: SearchQuery) -> list[Link]:
    """Return the themes with most entries for these words without filters, else with most entries at all."""
    if SUGGESTED_FACET not in FACETS:
        return []
    for text in dict.fromkeys((parse(query.text).said, "")):
        wider = query.changed(text=text, filters={}, facets=(SUGGESTED_FACET,), facet_limit=NEAREST, page_size=1)
        values = search(wider).facets.get(SUGGESTED_FACET, [])
        codes = [value.value for value in values if value.count][:NEAREST]
        if codes:
            labels = labels_for(SUGGESTED_FACET, codes, language())
            only = SearchQuery(sort=query.sort)
            return [Link(labels[code], address(only.with_value(SUGGESTED_FACET, code))) for code in codes]
    return []
