"""Roles that curation knows of: curators and editors of labs, and mentors who have an account."""

from collections.abc import Iterator
from typing import Any

from innovation_hub.core.roles import HeldRole, Role, register_role_provider
from innovation_hub.curation.models import LabMembership
from innovation_hub.innovations.models import Innovator

_ROLES = {LabMembership.Role.CURATOR: Role.CURATOR, LabMembership.Role.EDITOR: Role.EDITOR}


def held_in_labs(user: Any) -> Iterator[HeldRole]:
    """Yield what ``user`` does in labs today."""
    memberships = LabMembership.objects.active().filter(user=user)
    for role, lab_id in memberships.values_list("role", "lab_id"):
        yield HeldRole(_ROLES[LabMembership.Role(role)], f"lab:{lab_id}")


def held_as_mentor(user: Any) -> Iterator[HeldRole]:
    """Yield the mentor's role, to whoever was asked as the mentor of an entry: it opens the queue and the desk."""
    if Innovator.objects.filter(account=user.pk, role=Innovator.Role.MENTOR).exists():
        yield HeldRole(Role.MENTOR, f"user:{user.pk}")


def register() -> None:
    """Register this app's providers."""
    register_role_provider("curation", held_in_labs)
    register_role_provider("mentors", held_as_mentor)
