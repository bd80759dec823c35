"""Organisations that have members, and who may do what with their people, and why not."""

from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from innovation_hub.accounts.models import Membership
from innovation_hub.agencies.models import Agency, AgencyMembership
from innovation_hub.core.permissions import ALLOWED, Decision, refuse
from innovation_hub.core.roles import Role, organisations_of
from innovation_hub.curation.models import Lab, LabMembership
from innovation_hub.curation.people import standing_for
from innovation_hub.curation.scopes import Coverage
from innovation_hub.training.models import Cohort, InstitutionMembership, TrainingInstitution

# The word in addresses -> the membership; its organisation follows from it.
KINDS: dict[str, type[Membership]] = {
    "instansi": AgencyMembership,
    "lembaga": InstitutionMembership,
    "laboratorium": LabMembership,
}


def kind_of(organisation: Model) -> str:
    """Return the word for an organisation in addresses."""
    return next(kind for kind, model in KINDS.items() if model_of(model) is type(organisation))


def model_of(membership: type[Membership]) -> type[Model]:
    """Return what the members of ``membership`` are members of."""
    return membership._meta.get_field(membership.organisation_field()).related_model


def find(kind: str, pk: int) -> Any:
    """Return an organisation; raises ``Http404``."""
    if kind not in KINDS:
        raise Http404
    return get_object_or_404(model_of(KINDS[kind])._default_manager, pk=pk)


def memberships_of(organisation: Any) -> QuerySet:
    """Return all memberships of an organisation, past ones too."""
    return organisation.memberships.select_related("user", "granted_by").order_by("-valid_from", "-pk")


def can_see_members(user: Any, organisation: Any) -> Decision:
    """Say whether ``user`` may see who belongs to ``organisation``: its people with a say, its lab, administrators."""
    if user.is_superuser or organisation.pk in _own(user, organisation):
        return ALLOWED
    if _works_in_lab_of(user, organisation, Role.CURATOR, Role.EDITOR):
        return ALLOWED
    return refuse(_("Only reviewers of this organisation and its lab see its members."))


def can_grant(user: Any, organisation: Any, role: str = "", *, to: Any = None) -> Decision:
    """Say whether ``user`` may give (or end) ``role`` in ``organisation``, to ``to`` where that is known.

    Reviewers do it in their own organisation, editors in those that their lab covers; in a lab its editors name
    curators, and administrators editors.
    """
    if to is not None and to.pk == user.pk:
        return refuse(_("Nobody gives a role to themselves."))
    if user.is_superuser:
        return ALLOWED
    if isinstance(organisation, Lab):
        if organisation.pk not in organisations_of(user, Role.EDITOR):
            return refuse(_("Only editors of this lab and administrators give roles in it."))
        if role == LabMembership.Role.EDITOR:
            return refuse(_("Editors of a lab are named by administrators."))
        return ALLOWED
    if organisation.pk in _own(user, organisation) or _works_in_lab_of(user, organisation, Role.EDITOR):
        return ALLOWED
    return refuse(_("Only reviewers of this organisation, editors of its lab and administrators give roles in it."))


def can_end(user: Any, membership: Membership) -> Decision:
    """Say whether ``user`` may end ``membership``: whoever may give it, and its holder."""
    return ALLOWED if membership.user_id == user.pk else can_grant(user, membership.organisation, membership.role)


def can_invite(user: Any, cohort: Cohort) -> Decision:
    """Say whether ``user`` may invite the participants of ``cohort``: its institution, the labs that cover it."""
    institution = standing_for(cohort.institution)
    if user.is_superuser or institution.pk in organisations_of(user, Role.INSTITUTION_REVIEWER):
        return ALLOWED
    region = institution.region.code if institution.region_id else None
    labs = Coverage().labs_of(region, cohort.programme_id)
    if labs & organisations_of(user, Role.CURATOR, Role.EDITOR):
        return ALLOWED
    return refuse(_("Only the training institution of this cohort and its lab invite its participants."))


def cohorts_of(user: Any) -> QuerySet:
    """Return the cohorts whose participants ``user`` may invite, as a first sieve; :func:`can_invite` decides."""
    cohorts = Cohort.objects.current().select_related("programme", "institution__region")
    if user.is_superuser or organisations_of(user, Role.CURATOR, Role.EDITOR):
        return cohorts
    own = organisations_of(user, Role.INSTITUTION_REVIEWER)
    return cohorts.filter(Q(institution__in=own) | Q(institution__replaced_by__in=own))


def own_organisations(user: Any) -> list[Any]:
    """Return the organisations whose people ``user`` has a say about by membership."""
    found: list[Any] = []
    for model in (Agency, TrainingInstitution):
        roles = {Agency: Role.AGENCY_REVIEWER, TrainingInstitution: Role.INSTITUTION_REVIEWER}
        found += model.objects.filter(pk__in=organisations_of(user, roles[model])).order_by("name")
    return found + list(Lab.objects.filter(pk__in=organisations_of(user, Role.CURATOR, Role.EDITOR)).order_by("name"))


def _own(user: Any, organisation: Any) -> set[int]:
    if isinstance(organisation, Agency):
        return organisations_of(user, Role.AGENCY_REVIEWER)
    if isinstance(organisation, TrainingInstitution):
        return organisations_of(user, Role.INSTITUTION_REVIEWER)
    return organisations_of(user, Role.CURATOR, Role.EDITOR)


def _works_in_lab_of(user: Any, organisation: Any, *roles: Role) -> bool:
    held = organisations_of(user, *roles)
    if not held or isinstance(organisation, Lab):
        return False
    region = organisation.region.code if organisation.region_id else None
    return bool(held & Coverage().labs_of(region, None))
