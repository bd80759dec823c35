"""The registered entry.

Two kinds of field (DESIGN section 3). *Content* is written by people in the form and versioned in revisions. *Registry
facts* (:data:`REGISTRY_FACTS`) are changed only by services, are never on the form, and come from the live row, not
from the revision, when a revision is published or reverted: Wagtail would otherwise write the draft's old values back.
"""

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase, TagBase
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from innovation_hub.agencies.models import Agency, Region, Unit
from innovation_hub.core.models import Term
from innovation_hub.core.partial_dates import PartialDateField, year_of
from innovation_hub.training.models import Cohort, TrainingInstitution, TrainingProgramme

from .facts import FACT_COLUMNS, RegistryFacts, term
from .querysets import InnovationQuerySet
from .vocabulary import SDG, Theme, Urusan

RICH = ["bold", "italic", "ol", "ul", "external-link"]


def _terms(vocabulary: str, verbose_name) -> ParentalManyToManyField:
    return ParentalManyToManyField(
        Term,
        verbose_name=verbose_name,
        blank=True,
        related_name="+",
        limit_choices_to={"vocabulary": vocabulary},
    )


class Keyword(TagBase):
    """A free keyword of entries; kept apart from the tags of images, whose names are not the same people's."""

    free_tagging = True

    class Meta:
        verbose_name = _("keyword")
        verbose_name_plural = _("keywords")


class TaggedInnovation(ItemBase):
    """A free keyword on an entry."""

    tag = models.ForeignKey(Keyword, related_name="tagged_innovations", on_delete=models.CASCADE)
    content_object = ParentalKey("innovations.Innovation", related_name="tagged_items", on_delete=models.CASCADE)


class Innovation(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, RegistryFacts, ClusterableModel
):
    """One registered innovation (domain.md 4a); all but the D fields may be empty, requirements.py says what else."""

    class Digital(models.TextChoices):
        DIGITAL = "digital", _("digital")
        NON_DIGITAL = "non-digital", _("non-digital")

    # --- content: what it is -------------------------------------------------------------------------------------
    title_plain = models.CharField(_("plain title"), max_length=255)
    brand_name = models.CharField(_("name of the innovation"), max_length=160, blank=True)
    acronym_expansion = models.CharField(_("acronym written out"), max_length=300, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    language = models.CharField(_("language of the text"), max_length=5, default="id", choices=settings.LANGUAGES)
    cover_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    cover_alt = models.CharField(_("alternative text of the picture"), max_length=255, blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)

    # --- content: who and where ----------------------------------------------------------------------------------
    agency = models.ForeignKey(Agency, verbose_name=_("agency"), on_delete=models.PROTECT, related_name="innovations")
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="innovations",
    )
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="innovations",
    )
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    coverage = term("coverage", _("coverage"))
    initiator = term("initiators", _("initiator"))
    contact_channel = models.CharField(
        _("contact of the unit"),
        max_length=254,
        blank=True,
        help_text=_("An office mailbox, not a private number."),
    )

    # --- content: where it came from -----------------------------------------------------------------------------
    origin_channel = term("origin_channels", _("origin"))
    programme = models.ForeignKey(
        TrainingProgramme,
        verbose_name=_("training programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="innovations",
    )
    training_product = term("training_products", _("training product"))
    institution = models.ForeignKey(
        TrainingInstitution,
        verbose_name=_("training institution"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="innovations",
    )
    cohort = models.ForeignKey(
        Cohort,
        verbose_name=_("cohort"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="innovations",
    )

    # --- content: how it is classified ---------------------------------------------------------------------------
    form = term("forms", _("form"))
    kinds = _terms("kinds", _("kinds"))
    digital = models.CharField(_("digital or not"), max_length=12, choices=Digital.choices, blank=True)
    tech_dependencies = models.TextField(_("technology it needs"), blank=True)
    stage = term("stages", _("stage"))
    urusan_primary = models.ForeignKey(
        Urusan,
        verbose_name=_("main government affair"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="primary_innovations",
    )
    urusan_related = ParentalManyToManyField(
        Urusan, verbose_name=_("related government affairs"), blank=True, related_name="related_innovations"
    )
    themes = ParentalManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="innovations")
    tematik = _terms("tematik", _("yearly topics"))
    sdgs = ParentalManyToManyField(SDG, verbose_name=_("development goals"), blank=True, related_name="innovations")
    asta_cita = _terms("asta_cita", _("Asta Cita"))
    target_groups = _terms("target_groups", _("target groups"))
    tags = ClusterTaggableManager(through=TaggedInnovation, blank=True, verbose_name=_("keywords"))

    # --- content: the story --------------------------------------------------------------------------------------
    problem = RichTextField(_("problem and background"), blank=True, features=RICH)
    objectives = RichTextField(_("objectives"), blank=True, features=RICH)
    design = RichTextField(_("how it works"), blank=True, features=RICH)
    novelty = RichTextField(_("what is new"), blank=True, features=RICH)
    results = RichTextField(_("results in words"), blank=True, features=RICH)
    beneficiaries_count = models.PositiveIntegerField(_("number of beneficiaries"), null=True, blank=True)
    beneficiaries_basis = models.CharField(_("how they were counted"), max_length=300, blank=True)
    team_size = models.PositiveIntegerField(_("size of the team"), null=True, blank=True)
    team_note = models.TextField(_("team"), blank=True)
    challenges = RichTextField(_("obstacles and failures"), blank=True, features=RICH)
    lessons = RichTextField(_("lessons"), blank=True, features=RICH)
    context = RichTextField(_("context and sources that disagree"), blank=True, features=RICH)
    sustainability_strategy = RichTextField(_("how it will last"), blank=True, features=RICH)
    unknowns = models.TextField(_("what is not known"), blank=True, help_text=_("One sentence a line."))
    trial_start = PartialDateField(_("trial began"), blank=True)
    implemented_on = PartialDateField(_("put into use"), blank=True)
    ended_on = PartialDateField(_("ended"), blank=True)
    replication_openness = term("replication_openness", _("willingness to be replicated"))
    replication_terms = RichTextField(_("terms and known adopters"), blank=True, features=RICH)
    replicated_from = models.ForeignKey(
        "self",
        verbose_name=_("replicates"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replicated_by",
    )
    replicated_from_text = models.CharField(_("replicates (not in the registry)"), max_length=300, blank=True)
    licence = term("licences", _("licence of the text"))

    # --- derived and kept by Django --------------------------------------------------------------------------------
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, editable=False, db_index=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True, db_index=True)

    objects = models.Manager.from_queryset(InnovationQuerySet)()

    # Usage lists would name entries to people who may not see them, and cost queries at every save.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("innovation")
        verbose_name_plural = _("innovations")
        ordering = ["-updated_at", "-pk"]
        indexes = [
            models.Index(fields=["agency", "live"], name="innovations_agency_live"),
            models.Index(fields=["institution", "live"], name="innovations_institution_live"),
            models.Index(fields=["programme", "live"], name="innovations_programme_live"),
            models.Index(fields=["cohort", "live"], name="innovations_cohort_live"),
            models.Index(fields=["live", "-last_published_at"], name="innovations_newest"),
            models.Index(fields=["publication_level", "-last_published_at"], name="innovations_level"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source_system", "source_key"],
                condition=~models.Q(source_key=""),
                name="innovations_source_row_once",
            )
        ]

    def __str__(self) -> str:
        return self.title_plain

    # --- faces and versions --------------------------------------------------------------------------------------
    def with_content_json(self, content):
        """Return the revision's content on top of the registry facts of the live row."""
        draft = super().with_content_json(content)
        facts = Innovation.objects.filter(pk=self.pk).values(*FACT_COLUMNS).first()
        for column, value in (facts or {}).items():
            setattr(draft, column, value)
        return draft

    def full_clean(self, *args, **kwargs):
        """A cohort fixes programme and institution before anything is checked."""
        self.follow_cohort()
        super().full_clean(*args, **kwargs)

    def follow_cohort(self) -> None:
        """Take programme and institution from the cohort, where one is named."""
        if self.cohort_id:
            self.programme_id = self.cohort.programme_id
            self.institution_id = self.cohort.institution_id

    def save(self, *args, **kwargs):
        """Keep the derived year in step with the content."""
        if kwargs.get("update_fields") is None:
            self.follow_cohort()
            self.year = self.derived_year()
        super().save(*args, **kwargs)

    def derived_year(self) -> int | None:
        """The year by which it is filed: put into use, else trial, else the cohort's."""
        return (
            year_of(self.implemented_on) or year_of(self.trial_start) or (self.cohort.year if self.cohort_id else None)
        )

    @transaction.atomic
    def save_revision(self, user=None, changed=True, **kwargs):
        """Save a version, remember who wrote it, and show the draft's new side to the people there.

        While an entry isn't live its row *is* the newest draft, so that what SQL says about it is true.
        """
        from innovation_hub.innovations.services.drafts import record_draft

        revision = super().save_revision(user=user, changed=changed, **kwargs)
        record_draft(self, revision, user=user)
        return revision

    @transaction.atomic
    def publish(self, revision, user=None, **kwargs):
        """Publish a version, in one transaction with its registry number and the end of its draft."""
        from innovation_hub.innovations.services.drafts import settle_published

        result = super().publish(revision, user=user, **kwargs)
        settle_published(self.pk)
        return result

    def get_workflow(self):
        """The workflow of its training programme; entries without one use the default (DESIGN section 4)."""
        self.follow_cohort()
        if self.programme_id and self.programme.workflow_id and self.programme.workflow.active:
            return self.programme.workflow
        return self.get_default_workflow()

    # --- what readers and staff ask ------------------------------------------------------------------------------
    @property
    def is_public(self) -> bool:
        """The same as ``Innovation.objects.public()`` for one entry."""
        return self.live and self.merged_into_id is None and self.withdrawn_at is None

    @property
    def slug(self) -> str:
        """The readable end of its address; the number is what identifies it."""
        return slugify(self.title_plain)[:80].strip("-") or "inovasi"

    @property
    def agency_name(self) -> str:
        """The agency's name, or the delivered one while it isn't recognised."""
        return self.agency_raw if self.agency.is_unknown and self.agency_raw else self.agency.name

    def get_absolute_url(self) -> str | None:
        """The public address; ``None`` before the first publication."""
        if not self.registry_number:
            return None
        return reverse("innovation", args=[self.registry_number, self.slug])

    @property
    def full_url(self) -> str | None:
        """The whole address, with the host: the admin's "view live" and its previews ask for it."""
        path = self.get_absolute_url()
        return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}" if path else None

    def get_preview_template(self, request, mode_name):
        """The public entry page."""
        return "innovations/entry.html"

    def get_preview_context(self, request, mode_name):
        """What the public entry page needs, for the version in the editor."""
        from innovation_hub.innovations.presentation import entry_context

        return entry_context(self, request, preview=True)
