"""Every path of Wagtail through a workflow ends in the transition log and in the index."""

from django.dispatch import receiver
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import published, task_submitted, unpublished, workflow_cancelled, workflow_rejected

from innovation_hub.curation.models import ReviewTaskState, Transition
from innovation_hub.curation.services.reviews import follow_edit
from innovation_hub.curation.services.workflow import reason_of, record_transition, state_of_review
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.signals import draft_saved
from search.outbox import enqueue


@receiver(task_submitted, sender=ReviewTaskState)
def log_waiting(sender, instance: ReviewTaskState, user, **kwargs) -> None:
    """The entry now waits at a step."""
    record_transition(instance.entry, state_of_review(instance), actor=user, revision=instance.revision)
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
    """The review was called off; publishing directly also ends it, and logs itself."""
    entry = instance.content_object
    if isinstance(entry, Innovation) and not entry.live:
        record_transition(entry, Transition.State.DRAFT, actor=user)
        enqueue("innovation", [entry.pk])


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
def follow_version(sender, entry: Innovation, revision, written: set[str], **kwargs) -> None:
    """Keep a running review on the newest version."""
    follow_edit(entry, revision, content_changed=bool(written))
