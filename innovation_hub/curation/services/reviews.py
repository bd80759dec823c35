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
from innovation_hub.core.roles import Role, forget_roles, organisations_of
from innovation_hub.core.scopes import STAFF, held_ids, staff_scopes
from innovation_hub.curation.models import ReviewSide, ReviewTask, ReviewTaskState
from innovation_hub.curation.services.flags import flags_of
from innovation_hub.curation.working_days import deadline
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.permissions import can_view
from innovation_hub.innovations.scopes import with_agencies_below

# Keys of sides. A ``user:`` key is the side of a mentor with an account; of one's own entries none is ever made.
_SIDE_PREFIXES = ("institution:", "agency:", "lab:", "user:")


def side_keys_of(user: Any) -> set[str]:
    """Return every side for which ``user`` may speak; who reviews for an agency also speaks for those below it."""
    keys = {key for key in staff_scopes(user) if key.startswith(_SIDE_PREFIXES) or key == STAFF}
    if keys:
        keys |= {f"editor:{pk}" for pk in organisations_of(user, Role.EDITOR)}
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
    _describe(review, task, live)
    task_submitted.send(sender=ReviewTaskState, instance=review, user=user)
    task.asked(review, actor=user)
    return review


def _describe(review: ReviewTaskState, task: ReviewTask, live: Innovation) -> None:
    """Write down what the queue shows of the version under review, and who must agree to it: everyone anew."""
    version = review.revision.as_object()
    keys = task.side_keys(version, live)
    review.title, review.flags = version.title_plain, flags_of(version, live, sides=len(keys))
    review.stand_in = task.stand_in(version, live)
    review.save()
    set_sides(review, keys)
    review.sides.update(approved_by=None, approved_at=None, is_open=True)


def set_sides(review: ReviewTaskState, keys: set[str]) -> None:
    """Make ``keys`` the sides of a review; what those that stay have agreed to stays."""
    review.sides.exclude(key__in=keys).delete()
    present = set(review.sides.values_list("key", flat=True))
    ReviewSide.objects.bulk_create([ReviewSide(review=review, key=key) for key in sorted(keys - present)])


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
        return refuse(_how_it_ended(review))
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


def _how_it_ended(review: ReviewTaskState) -> str:
    """Say who was faster, to whoever comes second."""
    words = {"who": review.finished_by, "status": review.get_status_display()}
    if review.finished_by is None:
        return _("This review has ended (%(status)s). Nothing more is decided on it.") % words
    return _("This review has ended: %(who)s decided (%(status)s). Nothing more is decided on it.") % words


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
    review = locked(review)
    forget_roles(actor)
    require(can_decide(review, actor))
    keys = side_keys_of(actor)
    agree(review, None if STAFF in keys else keys, actor=actor, comment=comment)
    return review


@transaction.atomic
def send_back(review: TaskState, *, actor: Any, reason: str, comment: str) -> ReviewTaskState:
    """Return the entry to its writer with a coded reason and a comment; both are required."""
    review = locked(review)
    forget_roles(actor)
    require(can_decide(review, actor))
    reject(review, actor=actor, reason=reason, comment=comment)
    return review


def agree(review: ReviewTaskState, keys: set[str] | None, *, actor: Any, comment: str) -> None:
    """Note the agreement of the sides ``keys`` (``None``: all); whoever calls has asked whether it may be given."""
    sides = review.open_sides()
    if keys is not None:
        sides = sides.filter(key__in=keys)
    sides.update(approved_by=actor, approved_at=timezone.now(), is_open=False)
    if not review.open_sides().exists():
        review.approve(user=actor, comment=comment)


def reject(review: ReviewTaskState, *, actor: Any, reason: str, comment: str) -> None:
    """Return the entry; whoever calls has asked whether it may be. Raises ``ValidationError`` without reasons."""
    if not Term.objects.filter(vocabulary="return_reasons", code=reason).exists():
        raise ValidationError({"reason": _("Choose a reason from the list.")})
    if not comment.strip():
        raise ValidationError({"comment": _("Say what has to be changed.")})
    review.reason = reason
    review.reject(user=actor, comment=comment)


def skip(review: ReviewTaskState, *, actor: Any, reason: str, comment: str) -> None:
    """Go on to the next step without an answer, for one of the hub's own reasons."""
    review.status = TaskState.STATUS_SKIPPED
    review.finished_at, review.finished_by = timezone.now(), actor
    review.reason, review.comment = reason, comment
    review.save()
    review.workflow_state.update(user=actor)


def locked(review: TaskState) -> ReviewTaskState:
    """Return the review, its row locked, so that two decisions never meet.

    It is read in a statement after the lock: the status lies in Wagtail's own table, and PostgreSQL would show the
    status of before the wait beside the row that it waited for.
    """
    ReviewTaskState.objects.select_for_update(of=("self",)).get(pk=review.pk)
    return ReviewTaskState.objects.get(pk=review.pk)


def follow_edit(entry: Innovation, revision: Any, *, content_changed: bool, user: Any = None) -> None:
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
        review.mentor_links.filter(replaced_at__isnull=True, used_at__isnull=True).update(revision=revision)
        review.workflow_state.copy_approved_task_states_to_revision(revision)
        return
    task = review.task.specific
    _describe(review, task, Innovation.objects.get(pk=entry.pk))
    task.asked(review, actor=user)
