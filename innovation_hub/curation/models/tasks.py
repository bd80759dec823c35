"""Review tasks whose reviewers are found from the record.

One row per kind of review, not one per institution (wagtail-notes 5b, trap 4). Who may decide is written down when the
task starts, as *sides*: an access key (``institution:4``) that must agree. If the version under review moves the entry
to another agency or institution, the old and the new side both agree (DESIGN section 4).
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from innovation_hub.core.scopes import STAFF
from innovation_hub.core.text import sentence_case
from innovation_hub.curation.scopes import Coverage
from innovation_hub.innovations.models import Innovation


class ReviewTaskState(TaskState):
    """One entry waiting at one review: until when, who took it, which sides must agree.

    ``open_since`` is set exactly while the review waits, so that a partial index holds what waits and nothing else:
    the queue is as fast beside a million decided reviews as beside none.
    """

    entry = models.ForeignKey(Innovation, on_delete=models.CASCADE, related_name="review_states")
    open_since = models.DateTimeField(_("waits since"), null=True, editable=False)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=80, blank=True)
    # The title of the version under review: the list and its search don't read versions, some 20 kB each.
    title = models.CharField(_("title"), max_length=255, blank=True, editable=False)
    # What the queue marks about the version under review: code of services.flags -> how many.
    flags = models.JSONField(default=dict, blank=True, editable=False)

    exclude_fields_in_copy = ["sides"]

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        indexes = [
            models.Index(
                fields=["open_since"],
                condition=models.Q(open_since__isnull=False),
                name="curation_open_reviews",
            )
        ]

    def save(self, *args, **kwargs):
        """Keep ``open_since`` and the sides in step with the status."""
        waits = self.status == TaskState.STATUS_IN_PROGRESS
        self.open_since = (self.open_since or timezone.now()) if waits else None
        super().save(*args, **kwargs)
        if not waits:
            self.sides.filter(is_open=True).update(is_open=False)

    @property
    def readable_title(self) -> str:
        """The title in sentence case, where it is written in capitals throughout."""
        return sentence_case(self.title)

    @property
    def is_open(self) -> bool:
        """True while it waits for a decision."""
        return self.open_since is not None

    @property
    def is_late(self) -> bool:
        """True after its service level has passed."""
        return self.due_on is not None and self.due_on < timezone.localdate()

    def open_sides(self):
        """Return the sides that have not agreed yet."""
        return self.sides.filter(is_open=True)


class ReviewSide(models.Model):
    """One organisation whose agreement a review needs, named by its access key.

    Open until it agrees or the review ends.
    """

    review = models.ForeignKey(ReviewTaskState, on_delete=models.CASCADE, related_name="sides")
    key = models.CharField(_("access key"), max_length=60)
    is_open = models.BooleanField(_("has not agreed yet"), default=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("side of a review")
        verbose_name_plural = _("sides of a review")
        constraints = [models.UniqueConstraint(fields=["review", "key"], name="curation_review_side_once")]
        indexes = [models.Index(fields=["key"], condition=models.Q(is_open=True), name="curation_open_sides")]

    def __str__(self) -> str:
        return self.key


class ReviewTask(Task):
    """Abstract: a review by people found from the entry."""

    days = 14
    state_code = ""

    task_state_class = ReviewTaskState

    class Meta:
        abstract = True

    def side_keys(self, version: Innovation, live: Innovation) -> set[str]:
        """Return the access keys that must agree to ``version`` of the entry whose row is ``live``: its lab's."""
        return lab_keys(version)

    def start(self, workflow_state, user=None):
        """Begin the review of the newest version: deadline and sides are written down with it."""
        from innovation_hub.curation.services.reviews import begin_review

        return begin_review(self, workflow_state, user=user)

    def on_action(self, task_state, user, action_name, **kwargs):
        """Decide through the service, which checks permission, both sides and the reason."""
        from innovation_hub.curation.services import reviews

        if action_name == "approve":
            reviews.approve(task_state, actor=user, comment=kwargs.get("comment", ""))
        elif action_name == "reject":
            reviews.send_back(
                task_state, actor=user, reason=kwargs.get("reason", ""), comment=kwargs.get("comment", "")
            )

    def get_actions(self, obj, user):
        """Offer decisions to those who may take them; nothing to whoever wrote the version (two-person rule)."""
        from innovation_hub.curation.services.reviews import can_decide

        review = obj.current_workflow_task_state
        if review is None or not isinstance(review, ReviewTaskState) or not can_decide(review, user):
            return []
        return [
            ("reject", _("Send back"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def get_form_for_action(self, action):
        """Sending back needs a coded reason and a comment."""
        from innovation_hub.curation.forms import ApproveForm, SendBackForm

        return SendBackForm if action == "reject" else ApproveForm

    def user_can_access_editor(self, obj, user):
        """Let the reviewers of this step in, though they may hold no permission to change entries."""
        from innovation_hub.curation.services.reviews import holds_side

        review = obj.current_workflow_task_state
        return isinstance(review, ReviewTaskState) and holds_side(review, user)

    def locked_for_user(self, obj, user):
        """While it waits here only its reviewers may edit."""
        return not self.user_can_access_editor(obj, user)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """Return what waits for ``user`` at this step."""
        from innovation_hub.curation.services.reviews import waiting_for

        return TaskState.objects.filter(pk__in=waiting_for(user).filter(task=self).values("pk"))


class InstitutionReviewTask(ReviewTask):
    """Training-institution review: are the training facts true? Without an institution the lab stands in."""

    days = 14
    state_code = "menunggu-lembaga"

    class Meta:
        verbose_name = _("training-institution review")
        verbose_name_plural = _("training-institution reviews")

    def side_keys(self, version, live):
        """The institution of the version and, if it moves, of the live entry."""
        institutions = {version.institution_id} | ({live.institution_id} if live.live else set())
        keys = {f"institution:{pk}" for pk in institutions if pk}
        return keys or lab_keys(version)

    @classmethod
    def get_description(cls):
        """Shown where a task type is chosen."""
        return _("Members of the entry's training institution decide; without one, its lab")


class AgencyEndorsementTask(ReviewTask):
    """Agency endorsement: facts, permission, no personal data. Silence never publishes: it goes on to the lab."""

    days = 14
    state_code = "menunggu-instansi"

    class Meta:
        verbose_name = _("agency endorsement")
        verbose_name_plural = _("agency endorsements")

    def side_keys(self, version, live):
        """The agency of the version and, if it moves, of the live entry; an unrecognised one can't answer."""
        agencies = {version.agency} | ({live.agency} if live.live else set())
        keys = {f"agency:{one.pk}" for one in agencies if not one.is_unknown}
        return keys or lab_keys(version)

    @classmethod
    def get_description(cls):
        """Shown where a task type is chosen."""
        return _("Reviewers of the entry's agency and of the agencies above it decide")


class LabCurationTask(ReviewTask):
    """Lab curation: checklist, duplicates, evidence level."""

    days = 21
    state_code = "kurasi"

    class Meta:
        verbose_name = _("lab curation")
        verbose_name_plural = _("lab curations")

    @classmethod
    def get_description(cls):
        """Shown where a task type is chosen."""
        return _("Curators of the lab that covers the entry decide")


def lab_keys(version: Innovation) -> set[str]:
    """Return the key of one lab that covers ``version`` (the lowest id of several), else the administrators'."""
    labs = Coverage().labs_of(version.region.code if version.region_id else None, version.programme_id)
    return {f"lab:{min(labs)}"} if labs else {STAFF}


def deadline(days: int):
    """Return the last day of a service level that begins today."""
    return timezone.localdate() + timedelta(days=days)
