"""Who may do what with an entry, and why not. Views, services, tasks and the admin all ask here."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from innovation_hub.core.permissions import ALLOWED, Decision, refuse
from innovation_hub.core.roles import Role, roles_of
from innovation_hub.core.scopes import entry_scopes, staff_scopes
from innovation_hub.innovations.models import Innovation


def can_view(user: Any, entry: Innovation) -> Decision:
    """Say whether ``user`` may see the newest, perhaps unpublished, face of ``entry``."""
    if staff_scopes(user) & entry_scopes(entry):
        return ALLOWED
    return refuse(_("This entry belongs to another organisation."))


def can_create(user: Any) -> Decision:
    """Say whether ``user`` may begin an entry: submitters, lab staff and administrators."""
    if user.is_superuser or roles_of(user) & {Role.SUBMITTER, Role.CURATOR, Role.EDITOR}:
        return ALLOWED
    return refuse(_("Your account has no role that writes entries."))


def can_edit(user: Any, entry: Innovation) -> Decision:
    """Say whether ``user`` may change the content of ``entry`` now.

    While an entry is under review only the reviewers of that step may (and someone else must then decide).
    """
    seen = can_view(user, entry)
    if not seen:
        return seen
    task = entry.current_workflow_task if entry.workflow_in_progress else None
    if task is not None:
        if task.user_can_access_editor(entry, user):
            return ALLOWED
        return refuse(_("This entry is under review. You can change it when it comes back."))
    if user.is_superuser or user.pk in (entry.created_by_id, entry.steward_id):
        return ALLOWED
    if _is_lab_staff_of(user, entry):
        return ALLOWED
    return refuse(_("Only the people who keep this entry and its lab may change it."))


def can_open_editor(user: Any, entry: Innovation) -> Decision:
    """Say whether ``user`` may open the form of ``entry``: whoever may change it now, or again after the review.

    While the entry is under review Wagtail's lock shows its writers the form without letting them save.
    """
    decision = can_edit(user, entry)
    if decision or not can_view(user, entry):
        return decision
    keeps = user.is_superuser or user.pk in (entry.created_by_id, entry.steward_id)
    return ALLOWED if keeps or _is_lab_staff_of(user, entry) else decision


def can_publish(user: Any, entry: Innovation) -> Decision:
    """Say whether ``user`` may publish without a review: holders of the publish permission who see the entry."""
    if not user.has_perm("innovations.publish_innovation"):
        return refuse(_("Entries are published by approval."))
    return can_view(user, entry)


def can_curate(user: Any, entry: Innovation) -> Decision:
    """Say whether ``user`` may do curatorial acts (level, evidence level, withdrawal): staff of the entry's lab."""
    if user.is_superuser or _is_lab_staff_of(user, entry):
        return ALLOWED
    return refuse(_("Only the lab that covers this entry may do this."))


def _is_lab_staff_of(user: Any, entry: Innovation) -> bool:
    labs = {key for key in staff_scopes(user) if key.startswith("lab:")}
    return bool(labs & entry_scopes(entry))
