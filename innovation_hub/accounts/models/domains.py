"""Domains of office addresses beside those of the settings."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from innovation_hub.core.models import Endable


class OfficeDomain(Endable):
    """A domain below which addresses count as office addresses. Ended, never deleted."""

    domain = models.CharField(
        _("domain"), max_length=200, unique=True, help_text=_("Such as example.ac.id; what is below it counts too.")
    )
    note = models.CharField(_("whose it is"), max_length=300)

    class Meta:
        verbose_name = _("office domain")
        verbose_name_plural = _("office domains")
        ordering = ["domain"]

    def __str__(self) -> str:
        return self.domain

    def clean(self) -> None:
        """Keep it lower-case, and two labels at least: nobody means everything below "id"."""
        from innovation_hub.accounts.addresses import is_domain

        self.domain = self.domain.strip().lower().lstrip("@.")
        if not is_domain(self.domain):
            raise ValidationError({"domain": _("Write a domain such as example.ac.id.")})
