"""Access scopes: the keys that say who may see an unpublished face of an entry.

The same keys stand in three places, so that they can't disagree: a user holds keys (``agency:3``), a search document
carries keys, and a queryset filter says in SQL what the keys say. Each app registers one provider per prefix.
"""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from django.db.models import Q

PUBLIC = "public"
STAFF = "staff"


class ScopeProvider(Protocol):
    """What one kind of organisation (agency, institution, lab, user) contributes to access."""

    prefix: str

    def held_by(self, user: Any) -> set[int]:
        """Return the ids for which ``user`` holds a key now."""

    def ids_of(self, entry: Any) -> set[int]:
        """Return the ids whose holders may see ``entry`` before it is public."""

    def filter(self, ids: set[int]) -> Q:
        """Return the condition on entries that holders of ``ids`` may see."""


_providers: dict[str, ScopeProvider] = {}


def register_scope_provider(provider: ScopeProvider) -> None:
    """Register ``provider``; a second one for the same prefix replaces the first."""
    _providers[provider.prefix] = provider


def user_scopes(user: Any) -> frozenset[str]:
    """Return every key that ``user`` holds; an administrator holds ``staff``, nobody holds only ``public``."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return frozenset({PUBLIC})
    if user.is_superuser:
        return frozenset({PUBLIC, STAFF})
    keys = {PUBLIC}
    for provider in _providers.values():
        keys.update(f"{provider.prefix}:{held}" for held in provider.held_by(user))
    return frozenset(keys)


def staff_scopes(user: Any) -> frozenset[str]:
    """Return the keys of ``user`` for unpublished faces: everything they hold except ``public``."""
    return user_scopes(user) - {PUBLIC}


def entry_scopes(entry: Any) -> frozenset[str]:
    """Return every key that opens the newest, perhaps unpublished, face of ``entry``."""
    keys = {STAFF}
    for provider in _providers.values():
        keys.update(f"{provider.prefix}:{one}" for one in provider.ids_of(entry))
    return frozenset(keys)


def scopes_of_batch() -> Callable[[Any], frozenset[str]]:
    """Return a function like :func:`entry_scopes` that reads what providers need once, for many entries in a row."""
    snapshots = {
        prefix: provider.snapshot() if hasattr(provider, "snapshot") else provider.ids_of
        for prefix, provider in _providers.items()
    }

    def scopes(entry: Any) -> frozenset[str]:
        return frozenset({STAFF, *(f"{prefix}:{pk}" for prefix, ids in snapshots.items() for pk in ids(entry))})

    return scopes


def visible_filter(user: Any) -> Q | None:
    """Return the condition for entries that ``user`` may see as staff; ``None`` means all, ``Q(pk__in=[])`` none."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Q(pk__in=[])
    if user.is_superuser:
        return None
    condition = Q(pk__in=[])
    for provider in _providers.values():
        held = provider.held_by(user)
        if held:
            condition |= provider.filter(held)
    return condition


def held_ids(keys: Iterable[str], prefix: str) -> set[int]:
    """Return the ids named by ``keys`` under ``prefix``."""
    start = f"{prefix}:"
    return {int(key[len(start) :]) for key in keys if key.startswith(start)}


def provider_filters(keys: Iterable[str]) -> Q:
    """Return the condition on entries that holders of ``keys`` may see as staff."""
    condition = Q(pk__in=[])
    for prefix, provider in _providers.items():
        held = held_ids(keys, prefix)
        if held:
            condition |= provider.filter(held)
    return condition
