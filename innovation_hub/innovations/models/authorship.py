"""Who wrote the content that is not yet published: they may not decide on it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Authorship(models.Model):
    """One person's change of content since the last publication; closed when a version is published.

    Redaction, level, evidence level, themes and notes are curatorial acts and don't count; nor does a save that changes
    nothing, nor running an import (DESIGN section 4).
    """

    entry = models.ForeignKey("innovations.Innovation", on_delete=models.CASCADE, related_name="authorships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("authorship")
        verbose_name_plural = _("authorships")
        indexes = [models.Index(fields=["entry", "closed_at"], name="innovations_open_authorship")]

    def __str__(self) -> str:
        return f"{self.user_id}@{self.entry_id}"
