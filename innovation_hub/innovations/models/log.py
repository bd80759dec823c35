"""The admin's history of entries, in a table of its own: who may see an entry may see its history, nobody else."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import BaseLogEntry, BaseLogEntryManager

from .innovation import Innovation


class InnovationLogEntryManager(BaseLogEntryManager):
    """Answers Wagtail's questions about the history of entries.

    Wagtail's shared log asks only whether a user may do anything with *some* entry, and shows the titles of all.
    """

    def log_action(self, instance: Innovation, action: str, **kwargs: Any) -> "InnovationLogEntry":
        """Write one line about an entry."""
        return super().log_action(instance, action, entry_id=instance.pk, **kwargs)

    def viewable_by_user(self, user: Any) -> models.QuerySet:
        """Return the lines about entries whose newest face ``user`` may see."""
        if user.is_superuser:
            return self.all()
        return self.filter(entry__in=Innovation.objects.visible_to(user).order_by().values("pk"))

    def for_instance(self, instance: Innovation) -> models.QuerySet:
        """Return the history of one entry."""
        return self.filter(entry=instance.pk)


class InnovationLogEntry(BaseLogEntry):
    """One line of an entry's history."""

    entry = models.ForeignKey(
        Innovation, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", verbose_name=_("entry")
    )

    objects = InnovationLogEntryManager()

    class Meta(BaseLogEntry.Meta):
        ordering = ["-timestamp", "-id"]
        verbose_name = _("line of an entry's history")
        verbose_name_plural = _("history of entries")

    def __str__(self) -> str:
        return f"{self.action}: {self.entry_id}"

    @property
    def object_id(self) -> int:
        """The entry's key, by the name that Wagtail's reports use."""
        return self.entry_id
