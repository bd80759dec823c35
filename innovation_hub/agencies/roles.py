"""Roles that agencies give: submitters and agency reviewers."""

from collections.abc import Iterator
from typing import Any

from innovation_hub.agencies.models import AgencyMembership
from innovation_hub.core.roles import HeldRole, Role, register_role_provider

_ROLES = {
    AgencyMembership.Role.SUBMITTER: Role.SUBMITTER,
    AgencyMembership.Role.REVIEWER: Role.AGENCY_REVIEWER,
}


def held_in_agencies(user: Any) -> Iterator[HeldRole]:
    """Yield what ``user`` does for agencies today."""
    memberships = AgencyMembership.objects.active().filter(user=user)
    for role, agency_id in memberships.values_list("role", "agency_id"):
        yield HeldRole(_ROLES[AgencyMembership.Role(role)], f"agency:{agency_id}")


def register() -> None:
    """Register this app's provider."""
    register_role_provider("agencies", held_in_agencies)
