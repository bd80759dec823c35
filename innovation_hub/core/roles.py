"""Roles: what a person may do at all, held by membership in an organisation.

``core`` knows the words; each app that has memberships registers a provider that says who holds what today. The admin
gate, the menu and file ownership read roles; what may be done with one entry is decided by its policy, not here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    """Everyone who works in the admin, from least to most. A plain account (ASN) holds none."""

    MENTOR = "mentor"
    SUBMITTER = "submitter"
    INSTITUTION_REVIEWER = "institution-reviewer"
    AGENCY_REVIEWER = "agency-reviewer"
    CURATOR = "curator"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str | Promise:
        """The role in the reader's language."""
        return _LABELS[self]


_LABELS: dict[Role, Promise] = {
    Role.MENTOR: _("mentor"),
    Role.SUBMITTER: _("submitter"),
    Role.INSTITUTION_REVIEWER: _("training-institution reviewer"),
    Role.AGENCY_REVIEWER: _("agency reviewer"),
    Role.CURATOR: _("curator"),
    Role.EDITOR: _("editor"),
    Role.ADMINISTRATOR: _("administrator"),
}


@dataclass(frozen=True, slots=True)
class HeldRole:
    """One role and the organisation it is held in, as an access key (``agency:3``; empty for administrators)."""

    role: Role
    scope: str = ""


RoleProvider = Callable[[Any], Iterable[HeldRole]]
_providers: dict[str, RoleProvider] = {}
_CACHE = "_hub_held_roles"


def register_role_provider(name: str, provider: RoleProvider) -> None:
    """Register who says which roles a user holds today; a second one of the same name replaces the first."""
    _providers[name] = provider


def held_roles(user: Any) -> tuple[HeldRole, ...]:
    """Return the roles ``user`` holds now, read once for each user object (that is, once a request)."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return ()
    found = getattr(user, _CACHE, None)
    if found is None:
        found = (HeldRole(Role.ADMINISTRATOR),) if user.is_superuser else ()
        for provider in _providers.values():
            found += tuple(provider(user))
        setattr(user, _CACHE, found)
    return found


def roles_of(user: Any) -> frozenset[Role]:
    """Return the roles without their organisations."""
    return frozenset(held.role for held in held_roles(user))


def organisations_of(user: Any, *roles: Role) -> set[int]:
    """Return the ids of the organisations in which ``user`` holds one of ``roles`` now."""
    scopes = {held.scope for held in held_roles(user) if held.role in roles}
    return {int(scope.rpartition(":")[2]) for scope in scopes if scope}


def forget_roles(user: Any) -> None:
    """Read the roles of this user object anew next time: after its memberships changed."""
    if hasattr(user, _CACHE):
        delattr(user, _CACHE)


def file_scopes(user: Any) -> frozenset[str]:
    """Return the access keys whose uploaded files ``user`` may choose from: own, own organisations'."""
    return frozenset({f"user:{user.pk}"} | {held.scope for held in held_roles(user) if held.scope})


def upload_scope(user: Any, shared: str) -> str:
    """Return to whom a file belongs that ``user`` uploads in the admin.

    People of one organisation upload for it; labs and administrators work for everyone (``shared``); whoever acts for
    several organisations uploads for themselves, because nothing says which one is meant.
    """
    if roles_of(user) & {Role.CURATOR, Role.EDITOR, Role.ADMINISTRATOR}:
        return shared
    scopes = {held.scope for held in held_roles(user)}
    return scopes.pop() if len(scopes) == 1 else f"user:{user.pk}"
