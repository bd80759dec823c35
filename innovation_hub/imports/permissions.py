"""Who may bring a collection in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from innovation_hub.core.permissions import ALLOWED, Decision, refuse
from innovation_hub.core.scopes import held_ids, staff_scopes


def can_import(actor: Any) -> Decision:
    """Say whether ``actor`` may import: lab staff and administrators; ``None`` is whoever runs server commands."""
    if actor is None or (actor.is_active and actor.is_superuser) or held_ids(staff_scopes(actor), "lab"):
        return ALLOWED
    return refuse(_("Only lab staff and administrators import collections."))
