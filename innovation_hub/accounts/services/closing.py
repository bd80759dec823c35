"""Closing an account: by oneself or by an administrator. Nothing is deleted, nothing is left without a keeper."""

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from innovation_hub.accounts import mails
from innovation_hub.accounts.events import closing
from innovation_hub.accounts.models import Membership, User
from innovation_hub.core.audit import audit
from innovation_hub.core.mail import queue_mail
from innovation_hub.core.permissions import ALLOWED, Decision, refuse, require


def can_close(actor: Any, user: User) -> Decision:
    """Say whether ``actor`` may close the account of ``user``: one's own, and administrators any but the last one's."""
    if actor.pk != user.pk and not (actor.is_superuser and actor.is_active):
        return refuse(_("Only the person and administrators may close an account."))
    if is_last_administrator(user):
        return refuse(_("This is the last administrator. Make somebody else one first."))
    return ALLOWED


def is_last_administrator(user: User) -> bool:
    """True when nobody else could run the hub."""
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    return user.is_superuser and user.is_active and not others.exists()


def membership_models() -> list[type[Membership]]:
    """Return the memberships of every app."""
    return [model for model in apps.get_models() if issubclass(model, Membership)]


@transaction.atomic
def close_account(user: User, *, actor: Any) -> None:
    """Close an account: what it keeps passes on, its memberships end yesterday, its sessions end now.

    Raises ``PermissionDenied``; ``ValidationError`` when it is closed already.
    """
    # Two administrators closing each other's accounts at once would leave none.
    list(User.objects.select_for_update().filter(Q(is_superuser=True) | Q(pk=user.pk)).order_by("pk"))
    user = User.objects.get(pk=user.pk)
    require(can_close(actor, user))
    if user.deactivated_at:
        raise ValidationError(_("This account is closed already."))
    closing.send(sender=User, user=user, actor=actor)
    _end_memberships(user)
    was_active = user.is_active
    user.is_active = False
    user.is_superuser = False
    user.deactivated_at = timezone.now()
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    audit("account.closed", actor=actor, account=user.pk)
    if was_active:
        queue_mail(mails.DEACTIVATED, user.email, user.language, user=user.pk)


@transaction.atomic
def reopen_account(user: User, *, actor: Any) -> None:
    """Let a closed account in again, without memberships; its person chooses a password by a mailed link."""
    if not actor.is_superuser:
        require(refuse(_("Only administrators may open a closed account again.")))
    User.objects.filter(pk=user.pk).update(deactivated_at=None, is_active=True)
    user.refresh_from_db()
    audit("account.reopened", actor=actor, account=user.pk)
    queue_mail(mails.RESET, user.email, user.language, user=user.pk)


def _end_memberships(user: User) -> None:
    """End what holds or would begin, with yesterday as the last day."""
    yesterday = timezone.localdate() - timedelta(days=1)
    for model in membership_models():
        model.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=yesterday), user=user).update(
            valid_until=yesterday
        )
