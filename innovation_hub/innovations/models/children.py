"""Child records of an entry, versioned with it. None points at another: evidence is inside its claim."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from innovation_hub.core.models import Term
from innovation_hub.core.models.files import private_storage
from innovation_hub.core.partial_dates import PartialDateField

ENTRY = "innovations.Innovation"


class Claim(Orderable):
    """A stated result, with what supports it. Level 0 claim … 4 proven elsewhere (domain.md 4b)."""

    entry = ParentalKey(ENTRY, on_delete=models.CASCADE, related_name="claims")
    indicator = models.TextField(_("result"))
    baseline = models.CharField(_("before"), max_length=200, blank=True)
    value = models.CharField(_("after"), max_length=200, blank=True)
    unit = models.CharField(pgettext_lazy("measure", "unit"), max_length=80, blank=True)
    period = models.CharField(_("period"), max_length=120, blank=True)
    method = models.TextField(_("how it was measured"), blank=True)
    verifier = models.CharField(_("stated or checked by"), max_length=200, blank=True)
    level = models.PositiveSmallIntegerField(_("evidence level"), default=0, validators=[MaxValueValidator(4)])
    evidence_note = models.TextField(_("evidence"), blank=True)
    evidence_url = models.URLField(_("address of the evidence"), max_length=500, blank=True)
    evidence_file = models.FileField(_("evidence file"), upload_to="evidence", storage=private_storage, blank=True)
    source_letters = models.CharField(_("sources"), max_length=40, blank=True, help_text=_("Letters, as in “a, c”."))
    conflict_group = models.CharField(
        _("clashes with"),
        max_length=40,
        blank=True,
        help_text=_("Claims with the same word here contradict each other."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("claim")
        verbose_name_plural = _("claims")


class ImplementationStep(Orderable):
    """One step of putting it into practice."""

    entry = ParentalKey(ENTRY, on_delete=models.CASCADE, related_name="steps")
    title = models.CharField(_("step"), max_length=255)
    text = models.TextField(_("what was done"), blank=True)
    period = models.CharField(_("when"), max_length=120, blank=True)
    source_letters = models.CharField(_("sources"), max_length=40, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")


class Stakeholder(Orderable):
    """A partner: government, academia, business, community, media (pentahelix)."""

    entry = ParentalKey(ENTRY, on_delete=models.CASCADE, related_name="stakeholders")
    name = models.CharField(_("name of the body"), max_length=255)
    role = models.CharField(_("kind"), max_length=80, blank=True)
    part = models.CharField(_("what it does"), max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")


class BudgetLine(Orderable):
    """Money of one year: source and amount or band."""

    entry = ParentalKey(ENTRY, on_delete=models.CASCADE, related_name="budget_lines")
    year = models.PositiveIntegerField(_("year"), null=True, blank=True)
    source = models.CharField(_("source of the money"), max_length=120, blank=True)
    band = models.ForeignKey(
        Term,
        verbose_name=_("amount"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "budget_bands"},
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("budget")
        verbose_name_plural = _("budget")


class LegalBasis(Orderable):
    """A regulation or decree that carries the innovation."""

    entry = ParentalKey(ENTRY, on_delete=models.CASCADE, related_name="legal_bases")
    kind = models.CharField(_("kind"), max_length=120)
    number = models.CharField(_("number"), max_length=120, blank=True)
    year = models.PositiveIntegerField(_("year"), null=True, blank=True)
    title = models.CharField(_("about"), max_length=300, blank=True)
    file = models.FileField(_("file"), upload_to="legal", storage=private_storage, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)
    source_letters = models.CharField(_("sources"), max_length=40, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")


class Prerequisite(Orderable):
    """Something an office needs before it can replicate."""

    entry = ParentalKey(ENTRY, on_delete=models.CASCADE, related_name="prerequisites")
    text = models.CharField(_("what is needed"), max_length=400)
    essential = models.BooleanField(_("can't do without"), default=True)
    source_letters = models.CharField(_("sources"), max_length=40, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("prerequisite")
        verbose_name_plural = _("prerequisites")


class Award(Orderable):
    """A prize or listing."""

    entry = ParentalKey(ENTRY, on_delete=models.CASCADE, related_name="awards")
    name = models.CharField(_("award"), max_length=300)
    giver = models.CharField(_("given by"), max_length=200, blank=True)
    year = models.PositiveIntegerField(_("year"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)
    source_letters = models.CharField(_("sources"), max_length=40, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("award")
        verbose_name_plural = _("awards")


class ExternalId(Orderable):
    """The entry's number in another system (SINOVIK, IID, JIPPNas…)."""

    entry = ParentalKey(ENTRY, on_delete=models.CASCADE, related_name="external_ids")
    scheme = models.CharField(_("system"), max_length=60)
    value = models.CharField(_("number there"), max_length=200)
    url = models.URLField(_("address"), max_length=500, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("number in another system")
        verbose_name_plural = _("numbers in other systems")


class Attachment(Orderable):
    """A file of the entry; private until its entry is published, and then only if it is not restricted."""

    class Kind(models.TextChoices):
        KIT = "paket", _("replication kit")
        EVIDENCE = "bukti", _("evidence")
        DOCUMENT = "dokumen", _("document")
        TRAINING_REPORT = "laporan-pelatihan", _("training report (never public)")

    entry = ParentalKey(ENTRY, on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.DOCUMENT)
    title = models.CharField(_("title"), max_length=255)
    file = models.FileField(_("file"), upload_to="attachments/%Y/%m", storage=private_storage, max_length=255)
    licence = models.CharField(_("licence"), max_length=60, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    @property
    def may_be_public(self) -> bool:
        """False for training reports and evidence, which hold marks and personal data."""
        return self.kind in (self.Kind.KIT, self.Kind.DOCUMENT)


class SourceCitation(Orderable):
    """A text from which facts of the entry come; claims and paragraphs name it by its letter."""

    class Reading(models.TextChoices):
        FULL = "F", _("read in full")
        PART = "P", _("read in part")
        ABSTRACT = "A", _("abstract only")

    entry = ParentalKey(ENTRY, on_delete=models.CASCADE, related_name="sources")
    letter = models.CharField(_("letter"), max_length=3)
    title = models.CharField(_("title"), max_length=400)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    published_on = PartialDateField(_("date"), blank=True)
    date_note = models.CharField(_("note on the date"), max_length=120, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    reading = models.CharField(_("how it was read"), max_length=1, choices=Reading.choices, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")


class InnovationTranslation(Orderable):
    """Title and summary in another language."""

    entry = ParentalKey(ENTRY, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=5, choices=[("en", "English"), ("id", "Bahasa Indonesia")])
    title = models.CharField(_("title"), max_length=255)
    summary = models.TextField(_("summary"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
