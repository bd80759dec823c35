"""What time does to reviews, once a day: silence, reminders, reviewers who are gone, addresses no longer needed."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from innovation_hub.core.scopes import held_ids
from innovation_hub.curation import people, working_days
from innovation_hub.curation.models import (
    AgencyEndorsementTask,
    InstitutionReviewTask,
    MentorConfirmationTask,
    MentorLink,
    ReviewTaskState,
)
from innovation_hub.curation.services import mentors, reasons, reviews
from innovation_hub.curation.services.workflow import record_transition, state_of_review
from innovation_hub.innovations.models import Innovator
from search.outbox import enqueue

KEEP_ADDRESS_DAYS = 90


def late() -> QuerySet[ReviewTaskState]:
    """Return the waiting reviews whose service level has passed."""
    return reviews.waiting().filter(due_on__lt=working_days.today()).order_by("pk")


@transaction.atomic
def pass_on_silence(review: ReviewTaskState) -> bool:
    """Send an entry whose agency did not answer in time on to the next step; returns whether it moved.

    Silence never publishes: it only skips the endorsement (DESIGN section 4).
    """
    review = reviews.locked(review)
    if review.status != TaskState.STATUS_IN_PROGRESS or not review.is_late:
        return False
    if not isinstance(review.task.specific, AgencyEndorsementTask):
        return False
    if review.workflow_state.is_at_final_task:
        return False
    reviews.skip(review, actor=None, reason=reasons.SILENCE, comment=_("No answer within the service level."))
    return True


@transaction.atomic
def remind_mentor(review: ReviewTaskState) -> bool:
    """Ask a mentor who did not answer in time a second time, never a third; returns whether it was done."""
    review = reviews.locked(review)
    if not review.is_open or not review.is_late or review.reminded_at is not None:
        return False
    if not isinstance(review.task.specific, MentorConfirmationTask) or review.stand_in:
        return False
    review.reminded_at = timezone.now()
    review.save(update_fields=["reminded_at"])
    mentors.ask(review, actor=None)
    return True


def without_reviewers() -> list[ReviewTaskState]:
    """Return the reviews that wait for an institution whose last reviewer has gone."""
    waiting = reviews.waiting().filter(sides__is_open=True, sides__key__startswith="institution:")
    keys = set(waiting.values_list("sides__key", flat=True))
    institutions = held_ids(keys, "institution")
    gone = {f"institution:{pk}" for pk in institutions - people.with_reviewers(institutions)}
    return list(reviews.waiting().filter(sides__is_open=True, sides__key__in=gone).distinct()) if gone else []


@transaction.atomic
def hand_to_lab(review: ReviewTaskState) -> bool:
    """Let the lab stand in for an institution without reviewers; returns whether anything changed."""
    review = reviews.locked(review)
    task = review.task.specific
    if not review.is_open or not isinstance(task, InstitutionReviewTask | MentorConfirmationTask):
        return False
    version, live = review.revision.as_object(), review.entry
    reviews.set_sides(review, task.side_keys(version, live))
    review.stand_in = task.stand_in(version, live)
    review.save(update_fields=["stand_in"])
    record_transition(live, state_of_review(review), actor=None, reason=review.stand_in, revision=review.revision)
    enqueue("innovation", [live.pk])
    return True


@transaction.atomic
def forget_mentor_addresses() -> int:
    """Forget addresses of mentors 90 days after the last workflow of their entry ended; returns of how many people.

    The record that a mentor was asked and answered stays, without the address.
    """
    asked = ReviewTaskState.objects.filter(task__in=MentorConfirmationTask.objects.values("task_ptr"))
    MentorLink.objects.filter(*_over("review__entry")).exclude(address="").update(address="")
    mentors_asked = Innovator.objects.filter(
        Exists(asked.filter(entry=OuterRef("entry"))), *_over("entry"), role=Innovator.Role.MENTOR
    )
    return mentors_asked.exclude(email="").update(email="")


def _over(entry: str) -> tuple[Exists | Q, ...]:
    """Return the conditions that no workflow of the record's ``entry`` runs, and that the last ended long ago."""
    reviews_of_entry = ReviewTaskState.objects.filter(entry=OuterRef(entry))
    active = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    cutoff = timezone.now() - timedelta(days=KEEP_ADDRESS_DAYS)
    return (
        ~Exists(reviews_of_entry.filter(workflow_state__status__in=active)),
        ~Exists(reviews_of_entry.filter(finished_at__gt=cutoff)),
    )
