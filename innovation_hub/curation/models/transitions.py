"""The log of what happened to an entry: who, when, from, to, why. Rows are only ever added."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from innovation_hub.core.models import NotDeletable


class Transition(models.Model):
    """One step of an entry on its way."""

    class State(models.TextChoices):
        """States of domain.md 4c."""

        DRAFT = "draf", _("draft")
        MENTOR = "menunggu-mentor", _("waits for the mentor")
        INSTITUTION = "menunggu-lembaga", _("waits for the training institution")
        AGENCY = "menunggu-instansi", _("waits for the agency")
        CURATION = "kurasi", _("in curation")
        READY = "siap-terbit", _("ready for publication")
        RETURNED = "perlu-perbaikan", _("needs changes")
        PUBLISHED = "terbit", _("published")
        UNPUBLISHED = "arsip", _("archived")
        WITHDRAWN = "ditarik", _("withdrawn")
        MERGED = "duplikat", _("merged")

    entry = models.ForeignKey(
        "innovations.Innovation",
        on_delete=models.PROTECT,
        related_name="transitions",
        verbose_name=_("entry"),
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Who acted without an account, as an access key (``mentor:4``); never a name or an address.
    actor_key = models.CharField(_("who, without an account"), max_length=60, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    from_state = models.CharField(_("from"), max_length=30, choices=State.choices, blank=True)
    to_state = models.CharField(_("to"), max_length=30, choices=State.choices)
    reason = models.CharField(_("reason"), max_length=80, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("transition")
        verbose_name_plural = _("transitions")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.from_state} → {self.to_state}"

    def delete(self, *args, **kwargs):
        """Refuse: the log is never shortened."""
        raise NotDeletable({self})
