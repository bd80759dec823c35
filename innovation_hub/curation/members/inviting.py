"""Inviting a cohort: accounts that wait for their people, a draft for each, a mail for each; all of it or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from innovation_hub.accounts.addresses import clean_name, clean_office_address
from innovation_hub.accounts.models import User
from innovation_hub.accounts.services.getting_in import account_of
from innovation_hub.agencies.models import Agency
from innovation_hub.agencies.models.agencies import UNKNOWN_CODE
from innovation_hub.agencies.naming import AgencyIndex, AgencyRow
from innovation_hub.core.audit import audit
from innovation_hub.core.mail import queue_mail
from innovation_hub.core.models import Term
from innovation_hub.core.permissions import require
from innovation_hub.core.throttle import within_limit
from innovation_hub.curation.models import CohortInvitation
from innovation_hub.innovations.models import Innovation
from innovation_hub.training.models import Cohort

from . import mails
from .lists import Problem, Row
from .organisations import can_invite

REMINDERS_AN_HOUR = 2


@dataclass(slots=True)
class Invited:
    """What a list led to: new invitations (of whom some had an account), and those that were there before."""

    sent: int = 0
    known: int = 0
    before: int = 0


def check(rows: Iterable[Row], cohort: Cohort) -> list[Row]:
    """Write into each row what is wrong with it, by field, and what is worth knowing; return the rows."""
    rows, seen = list(rows), {}
    for row in rows:
        row.problems = []
        row.name = clean_name(row.name)
        if not row.name:
            row.problems.append(Problem("name", _("The name is missing.")))
        elif "@" in row.name:
            row.problems.append(Problem("name", _("This is an address, not a name.")))
        try:
            row.address = clean_office_address(row.address)
        except ValidationError as error:
            row.problems.append(Problem("address", error.messages[0] if row.address else _("The address is missing.")))
            continue
        if row.address in seen:
            text = _("The same address stands in row %(number)s.") % {"number": seen[row.address]}
            row.problems.append(Problem("address", text))
        seen.setdefault(row.address, row.number)
    known = {user.email: user for user in User.objects.filter(email__in=list(seen))}
    invited = set(cohort.invitations.filter(withdrawn_at__isnull=True).values_list("user_id", flat=True))
    for row in rows:
        user = known.get(row.address)
        if user is None:
            continue
        if user.deactivated_at:
            row.problems.append(Problem("address", _("This account is closed. An administrator can open it again.")))
        elif user.pk in invited:
            row.problems.append(Problem("address", _("Invited already: nothing is sent again."), blocks=False))
        elif user.is_active:
            row.problems.append(Problem("address", _("Has an account: gets the draft there."), blocks=False))
    return rows


@transaction.atomic
def invite(cohort: Cohort, rows: Iterable[Row], *, actor: Any) -> Invited:
    """Invite everyone of a list; repeated, it does nothing twice.

    Raises ``PermissionDenied``, and ``ValidationError`` when a row has a problem: then nothing has happened.
    """
    require(can_invite(actor, cohort))
    # Two lists at once: the second one waits, and finds who was invited by the first.
    Cohort.objects.select_for_update(of=("self",)).only("pk").get(pk=cohort.pk)
    rows = check(rows, cohort)
    if not rows:
        raise ValidationError(_("The list is empty."))
    if not all(row.is_good for row in rows):
        raise ValidationError(_("Some rows have problems: nobody was invited."))
    agencies, done = _agencies(rows), Invited()
    for row in rows:
        user = account_of(row.address) or User.objects.create_user(row.address, name=row.name, is_active=False)
        if cohort.invitations.filter(user=user, withdrawn_at__isnull=True).exists():
            done.before += 1
            continue
        _invite(user, cohort, agencies[row.number], row.agency, actor)
        done.sent += 1
        done.known += user.is_active
    audit("cohort.invited", actor=actor, cohort=cohort.pk, sent=done.sent, known=done.known, before=done.before)
    return done


def _invite(user: User, cohort: Cohort, agency: Agency, agency_raw: str, actor: Any) -> None:
    now = timezone.now()
    entry = Innovation.objects.filter(cohort=cohort, steward=user, merged_into=None).order_by("pk").first()
    invitation, _made = CohortInvitation.objects.update_or_create(
        cohort=cohort,
        user=user,
        defaults={
            "entry": entry or _draft(user, cohort, agency, agency_raw),
            "invited_by": actor,
            "sent_at": now,
            "accepted_at": now if user.is_active else None,
            "withdrawn_at": None,
        },
    )
    queue_mail(mails.COHORT, user.email, user.language, invitation=invitation.pk)


def _draft(user: User, cohort: Cohort, agency: Agency, agency_raw: str) -> Innovation:
    """Begin an entry that ``user`` keeps; nobody has written anything of it yet."""
    with override(user.language):
        title = _now("Untitled draft")
    entry = Innovation(
        title_plain=title,
        agency=agency,
        agency_raw=agency_raw[:255] if agency.is_unknown else "",
        region=None if agency.is_unknown else agency.region,
        cohort=cohort,
        origin_channel=Term.objects.filter(vocabulary="origin_channels", code="pelatihan").first(),
        training_product=cohort.programme.product,
        language=user.language,
        created_by=user,
        steward=user,
        live=False,
    )
    entry.full_clean()
    entry.save()
    entry.save_revision(clean=False)
    return entry


def _agencies(rows: list[Row]) -> dict[int, Agency]:
    """Return the agency of each row: what its words name, else the one that stands for all not yet recognised."""
    unknown, _made = Agency.objects.get_or_create(code=UNKNOWN_CODE, defaults={"name": _now("Not recognised yet")})
    if not any(row.agency for row in rows):
        return {row.number: unknown for row in rows}
    known = {one.pk: one for one in Agency.objects.current().prefetch_related("aliases").select_related("region")}
    index = AgencyIndex.build(
        AgencyRow(
            one.pk,
            one.code,
            one.name,
            tuple(filter(None, (one.short_name, *(alias.name for alias in one.aliases.all())))),
            one.region.code if one.region else "",
        )
        for one in known.values()
        if not one.is_unknown
    )
    return {row.number: known.get(index.match(row.agency).agency_id or 0, unknown) for row in rows}


@transaction.atomic
def resend(invitation: CohortInvitation, *, actor: Any) -> None:
    """Mail an open invitation again; its link lasts anew."""
    require(can_invite(actor, invitation.cohort))
    if invitation.withdrawn_at or invitation.user.deactivated_at:
        raise ValidationError(_("This invitation has been withdrawn."))
    if not within_limit("invitation", str(invitation.pk), REMINDERS_AN_HOUR):
        raise ValidationError(_("It was sent a moment ago. Try again in an hour."))
    invitation.sent_at = timezone.now()
    invitation.save(update_fields=["sent_at"])
    queue_mail(mails.COHORT, invitation.user.email, invitation.user.language, invitation=invitation.pk)
    audit("cohort.invited-again", actor=actor, cohort=invitation.cohort_id, invitation=invitation.pk)


@transaction.atomic
def withdraw(invitation: CohortInvitation, *, actor: Any) -> None:
    """Take an invitation back: a draft that nobody has written goes, and what was known of its person.

    What somebody has begun to write stays theirs.
    """
    require(can_invite(actor, invitation.cohort))
    if invitation.withdrawn_at:
        return
    entry, user = invitation.entry, invitation.user
    invitation.withdrawn_at, invitation.entry = timezone.now(), None
    if entry is not None and is_untouched(entry):
        invitation.save()
        try:
            with transaction.atomic():
                entry.delete()
        except ProtectedError:
            invitation.entry = entry
    else:
        invitation.entry = entry
    invitation.save()
    if user.is_pending and not _is_awaited(user):
        user.name, user.email = "", f"ditarik-{user.pk}@hub.invalid"
        user.save(update_fields=["name", "email"])
    audit("cohort.withdrawn", actor=actor, cohort=invitation.cohort_id, invitation=invitation.pk)


def is_untouched(entry: Innovation) -> bool:
    """True for a draft that nobody has written in and that never went anywhere."""
    return not (entry.live or entry.submitted_at or entry.first_published_at or entry.authorships.exists())


def _is_awaited(user: User) -> bool:
    """True while somebody else waits for this person: another invitation, a membership, an entry."""
    memberships = ("agencymemberships", "institutionmemberships", "labmemberships")
    return (
        user.cohort_invitations.filter(withdrawn_at__isnull=True).exists()
        or any(getattr(user, name).exists() for name in memberships)
        or user.stewarded_innovations.exists()
    )
