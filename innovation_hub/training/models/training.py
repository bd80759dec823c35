"""Programmes, institutions and cohorts (PerLAN on Latsar, PKP, PKA, PKN; forms of PerLAN 10/2018)."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from innovation_hub.agencies.models import Agency, Region
from innovation_hub.core.models import AbstractTerm, Endable, SourceHashMixin, Term

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """Return ``number`` in Roman numerals, as cohorts are counted in Indonesia."""
    out = ""
    for value, sign in _ROMAN:
        out += sign * (number // value)
        number %= value
    return out


class TrainingProgramme(AbstractTerm):
    """Latsar CPNS, PKP, PKA, PKN II… Its workflow is the way an entry made in it takes to publication."""

    code = models.CharField(_("code"), max_length=80, unique=True)
    short_label = models.CharField(_("short name"), max_length=40, blank=True)
    category = models.CharField(_("category"), max_length=60, blank=True)
    participants = models.CharField(_("participants"), max_length=200, blank=True)
    product = models.ForeignKey(
        Term,
        verbose_name=_("training product"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "training_products"},
    )
    regulation = models.CharField(_("regulation"), max_length=300, blank=True)
    formerly = models.CharField(_("formerly"), max_length=300, blank=True)
    workflow = models.ForeignKey(
        "wagtailcore.Workflow",
        verbose_name=_("workflow"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="training_programmes",
    )

    class Meta(AbstractTerm.Meta):
        verbose_name = _("training programme")
        verbose_name_plural = _("training programmes")

    @property
    def short(self) -> str:
        """``PKP`` where the programme is known by a short name, else its label."""
        return self.short_label or self.label


class TrainingInstitution(SourceHashMixin, Endable):
    """Who ran the training: LAN, Puslatbang, Pusdiklat, BPSDM…"""

    code = models.CharField(_("code"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=120, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=255)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    earlier_names = models.CharField(_("earlier names"), max_length=300, blank=True)
    kind = models.ForeignKey(
        Term,
        verbose_name=_("type"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "training_institution_types"},
    )
    agency = models.ForeignKey(
        Agency,
        verbose_name=_("agency"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="institutions",
    )
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="institutions",
    )
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("training institution")
        verbose_name_plural = _("training institutions")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        """Give the institution its address once."""
        if not self.slug:
            base = slugify(self.short_name or self.name)[:100] or slugify(self.code)
            taken = TrainingInstitution.objects.filter(slug=base).exists()
            self.slug = f"{base}-{slugify(self.code)}"[:120] if taken else base
        super().save(*args, **kwargs)


class Cohort(Endable):
    """One run of a programme by an institution."""

    class Modality(models.TextChoices):
        CLASSICAL = "klasikal", _("classical")
        BLENDED = "bauran", _("blended")
        DISTANCE = "jarak-jauh", _("distance")
        NON_CLASSICAL = "nonklasikal", _("non-classical")

    programme = models.ForeignKey(
        TrainingProgramme, on_delete=models.PROTECT, related_name="cohorts", verbose_name=_("programme")
    )
    institution = models.ForeignKey(
        TrainingInstitution, on_delete=models.PROTECT, related_name="cohorts", verbose_name=_("institution")
    )
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True, help_text=_("Only if it has no number."))
    year = models.PositiveIntegerField(_("year"))
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    modality = models.CharField(_("modality"), max_length=20, choices=Modality.choices, blank=True)
    form = models.ForeignKey(
        Term,
        verbose_name=_("form (PerLAN 10/2018)"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "training_forms"},
    )
    participants_count = models.PositiveIntegerField(_("number of participants"), null=True, blank=True)
    is_synthetic = models.BooleanField(_("sample data"), default=False, editable=False)

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["-year", "programme", "number"]
        constraints = [
            # Two cohorts without a number are told apart by name; NULLs alone would always differ.
            models.UniqueConstraint(
                "programme", "institution", "year", Coalesce("number", 0), "name", name="training_cohort_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme.short} {self.label}, {self.institution.short_name or self.institution.name}"

    @property
    def label(self) -> str:
        """``Angkatan XII 2024``; without a number its name and year."""
        if self.number:
            return _now("Cohort %(number)s %(year)s") % {"number": roman(self.number), "year": self.year}
        return f"{self.name} {self.year}".strip()

    @cached_property
    def labels(self) -> dict[str, str]:
        """The label in each language, for cards that hold both."""
        found = {}
        for language, _name in settings.LANGUAGES:
            with override(language):
                found[language] = self.label
        return found
