"""The search page, the page with all values of one facet, and suggestions while typing.

All three ask as an anonymous reader, whoever is signed in: what staff may see of drafts is found in the
admin.
"""

import re
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from innovation_hub.core.formatting import number
from innovation_hub.core.pages import PageHead, path_in, render_page
from innovation_hub.core.paging import asked_page, page_count, pages_of
from search import misses
from search import page as parts
from search.empty import attempts
from search.facets import FACETS, SHOWN_VALUES, Facet, open_facets
from search.query import MAX_RESULTS, PAGE_PARAM, SORT_PARAM, SYNONYM_PARAM, TEXT_PARAM, SearchQuery, from_params
from search.results import SearchPage, Suggestion
from search.service import search
from search.suggest import suggest

FIND_PARAM = "cari"
#: What a form with all filters in it carries along.
CARRIED = (TEXT_PARAM, SORT_PARAM, SYNONYM_PARAM)
VALUES_PER_PAGE = 100
MAX_FIND = 80
_REGISTRY_NUMBER = re.compile(r"IN[\s-]?(\d{6,12})[\s-]?([A-Z])", re.IGNORECASE)


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Answer a search; a registry number leads straight to its entry."""
    query = from_params(request.GET, facets=open_facets(), facet_limit=SHOWN_VALUES)
    typed = _REGISTRY_NUMBER.fullmatch(query.text)
    if typed:
        return HttpResponseRedirect(reverse("innovation_number", args=[f"IN-{typed[1]}-{typed[2].upper()}"]))
    found = search(query)
    if found.query.text != query.text:
        return HttpResponseRedirect(parts.address(found.query))
    if query.page > found.page_count:
        return HttpResponseRedirect(parts.address(query.changed(page=found.page_count)))
    context = {"query": query, "result": found, **_around(found)}
    if request.method == "GET":
        misses.note(query, found, request.headers.get("User-Agent", ""))
    if not found.total:
        context["attempts"] = attempts(found) if not found.limited else {}
        return render_page(request, "search/nothing.html", _head(query), context)
    return render_page(request, "search/results.html", _head(query), {**context, **_rows(found)})


def _head(query: SearchQuery) -> PageHead:
    """Return the head: words and combinations of filters are for readers, not for web search engines."""
    title = _("Results: %(words)s") % {"words": query.text} if query.text else _("All innovations")
    return PageHead(
        title=title,
        description=_("Search the registry of innovations by civil servants."),
        path=reverse("search"),
        query=query.params(),
        robots="noindex" if query.text or query.filter_count > 1 else "",
        section="search",
        header_search=False,
    )


def _around(found: SearchPage) -> dict[str, Any]:
    """Return the hints around the results."""
    return {
        "corrected": parts.corrected(found),
        "meanings": parts.meanings(found),
        "demands": parts.demands(found.query),
        "unknown_values": parts.unknown_values(found),
        "other_words": parts.other_words(found),
        "chips": parts.chips(found.query),
        "kept": [pair for pair in found.query.params() if pair[0] == SORT_PARAM],
        "hidden": [pair for pair in found.query.params() if pair[0] in CARRIED],
    }


def _rows(found: SearchPage) -> dict[str, Any]:
    """Return rows, filters, sorting and pages."""
    return {
        "cards": parts.cards(found),
        "groups": parts.groups(found),
        "closed": parts.closed_facets(found.query),
        "sorts": parts.sorts(found.query),
        "pages": parts.page_links(found),
        "forms": {} if found.limited else parts.other_forms(found.query),
        "max_results": MAX_RESULTS,
    }


@require_safe
def facet_page(request: HttpRequest, param: str) -> HttpResponse:
    """Answer with every value of one facet for the search at hand, its counts, and a box to find one."""
    facet = parts.facet_of(param)
    query = from_params(request.GET).changed()
    asked = query.changed(facets=(facet.code,), facet_limit=None, page_size=1, passages=False)
    found = search(asked)
    find = request.GET.get(FIND_PARAM, "").strip()[:MAX_FIND]
    options = parts.options_of(facet.code, found.facets.get(facet.code, []))
    matching = [option for option in options if find.casefold() in option.label.casefold()]
    carried = [*query.params(), (FIND_PARAM, find)] if find else query.params()

    def address(page: int) -> str:
        pairs = [*carried, (PAGE_PARAM, str(page))] if page > 1 else carried
        return reverse("search_facet", args=[param]) + (f"?{urlencode(pairs)}" if pairs else "")

    pages = pages_of(asked_page(request.GET.get(PAGE_PARAM)), page_count(len(matching), VALUES_PER_PAGE), address)
    start = (pages.number - 1) * VALUES_PER_PAGE
    shown = matching[start : start + VALUES_PER_PAGE]
    context = {
        "facet": facet,
        "query": query,
        "options": shown,
        "kept": _chosen_elsewhere(facet, query, {option.value for option in shown}),
        "hidden": parts.hidden_fields(query, without=facet.code),
        "all_hidden": query.params(),
        "find": find,
        "total": len(matching),
        "pages": pages,
        "back": parts.address(query),
        "limited": found.limited,
    }
    head = PageHead(
        title=_("Filter: %(facet)s") % {"facet": facet.label},
        query=query.params(),
        robots="noindex",
        section="search",
        header_search=False,
    )
    return render_page(request, "search/facet.html", head, context)


def _chosen_elsewhere(facet: Facet, query: SearchQuery, shown: set[str]) -> list[tuple[str, str]]:
    """Return chosen values whose boxes aren't on this page, so that applying doesn't lose them."""
    return [(facet.param, value) for value in query.filters.get(facet.code, ()) if value not in shown]


@require_safe
@cache_control(public=True, max_age=60)
def suggestions(request: HttpRequest) -> JsonResponse:
    """Answer with at most eight suggestions for what was typed so far, as the combobox wants them."""
    text = request.GET.get(TEXT_PARAM, "")
    return JsonResponse({"items": [_item(one) for one in suggest(text, parts.language())]})


def _item(one: Suggestion) -> dict[str, str]:
    """Return one suggestion with the address it leads to."""
    facet = FACETS.get(one.kind)
    if facet is None:
        return {"text": one.text, "kind": _("Innovation"), "url": path_in(str(one.card["path"]), parts.language())}
    url = parts.address(SearchQuery().with_value(facet.code, one.value))
    return {"text": one.text, "kind": f"{facet.label} · {number(one.count)}", "url": url}
