"""The gate before the admin: refuses by default whatever :mod:`innovation_hub.core.admin_access` doesn't open.

It stands before Wagtail's own views, so that a view that forgets to ask (many of Wagtail 8 do for anything but pages)
is never reached by someone whose role has no business there.
"""

from collections.abc import Callable, Iterator
from typing import Any, cast

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.checks import CheckMessage, Error, Tags, register
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import ResolverMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.permission_policies.collections import CollectionPermissionLookupMixin
from wagtail.permission_policies.pages import PagePermissionPolicy

from .admin_access import ACCESS, BULK_ACTIONS, NOBODY, Access
from .roles import Role, roles_of

BULK_VIEW = "wagtail_bulk_action"
LOGOUT_VIEW = "wagtailadmin_logout"
# The roles that may hold a permission for pages; administrators need none.
PAGE_ROLES = frozenset({Role.EDITOR})


class AdminGateMiddleware:
    """Lets a request below the admin through only if the table says so; see :func:`may_ask`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Refuse, send to the login page, or let the view answer."""
        if not request.path_info.startswith(reverse("wagtailadmin_home")):
            return None
        name = cast(ResolverMatch, request.resolver_match).view_name
        access = access_to(name, kwargs)
        if access.anyone:
            return None
        if not request.user.is_authenticated:
            return _to_login(request)
        if name == LOGOUT_VIEW and not roles_of(request.user):
            # Wagtail's own view asks for a role; everyone who came in can leave.
            logout(request)
            return redirect("wagtailadmin_login")
        if not may_ask(request.user, access):
            return refused(request)
        if not PAGE_ROLES & roles_of(request.user):
            _answer_for_pages(request.user)
        return None


def access_to(name: str, kwargs: dict[str, Any] | None = None) -> Access:
    """Return who may ask for URL ``name``; nobody if the table doesn't know it."""
    if name == BULK_VIEW and kwargs:
        return BULK_ACTIONS.get((kwargs["app_label"], kwargs["model_name"], kwargs["action"]), NOBODY)
    return ACCESS.get(name, NOBODY)


def may_ask(user: Any, access: Access) -> bool:
    """Say whether ``user`` may ask for an address with ``access``."""
    if access.anyone or (access.signed_in and user.is_authenticated):
        return True
    return bool(access.roles & roles_of(user))


def language_of(user: Any) -> str:
    """Return the language in which to answer ``user``: the one chosen in the account, else the page's."""
    if not user.is_authenticated:
        return translation.get_language() or "id"
    profile = getattr(user, "wagtail_userprofile", None)
    return (profile and profile.preferred_language) or getattr(user, "language", "") or "id"


def refused(request: HttpRequest, reason: str | Promise = "") -> HttpResponse:
    """Return the page (or the JSON) that says no and why, in the reader's language, with status 403."""
    with translation.override(language_of(request.user)):
        text = str(reason) or _("Your account has no role for this part of the hub.")
        if wants_json(request):
            return JsonResponse({"success": False, "error_code": "refused", "error_message": text}, status=403)
        context = {"reason": text, "has_role": bool(roles_of(request.user))}
        return render(request, "hub_admin/refused.html", context, status=403)


def wants_json(request: HttpRequest) -> bool:
    """True for requests of scripts, which can't show a page."""
    return request.headers.get("x-requested-with") == "XMLHttpRequest" or not request.accepts("text/html")


def _answer_for_pages(user: Any) -> None:
    """Tell Wagtail what it would read on every screen: that ``user`` has no permission for pages or collections."""
    for policy in (PagePermissionPolicy, CollectionPermissionLookupMixin):
        setattr(user, policy.permission_cache_name, ())


def _to_login(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"success": False, "error_code": "signed_out"}, status=403)
    return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))


def admin_url_names() -> Iterator[str]:
    """Yield the name of every address below the admin, as the resolver knows them now."""
    prefix = reverse("wagtailadmin_home").lstrip("/")
    for route, name in _walk(get_resolver(), "", ()):
        if route.startswith(prefix):
            yield name


def _walk(resolver: URLResolver, route: str, namespaces: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _walk(entry, here, inner)
        elif isinstance(entry, URLPattern):
            yield here, ":".join((*namespaces, entry.name or entry.lookup_str))


@register(Tags.urls)
def check_table(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Fail when the resolver knows an admin address that the table doesn't."""
    unknown = sorted(set(admin_url_names()) - set(ACCESS))
    return [
        Error(
            f"The admin address {name!r} is in no row of innovation_hub.core.admin_access.",
            hint="Say there who may ask for it; until then nobody may.",
            id="core.E001",
        )
        for name in unknown
    ]
