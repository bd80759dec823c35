"""What waits to be indexed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutboxEntry(models.Model):
    """A record whose documents have to be built anew from the database as it is then.

    Rows are only added and removed, never updated by those who add them, so a change that comes while the
    indexer works on an earlier one is never lost. Several rows for one record are one piece of work.
    """

    source = models.CharField(_("source"), max_length=40)
    source_id = models.BigIntegerField(_("record"))
    queued_at = models.DateTimeField(_("queued at"), auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(_("failed attempts"), default=0)
    error = models.TextField(_("last error"), blank=True)
    retry_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    applied_to = models.CharField(_("applied to index"), max_length=80, blank=True)
    """The index in use when a rebuild was running: the row is applied again to the one that replaces it."""

    class Meta:
        verbose_name = _("record to be indexed")
        verbose_name_plural = _("records to be indexed")

    def __str__(self) -> str:
        return f"{self.source}:{self.source_id}"
