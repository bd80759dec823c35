"""Roles that labs give: curators and editors."""

from collections.abc import Iterator
from typing import Any

from innovation_hub.core.roles import HeldRole, Role, register_role_provider
from innovation_hub.curation.models import LabMembership

_ROLES = {LabMembership.Role.CURATOR: Role.CURATOR, LabMembership.Role.EDITOR: Role.EDITOR}


def held_in_labs(user: Any) -> Iterator[HeldRole]:
    """Yield what ``user`` does in labs today."""
    memberships = LabMembership.objects.active().filter(user=user)
    for role, lab_id in memberships.values_list("role", "lab_id"):
        yield HeldRole(_ROLES[LabMembership.Role(role)], f"lab:{lab_id}")


def register() -> None:
    """Register this app's provider."""
    register_role_provider("curation", held_in_labs)
