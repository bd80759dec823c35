"""Registry numbers: given at first publication, never deleted, never used again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from innovation_hub.core.models import NotDeletable


class RegistryCounter(models.Model):
    """The last serial given; one row, locked while numbers are taken."""

    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("registry counter")
        verbose_name_plural = _("registry counter")

    def __str__(self) -> str:
        return str(self.last)


class RegistryNumber(models.Model):
    """One number and what it leads to today: an entry, the entry it was merged into, or a tombstone."""

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        MERGED = "merged", _("merged into another entry")
        WITHDRAWN = "withdrawn", _("withdrawn")

    number = models.CharField(_("number"), max_length=20, unique=True)
    entry = models.ForeignKey(
        "innovations.Innovation",
        verbose_name=_("entry"),
        on_delete=models.PROTECT,
        related_name="registry_numbers",
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ACTIVE)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="absorbed",
    )
    reason = models.TextField(_("reason"), blank=True)
    title = models.CharField(_("title when withdrawn"), max_length=255, blank=True)
    issued_at = models.DateTimeField(_("issued at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("registry number")
        verbose_name_plural = _("registry numbers")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.number

    def delete(self, *args, **kwargs):
        """Refuse: a number stays for ever."""
        raise NotDeletable({self})
