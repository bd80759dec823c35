"""The vocabularies that have pages and facets of their own: urusan, themes and SDGs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from innovation_hub.core.models import AbstractTerm


class Urusan(AbstractTerm):
    """A government affair of UU 23/2014 (1.01 … 3.32), a supporting function (4.x, 5.x) or an absolute one (A.x)."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    group = models.CharField(_("group"), max_length=60, blank=True)

    class Meta(AbstractTerm.Meta):
        verbose_name = _("government affair")
        verbose_name_plural = _("government affairs")


class Theme(AbstractTerm):
    """A theme by which readers browse."""

    code = models.SlugField(_("code"), max_length=80, unique=True)
    urusan = models.ManyToManyField(Urusan, verbose_name=_("government affairs"), blank=True, related_name="themes")

    class Meta(AbstractTerm.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def get_absolute_url(self) -> str:
        """The public list of its innovations."""
        from django.urls import reverse

        return reverse("theme", args=[self.code])


class SDG(AbstractTerm):
    """A sustainable development goal (TPB), 1 to 17."""

    code = models.CharField(_("code"), max_length=5, unique=True)

    class Meta(AbstractTerm.Meta):
        verbose_name = _("development goal (SDG)")
        verbose_name_plural = _("development goals (SDGs)")
