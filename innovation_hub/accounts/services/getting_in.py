"""Getting in: asking for an account, for a new password, for another address; and doing it with the mailed link.

Asking has one answer whatever the address is: each request counts, looks once, and queues one mail, which tells the
difference to whoever reads the mailbox.
"""

from typing import Any

from axes.utils import reset as unlock
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from innovation_hub.accounts import mails
from innovation_hub.accounts.events import activated
from innovation_hub.accounts.models import User
from innovation_hub.accounts.tokens import Purpose, TokenUsed, read_token, user_of
from innovation_hub.core.audit import audit
from innovation_hub.core.mail import queue_mail
from innovation_hub.core.throttle import within_limit

# Mails to one address in an hour; what is asked for beyond that has the same answer and no mail.
MAILS_AN_HOUR = 3


def account_of(address: str) -> User | None:
    """Return the account with this (cleaned) address, active or not."""
    return User.objects.filter(email=address).first()


@transaction.atomic
def ask_to_register(address: str, *, name: str, language: str) -> None:
    """Somebody wants an account."""
    user = account_of(address)
    if user is None:
        _mail(mails.CONFIRM, address, language, name=name)
    else:
        _mail(_kind_for(user, mails.KNOWN), user.email, user.language, user=user.pk)


@transaction.atomic
def ask_for_password(address: str, *, language: str) -> None:
    """Somebody has forgotten a password."""
    user = account_of(address)
    if user is None:
        _mail(mails.UNKNOWN, address, language)
    else:
        _mail(_kind_for(user, mails.RESET), user.email, user.language, user=user.pk)


@transaction.atomic
def ask_for_address(user: User, address: str) -> None:
    """``user`` wants to sign in with another address."""
    kind = mails.NEW_ADDRESS if account_of(address) is None else mails.ADDRESS_TAKEN
    _mail(kind, address, user.language, user=user.pk)


def _kind_for(user: User, if_active: str) -> str:
    if user.is_active:
        return if_active
    return mails.INVITATION if user.is_pending else mails.CLOSED


def _mail(kind: str, address: str, language: str, **facts: Any) -> None:
    if within_limit("account-mail", address, MAILS_AN_HOUR):
        queue_mail(kind, address, language, **facts)


def registration_of(token: str) -> tuple[User, bool]:
    """Return the account that a confirmation would make or bring to life, unsaved if new, and whether it is new.

    Raises ``TokenRefused``; a used one when the account lives already.
    """
    facts = read_token(Purpose.REGISTER, token)
    user = account_of(facts["address"])
    if user is None:
        return User(email=facts["address"], name=facts["name"], language=facts["language"]), True
    if not user.is_pending:
        raise TokenUsed
    user.name = user.name or facts["name"]
    return user, False


@transaction.atomic
def confirm_registration(token: str, password: str) -> User:
    """Make the account whose address has been confirmed; raises ``TokenRefused``."""
    user, is_new = registration_of(token)
    if not is_new:
        return _bring_to_life(user, password)
    user = User.objects.create_user(user.email, password, name=user.name, language=user.language)
    audit("account.registered", actor=user, account=user.pk)
    activated.send(sender=User, user=user)
    return user


@transaction.atomic
def accept_invitation(token: str, password: str) -> User:
    """Bring the invited account to life; raises ``TokenRefused``."""
    user, _facts = user_of(Purpose.INVITATION, token)
    return _bring_to_life(User.objects.select_for_update().get(pk=user.pk), password)


def _bring_to_life(user: User, password: str) -> User:
    if not user.is_pending:
        raise TokenUsed
    user.is_active = True
    user.set_password(password)
    user.save()
    audit("account.activated", actor=user, account=user.pk)
    activated.send(sender=User, user=user)
    return user


@transaction.atomic
def choose_password(token: str, password: str) -> User:
    """Set the password that whoever holds the mailed link chose; every session of the account ends."""
    user, _facts = user_of(Purpose.RESET, token)
    if not user.is_active:
        raise TokenUsed
    set_password(user, password)
    unlock(username=user.email)
    return user


def set_password(user: User, password: str) -> None:
    """Set a password; sessions end, since they hold a hash of the old one, and the person is told."""
    user.set_password(password)
    user.save(update_fields=["password"])
    audit("account.password", actor=user, account=user.pk)
    queue_mail(mails.PASSWORD_CHANGED, user.email, user.language, user=user.pk)


@transaction.atomic
def confirm_address(token: str) -> User:
    """Move an account to the address that has been confirmed; raises ``TokenRefused`` or ``ValidationError``."""
    user, facts = user_of(Purpose.ADDRESS, token)
    if not user.is_active:
        raise TokenUsed
    if account_of(facts["address"]) is not None:
        raise ValidationError(_("This address belongs to another account by now."))
    before, user.email = user.email, facts["address"]
    user.save(update_fields=["email"])
    audit("account.address", actor=user, account=user.pk, at=timezone.now())
    queue_mail(mails.ADDRESS_CHANGED, before, user.language, user=user.pk)
    return user
