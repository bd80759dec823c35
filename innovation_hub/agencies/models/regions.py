"""Provinces, regencies and cities with their Kemendagri codes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from innovation_hub.core.models import Endable, SourceHashMixin


class Region(SourceHashMixin, Endable):
    """A province, regency or city (Kepmendagri 300.2.2-2138/2025; code ``72`` or ``72.01``)."""

    class Kind(models.TextChoices):
        PROVINCE = "provinsi", _("province")
        REGENCY = "kabupaten", _("regency")
        CITY = "kota", _("city")

    code = models.CharField(_("Kemendagri code"), max_length=5, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("province"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    autonomous = models.BooleanField(_("autonomous"), default=True)
    bps_code = models.CharField(_("BPS code"), max_length=5, blank=True)
    code_source = models.CharField(_("source of codes and dates"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_province(self) -> bool:
        """True for the 38 provinces."""
        return self.kind == self.Kind.PROVINCE

    @property
    def province_code(self) -> str:
        """The code of the province it lies in (its own for a province)."""
        return self.code[:2]

    @property
    def short_name(self) -> str:
        """The name as lists show it: ``Kab. Banggai``."""
        return self.name.replace("Kabupaten ", "Kab. ", 1)
