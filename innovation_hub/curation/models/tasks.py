"""Review tasks whose reviewers are found from the record.

One row per kind of review, not one per institution (wagtail-notes 5b, trap 4). Who may decide is written down when the
task starts, as *sides*: an access key (``institution:4``) that must agree. If the version under review moves the entry
to another agency or institution, the old and the new side both agree (DESIGN section 4).
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from innovation_hub.core.text import sentence_case
from innovation_hub.curation import people, working_days
from innovation_hub.curation.scopes import editor_keys, lab_keys
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
    # Why somebody else was asked than the step is for: a code of services.reasons.
    stand_in = models.CharField(_("why somebody else is asked"), max_length=30, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)
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
        return self.due_on is not None and self.due_on < working_days.today()

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

    def stand_in(self, version: Innovation, live: Innovation) -> str:
        """Return why somebody else is asked than the step is for, as a code of ``services.reasons``; mostly empty."""
        return ""

    def asked(self, review: "ReviewTaskState", *, actor) -> None:
        """Tell the people who are asked, after a review began or its version changed; most find it in the queue."""

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


class MentorConfirmationTask(ReviewTask):
    """The mentor confirms that the work was done as described. Named by the writer, with or without an account.

    Seven days, then a reminder; the institution may skip the step (domain.md 4c), and stands in where no mentor is
    recorded any more.
    """

    days = 7
    state_code = "menunggu-mentor"

    class Meta:
        verbose_name = _("mentor confirmation")
        verbose_name_plural = _("mentor confirmations")

    def side_keys(self, version, live):
        """The mentor's account, else the mentor's record; whoever holds the mailed link answers for the latter."""
        person = people.mentor_of(live.pk)
        if person is None:
            return institution_keys(version, live)
        account = people.account_of(person.email)
        return {f"user:{account.pk}" if account else f"mentor:{person.pk}"}

    def stand_in(self, version, live):
        """Nobody is recorded as mentor."""
        return "" if people.mentor_of(live.pk) else "tanpa-mentor"

    def asked(self, review, *, actor):
        """Mail the mentor: an account the way to the desk, everyone else a link."""
        from innovation_hub.curation.services.mentors import ask

        ask(review, actor=actor)

    def user_can_access_editor(self, obj, user):
        """A mentor reads and answers at the desk; only who sees the entry anyway may write in it."""
        from innovation_hub.innovations.permissions import can_view

        return bool(can_view(user, obj)) and super().user_can_access_editor(obj, user)

    @classmethod
    def get_description(cls):
        """Shown where a task type is chosen."""
        return _("The mentor named by the writer confirms, by account or by a mailed link")


class InstitutionReviewTask(ReviewTask):
    """Training-institution review: are the training facts true? Without somebody to review there, the lab stands in."""

    days = 14
    state_code = "menunggu-lembaga"

    class Meta:
        verbose_name = _("training-institution review")
        verbose_name_plural = _("training-institution reviews")

    def side_keys(self, version, live):
        """The institution of the version and, if it moves, of the live entry."""
        return institution_keys(version, live)

    def stand_in(self, version, live):
        """No institution is named, or one of them has no reviewer today."""
        asked = people.institutions_asked(version, live)
        if not asked:
            return "tanpa-lembaga"
        return "" if people.with_reviewers(asked) == asked else "tanpa-peninjau"

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
        """The agency of the version and, if it moves, of the live entry; an unrecognised one can't answer.

        For an agency that has ended, what replaced it answers.
        """
        agencies = {version.agency} | ({live.agency} if live.live else set())
        keys = {f"agency:{people.standing_for(one).pk}" for one in agencies if not one.is_unknown}
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


class EditorTask(ReviewTask):
    """The last look before publication, by an editor of the lab."""

    days = 7
    state_code = "siap-terbit"

    class Meta:
        verbose_name = _("publication by an editor")
        verbose_name_plural = _("publications by an editor")

    def side_keys(self, version, live):
        """The editors of a lab that covers the entry, else those of the default lab, else administrators."""
        return editor_keys(version)

    @classmethod
    def get_description(cls):
        """Shown where a task type is chosen."""
        return _("An editor of the lab that covers the entry publishes")


def institution_keys(version: Innovation, live: Innovation) -> set[str]:
    """Return the sides of the institutions asked; the lab stands in for those without a reviewer."""
    asked = people.institutions_asked(version, live)
    answering = people.with_reviewers(asked)
    keys = {f"institution:{pk}" for pk in answering}
    return keys if keys and answering == asked else keys | lab_keys(version)
