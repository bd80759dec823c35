"""Reviews: beginning, finding, taking, approving, sending back, and what silence does."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState
from wagtail.signals import task_submitted

from innovation_hub.core.models import Term
from innovation_hub.core.permissions import ALLOWED, Decision, refuse, require
from innovation_hub.core.scopes import STAFF, held_ids, staff_scopes
from innovation_hub.curation.models import AgencyEndorsementTask, ReviewSide, ReviewTask, ReviewTaskState
from innovation_hub.curation.models.tasks import deadline
from innovation_hub.curation.services.flags import flags_of
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.permissions import can_view
from innovation_hub.innovations.scopes import with_agencies_below

# Only these prefixes are sides of a review; one's own entries (``user:``) give no right to decide.
_SIDE_PREFIXES = ("institution:", "agency:", "lab:")


def side_keys_of(user: Any) -> set[str]:
    """Return every side for which ``user`` may speak; who reviews for an agency also speaks for those below it."""
    keys = {key for key in staff_scopes(user) if key.startswith(_SIDE_PREFIXES) or key == STAFF}
    agencies = held_ids(keys, "agency")
    return keys | {f"agency:{pk}" for pk in with_agencies_below(agencies)} if agencies else keys


def begin_review(task: ReviewTask, workflow_state, *, user) -> ReviewTaskState:
    """Start ``task`` for the newest version of the entry, with its deadline and its sides."""
    live = workflow_state.content_object
    revision = live.get_latest_revision()
    review = ReviewTaskState(
        workflow_state=workflow_state,
        status=TaskState.STATUS_IN_PROGRESS,
        revision=revision,
        task=task,
        entry=live,
        due_on=deadline(task.days),
    )
    version = revision.as_object()
    keys = task.side_keys(version, live)
    review.title, review.flags = version.title_plain, flags_of(version, live, sides=len(keys))
    review.save()
    ReviewSide.objects.bulk_create([ReviewSide(review=review, key=key) for key in sorted(keys)])
    task_submitted.send(sender=ReviewTaskState, instance=review, user=user)
    return review


def waiting() -> QuerySet[ReviewTaskState]:
    """Return every review that waits for a decision."""
    return ReviewTaskState.objects.filter(open_since__isnull=False)


def waiting_for(user: Any) -> QuerySet[ReviewTaskState]:
    """Return the reviews on which a side of ``user`` has not yet agreed."""
    return waiting().filter(waits_for(side_keys_of(user)))


def waits_for(keys: set[str]) -> Q:
    """Return the condition on waiting reviews that one of the sides ``keys`` has not agreed to yet."""
    if STAFF in keys:
        return Q(open_since__isnull=False)
    return Q(pk__in=ReviewSide.objects.filter(is_open=True, key__in=keys).values("review"))


def holds_side(review: ReviewTaskState, user: Any) -> bool:
    """True when ``user`` speaks for one of the review's sides."""
    keys = side_keys_of(user)
    return STAFF in keys or review.sides.filter(key__in=keys).exists()


def wrote_version(entry: Innovation, user: Any) -> bool:
    """True when ``user`` wrote content that is not published yet."""
    return entry.authorships.filter(user=user, closed_at__isnull=True).exists()


def can_decide(review: ReviewTaskState, user: Any) -> Decision:
    """Say whether ``user`` may decide on ``review`` now: speaks for an open side and wrote nothing of the version."""
    if review.status != TaskState.STATUS_IN_PROGRESS:
        return refuse(_("This review has ended."))
    keys = side_keys_of(user)
    if STAFF not in keys:
        if not review.sides.filter(key__in=keys).exists():
            return refuse(_("This entry waits for another organisation."))
        if not review.open_sides().filter(key__in=keys).exists():
            return refuse(_("Your side has agreed; the other side has not answered yet."))
    if wrote_version(review.entry, user):
        return refuse(_("You wrote part of this version, so someone else must decide on it."))
    if review.taken_by_id and review.taken_by_id != user.pk:
        return refuse(_("%(name)s has taken this entry.") % {"name": review.taken_by})
    return ALLOWED


def may_open(review: ReviewTaskState, user: Any) -> Decision:
    """Say whether ``user`` may look at the desk of ``review``: its sides, and whoever sees the entry as staff."""
    return ALLOWED if holds_side(review, user) else can_view(user, review.entry)


@transaction.atomic
def take(review: ReviewTaskState, *, actor: Any) -> None:
    """Take a review, so that others see who works on it; raises ``PermissionDenied`` with the reason."""
    require(can_decide(review, actor))
    review.taken_by, review.taken_at = actor, timezone.now()
    review.save(update_fields=["taken_by", "taken_at"])


@transaction.atomic
def release(review: ReviewTaskState, *, actor: Any) -> None:
    """Give a taken review back; its holder or an administrator may."""
    if review.taken_by_id != actor.pk and not actor.is_superuser:
        require(refuse(_("Only whoever took the entry can give it back.")))
    review.taken_by, review.taken_at = None, None
    review.save(update_fields=["taken_by", "taken_at"])


@transaction.atomic
def approve(review: TaskState, *, actor: Any, comment: str = "") -> ReviewTaskState:
    """Agree for every side that ``actor`` speaks for; the review is passed once no side is open."""
    review = _locked(review)
    require(can_decide(review, actor))
    keys = side_keys_of(actor)
    sides = review.open_sides()
    if STAFF not in keys:
        sides = sides.filter(key__in=keys)
    sides.update(approved_by=actor, approved_at=timezone.now(), is_open=False)
    if not review.open_sides().exists():
        review.approve(user=actor, comment=comment)
    return review


@transaction.atomic
def send_back(review: TaskState, *, actor: Any, reason: str, comment: str) -> ReviewTaskState:
    """Return the entry to its writer with a coded reason and a comment; both are required."""
    review = _locked(review)
    require(can_decide(review, actor))
    if not Term.objects.filter(vocabulary="return_reasons", code=reason).exists():
        raise ValidationError({"reason": _("Choose a reason from the list.")})
    if not comment.strip():
        raise ValidationError({"comment": _("Say what has to be changed.")})
    review.reason = reason
    review.reject(user=actor, comment=comment)
    return review


def _locked(review: TaskState) -> ReviewTaskState:
    """Return the review's row, locked so that two decisions never meet."""
    return ReviewTaskState.objects.select_for_update(of=("self",)).get(pk=review.pk)


@transaction.atomic
def pass_on_silence(review: ReviewTaskState) -> bool:
    """Send an entry whose agency did not answer in time on to the next step; returns whether it moved.

    Silence never publishes: it only skips the endorsement (DESIGN section 4).
    """
    review = _locked(review)
    if review.status != TaskState.STATUS_IN_PROGRESS or not review.is_late:
        return False
    if not isinstance(review.task.specific, AgencyEndorsementTask):
        return False
    if review.workflow_state.is_at_final_task:
        return False
    review.status = TaskState.STATUS_SKIPPED
    review.finished_at = timezone.now()
    review.comment = str(_("No answer within the service level."))
    review.save()
    review.workflow_state.update()
    return True


def follow_edit(entry: Innovation, revision: Any, *, content_changed: bool) -> None:
    """After the version under review was saved again: the review goes on with the newest version and its sides.

    A save that changed nothing keeps what was agreed (DESIGN section 4: it is no edit); a change asks everyone anew.
    """
    review = entry.current_workflow_task_state
    if not isinstance(review, ReviewTaskState) or review.status != TaskState.STATUS_IN_PROGRESS:
        return
    if review.revision_id != revision.pk:
        review.revision = revision
        review.save(update_fields=["revision"])
    if not content_changed:
        review.workflow_state.copy_approved_task_states_to_revision(revision)
        return
    live = Innovation.objects.get(pk=entry.pk)
    version = revision.as_object()
    keys = review.task.specific.side_keys(version, live)
    review.title, review.flags = version.title_plain, flags_of(version, live, sides=len(keys))
    review.save(update_fields=["title", "flags"])
    review.sides.exclude(key__in=keys).delete()
    present = set(review.sides.values_list("key", flat=True))
    ReviewSide.objects.bulk_create([ReviewSide(review=review, key=key) for key in sorted(keys - present)])
    review.sides.update(approved_by=None, approved_at=None, is_open=True)
