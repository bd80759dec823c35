"""Links by which a mentor without an account answers.

The token itself is nowhere but in the mail: a row holds its SHA-256. A link opens one version of one review for one
address; another version, another review or another address makes it worthless.
"""

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from innovation_hub.innovations.models import Innovator

from .tasks import ReviewTaskState


class LinkState(StrEnum):
    """What a link is good for."""

    VALID = "valid"
    USED = "used"
    EXPIRED = "expired"
    REPLACED = "replaced"


class MentorLink(models.Model):
    """One mail to one mentor. The address goes 90 days after the workflow has ended; the rest stays as the record."""

    review = models.ForeignKey(ReviewTaskState, on_delete=models.CASCADE, related_name="mentor_links")
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Innovator, on_delete=models.CASCADE, related_name="mentor_links")
    address = models.CharField(_("e-mail address"), max_length=254, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made at"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField(_("expires at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    replaced_at = models.DateTimeField(_("replaced at"), null=True, blank=True)

    class Meta:
        verbose_name = _("link for a mentor")
        verbose_name_plural = _("links for mentors")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        """Say which without address and token: logs keep what this returns."""
        return f"#{self.pk}: {self.review_id}"

    @property
    def state(self) -> LinkState:
        """What it is good for now, asked of its review and its person as they are loaded."""
        if self.used_at:
            return LinkState.USED
        if self.replaced_at or not self._is_asked_for():
            return LinkState.REPLACED
        return LinkState.EXPIRED if self.expires_at <= timezone.now() else LinkState.VALID

    def _is_asked_for(self) -> bool:
        """True while the same version waits for the same address."""
        return (
            self.review.is_open
            and self.review.revision_id == self.revision_id
            and bool(self.address)
            and self.person.email.strip().lower() == self.address
        )
