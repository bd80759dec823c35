"""The tokens of mailed links: signed, expiring, good once.

A token says what it is for and for whom. What makes it good only once is the state it was made in: password, address
and standing of the account, of which it carries a keyed hash; after any of them has changed it opens nothing.
"""

from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from innovation_hub.accounts.models import User


class Purpose(StrEnum):
    """What a link is for."""

    REGISTER = "register"
    RESET = "reset"
    ADDRESS = "address"
    INVITATION = "invitation"


LIFETIMES = {
    Purpose.REGISTER: timedelta(days=2),
    Purpose.RESET: timedelta(hours=2),
    Purpose.ADDRESS: timedelta(days=2),
    Purpose.INVITATION: timedelta(days=14),
}


class TokenRefused(Exception):
    """Raised for a token that opens nothing; subclasses say why."""


class TokenBroken(TokenRefused):
    """It was never made here, or not for this."""


class TokenExpired(TokenRefused):
    """Its time is over."""


class TokenUsed(TokenRefused):
    """It has been used, or something it stood on has changed."""


def make_token(purpose: Purpose, **facts: Any) -> str:
    """Return a token that carries ``facts``."""
    return signing.dumps(facts, salt=_salt(purpose), compress=True)


def read_token(purpose: Purpose, token: str) -> dict[str, Any]:
    """Return the facts of a token; raises :class:`TokenRefused`."""
    try:
        return signing.loads(token, salt=_salt(purpose), max_age=LIFETIMES[purpose])
    except signing.SignatureExpired as error:
        raise TokenExpired from error
    except (signing.BadSignature, ValueError) as error:
        raise TokenBroken from error


def token_for(purpose: Purpose, user: User, **facts: Any) -> str:
    """Return a token for an account in its present state."""
    return make_token(purpose, u=user.pk, s=_state(purpose, user), **facts)


def user_of(purpose: Purpose, token: str) -> tuple[User, dict[str, Any]]:
    """Return the account of a token and its other facts; raises :class:`TokenRefused`."""
    facts = read_token(purpose, token)
    user = User.objects.filter(pk=facts.get("u")).first()
    if user is None:
        raise TokenBroken
    if not constant_time_compare(facts.get("s", ""), _state(purpose, user)):
        raise TokenUsed
    return user, facts


def _salt(purpose: Purpose) -> str:
    return f"innovation_hub.accounts.{purpose}"


def _state(purpose: Purpose, user: User) -> str:
    signed_in = user.last_login.isoformat() if user.last_login and purpose is Purpose.RESET else ""
    parts = (user.pk, user.password, user.email, user.is_active, user.deactivated_at, signed_in)
    return salted_hmac(_salt(purpose), "|".join(map(str, parts)), algorithm="sha256").hexdigest()
