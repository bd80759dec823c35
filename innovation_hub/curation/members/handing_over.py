"""What passes to whom when an account is closed: no entry is left without somebody who keeps it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from innovation_hub.accounts.events import Row
from innovation_hub.accounts.models import User
from innovation_hub.agencies.models import AgencyMembership
from innovation_hub.core.audit import audit
from innovation_hub.curation.models import CohortInvitation, LabMembership, ReviewTaskState
from innovation_hub.curation.scopes import Coverage
from innovation_hub.innovations.models import Innovation
from search.outbox import enqueue


def kept_by(user: Any) -> list[Innovation]:
    """Return the entries that ``user`` keeps."""
    return list(Innovation.objects.filter(steward=user).select_related("agency", "region").order_by("pk"))


def successor_of(entry: Innovation, leaving: Any, coverage: Coverage) -> User | None:
    """Return who keeps ``entry`` next: a reviewer of its agency or of one above, else its lab, else an administrator.

    Of several, the one who has had the role longest.
    """
    reviewers = AgencyMembership.objects.active().exclude(user=leaving).select_related("user")
    for agency in entry.agency.chain():
        held = reviewers.filter(agency=agency, role=AgencyMembership.Role.REVIEWER)
        if found := held.order_by("valid_from", "pk").first():
            return found.user
    labs = coverage.labs_of(entry.region.code if entry.region_id else None, entry.programme_id)
    staff = LabMembership.objects.active().filter(lab__in=labs).exclude(user=leaving).select_related("user")
    if found := staff.order_by("-role", "valid_from", "pk").first():
        return found.user
    return User.objects.filter(is_superuser=True, is_active=True).exclude(pk=leaving.pk).order_by("pk").first()


def what_passes(user: Any) -> list[Row]:
    """Return each entry that ``user`` keeps, with who would keep it."""
    coverage = Coverage()
    return [
        Row(entry.title_plain, note=successor_of(entry, user, coverage) or _("nobody yet")) for entry in kept_by(user)
    ]


def hand_over(sender: Any, user: Any, actor: Any, **kwargs: Any) -> None:
    """Pass on what ``user`` keeps, give back the reviews they have taken, withdraw their open invitations."""
    coverage = Coverage()
    for entry in kept_by(user):
        successor = successor_of(entry, user, coverage)
        if successor is None:
            raise ValidationError(_("Nobody could take over what this account keeps."))
        Innovation.objects.filter(pk=entry.pk).update(steward=successor)
        data = {"from": user.pk, "to": successor.pk}
        log(instance=entry, action="innovation.steward", user=actor, data=data)
        audit("innovation.steward", actor=actor, entry=entry.pk, **data)
        enqueue("innovation", [entry.pk])
    ReviewTaskState.objects.filter(taken_by=user, open_since__isnull=False).update(taken_by=None, taken_at=None)
    CohortInvitation.objects.filter(user=user, accepted_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())
