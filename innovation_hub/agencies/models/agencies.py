"""Agencies (government bodies), their other names, their units and the people who act for them."""

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from innovation_hub.accounts.models import Membership
from innovation_hub.core.models import Endable, SourceHashMixin, Term

from .regions import Region

UNKNOWN_CODE = "belum-dikenali"


class Agency(SourceHashMixin, Endable, ClusterableModel):
    """A government body: ministry, agency, province, regency or city. Rights and the agency facet stand on it."""

    code = models.CharField(_("code"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=120, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=255)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    kind = models.ForeignKey(
        Term,
        verbose_name=_("type"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "agency_types"},
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("agency above"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agencies",
    )
    website = models.URLField(_("website"), blank=True)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        """Give the agency its address once; later renames keep it."""
        if not self.slug:
            self.slug = self._free_slug()
        super().save(*args, **kwargs)

    def _free_slug(self) -> str:
        base = slugify(self.name)[:110] or slugify(self.code)
        taken = set(Agency.objects.filter(slug__startswith=base).values_list("slug", flat=True))
        return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 1000))) if slug not in taken)

    @property
    def is_unknown(self) -> bool:
        """True for the one agency that stands for every body not yet recognised."""
        return self.code == UNKNOWN_CODE

    def chain(self) -> list["Agency"]:
        """Return the agency and those above it, nearest first."""
        found, current = [self], self
        while current.parent_id and all(current.parent_id != one.pk for one in found):
            current = current.parent
            found.append(current)
        return found

    def get_absolute_url(self) -> str:
        """The public list of its innovations."""
        from django.urls import reverse

        return reverse("agency", args=[self.slug])


class AgencyAlias(models.Model):
    """Another name of an agency: spelling, abbreviation or what it was called before."""

    class Kind(models.TextChoices):
        ALIAS = "alias", _("other name")
        ABBREVIATION = "abbreviation", _("abbreviation")
        EARLIER = "earlier", _("earlier name")

    agency = ParentalKey(Agency, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("agency"))
    name = models.CharField(_("name"), max_length=255)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices, default=Kind.ALIAS)
    valid_until = models.DateField(_("used until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="agencies_alias_once")]

    def __str__(self) -> str:
        return self.name


class Unit(Endable):
    """The office inside an agency: Dinas, UPTD, Puskesmas, school… created on the fly by forms and imports."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units", verbose_name=_("agency"))
    name = models.CharField(_("name"), max_length=255)
    folded = models.CharField(max_length=255, editable=False, db_index=True)
    kind = models.ForeignKey(
        Term,
        verbose_name=_("type"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "unit_types"},
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("unit above"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["agency", "folded"], name="agencies_unit_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        """Keep the folded name, by which a unit is found again, in step."""
        self.folded = fold_name(self.name)
        super().save(*args, **kwargs)


def fold_name(name: str) -> str:
    """Return the form under which two spellings of one office's name meet: lower case, one space between words."""
    return " ".join(slugify(name).split("-"))[:255]


class AgencyMembership(Membership):
    """What a person does for an agency."""

    class Role(models.TextChoices):
        SUBMITTER = "submitter", _("submitter")
        REVIEWER = "reviewer", _("agency reviewer")

    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("agency"))

    class Meta:
        verbose_name = _("agency membership")
        verbose_name_plural = _("agency memberships")

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.agency}"
