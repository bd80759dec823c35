"""The page on which a mentor without an account answers.

It opens by the secret in its address alone: no session, no cookie, and therefore no CSRF token, which would ask for a
referrer that the page forbids browsers to send. Looking at it never has an effect; answering is a POST.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from innovation_hub.core.pages import PageHead, render_page
from innovation_hub.core.throttle import client_of, within_short_limit
from innovation_hub.curation.forms import MentorConfirmForm, MentorReturnForm
from innovation_hub.curation.models import LinkState, MentorLink
from innovation_hub.curation.services import mentors
from innovation_hub.curation.services.checks import training_facts
from innovation_hub.innovations.models import Innovation

# Wrong addresses a client may ask for in ten minutes, and answers that may be tried with one link.
MISSES, ANSWERS, SECONDS = 30, 20, 600
CONFIRM, RETURN = "konfirmasi", "kembalikan"
UNKNOWN = "unknown"

_ASK = gettext_lazy("If you need a new link, ask whoever registered the innovation, or its training institution.")
# What a link is, in words, and what to do: title, sentences.
CLOSED = {
    LinkState.USED: (
        gettext_lazy("You have already answered"),
        [gettext_lazy("Your answer is recorded, and each link works once. There is nothing more for you to do.")],
    ),
    LinkState.EXPIRED: (
        gettext_lazy("This link has expired"),
        [gettext_lazy("For safety, links end after 14 days."), _ASK],
    ),
    LinkState.REPLACED: (
        gettext_lazy("This link is no longer valid"),
        [
            gettext_lazy(
                "The entry has changed or moved on, or a newer mail was sent. Use the link of the newest mail."
            ),
            gettext_lazy("If you have no newer mail, there is nothing for you to do at present."),
            _ASK,
        ],
    ),
    UNKNOWN: (
        gettext_lazy("We don't know this link"),
        [
            gettext_lazy("Mail programs sometimes cut long addresses. Copy the whole line from the mail."),
            _ASK,
        ],
    ),
}


def secret_address(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep the address of a page out of caches, search engines and the referrers of what it links to."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return answer


@csrf_exempt
@secret_address
@require_http_methods(["GET", "HEAD", "POST"])
def mentor_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show the version under review and take the answer; say of any other link what it is and what to do."""
    if not mentors.is_signed(token) and _too_often("misses", client_of(request), MISSES):
        return _closed(request, UNKNOWN, 429)
    link = mentors.find_link(token)
    if link is None:
        return _closed(request, UNKNOWN, 404)
    if link.state is not LinkState.VALID:
        return _closed(request, link.state, 410)
    if request.method != "POST":
        return _page(request, link, {})
    if _too_often("answers", link.digest, ANSWERS):
        return _page(request, link, {}, status=429)
    return _answer(request, link)


def _too_often(what: str, whose: str, most: int) -> bool:
    return not within_short_limit(f"mentor-{what}", whose, most, SECONDS)


def _answer(request: HttpRequest, link: MentorLink) -> HttpResponse:
    confirms = request.POST.get("decision") == CONFIRM
    kind, form_class = (CONFIRM, MentorConfirmForm) if confirms else (RETURN, MentorReturnForm)
    form = form_class(request.POST, prefix=kind)
    if not form.is_valid():
        return _page(request, link, {kind: form})
    try:
        mentors.answer(link, confirm=confirms, **form.cleaned_data)
    except mentors.LinkClosed as error:
        return _closed(request, error.state, 410)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, link, {kind: form})
    title = _("Thank you, it is confirmed") if confirms else _("Thank you, it goes back to its writer")
    words = [
        _("The entry goes on to the next step.")
        if confirms
        else _("The writer sees your reason and comment. When the entry is sent again, you get a new mail."),
        _("You can close this page. The link has been used up."),
    ]
    return _message(request, title, words)


def _page(request: HttpRequest, link: MentorLink, forms: dict[str, Any], status: int = 200) -> HttpResponse:
    version = link.revision.as_object()
    context = {
        "title": link.review.readable_title,
        "name": version.brand_name,
        "summary": version.summary,
        "facts": facts_of(link, version),
        "expires": link.expires_at,
        "confirm_form": forms.get(CONFIRM) or MentorConfirmForm(prefix=CONFIRM),
        "return_form": forms.get(RETURN) or MentorReturnForm(prefix=RETURN),
        "wrong": bool(forms),
        "too_often": status == 429,
    }
    return render_page(request, "curation/mentor.html", _head(_("Confirm an innovation")), context, status=status)


def facts_of(link: MentorLink, version: Innovation) -> list[tuple[str, str]]:
    """Return (label, words) of whose innovation it is and of the training it came from."""
    sender = link.review.workflow_state.requested_by
    pairs = [
        (_("Sent by"), sender.name if sender else ""),
        (_("Agency"), version.agency_name),
        (_("Unit"), version.unit.name if version.unit_id else ""),
    ]
    return [(str(label), capfirst(str(words))) for label, words in [*pairs, *training_facts(version)] if words]


def _closed(request: HttpRequest, state: str, status: int) -> HttpResponse:
    title, words = CLOSED[state]
    return _message(request, str(title), [str(one) for one in words], status=status)


def _message(request: HttpRequest, title: str, words: list[str], status: int = 200) -> HttpResponse:
    context = {"title": title, "words": words}
    return render_page(request, "curation/mentor_message.html", _head(title), context, status=status)


def _head(title: str) -> PageHead:
    return PageHead(title=title, robots="noindex, nofollow", alternates=False, header_search=False)
