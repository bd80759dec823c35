"""Mail that waits: what it is about and to whom; its text, and the secret links in it, are made on sending."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class QueuedMail(models.Model):
    """One mail to one address. The row goes when the mail server has taken it; what was given up stays."""

    kind = models.CharField(_("kind"), max_length=60)
    address = models.CharField(_("e-mail address"), max_length=254)
    language = models.CharField(_("language"), max_length=5)
    facts = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(_("made at"), default=timezone.now)
    due_at = models.DateTimeField(_("due at"), default=timezone.now, db_index=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    problem = models.CharField(_("problem"), max_length=80, blank=True)
    given_up_at = models.DateTimeField(_("given up at"), null=True, blank=True)

    class Meta:
        verbose_name = _("waiting mail")
        verbose_name_plural = _("waiting mails")
        ordering = ["due_at", "pk"]

    def __str__(self) -> str:
        """Say which without the address: logs keep what this returns."""
        return f"#{self.pk}: {self.kind}"
