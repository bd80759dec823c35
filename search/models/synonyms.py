"""Synonyms as staff edit them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SynonymGroup(models.Model):
    """Phrases that are searched for together.

    A group with a ``key`` stands for the shipped group of that key, changed or not; shipped groups without a row are
    in use as they are (see :mod:`search.stored_synonyms`).
    """

    class Origin(models.TextChoices):
        """Where a group comes from."""

        SHIPPED = "shipped", _("shipped")
        HUB = "hub", _("own")

    phrases = models.TextField(_("phrases"), help_text=_("One phrase on each line; two to twelve."))
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("Switched off, the group stays in the list and changes no search.")
    )
    note = models.TextField(_("note"), blank=True, help_text=_("For colleagues: why, and where the words come from."))
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, default=Origin.HUB, editable=False)
    key = models.CharField(_("key"), max_length=80, blank=True, editable=False)
    source_hash = models.CharField(max_length=64, blank=True, editable=False)
    """What the loading of the shipped groups last wrote (:mod:`innovation_hub.core.loading`)."""
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("changed by"),
    )

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["phrases", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~models.Q(key=""), name="search_synonymgroup_key")
        ]

    def __str__(self) -> str:
        return ", ".join(self.phrase_list)

    @property
    def phrase_list(self) -> list[str]:
        """Return the phrases."""
        return self.phrases.splitlines()
