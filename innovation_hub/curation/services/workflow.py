"""The way of an entry: submission, the end of a workflow, and the log of both."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState, WorkflowState

from innovation_hub.core.audit import audit
from innovation_hub.core.permissions import ALLOWED, Decision, refuse, require
from innovation_hub.curation.models import ReviewTaskState, Transition
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.permissions import can_edit
from innovation_hub.innovations.requirements import Need, missing

State = Transition.State
_acting_key: ContextVar[str] = ContextVar("acting_key", default="")


@contextmanager
def acting_as(key: str) -> Iterator[None]:
    """Let the log name whoever acts without an account by an access key, while the block runs."""
    token = _acting_key.set(key)
    try:
        yield
    finally:
        _acting_key.reset(token)


def state_of(entry: Innovation) -> str:
    """Return where an entry is on its way (domain.md 4c), from its workflow and its visibility."""
    if entry.merged_into_id:
        return State.MERGED
    if entry.withdrawn_at:
        return State.WITHDRAWN
    workflow_state = entry.current_workflow_state
    if workflow_state and workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return State.RETURNED
    if workflow_state and workflow_state.current_task_state_id:
        return getattr(workflow_state.current_task_state.task.specific, "state_code", "") or State.CURATION
    if entry.live:
        return State.PUBLISHED
    return State.UNPUBLISHED if entry.first_published_at else State.DRAFT


def can_submit(entry: Innovation, user: Any) -> Decision:
    """Say whether ``user`` may send ``entry`` on its way now, with what is missing if it isn't complete."""
    decision = can_edit(user, entry)
    if not decision:
        return decision
    if entry.workflow_in_progress:
        return refuse(_("This entry is already under review."))
    lacking = missing(entry, Need.SUBMIT)
    if lacking:
        names = get_text_list([str(one.label) for one in lacking], _("and"))
        return refuse(_("Still missing: %(fields)s.") % {"fields": names})
    workflow = entry.get_workflow()
    # Wagtail ends a workflow without steps at once, and its end publishes.
    if workflow is None or not workflow.tasks.filter(active=True).exists():
        return refuse(_("No workflow is set for this programme. Ask an administrator."))
    return ALLOWED


@transaction.atomic
def submit(entry: Innovation, *, actor: Any) -> WorkflowState:
    """Send the newest version of an entry on its way; a returned entry goes back to whoever returned it.

    Raises ``PermissionDenied`` when ``actor`` may not, ``ValidationError`` when something is missing.
    """
    # Two clicks at once are one submission: the second finds the entry under review.
    Innovation.objects.select_for_update(of=("self",)).only("pk").get(pk=entry.pk)
    version = entry.get_latest_revision_as_object()
    require(can_edit(actor, version))
    decision = can_submit(version, actor)
    if not decision:
        raise ValidationError(decision.reason)
    if entry.get_latest_revision() is None:
        entry.save_revision(user=actor, changed=False)
    current = entry.current_workflow_state
    if current and current.status == WorkflowState.STATUS_NEEDS_CHANGES:
        current.resume(user=actor)
    else:
        current = version.get_workflow().start(entry, actor)
    Innovation.objects.filter(pk=entry.pk).update(submitted_at=timezone.now())
    return current


def keeps(entry: Innovation, user: Any) -> bool:
    """True for who wrote or keeps an entry, who sent it on its way, and administrators."""
    current = entry.current_workflow_state
    sender = current.requested_by_id if current else None
    return user.is_superuser or user.pk in (entry.created_by_id, entry.steward_id, sender)


def can_take_back(entry: Innovation, user: Any) -> Decision:
    """Say whether ``user`` may make a submitted entry a draft again: who keeps it or sent it, and administrators.

    Reviewers may not, though Wagtail lets them cancel: that would be a rejection without a reason.
    """
    current = entry.current_workflow_state
    if current is None:
        return refuse(_("This entry is not under review."))
    if keeps(entry, user):
        return ALLOWED
    return refuse(_("Only the people who keep this entry may take it back."))


@transaction.atomic
def take_back(entry: Innovation, *, actor: Any) -> None:
    """End the running workflow of an entry; its newest version is a draft again. Raises ``PermissionDenied``."""
    require(can_take_back(entry, actor))
    entry.current_workflow_state.cancel(user=actor)


def record_transition(
    entry: Innovation, to_state: str, *, actor: Any, reason: str = "", comment: str = "", revision=None
) -> Transition:
    """Add one line to the entry's log and mirror it as a structured line."""
    last = entry.transitions.order_by("-at", "-pk").first()
    row = Transition.objects.create(
        entry_id=entry.pk,
        actor=actor,
        actor_key="" if actor else _acting_key.get(),
        from_state=last.to_state if last else State.DRAFT,
        to_state=to_state,
        reason=reason,
        comment=comment,
        revision=revision,
    )
    audit(
        "transition",
        actor=actor,
        actor_key=row.actor_key,
        entry=entry.pk,
        number=entry.registry_number,
        from_state=row.from_state,
        to_state=row.to_state,
        reason=reason,
    )
    return row


def state_of_review(review: TaskState) -> str:
    """Return the state that waiting at ``review`` means."""
    specific = review.task.specific
    return getattr(specific, "state_code", "") or State.CURATION


def returning_review(workflow_state: WorkflowState) -> ReviewTaskState | None:
    """Return the review that last sent the entry of a workflow back."""
    rejected = ReviewTaskState.objects.filter(workflow_state=workflow_state, status=TaskState.STATUS_REJECTED)
    return rejected.select_related("finished_by", "task").order_by("-finished_at", "-pk").first()


def reason_of(workflow_state: WorkflowState) -> tuple[str, str]:
    """Return (coded reason, comment) of the review that returned the entry."""
    review = returning_review(workflow_state)
    return (review.reason, review.comment) if review else ("", "")
