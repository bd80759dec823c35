"""Records that others name: they end, and say what replaced them, but are never deleted."""

from datetime import date
from typing import Any, Self, cast

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NotDeletable(models.ProtectedError):
    """Raised when something that entries name is about to be deleted; end it instead."""

    def __init__(self, objects):
        message = _("This record may be named by entries and drafts. End it instead of deleting it.")
        super().__init__(cast(str, message), objects)


class EndableQuerySet(models.QuerySet):
    """Queries over records with a period of validity."""

    def current(self, on: date | None = None):
        """Return the records valid on a day (today unless given)."""
        day = on or timezone.localdate()
        return self.filter(
            models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=day),
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=day),
        )

    def choosable(self, chosen=None):
        """Return what a form may offer: current records, and the ended one that the form already holds."""
        return (self.current() | self.filter(pk=chosen)) if chosen else self.current()

    def delete(self):
        """Refuse: see :class:`NotDeletable`."""
        raise NotDeletable(set(self))


EndableManager = models.Manager.from_queryset(EndableQuerySet)


class Endable(models.Model):
    """A record with a period of validity and a successor (DESIGN: nothing that others name is deleted)."""

    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True, help_text=_("The last day it was valid."))
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaces",
    )

    objects = EndableManager()

    class Meta:
        abstract = True

    @property
    def is_ended(self) -> bool:
        """True after its last day of validity."""
        return self.valid_until is not None and self.valid_until < timezone.localdate()

    def successor(self) -> Self:
        """Follow ``replaced_by`` to the record that stands for this one today (itself when nothing replaced it)."""
        current: Any = self
        seen = {self.pk}
        while current.replaced_by_id and current.replaced_by_id not in seen:
            seen.add(current.replaced_by_id)
            current = current.replaced_by
        return current

    def delete(self, *args, **kwargs):
        """Refuse: see :class:`NotDeletable`."""
        raise NotDeletable({self})
