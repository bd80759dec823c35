"""Pairs of entries that may be one innovation, and what was decided about them."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ENTRY = "innovations.Innovation"


class DuplicatePair(models.Model):
    """Two entries found to be alike; once decided, the pair is never asked about again."""

    class Suggestion(models.TextChoices):
        SAME = "same", _("probably the same")
        RELATED = "related", _("related")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        SAME = "same", _("the same")
        RELATED = "related", _("related")
        DIFFERENT = "different", _("different")

    first = models.ForeignKey(ENTRY, on_delete=models.CASCADE, related_name="+", verbose_name=_("entry"))
    second = models.ForeignKey(ENTRY, on_delete=models.CASCADE, related_name="+", verbose_name=_("other entry"))
    suggestion = models.CharField(_("suggestion"), max_length=10, choices=Suggestion.choices)
    score = models.FloatField(_("likeness"))
    reasons = models.JSONField(_("reasons"), default=list)
    state = models.CharField(_("decision"), max_length=10, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField(_("found"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("pair of entries")
        verbose_name_plural = _("pairs of entries")
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="curation_pair_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="curation_pair_ordered"),
        ]
        indexes = [models.Index(fields=["state", "suggestion", "-score"], name="curation_pairs_open")]

    def __str__(self) -> str:
        return f"{self.first_id}/{self.second_id}: {self.state}"


class DuplicateCheck(models.Model):
    """Up to which change the entries were compared: one row, so that a refresh takes only what is newer."""

    upto = models.DateTimeField()

    class Meta:
        verbose_name = _("comparison of entries")
        verbose_name_plural = _("comparisons of entries")

    def __str__(self) -> str:
        return f"{self.upto:%Y-%m-%d %H:%M}"

    @classmethod
    def reached(cls) -> datetime | None:
        """Return up to when everything was compared; ``None`` before the first time."""
        return cls.objects.order_by("-upto").values_list("upto", flat=True).first()

    @classmethod
    def reach(cls, moment: datetime) -> None:
        """Remember that everything was compared up to ``moment``."""
        cls.objects.update_or_create(pk=1, defaults={"upto": moment})
