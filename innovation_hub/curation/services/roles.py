"""Django groups, derived from memberships: who holds a role is in its group, and the group has what the role needs.

Memberships are the truth. What may be done with one entry is decided by its policy whatever the groups say; the groups
open Wagtail's admin and its model-wide questions.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import GroupPagePermission, Page

from innovation_hub.accounts.models import User
from innovation_hub.agencies.models import AgencyMembership
from innovation_hub.core.roles import Role, forget_roles, roles_of
from innovation_hub.curation.models import LabMembership
from innovation_hub.training.models import InstitutionMembership

MEMBERSHIPS = (AgencyMembership, InstitutionMembership, LabMembership)

GROUP_NAMES: dict[Role, str] = {
    Role.MENTOR: "Mentor",
    Role.SUBMITTER: "Pengaju",
    Role.INSTITUTION_REVIEWER: "Peninjau lembaga pelatihan",
    Role.AGENCY_REVIEWER: "Peninjau instansi",
    Role.CURATOR: "Kurator",
    Role.EDITOR: "Editor",
}
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")


def _permissions(verbs: str, models: str) -> set[str]:
    """Return ``app.verb_model`` for every verb and model of two blank-separated lists."""
    return {
        "{}.{}_{}".format(model.split(".")[0], verb, model.split(".")[1])
        for verb in verbs.split()
        for model in models.split()
    }


_ACCESS = {"wagtailadmin.access_admin"}
_READS = _ACCESS | _permissions("view", "innovations.innovation innovations.innovator")
_WRITES = _READS | _permissions("add change", "innovations.innovation innovations.innovator") | {"agencies.add_unit"}
_CURATES = (
    _WRITES
    | {"innovations.lock_innovation", "innovations.unlock_innovation", "innovations.view_registrynumber"}
    | _permissions("add change view", "agencies.agency agencies.unit training.traininginstitution training.cohort")
    | _permissions("view", "agencies.region training.trainingprogramme core.term")
    | _permissions("view", "innovations.theme innovations.urusan innovations.sdg curation.holiday")
    | _permissions("add change view", "search.synonymgroup search.emptyquery")
    | _permissions("add view", "search.indexrun")
)
_EDITS = (
    _CURATES
    | {"innovations.publish_innovation"}
    | _permissions("add change", "agencies.region training.trainingprogramme core.term")
    | _permissions("add change", "innovations.theme innovations.urusan innovations.sdg curation.holiday")
    | _permissions("add change view", "agencies.agencymembership training.institutionmembership")
    | _permissions("add change view", "accounts.officedomain")
    | _permissions("add change delete", "wagtailredirects.redirect")
)
PERMISSIONS: dict[Role, set[str]] = {
    Role.MENTOR: _READS,
    Role.SUBMITTER: _WRITES,
    Role.INSTITUTION_REVIEWER: _READS,
    Role.AGENCY_REVIEWER: _READS,
    Role.CURATOR: _CURATES,
    Role.EDITOR: _EDITS,
}


@transaction.atomic
def sync_groups() -> None:
    """Make every role's group, with exactly the permissions its role needs."""
    for role in GROUP_NAMES:
        _fill(_group(role), role)


def sync_user(user: User) -> None:
    """Put ``user`` into the groups of the roles held today, and out of the others."""
    forget_roles(user)
    held = {GROUP_NAMES[role] for role in roles_of(user) if role in GROUP_NAMES}
    present = set(user.groups.filter(name__in=GROUP_NAMES.values()).values_list("name", flat=True))
    if held - present:
        user.groups.add(*(_group(role) for role, name in GROUP_NAMES.items() if name in held))
    if present - held:
        user.groups.remove(*Group.objects.filter(name__in=present - held))


@transaction.atomic
def sync_everyone() -> int:
    """Bring groups and their people in line with today's memberships; returns how many accounts were looked at."""
    sync_groups()
    ids: set[int] = set()
    for model in MEMBERSHIPS:
        ids.update(model.objects.values_list("user_id", flat=True))
    people = User.objects.filter(Q(pk__in=ids) | Q(groups__name__in=GROUP_NAMES.values())).distinct()
    for user in people:
        sync_user(user)
    return len(people)


def _group(role: Role) -> Group:
    group, created = Group.objects.get_or_create(name=GROUP_NAMES[role])
    if created:
        _fill(group, role)
    return group


def _fill(group: Group, role: Role) -> None:
    group.permissions.set(_named(PERMISSIONS[role]))
    root = Page.get_first_root_node()
    wanted = PAGE_PERMISSIONS if role is Role.EDITOR and root is not None else ()
    GroupPagePermission.objects.filter(group=group).exclude(permission__codename__in=wanted).delete()
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=wanted):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _named(names: Iterable[str]) -> list[Permission]:
    """Return the permissions of these names; raises ``LookupError`` for one that no model has."""
    wanted = {tuple(name.split(".")) for name in names}
    found: dict[tuple[str, str], Permission] = {}
    for permission in Permission.objects.filter(codename__in=[code for _app, code in wanted]).select_related(
        "content_type"
    ):
        found[(permission.content_type.app_label, permission.codename)] = permission
    missing = wanted - found.keys()
    if missing:
        raise LookupError(f"no such permissions: {sorted(missing)}")
    return [found[name] for name in wanted]


def follow_membership(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Bring a person's groups in line after one of their memberships was saved."""
    if not raw:
        sync_user(User.objects.get(pk=instance.user_id))
        forget_roles(instance.user)
