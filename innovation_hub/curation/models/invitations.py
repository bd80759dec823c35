"""Invitations of a cohort's participants: one for each person and cohort."""

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from innovation_hub.accounts.tokens import LIFETIMES, Purpose
from innovation_hub.innovations.models import Innovation
from innovation_hub.training.models import Cohort


class InvitationState(StrEnum):
    """How far somebody has come."""

    SENT = "sent"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    WRITTEN = "written"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


class CohortInvitation(models.Model):
    """Somebody was asked to write about what they made in a cohort; the draft waits for them."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("cohort"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cohort_invitations", verbose_name=_("account")
    )
    entry = models.ForeignKey(
        Innovation,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="cohort_invitations",
        verbose_name=_("entry"),
    )
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation to a cohort")
        verbose_name_plural = _("invitations to cohorts")
        ordering = ["user__name", "pk"]
        constraints = [models.UniqueConstraint(fields=["cohort", "user"], name="curation_invited_once")]

    def __str__(self) -> str:
        """Say which without a name: logs keep what this returns."""
        return f"#{self.pk}: {self.cohort_id}"

    @property
    def expires_at(self):
        """When its link stops working."""
        return self.sent_at + LIFETIMES[Purpose.INVITATION]

    @property
    def state(self) -> InvitationState:
        """How far it has come; asks the entry, and whether its person wrote in it."""
        if self.withdrawn_at:
            return InvitationState.WITHDRAWN
        if self.entry and (self.entry.submitted_at or self.entry.first_published_at):
            return InvitationState.SUBMITTED
        if self.entry and any(one.user_id == self.user_id for one in self.entry.authorships.all()):
            return InvitationState.WRITTEN
        if self.accepted_at:
            return InvitationState.ACCEPTED
        return InvitationState.EXPIRED if self.expires_at <= timezone.now() else InvitationState.SENT
