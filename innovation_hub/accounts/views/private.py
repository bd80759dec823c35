"""What all pages about accounts have in common: never kept, never indexed, telling nobody where the reader was."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from innovation_hub.accounts.tokens import TokenBroken, TokenExpired, TokenRefused
from innovation_hub.core.pages import PageHead, render_page
from innovation_hub.core.throttle import client_of, within_limit

View = Callable[..., HttpResponse]

# Requests of one machine in an hour; offices share an address, so it is generous.
REQUESTS_AN_HOUR = 60


def private(view: View) -> View:
    """Make a page private."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        # Not "no-referrer": browsers then send forms with "Origin: null", which the CSRF check refuses.
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return sensitive_post_parameters()(answer)


def page(
    request: HttpRequest, template: str, title: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Render a page whose address may hold a secret: nothing in it repeats the address but the form itself."""
    head = PageHead(title=title, robots="noindex", alternates=False, header_search=False)
    token = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
    return render_page(request, template, head, {"title": title, "csrf_input": token, **(context or {})}, status=status)


def said(request: HttpRequest, title: str, *paragraphs: str, links: Any = (), status: int = 200) -> HttpResponse:
    """Answer with a few sentences and where to go on: ``links`` are (address, words)."""
    context = {"paragraphs": paragraphs, "links": list(links)}
    return page(request, "accounts/said.html", title, context, status=status)


def too_many(request: HttpRequest) -> HttpResponse | None:
    """Count this request of the machine; return the answer when there were too many, else nothing."""
    if within_limit("account-request", client_of(request), REQUESTS_AN_HOUR):
        return None
    return said(
        request,
        _("Too many requests"),
        _("Much was asked from your network within an hour. Try again later."),
        status=429,
    )


def refused_link(request: HttpRequest, error: TokenRefused, again: str, words: str) -> HttpResponse:
    """Say why a link opens nothing, and where to get another: ``again`` is an address, ``words`` lead there."""
    if isinstance(error, TokenExpired):
        title, why = _("This link has expired"), _("Links in mails are good for a limited time only.")
    elif isinstance(error, TokenBroken):
        title, why = _("This link is not complete"), _("Copy the whole address out of the mail, in one line.")
    else:
        title = _("This link has been used")
        why = _("It works once. Perhaps you are done already; otherwise ask for another one.")
    status = 404 if isinstance(error, TokenBroken) else 410
    return said(request, title, why, links=[(again, words)] if again else [], status=status)
