"""Error pages: always a next step, and the one for our own failure needs neither database nor context."""

import logging
from datetime import timedelta
from http import HTTPStatus
from math import ceil
from typing import cast

from axes.helpers import get_cool_off
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.template.backends.jinja2 import Template
from django.utils import translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from innovation_hub.core.formatting import number
from innovation_hub.core.icons import begin_icons
from innovation_hub.core.pages import PageHead, render_page

logger = logging.getLogger(__name__)

# Sent when even the template of the error page fails.
LAST_RESORT = (
    '<!doctype html><html lang="id"><head><meta charset="utf-8"><title>500</title></head><body><main>'
    "<h1>Ada yang salah di pihak kami</h1><p>Coba lagi sebentar lagi.</p>"
    '<p lang="en">Something went wrong on our side. Please try again in a moment.</p>'
    '<p><a href="/">Hub Inovasi ASN</a></p></main></body></html>'
)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404 with a search field; a registry number typed there leads to its entry."""
    head = PageHead(title=_("This page doesn't exist"), robots="noindex", alternates=False, header_search=False)
    return render_page(request, "errors/404.html", head, status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 with the reason that the refusing code gave."""
    head = PageHead(title=_("You may not open this page"), robots="noindex", alternates=False)
    reason = str(exception) if exception and exception.args else ""
    return render_page(request, "errors/403.html", head, {"reason": reason}, status=403)


def locked_out(
    request: HttpRequest, original_response: HttpResponse | None = None, credentials: dict | None = None
) -> HttpResponse:
    """Answer 429 after too many wrong passwords, in both languages: the account's own isn't known yet."""
    active = (get_language() or settings.LANGUAGE_CODE)[:2]
    words = {}
    for code in sorted(dict(settings.LANGUAGES), key=lambda code: code != active):
        with translation.override(code):
            words[code] = (_("Too many wrong passwords"), _lock_words(get_cool_off(request)))
    title = words[active][0]
    head = PageHead(title=title, path="/", robots="noindex", alternates=False, header_search=False)
    return render_page(request, "errors/locked.html", head, {"words": words}, status=HTTPStatus.TOO_MANY_REQUESTS)


def _lock_words(cool_off: timedelta | None) -> str:
    """Say how long the account stays locked, in the active language."""
    if not cool_off:
        return _("This account is locked. Write to us, and we open it again.")
    minutes = ceil(cool_off.total_seconds() / 60)
    return ngettext(
        "This account is locked for a while. Try again in %(count)s minute.",
        "This account is locked for a while. Try again in %(count)s minutes.",
        minutes,
    ) % {"count": number(minutes)}


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 from a template without context; if that fails too, from a constant."""
    language = "en" if request.path_info.startswith("/en/") else settings.LANGUAGE_CODE
    try:
        begin_icons()
        with translation.override(language):
            template = cast(Template, loader.get_template("errors/500.html", using="jinja2"))
            html = template.template.render({"lang": language})
    except Exception:
        logger.exception("the error page itself failed")
        html = LAST_RESORT
    return HttpResponse(html, status=500)
