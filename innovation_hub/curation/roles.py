"""Roles that curation knows of: curators and editors of labs, and mentors who have an account."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F

from innovation_hub.core.roles import HeldRole, Role, register_role_provider
from innovation_hub.curation.models import LabMembership
from innovation_hub.innovations.models import Innovator

MENTOR = Innovator.Role.MENTOR.value
_ROLES = {LabMembership.Role.CURATOR.value: Role.CURATOR, LabMembership.Role.EDITOR.value: Role.EDITOR}


def held_in_curation(user: Any) -> Iterator[HeldRole]:
    """Yield what ``user`` does in labs today, and the mentor's role to whoever was asked as the mentor of an entry.

    The mentor's role opens the queue and the desk. One query for both: every page of the admin asks.
    """
    memberships = LabMembership.objects.active().filter(user=user).order_by().values_list("role", F("lab_id"))
    asked = Innovator.objects.filter(account=user.pk, role=MENTOR).order_by().values_list("role", F("account_id"))
    for role, pk in memberships.union(asked):
        if role == MENTOR:
            yield HeldRole(Role.MENTOR, f"user:{pk}")
        else:
            yield HeldRole(_ROLES[role], f"lab:{pk}")


def register() -> None:
    """Register this app's provider."""
    register_role_provider("curation", held_in_curation)
