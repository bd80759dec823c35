"""What the desk offers while an entry waits for its mentor: the mail again, another address, going on without."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from innovation_hub.curation import people
from innovation_hub.curation.forms import MentorAddressForm, SkipForm
from innovation_hub.curation.models import ReviewTaskState
from innovation_hub.curation.queue import QueueFilters
from innovation_hub.curation.services import mentors

from .access import desk_address, open_review, says_why

# What the forms are called in their own posts.
MENTOR, SKIP = "mentor", "lewati"


def mentor_context(review: ReviewTaskState, user: Any, forms: dict[str, Form]) -> dict[str, Any]:
    """Return what ``user`` sees and may do of the mentor's step; nothing at other steps."""
    if not mentors.is_mentors(review):
        return {"is_mentors": False}
    may_ask = bool(mentors.can_ask_again(review, user))
    person = people.mentor_of(review.entry_id) if may_ask else None
    link = review.mentor_links.order_by("-pk").first()
    return {
        "is_mentors": True,
        "mentor": person,
        "mentor_link": link,
        "link_expired": link is not None and link.expires_at <= timezone.now(),
        "may_ask_mentor": may_ask,
        "mentor_form": forms.get(MENTOR) or MentorAddressForm(prefix=MENTOR),
        "may_skip_mentor": bool(mentors.can_skip(review, user)),
        "skip_form": forms.get(SKIP) or SkipForm(prefix=SKIP),
    }


@require_POST
@says_why
def ask_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the mentor's mail again, to another address where one was written."""
    review = open_review(request, pk)
    form = MentorAddressForm(request.POST, prefix=MENTOR)
    return _carry_out(request, review, MENTOR, form, mentors.ask_again, _("The mentor gets a new mail."))


@require_POST
@says_why
def skip(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on without the mentor's answer."""
    review = open_review(request, pk)
    form = SkipForm(request.POST, prefix=SKIP)
    return _carry_out(request, review, SKIP, form, mentors.go_on_without, _("The entry goes on without the mentor."))


def _carry_out(
    request: HttpRequest, review: ReviewTaskState, kind: str, form: Form, service: Any, done: str
) -> HttpResponse:
    """Do it and lead back to the desk; mistakes come back beside their fields."""
    from .desk import DeskView

    if form.is_valid():
        try:
            service(review, actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
    if form.errors:
        messages.error(request, _("Nothing was done: please look at the marked fields."))
        view = DeskView()
        view.setup(request, pk=review.pk)
        return view.show(review, {kind: form})
    messages.success(request, done)
    return redirect(desk_address(review, QueueFilters.from_query(request.GET)))
