"""My account: name, language, address, password, memberships, and the way out."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from innovation_hub.accounts.events import hand_over_of, sections_of
from innovation_hub.accounts.forms import ChangeAddressForm, ChangePasswordForm, ClosingForm, ProfileForm
from innovation_hub.accounts.models import Membership
from innovation_hub.accounts.services import closing, getting_in
from innovation_hub.accounts.tokens import Purpose, TokenRefused, TokenUsed, user_of
from innovation_hub.core.audit import audit
from innovation_hub.core.pages import path_in
from innovation_hub.core.throttle import within_limit

from .private import page, private, refused_link, said

WRONG_PASSWORDS_AN_HOUR = 20


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lead others to the sign-in page and back."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))
        return view(request, *args, **kwargs)

    return private(answer)


def memberships_of(user: Any) -> list[Membership]:
    """Return what ``user`` does and did for organisations, the newest first."""
    found: list[Membership] = []
    for model in closing.membership_models():
        found += model.objects.filter(user=user).select_related(model.organisation_field())
    return sorted(found, key=lambda one: (one.is_active, one.valid_from), reverse=True)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account, and take name and language."""
    user: Any = request.user
    form = ProfileForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        user.name, user.language = form.cleaned_data["name"], form.cleaned_data["language"]
        user.save(update_fields=["name", "language"])
        audit("account.profile", actor=user, account=user.pk)
        return redirect(path_in(reverse("account"), user.language) + "?tersimpan")
    context = {
        "form": form,
        "saved": "tersimpan" in request.GET,
        "account": user,
        "memberships": memberships_of(user),
        "sections": sections_of(user),
    }
    return page(request, "accounts/account.html", _("My account"), context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; other devices are signed out."""
    user: Any = request.user
    form = ChangePasswordForm(request.POST or None, user=user)
    if request.method == "POST" and _may_try(user, form):
        getting_in.set_password(user, form.cleaned_data["password"])
        update_session_auth_hash(request, user)
        return said(
            request,
            _("Your password is changed"),
            _("All other devices have been signed out."),
            links=[(reverse("account"), _("My account"))],
        )
    context = {"form": form, "submit": _("Change the password"), "back": reverse("account")}
    return page(request, "accounts/form.html", _("Change the password"), context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change_address(request: HttpRequest) -> HttpResponse:
    """Ask for another address; it holds once it is confirmed."""
    user: Any = request.user
    form = ChangeAddressForm(request.POST or None, user=user)
    if request.method == "POST" and _may_try(user, form):
        getting_in.ask_for_address(user, form.cleaned_data["address"])
        return said(
            request,
            _("Look into your mailbox"),
            _("We have sent a mail to %(address)s. Until you open its link, nothing changes.")
            % {"address": form.cleaned_data["address"]},
            links=[(reverse("account"), _("My account"))],
        )
    context = {
        "form": form,
        "lead": _("You sign in with %(address)s now.") % {"address": user.email},
        "submit": _("Send the link"),
        "back": reverse("account"),
    }
    return page(request, "accounts/form.html", _("Change the address"), context)


def _may_try(user: Any, form: Any) -> bool:
    """Check the form; too many wrong passwords within an hour are no longer looked at."""
    if not within_limit("password-asked", str(user.pk), WRONG_PASSWORDS_AN_HOUR):
        form.is_valid()
        form.add_error(None, _("Too many attempts. Try again in an hour."))
        return False
    return form.is_valid()


@private
@require_http_methods(["GET", "HEAD", "POST"])
def address_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Move the account to the confirmed address."""
    try:
        user, facts = user_of(Purpose.ADDRESS, token)
        if not user.is_active:
            raise TokenUsed
        if request.method == "POST":
            getting_in.confirm_address(token)
            return said(
                request,
                _("Your address is changed"),
                _("From now on you sign in with %(address)s.") % {"address": facts["address"]},
                links=[(reverse("account"), _("My account"))],
            )
    except TokenRefused as error:
        return refused_link(request, error, reverse("account"), _("My account"))
    except ValidationError as error:
        return said(request, _("The address was not changed"), *error.messages, status=409)
    context = {
        "form": None,
        "lead": _("From now on you sign in with %(address)s.") % {"address": facts["address"]},
        "submit": _("Confirm the address"),
    }
    return page(request, "accounts/form.html", _("Confirm your new address"), context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """Close one's own account, after it was said what passes to whom."""
    user: Any = request.user
    form = ClosingForm(request.POST or None, user=user)
    if request.method == "POST" and _may_try(user, form):
        try:
            closing.close_account(user, actor=user)
        except (PermissionDenied, ValidationError) as error:
            form.add_error(None, error.messages if isinstance(error, ValidationError) else str(error))
        else:
            logout(request)
            return said(
                request,
                _("Your account is closed"),
                _("What you kept has been handed over. Thank you for what you shared."),
                links=[(reverse("home"), _("Home"))],
            )
    context = {
        "form": form,
        "lead": _("You can't sign in any more, and your memberships end. What you did stays in the record."),
        "submit": _("Close my account"),
        "danger": True,
        "back": reverse("account"),
        "rows": hand_over_of(user),
        "rows_title": _("What you keep passes to"),
    }
    return page(request, "accounts/form.html", _("Close my account"), context)
