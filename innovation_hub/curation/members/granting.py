"""Giving roles in an organisation and ending them; each is audited, and the person is told."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from innovation_hub.accounts.addresses import clean_name, clean_office_address
from innovation_hub.accounts.models import Membership, User
from innovation_hub.accounts.services.getting_in import account_of
from innovation_hub.core.audit import audit
from innovation_hub.core.mail import queue_mail
from innovation_hub.core.permissions import require

from . import mails
from .organisations import KINDS, can_end, can_grant, kind_of


@transaction.atomic
def grant(
    organisation: Any,
    *,
    address: str,
    role: str,
    actor: Any,
    name: str = "",
    since: date | None = None,
    until: date | None = None,
) -> Membership:
    """Give a role to whoever has ``address``; somebody without an account gets one, and an invitation.

    Raises ``PermissionDenied``, ``ValidationError`` naming the field.
    """
    require(can_grant(actor, organisation, role))
    model = KINDS[kind_of(organisation)]
    since = since or timezone.localdate()
    _check(model, role, since, until)
    user = _person(address, name)
    require(can_grant(actor, organisation, role, to=user))
    field = model.organisation_field()
    held = model.objects.select_for_update().filter(user=user, role=role, **{field: organisation})
    if held.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=since)).exists():
        raise ValidationError({"address": _("This person has the role already.")})
    membership = model.objects.create(
        user=user, role=role, valid_from=since, valid_until=until, granted_by=actor, **{field: organisation}
    )
    _audit("membership.granted", membership, actor)
    kind = mails.MEMBERSHIP_INVITATION if user.is_pending else mails.MEMBERSHIP
    queue_mail(kind, user.email, user.language, user=user.pk, kind=kind_of(organisation), membership=membership.pk)
    return membership


@transaction.atomic
def end(membership: Membership, *, actor: Any, last_day: date | None = None) -> None:
    """End a membership: at once, or after ``last_day``. Raises ``PermissionDenied`` or ``ValidationError``."""
    require(can_end(actor, membership))
    yesterday = timezone.localdate() - timedelta(days=1)
    last_day = last_day or yesterday
    if last_day < yesterday:
        raise ValidationError({"last_day": _("The past stays as it was: choose today or later.")})
    if membership.valid_until and membership.valid_until <= last_day:
        raise ValidationError({"last_day": _("This membership ends earlier already.")})
    membership.valid_until = last_day
    membership.save()
    _audit("membership.ended", membership, actor)


def note_saved(membership: Membership, actor: Any) -> None:
    """Audit what was saved on the membership screens of the admin."""
    _audit("membership.saved", membership, actor)


def _check(model: type[Membership], role: str, since: date, until: date | None) -> None:
    if role not in dict(model._meta.get_field("role").choices or ()):
        raise ValidationError({"role": _("Choose a role from the list.")})
    if since < timezone.localdate():
        raise ValidationError({"since": _("A role can't begin in the past.")})
    if until and until < since:
        raise ValidationError({"until": _("The last day is before the first.")})


def _person(address: str, name: str) -> User:
    """Return the account of an address, a new one that waits for its person where there is none."""
    try:
        address = clean_office_address(address)
    except ValidationError as error:
        raise ValidationError({"address": error.messages}) from error
    user = account_of(address)
    if user is None:
        if not clean_name(name):
            raise ValidationError({"name": _("There is no account with this address yet: write the person's name.")})
        return User.objects.create_user(address, name=clean_name(name), is_active=False)
    if user.deactivated_at:
        raise ValidationError({"address": _("This account is closed. An administrator can open it again.")})
    return user


def _audit(action: str, membership: Membership, actor: Any) -> None:
    audit(
        action,
        actor=actor,
        membership=membership.pk,
        organisation=f"{kind_of(membership.organisation)}:{membership.organisation.pk}",
        account=membership.user_id,
        role=membership.role,
        until=membership.valid_until,
    )
