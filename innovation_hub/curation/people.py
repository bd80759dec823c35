"""Who could answer for an entry: its mentor, and the organisations that have somebody to review."""

from collections.abc import Iterable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from innovation_hub.accounts.models import User
from innovation_hub.core.models import Endable
from innovation_hub.core.roles import Role, organisations_of
from innovation_hub.innovations.models import Innovation, Innovator
from innovation_hub.training.models import InstitutionMembership, TrainingInstitution

Organisation = TypeVar("Organisation", bound=Endable)


def mentor_of(entry_pk: int | None) -> Innovator | None:
    """Return the mentor of an entry, the first of several, if one with a usable address is recorded."""
    mentors = Innovator.objects.filter(entry=entry_pk, role=Innovator.Role.MENTOR).exclude(email="")
    return next((one for one in mentors.order_by("order", "pk") if is_address(one.email)), None)


def is_address(text: str) -> bool:
    """True for what mail can be sent to."""
    try:
        validate_email(text.strip())
    except ValidationError:
        return False
    return True


def account_of(address: str) -> User | None:
    """Return the active account with this address."""
    return User.objects.filter(email__iexact=address.strip(), is_active=True).first()


def has_independent_mentor(entry: Innovation) -> bool:
    """True when a mentor is recorded who doesn't keep the entry and wrote nothing of the version."""
    person = mentor_of(entry.pk)
    account = account_of(person.email) if person else None
    if person is None or account is None:
        return person is not None
    keeps = account.pk in (entry.created_by_id, entry.steward_id)
    return not keeps and not entry.authorships.filter(user=account, closed_at__isnull=True).exists()


def standing_for(organisation: Organisation) -> Organisation:
    """Return who answers for an organisation: itself, or what replaced it once it has ended."""
    return organisation.successor() if organisation.is_ended else organisation


def institutions_asked(version: Innovation, live: Innovation) -> set[int]:
    """Return the institutions whose agreement a version needs: its own and, if it moves, the live entry's."""
    named = [version.institution] + ([live.institution] if live.live else [])
    return {standing_for(one).pk for one in named if one is not None}


def with_reviewers(institutions: Iterable[int]) -> set[int]:
    """Return those of ``institutions`` that have somebody to review for them today."""
    role = InstitutionMembership.Role.REVIEWER
    active = InstitutionMembership.objects.active().filter(institution__in=list(institutions), role=role)
    return set(active.values_list("institution", flat=True))


def reviews_for(user, version: Innovation) -> bool:
    """True when ``user`` reviews for the training institution of ``version``."""
    institution: TrainingInstitution | None = version.institution
    if institution is None:
        return False
    return standing_for(institution).pk in organisations_of(user, Role.INSTITUTION_REVIEWER)
