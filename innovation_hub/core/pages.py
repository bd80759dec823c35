"""Rendering public pages: one way for every app, with the head that search engines and the switch need."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.template.backends.jinja2 import Template
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from .icons import begin_icons

PAGE_SIZE = 20


@dataclass(slots=True)
class PageHead:
    """What stands in the head of a page, and how its header looks.

    ``path`` is the canonical address without host (the request's own path when empty), ``query`` its
    canonical parameters; ``robots`` is empty or ``noindex``; an error page, which has no address of its own,
    sets ``alternates`` to false. ``section`` marks the menu entry; home and search have a bigger search field
    and leave the header's out.
    """

    title: str = ""
    description: str = ""
    path: str = ""
    query: list[tuple[str, str]] = field(default_factory=list)
    robots: str = ""
    alternates: bool = True
    section: str = ""
    header_search: bool = True


def saves_data(request: HttpRequest | None) -> bool:
    """True when the reader's browser asks for few bytes: then neither font nor htmx is linked."""
    return request is not None and request.headers.get("Save-Data", "").strip().lower() == "on"


def path_in(path: str, language: str) -> str:
    """Return ``path`` in another language: slugs are the same, English stands below ``/en/``."""
    bare = path
    for code, _name in settings.LANGUAGES:
        if path == f"/{code}" or path.startswith(f"/{code}/"):
            bare = path[len(code) + 1 :] or "/"
            break
    return bare if language == settings.LANGUAGE_CODE else f"/{language}{bare}"


def language_links(request: HttpRequest, path: str = "", query: str = "") -> list[dict[str, Any]]:
    """Return code, name and address of the page in each language, the current one marked."""
    current = get_language() or settings.LANGUAGE_CODE
    return [
        {
            "code": code,
            "name": {"id": "Bahasa Indonesia", "en": "English"}.get(code, code),
            "url": path_in(path or request.path, code) + (f"?{query}" if query else ""),
            "current": code == current,
        }
        for code, _name in settings.LANGUAGES
    ]


def _head_links(request: HttpRequest, head: PageHead) -> dict[str, Any]:
    """Return canonical and alternate addresses with host, and the language switch of the visible page."""
    path, query = head.path or request.path, urlencode(head.query)
    switch = language_links(request, path, request.META.get("QUERY_STRING", ""))
    alternates = language_links(request, path, query) if head.alternates else []
    return {
        "canonical": request.build_absolute_uri(path + (f"?{query}" if query else "")) if head.alternates else "",
        "alternates": [{**link, "url": request.build_absolute_uri(link["url"])} for link in alternates],
        "switch": switch,
    }


def _is_signed_in(request: HttpRequest) -> bool:
    """True for a signed-in reader; readers without a session cost no query."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


def page_context(request: HttpRequest, head: PageHead) -> dict[str, Any]:
    """Return what ``base.html`` needs beside the page's own values."""
    return {
        "request": request,
        "head": head,
        "save_data": saves_data(request),
        "signed_in": _is_signed_in(request),
        "lang": get_language() or settings.LANGUAGE_CODE,
        **_head_links(request, head),
    }


def render_page(
    request: HttpRequest,
    template: str,
    head: PageHead,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render ``template`` (Jinja2) as a whole page; the answer varies with the reader's wish to save data."""
    begin_icons()
    found = cast(Template, loader.get_template(template, using="jinja2"))
    html = found.template.render({**page_context(request, head), **(context or {})})
    response = HttpResponse(html, status=status)
    patch_vary_headers(response, ["Save-Data"])
    response["Content-Language"] = get_language() or settings.LANGUAGE_CODE
    return response
