"""What readers looked for in vain."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EmptyQuery(models.Model):
    """A text for which nothing was found: how often and on which days, never by whom or when on that day."""

    class Status(models.IntegerChoices):
        """What became of it, in the order in which a curator wants to see them."""

        OPEN = 0, _("open")
        HANDLED = 1, _("made a synonym")
        DISMISSED = 2, _("dismissed")

    text = models.CharField(_("search"), max_length=80, unique=True)
    times = models.PositiveIntegerField(_("times"), default=1)
    nearest = models.PositiveIntegerField(_("entries with some of the words"), default=0)
    first_on = models.DateField(_("first"))
    last_on = models.DateField(_("last"), db_index=True)
    status = models.PositiveSmallIntegerField(_("state"), choices=Status.choices, default=Status.OPEN)
    settled_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")
        ordering = ["status", "-times", "-last_on", "pk"]

    def __str__(self) -> str:
        return self.text
