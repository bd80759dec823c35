"""What the mails about accounts say. Each is written in the language of whoever reads it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innovation_hub.accounts.addresses import is_office
from innovation_hub.accounts.models import User
from innovation_hub.accounts.tokens import LIFETIMES, Purpose, make_token, token_for
from innovation_hub.core.mail import Composer, Message, register_mail, whole_address

Facts = Mapping[str, Any]

CONFIRM = "accounts.confirm"
KNOWN = "accounts.known"
CLOSED = "accounts.closed"
UNKNOWN = "accounts.unknown"
RESET = "accounts.reset"
PASSWORD_CHANGED = "accounts.password-changed"  # noqa: S105  the name of a mail
NEW_ADDRESS = "accounts.new-address"
ADDRESS_TAKEN = "accounts.address-taken"
ADDRESS_CHANGED = "accounts.address-changed"
INVITATION = "accounts.invitation"
DEACTIVATED = "accounts.deactivated"


def letter(name: str, *paragraphs: str) -> str:
    """Return a mail's text: greeting, paragraphs, and who writes."""
    greeting = _("Dear %(name)s,") % {"name": name} if name else _("Good day,")
    questions = _("Questions: %(contact)s") % {"contact": settings.HUB_CONTACT_EMAIL}
    sender = f"{settings.SITE_NAME}\n{questions}"
    return "\n\n".join([greeting, *paragraphs, sender]) + "\n"


def link_to(name: str, *args: Any, language: str) -> str:
    """Return the whole address of a page, in the reader's language."""
    return whole_address(reverse(name, args=args), language)


def lasts(purpose: Purpose) -> str:
    """Say how long a link is good."""
    hours = int(LIFETIMES[purpose].total_seconds() // 3600)
    if hours < 24:
        text = ngettext(
            "The link works once, within %(count)s hour.", "The link works once, within %(count)s hours.", hours
        )
        return text % {"count": hours}
    text = ngettext(
        "The link works once, within %(count)s day.", "The link works once, within %(count)s days.", hours // 24
    )
    return text % {"count": hours // 24}


def _ignore() -> str:
    return _("If it wasn't you, do nothing: without you nothing happens.")


def _user(facts: Facts) -> User | None:
    return User.objects.filter(pk=facts["user"]).first()


def _confirm(facts: Facts) -> Message:
    token = make_token(Purpose.REGISTER, address=facts["address"], name=facts["name"], language=facts["language"])
    return Message(
        _("Confirm your address"),
        letter(
            facts["name"],
            _("somebody, probably you, asked for an account with this address. Choose a password here:"),
            link_to("register_confirm", token, language=facts["language"]),
            lasts(Purpose.REGISTER),
            _ignore(),
        ),
    )


def _known(facts: Facts) -> Message | None:
    user = _user(facts)
    return user and Message(
        _("You have an account already"),
        letter(
            str(user),
            _("somebody, probably you, asked for a new account with this address. It has one already. Sign in here:"),
            whole_address(reverse("wagtailadmin_login"), settings.LANGUAGE_CODE),
            _("If you have forgotten the password, choose a new one here:"),
            link_to("password_forgotten", language=facts["language"]),
            _ignore(),
        ),
    )


def _closed(facts: Facts) -> Message:
    return Message(
        _("Your account is closed"),
        letter(
            "",
            _("somebody, probably you, wanted to use an account with this address. It has been closed."),
            _("If you need it again, answer to the address below."),
        ),
    )


def _unknown(facts: Facts) -> Message | None:
    """Say that there is no account; to office addresses only, so that nobody uses the hub to bother others."""
    if not is_office(facts["address"]):
        return None
    return Message(
        _("There is no account with this address"),
        letter(
            "",
            _("somebody, probably you, wanted to choose a new password. There is no account with this address; perhaps "
              "yours has another one. You can make an account here:"),
            link_to("register", language=facts["language"]),
            _ignore(),
        ),
    )  # fmt: skip


def _reset(facts: Facts) -> Message | None:
    user = _user(facts)
    if user is None or not user.is_active:
        return None
    return Message(
        _("Choose a new password"),
        letter(
            str(user),
            _("somebody, probably you, forgot the password of this account. Choose a new one here:"),
            link_to("password_new", token_for(Purpose.RESET, user), language=facts["language"]),
            lasts(Purpose.RESET),
            _ignore(),
        ),
    )


def _password_changed(facts: Facts) -> Message | None:
    user = _user(facts)
    return user and Message(
        _("Your password was changed"),
        letter(
            str(user),
            _("the password of your account was changed; all devices have been signed out."),
            _("If it wasn't you, choose another one at once, and write to us:"),
            link_to("password_forgotten", language=facts["language"]),
        ),
    )


def _new_address(facts: Facts) -> Message | None:
    user = _user(facts)
    if user is None or not user.is_active:
        return None
    token = token_for(Purpose.ADDRESS, user, address=facts["address"])
    return Message(
        _("Confirm your new address"),
        letter(
            str(user),
            _("you want to sign in with this address from now on. Confirm it here:"),
            link_to("address_confirm", token, language=facts["language"]),
            lasts(Purpose.ADDRESS),
            _ignore(),
        ),
    )


def _address_taken(facts: Facts) -> Message:
    return Message(
        _("This address belongs to an account already"),
        letter(
            "",
            _("somebody wanted to move another account to this address. It belongs to an account already, so nothing "
              "was changed. If both accounts are yours, write to us."),
        ),
    )  # fmt: skip


def _address_changed(facts: Facts) -> Message | None:
    user = _user(facts)
    return user and Message(
        _("Your address was changed"),
        letter(
            str(user),
            _("your account has another address now, and this one no longer signs in."),
            _("If it wasn't you, write to us at once."),
        ),
    )


def _invitation(facts: Facts) -> Message | None:
    user = _user(facts)
    if user is None or not user.is_pending or user.email != facts["address"]:
        return None
    return Message(
        _("Your invitation"),
        letter(
            str(user),
            facts.get("why") or _("you have been invited to the registry of innovations of civil servants."),
            _("Choose a password here, and your account is ready:"),
            link_to("invitation", token_for(Purpose.INVITATION, user), language=facts["language"]),
            lasts(Purpose.INVITATION),
            _("If you don't want an account, do nothing."),
        ),
    )


def _deactivated(facts: Facts) -> Message | None:
    user = _user(facts)
    return user and Message(
        _("Your account is closed"),
        letter(
            str(user),
            _("your account was closed. What you kept has been handed over; what you did stays in the record."),
            _("If it wasn't you, write to us at once."),
        ),
    )


COMPOSERS: dict[str, Composer] = {
    CONFIRM: _confirm,
    KNOWN: _known,
    CLOSED: _closed,
    UNKNOWN: _unknown,
    RESET: _reset,
    PASSWORD_CHANGED: _password_changed,
    NEW_ADDRESS: _new_address,
    ADDRESS_TAKEN: _address_taken,
    ADDRESS_CHANGED: _address_changed,
    INVITATION: _invitation,
    DEACTIVATED: _deactivated,
}


def register() -> None:
    """Register these mails."""
    for kind, composer in COMPOSERS.items():
        register_mail(kind, composer)
