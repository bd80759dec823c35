"""Registry facts: what services know of an entry, as opposed to what people write in its form.

They are never on the form and are taken from the live row, not from the revision, when a revision is published or
reverted (DESIGN section 3): Wagtail would otherwise write the draft's old values back over them.
"""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from innovation_hub.agencies.models import Agency
from innovation_hub.core.models import Term
from innovation_hub.core.partial_dates import PartialDateField
from innovation_hub.training.models import TrainingInstitution

REAL_SOURCE, SYNTHETIC_SOURCE = "kasus-nyata", "contoh"
# Sources of the hub itself, in words; any other is called what whoever imported it called it.
OWN_SOURCES = {
    REAL_SOURCE: _("real cases told from public texts"),
    SYNTHETIC_SOURCE: _("sample data of the hub"),
}


def term(vocabulary: str, verbose_name, **kwargs) -> models.ForeignKey:
    """Return an optional key to a term of one vocabulary; PROTECT because drafts may name it."""
    return models.ForeignKey(
        Term,
        verbose_name=verbose_name,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": vocabulary},
        **kwargs,
    )


class RegistryFacts(models.Model):
    """The columns that only services change; every field declared here is a registry fact."""

    class Level(models.TextChoices):
        REGISTERED = "terdaftar", _("Registered")
        CURATED = "terkurasi", _("Curated")
        FEATURED = "unggulan", _("Featured")

    class Life(models.TextChoices):
        GROWING = "berkembang", _("Growing")
        RUNNING = "berlanjut", _("Running")
        DORMANT = "vakum", _("Dormant")
        STOPPED = "berhenti", _("Stopped")
        REPLACED = "digantikan", _("Replaced")
        UNKNOWN = "belum-diketahui", _("Not confirmed")

    registry_number = models.CharField(
        _("registry number"), max_length=20, unique=True, null=True, blank=True, editable=False
    )
    publication_level = models.CharField(
        _("level"), max_length=12, choices=Level.choices, default=Level.REGISTERED, editable=False
    )
    evidence_level = models.PositiveSmallIntegerField(
        _("evidence level"), default=0, validators=[MaxValueValidator(4)], editable=False
    )
    life_status = models.CharField(
        _("life status"), max_length=20, choices=Life.choices, default=Life.UNKNOWN, editable=False
    )
    life_status_since = PartialDateField(_("life status since"), blank=True, editable=False)
    status_checked_on = models.DateField(_("checked on"), null=True, blank=True, editable=False)
    next_check_due = models.DateField(_("next check"), null=True, blank=True, editable=False)
    stop_reason = term("stop_reasons", _("reason for stopping"), editable=False)
    life_note = models.TextField(_("note on the life status"), blank=True, editable=False)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    steward = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("steward"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="stewarded_innovations",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="created_innovations",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="absorbed",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    # The side to which a pending draft moves the entry, while the live row still names the old one.
    draft_agency = models.ForeignKey(
        Agency, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    draft_institution = models.ForeignKey(
        TrainingInstitution, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    title_source = models.TextField(_("title as delivered"), blank=True, editable=False)
    agency_raw = models.CharField(_("agency as delivered"), max_length=500, blank=True, editable=False)
    unit_raw = models.CharField(_("unit as delivered"), max_length=300, blank=True, editable=False)
    region_raw = models.CharField(_("region as delivered"), max_length=200, blank=True, editable=False)
    source_system = models.CharField(_("source"), max_length=100, blank=True, db_index=True, editable=False)
    source_key = models.CharField(_("key in the source"), max_length=200, blank=True, editable=False)
    quality_flags = models.JSONField(_("doubts"), default=list, blank=True, editable=False)
    is_synthetic = models.BooleanField(_("sample data"), default=False, editable=False)
    completeness = models.PositiveSmallIntegerField(_("completeness"), default=0, editable=False)
    adoption_count = models.PositiveIntegerField(_("adopters"), default=0, editable=False)
    view_count = models.PositiveIntegerField(_("views"), default=0, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        abstract = True

    @property
    def source_words(self) -> str:
        """Where the entry came from, as readers are told."""
        return str(OWN_SOURCES.get(self.source_system, self.source_system))


REGISTRY_FACTS = tuple(field.name for field in RegistryFacts._meta.local_fields)
FACT_COLUMNS = tuple(field.attname for field in RegistryFacts._meta.local_fields)
