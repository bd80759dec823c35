"""Days on which nobody is expected to answer; staff keep the list (by decree it changes every year)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Holiday(models.Model):
    """A public holiday or a day of collective leave. Switched off, not deleted: deadlines were counted with it."""

    date = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    is_active = models.BooleanField(_("is a day off"), default=True)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name}"
