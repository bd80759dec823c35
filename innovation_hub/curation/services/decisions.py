"""Deciding at the desk: approval with the level at which the last step publishes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState, WorkflowState

from innovation_hub.core.scopes import STAFF
from innovation_hub.curation.models import ReviewTaskState
from innovation_hub.curation.services import reviews
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.permissions import can_curate
from innovation_hub.innovations.requirements import missing
from innovation_hub.innovations.services.lifecycle import LEVEL_NEEDS, set_level

Level = Innovation.Level


def publishes(review: ReviewTaskState, user: Any) -> bool:
    """True when the approval of ``user`` would end the workflow: last step, and no side open but theirs."""
    if review.status != TaskState.STATUS_IN_PROGRESS or not review.workflow_state.is_at_final_task:
        return False
    keys = reviews.side_keys_of(user)
    return STAFF in keys or not review.open_sides().exclude(key__in=keys).exists()


def levels_for(version: Innovation, user: Any) -> list[str]:
    """Return the levels at which ``user`` may publish ``version``, its present one first where it still fits.

    *Unggulan* is not given here: it is kept by an entry that has it and still has what it asks for.
    """
    if not can_curate(user, version):
        return []
    offered = [Level.REGISTERED, Level.CURATED]
    if version.publication_level == Level.FEATURED:
        offered.append(Level.FEATURED)
    fitting = [level for level in offered if not missing(version, LEVEL_NEEDS[level])]
    return sorted(fitting, key=lambda level: level != version.publication_level)


@transaction.atomic
def approve(review: TaskState, *, actor: Any, comment: str = "", level: str = "") -> ReviewTaskState:
    """Approve ``review``; where that publishes the entry, it is published at ``level`` (empty: as it is).

    Raises ``PermissionDenied`` with the reason, or ``ValidationError`` when the level doesn't fit the version; then
    nothing has happened.
    """
    decided = reviews.approve(review, actor=actor, comment=comment)
    state = WorkflowState.objects.get(pk=decided.workflow_state_id)
    if not level:
        return decided
    if state.status != WorkflowState.STATUS_APPROVED:
        raise ValidationError({"level": _("This approval does not publish the entry yet, so it sets no level.")})
    entry = Innovation.objects.get(pk=decided.entry_id)
    if entry.publication_level != level:
        set_level(entry, level, actor=actor)
    return decided
