"""Every path of Wagtail through a workflow ends in the transition log and in the index."""

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    published,
    task_approved,
    task_cancelled,
    task_rejected,
    task_submitted,
    unpublished,
    workflow_cancelled,
    workflow_rejected,
)

from innovation_hub.curation.models import Holiday, Lab, ReviewTaskState, Transition
from innovation_hub.curation.services.deadlines import recount_deadlines
from innovation_hub.curation.services.mentors import follow_person
from innovation_hub.curation.services.reviews import follow_edit
from innovation_hub.curation.services.workflow import reason_of, record_transition, state_of_review
from innovation_hub.innovations.models import Innovation, Innovator
from innovation_hub.innovations.signals import draft_saved, queue_all_entries
from search.outbox import enqueue


@receiver(task_submitted, sender=ReviewTaskState)
def log_waiting(sender, instance: ReviewTaskState, user, **kwargs) -> None:
    """The entry now waits at a step; where a step before was skipped, or somebody stands in, the log says why."""
    before = ReviewTaskState.objects.filter(workflow_state=instance.workflow_state_id).exclude(pk=instance.pk)
    skipped = before.order_by("-pk").first()
    if skipped is not None and skipped.status != TaskState.STATUS_SKIPPED:
        skipped = None
    record_transition(
        instance.entry,
        state_of_review(instance),
        actor=user,
        reason=instance.stand_in or (skipped.reason if skipped else ""),
        comment=skipped.comment if skipped else "",
        revision=instance.revision,
    )
    enqueue("innovation", [instance.entry_id])


@receiver(workflow_rejected, sender=WorkflowState)
def log_returned(sender, instance: WorkflowState, user, **kwargs) -> None:
    """The entry went back to its writer."""
    entry = instance.content_object
    if isinstance(entry, Innovation):
        reason, comment = reason_of(instance)
        record_transition(entry, Transition.State.RETURNED, actor=user, reason=reason, comment=comment)
        enqueue("innovation", [entry.pk])


@receiver(workflow_cancelled, sender=WorkflowState)
def log_cancelled(sender, instance: WorkflowState, user, **kwargs) -> None:
    """The review was called off: the entry is a draft again, or stays published as it was.

    Publishing directly also ends a review; then the log says "published" already.
    """
    entry = instance.content_object
    if not isinstance(entry, Innovation):
        return
    state = Transition.State.PUBLISHED if entry.live else Transition.State.DRAFT
    last = entry.transitions.order_by("-at", "-pk").first()
    if last is None or last.to_state != state:
        record_transition(entry, state, actor=user)
    enqueue("innovation", [entry.pk])


@receiver(task_approved, sender=ReviewTaskState)
@receiver(task_rejected, sender=ReviewTaskState)
@receiver(task_cancelled, sender=ReviewTaskState)
def close_review(sender, instance: ReviewTaskState, **kwargs) -> None:
    """Take what Wagtail ended by itself (it may save the plain task state only) out of the queue."""
    if instance.open_since is not None and instance.status != TaskState.STATUS_IN_PROGRESS:
        instance.save()


@receiver(published, sender=Innovation)
def log_published(sender, instance: Innovation, revision=None, **kwargs) -> None:
    """A version went live; its last reviewer, else its writer, is named."""
    if not instance.live:
        return
    review = (
        ReviewTaskState.objects.filter(entry=instance, revision=revision, status=TaskState.STATUS_APPROVED)
        .order_by("-finished_at", "-pk")
        .first()
    )
    actor = review.finished_by if review else getattr(revision, "user", None)
    record_transition(
        instance,
        Transition.State.PUBLISHED,
        actor=actor,
        comment=review.comment if review else "",
        revision=revision,
    )


@receiver(unpublished, sender=Innovation)
def log_unpublished(sender, instance: Innovation, **kwargs) -> None:
    """The entry left public view."""
    if not instance.withdrawn_at and not instance.merged_into_id:
        record_transition(instance, Transition.State.UNPUBLISHED, actor=None)


@receiver(draft_saved, sender=Innovation)
def follow_version(sender, entry: Innovation, revision, written: set[str], user=None, **kwargs) -> None:
    """Keep a running review on the newest version."""
    follow_edit(entry, revision, content_changed=bool(written), user=user)


@receiver(post_save, sender=Innovator)
@receiver(post_delete, sender=Innovator)
def follow_mentor(sender, instance: Innovator, raw: bool = False, **kwargs) -> None:
    """Ask the mentor who is recorded now; links to another address are worthless from then on."""
    if not raw:
        follow_person(instance.entry_id)


@receiver(post_save, sender=Holiday)
def follow_holidays(sender, raw: bool = False, **kwargs) -> None:
    """Move the deadlines of what waits."""
    if not raw:
        recount_deadlines()


@receiver(m2m_changed, sender=Lab.regions.through)
@receiver(m2m_changed, sender=Lab.programmes.through)
@receiver(post_save, sender=Lab)
def queue_covered(sender, **kwargs) -> None:
    """Another lab's people may now see entries: every document names its labs, so all are built anew.

    Coverage changes a few times a year; a rebuild of 36,000 documents takes seconds.
    """
    if kwargs.get("action", "post_add").startswith("post_") and not kwargs.get("created"):
        queue_all_entries()
