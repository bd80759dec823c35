"""Which keys open an unpublished entry: its people, its agency and those above, its training institution."""

from typing import Any

from django.db.models import Q

from innovation_hub.agencies.models import Agency
from innovation_hub.core.roles import Role, organisations_of
from innovation_hub.core.scopes import register_scope_provider


class OwnEntries:
    """Whoever wrote or keeps an entry."""

    prefix = "user"

    def held_by(self, user: Any) -> set[int]:
        """Everyone holds their own key."""
        return {user.pk}

    def ids_of(self, entry: Any) -> set[int]:
        """The entry's creator and its steward."""
        return {pk for pk in (entry.created_by_id, entry.steward_id) if pk}

    def filter(self, ids: set[int]) -> Q:
        """Entries made or kept by one of ``ids``."""
        return Q(created_by__in=ids) | Q(steward__in=ids)


class AgencyEntries:
    """Reviewers of the entry's agency and of the agencies above it."""

    prefix = "agency"

    def held_by(self, user: Any) -> set[int]:
        """The agencies that the user reviews for."""
        return organisations_of(user, Role.AGENCY_REVIEWER)

    def ids_of(self, entry: Any) -> set[int]:
        """The agency, its draft's agency, and those above."""
        found = {one.pk for one in entry.agency.chain()}
        if entry.draft_agency_id:
            found |= {one.pk for one in entry.draft_agency.chain()}
        return found

    def filter(self, ids: set[int]) -> Q:
        """Entries of the agencies ``ids`` and of those below."""
        below = with_agencies_below(ids)
        return Q(agency__in=below) | Q(draft_agency__in=below)


class InstitutionEntries:
    """Reviewers of the training institution from whose cohort an entry came."""

    prefix = "institution"

    def held_by(self, user: Any) -> set[int]:
        """The institutions that the user reviews for."""
        return organisations_of(user, Role.INSTITUTION_REVIEWER)

    def ids_of(self, entry: Any) -> set[int]:
        """The institution and the draft's institution."""
        return {pk for pk in (entry.institution_id, entry.draft_institution_id) if pk}

    def filter(self, ids: set[int]) -> Q:
        """Entries of the institutions ``ids``."""
        return Q(institution__in=ids) | Q(draft_institution__in=ids)


def with_agencies_below(ids: set[int]) -> set[int]:
    """Return ``ids`` and every agency below them, in one query whatever the depth of the tree."""
    children: dict[int, set[int]] = {}
    for pk, parent in Agency.objects.filter(parent__isnull=False).order_by().values_list("pk", "parent"):
        children.setdefault(parent, set()).add(pk)
    found, frontier = set(ids), set(ids)
    while frontier:
        frontier = set().union(*(children.get(pk, set()) for pk in frontier)) - found
        found |= frontier
    return found


def register() -> None:
    """Register this app's providers."""
    for provider in (OwnEntries(), AgencyEntries(), InstitutionEntries()):
        register_scope_provider(provider)
