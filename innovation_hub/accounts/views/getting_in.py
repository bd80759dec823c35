"""Registering, forgotten passwords, invitations. Looking at a page changes nothing; sending its form does."""

from collections.abc import Callable

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from innovation_hub.accounts.forms import AskForPasswordForm, NewPasswordForm, RegisterForm
from innovation_hub.accounts.models import User
from innovation_hub.accounts.services import getting_in
from innovation_hub.accounts.tokens import Purpose, TokenRefused, TokenUsed, user_of

from .private import page, private, refused_link, said, too_many

BACKEND = "django.contrib.auth.backends.ModelBackend"


def _look_into_your_mailbox(request: HttpRequest, address: str) -> HttpResponse:
    """The one answer to whoever asks, whatever the address is."""
    return said(
        request,
        _("Look into your mailbox"),
        _("We have sent a mail to %(address)s. It says how to go on.") % {"address": address},
        _("If none comes within a few minutes, look into the folder for unwanted mail, or try again in an hour."),
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Ask for an account."""
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and (answer := too_many(request)):
        return answer
    if request.method == "POST" and form.is_valid():
        address, name = form.cleaned_data["address"], form.cleaned_data["name"]
        if not form.is_from_a_robot:
            getting_in.ask_to_register(address, name=name, language=(get_language() or "id")[:2])
        return _look_into_your_mailbox(request, address)
    context = {
        "form": form,
        "lead": _("With an account you register innovations of your office and follow them until they are published."),
        "submit": _("Send me the link"),
        "links": [(reverse("wagtailadmin_login"), _("I have an account"))],
    }
    return page(request, "accounts/form.html", _("Register"), context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def password_forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link with which to choose another password."""
    form = AskForPasswordForm(request.POST or None)
    if request.method == "POST" and (answer := too_many(request)):
        return answer
    if request.method == "POST" and form.is_valid():
        if not form.is_from_a_robot:
            getting_in.ask_for_password(form.cleaned_data["address"], language=(get_language() or "id")[:2])
        return _look_into_your_mailbox(request, form.cleaned_data["address"])
    context = {
        "form": form,
        "lead": _("We send you a link with which you choose a new password."),
        "submit": _("Send me the link"),
        "links": [(reverse("register"), _("I have no account yet"))],
    }
    return page(request, "accounts/form.html", _("Forgotten password"), context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def register_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Choose the password of the account whose address the link confirms."""

    def subject() -> User:
        return getting_in.registration_of(token)[0]

    return _first_password(
        request, subject, lambda password: getting_in.confirm_registration(token, password), reverse("register")
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: choose a password."""

    def subject() -> User:
        user, _facts = user_of(Purpose.INVITATION, token)
        if not user.is_pending:
            raise TokenUsed
        return user

    return _first_password(
        request, subject, lambda password: getting_in.accept_invitation(token, password), reverse("password_forgotten")
    )


def _first_password(
    request: HttpRequest, subject: Callable[[], User], act: Callable[[str], User], again: str
) -> HttpResponse:
    """Show the form for ``subject`` and ``act`` on it; whoever did it is signed in."""
    try:
        user = subject()
        form = NewPasswordForm(request.POST or None, user=user)
        if request.method == "POST" and form.is_valid():
            made = act(form.cleaned_data["password"])
            login(request, made, backend=BACKEND)
            return redirect("account")
    except TokenRefused as error:
        return refused_link(request, error, again, _("Ask for another link"))
    context = {
        "form": form,
        "lead": _("Choose a password for %(address)s.") % {"address": user.email},
        "submit": _("Open my account"),
    }
    return page(request, "accounts/form.html", _("Welcome, %(name)s") % {"name": user}, context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def password_new(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a new password with the mailed link; all sessions of the account end."""
    try:
        user, _facts = user_of(Purpose.RESET, token)
        if not user.is_active:
            raise TokenUsed
        form = NewPasswordForm(request.POST or None, user=user)
        if request.method == "POST" and form.is_valid():
            getting_in.choose_password(token, form.cleaned_data["password"])
            return said(
                request,
                _("Your password is changed"),
                _("All devices have been signed out. Sign in with the new password."),
                links=[(reverse("wagtailadmin_login"), _("Sign in"))],
            )
    except TokenRefused as error:
        return refused_link(request, error, reverse("password_forgotten"), _("Ask for another link"))
    context = {
        "form": form,
        "lead": _("For %(address)s.") % {"address": user.email},
        "submit": _("Change the password"),
    }
    return page(request, "accounts/form.html", _("Choose a new password"), context)
