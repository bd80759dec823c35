"""What this package contributes to accounts: mails, parts of one's own page, what happens when one comes or goes."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from innovation_hub.accounts.events import Row, Section, activated, closing, register_hand_over, register_section
from innovation_hub.curation.models import CohortInvitation
from innovation_hub.innovations.models import Innovation

from . import mails
from .handing_over import hand_over, what_passes

MOST_SHOWN = 50


def accept(sender: Any, user: Any, **kwargs: Any) -> None:
    """Whoever has an account now has accepted every invitation that waited."""
    waiting = CohortInvitation.objects.filter(user=user, accepted_at=None, withdrawn_at=None)
    waiting.update(accepted_at=timezone.now())


def own_entries(user: Any) -> Section:
    """Return the entries that ``user`` keeps, for their account page."""
    kept = Innovation.objects.filter(steward=user, merged_into=None, withdrawn_at=None).select_related("cohort")
    rows = [
        Row(entry.title_plain, _address_of(entry), entry.cohort.label if entry.cohort_id else "")
        for entry in kept.order_by("-updated_at", "-pk")[:MOST_SHOWN]
    ]
    return Section(_("Entries that you keep"), rows)


def _address_of(entry: Innovation) -> str:
    """Return where its keeper works on it."""
    try:
        return reverse("write_overview", args=[entry.pk])
    except NoReverseMatch:
        return reverse("hub_innovations:edit", args=[entry.pk])


def connect() -> None:
    """Connect all of it; called once, when the app is ready."""
    mails.register()
    register_section("entries", own_entries)
    register_hand_over("entries", what_passes)
    activated.connect(accept, dispatch_uid="cohort-invitations-accepted")
    closing.connect(hand_over, dispatch_uid="entries-handed-over")
