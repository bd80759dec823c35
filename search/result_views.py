"""The result of a search in other forms than a page: spreadsheets of all of it, and a feed of its newest entries."""

from datetime import UTC, datetime
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from innovation_hub.core.pages import path_in
from search import exporting, page
from search.query import from_params
from search.results import Hit
from search.service import search

FEED_SIZE = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RETRY_SECONDS = 30


class StableFeed(Atom1Feed):
    """A feed that says the same when it is asked again: one without entries changed at the beginning of the day."""

    def latest_post_date(self) -> datetime:
        """Return when its newest entry was published."""
        if any(item["updateddate"] for item in self.items):
            return super().latest_post_date()
        return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse | StreamingHttpResponse:
    """Answer with every public entry that the search at hand finds, as ``csv`` or ``xlsx``, in a stream."""
    if form not in ("csv", "xlsx"):
        raise Http404("no such form")
    try:
        found = exporting.found_ids(from_params(request.GET).changed())
    except exporting.SearchUnavailable:
        return unavailable()
    table = exporting.rows(found, page.language(), _host(request))
    name = f"inovasi-{timezone.localdate():%Y%m%d}.{form}"
    response: HttpResponse | StreamingHttpResponse
    if form == "csv":
        lines = exporting.csv_lines(exporting.headings(), table)
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        response = FileResponse(exporting.write_xlsx(table), as_attachment=True, filename=name, content_type=XLSX)
    response["X-Robots-Tag"] = "noindex"
    return response


def unavailable() -> HttpResponse:
    """Say that a whole result can't be had now, and when to try again."""
    words = _("Search is limited at the moment, so the whole result can't be downloaded. Try again in a minute.")
    response = HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


@require_safe
@cache_control(public=True, max_age=300)
def feed(request: HttpRequest) -> HttpResponse:
    """Answer with the newest entries of the search at hand as an Atom feed."""
    asked = from_params(request.GET).changed()
    query = asked.changed(sort="newest", facets=None, page_size=FEED_SIZE, passages=False)
    host = _host(request)
    title = _("Innovations: %(words)s") % {"words": asked.text} if asked.text else _("New innovations")
    atom = StableFeed(
        title=title,
        link=host + page.address(asked),
        description="",
        language=page.language(),
        feed_url=request.build_absolute_uri(),
    )
    for hit in search(query).hits:
        atom.add_item(**_item(hit, host))
    response = HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response


def _host(request: HttpRequest) -> str:
    """Return what stands before a path in a full address: ``https://hub.example``."""
    return request.build_absolute_uri("/").rstrip("/")


def _item(hit: Hit, host: str) -> dict[str, Any]:
    """Return one entry of the feed, from its card."""
    card, language = hit.card, page.language()
    translated = language == "en" and bool(card.get("title_en"))
    published = _moment(card.get("published", ""))
    where = ", ".join(card.get("where", ()))
    return {
        "title": card["title_en"] if translated else card.get("title", ""),
        "link": host + path_in(str(card.get("path", "")), language),
        "description": strip_tags((card.get("summary_en") if translated else "") or card.get("summary", "")),
        "author_name": where or None,
        "pubdate": published,
        "updateddate": published,
        "unique_id": host + str(card.get("path", "")),
        "categories": [_("sample data")] if card.get("synthetic") else (),
    }


def _moment(day: str) -> datetime | None:
    """Return the beginning of a day as cards name it."""
    return datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
