"""The role that training institutions give: reviewer."""

from collections.abc import Iterator
from typing import Any

from innovation_hub.core.roles import HeldRole, Role, register_role_provider
from innovation_hub.training.models import InstitutionMembership


def held_in_institutions(user: Any) -> Iterator[HeldRole]:
    """Yield what ``user`` does for training institutions today."""
    memberships = InstitutionMembership.objects.active().filter(user=user)
    for institution_id in memberships.values_list("institution_id", flat=True):
        yield HeldRole(Role.INSTITUTION_REVIEWER, f"institution:{institution_id}")


def register() -> None:
    """Register this app's provider."""
    register_role_provider("training", held_in_institutions)
