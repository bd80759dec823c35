"""What the mails about memberships and cohorts say."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from innovation_hub.accounts.mails import lasts, letter, link_to
from innovation_hub.accounts.models import User
from innovation_hub.accounts.tokens import Purpose, token_for
from innovation_hub.core.mail import Message, register_mail, whole_address
from innovation_hub.curation.models import CohortInvitation

from .organisations import KINDS

Facts = Mapping[str, Any]

MEMBERSHIP = "curation.membership"
MEMBERSHIP_INVITATION = "curation.membership-invitation"
COHORT = "curation.cohort"


def _choose_password(user: User, language: str) -> tuple[str, ...]:
    return (
        _("Choose a password here, and your account is ready:"),
        link_to("invitation", token_for(Purpose.INVITATION, user), language=language),
        lasts(Purpose.INVITATION),
        _("If you don't want an account, do nothing."),
    )


def _membership(facts: Facts) -> Message | None:
    membership = KINDS[facts["kind"]].objects.select_related("user").filter(pk=facts["membership"]).first()
    if membership is None or membership.user.deactivated_at:
        return None
    user = membership.user
    words = {"role": membership.get_role_display(), "organisation": membership.organisation}
    what = _("you have a role for %(organisation)s now: %(role)s.") % words
    if user.is_pending:
        return Message(_("Your invitation"), letter(str(user), what, *_choose_password(user, facts["language"])))
    desk = whole_address(reverse("wagtailadmin_home"), "id")
    return Message(_("You have a new role"), letter(str(user), what, _("This is your desk:"), desk))


def _cohort(facts: Facts) -> Message | None:
    found = CohortInvitation.objects.select_related("user", "cohort__programme", "cohort__institution")
    invitation = found.filter(pk=facts["invitation"], withdrawn_at__isnull=True).first()
    if invitation is None or invitation.user.deactivated_at or invitation.user.email != facts["address"]:
        return None
    user = invitation.user
    what = _(
        "%(institution)s asks you to register what you made in %(cohort)s. A draft is ready; you write it in your "
        "own time, and hand it in when it is complete."
    ) % {
        "institution": invitation.cohort.institution,
        "cohort": f"{invitation.cohort.programme.short} {invitation.cohort.label}",
    }
    subject = _("Register your innovation: %(cohort)s") % {"cohort": invitation.cohort.label}
    if user.is_pending:
        return Message(subject, letter(str(user), what, *_choose_password(user, facts["language"])))
    here = link_to("account", language=facts["language"])
    return Message(subject, letter(str(user), what, _("You find it in your account:"), here))


def register() -> None:
    """Register these mails."""
    register_mail(MEMBERSHIP, _membership)
    register_mail(MEMBERSHIP_INVITATION, _membership)
    register_mail(COHORT, _cohort)
