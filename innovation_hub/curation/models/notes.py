"""Notes that staff write to one another about an entry; its writers don't read them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from innovation_hub.core.models import NotDeletable


class CurationNote(models.Model):
    """One note on an entry, about a field of it where ``field`` names one. Never changed, never deleted."""

    entry = models.ForeignKey(
        "innovations.Innovation",
        on_delete=models.PROTECT,
        related_name="curation_notes",
        verbose_name=_("entry"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("author")
    )
    at = models.DateTimeField(_("written at"), default=timezone.now)
    text = models.TextField(_("note"))
    field = models.CharField(_("about"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["entry", "at"], name="curation_notes_of_entry")]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:60]}"

    def delete(self, *args, **kwargs):
        """Refuse: what was said about an entry stays with it."""
        raise NotDeletable({self})
