"""The form of an entry, tab by tab."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.panels.base import get_form_for_model

from innovation_hub.agencies.admin.choosers import AgencyChooser, RegionChooser, UnitChooser
from innovation_hub.innovations.doubts import doubt_labels
from innovation_hub.innovations.requirements import Need, missing
from innovation_hub.training.admin.choosers import CohortChooser, InstitutionChooser

from .choosers import InnovationChooser
from .forms import ChildForm, InnovationForm
from .help_texts import INLINE_HELP, need_words
from .widgets import KeywordWidget


class Rows(InlinePanel):
    """Rows of an entry whose forms know the reader, offer what is current and check their files."""

    def __init__(self, relation_name: str, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", INLINE_HELP.get(relation_name, ""))
        super().__init__(relation_name, **kwargs)

    def get_form_options(self) -> dict[str, Any]:
        """Build the rows on our form class."""
        options = super().get_form_options()
        formset = options["formsets"][self.relation_name]
        deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields", [])
        formset["form"] = get_form_for_model(
            self.db_field.related_model, form_class=ChildForm, defer_required_on_fields=deferred
        )
        formset["inherit_kwargs"] = ["for_user"]
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        """Says with the help from which step on rows are needed."""

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            words = need_words(self.panel.relation_name)
            self.help_text = f"{words} {self.panel.help_text}" if words else self.panel.help_text


class FactsPanel(Panel):
    """What the registry knows of an entry, read-only: these facts are changed by services, never in the form."""

    class BoundPanel(Panel.BoundPanel):
        """Shown once there is an entry."""

        template_name = "hub_admin/panels/facts.html"

        def is_shown(self) -> bool:
            """A new entry has no facts yet."""
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the entry and what it lacks for the next steps."""
            context = super().get_context_data(parent_context)
            context["entry"] = self.instance
            context["doubts"] = doubt_labels(self.instance.quality_flags)
            context["lacking"] = [
                (words, missing_now)
                for need, words in ((Need.SUBMIT, _("To be submitted")), (Need.CURATED, _("For the level “Curated”")))
                if (missing_now := missing(self.instance, need))
            ]
            return context


class PeoplePanel(Panel):
    """The people behind the entry, with the way to their records; names stay out of the entry itself."""

    class BoundPanel(Panel.BoundPanel):
        """Shown once there is an entry to which people can belong."""

        template_name = "hub_admin/panels/people.html"

        def is_shown(self) -> bool:
            """People are added to a saved entry."""
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the people."""
            context = super().get_context_data(parent_context)
            context["people"] = self.instance.innovators.prefetch_related("consents")
            context["lacks_people"] = [one for one in missing(self.instance, Need.SUBMIT) if one.field == "innovators"]
            context["entry"] = self.instance
            return context


def _fields(*names: str) -> list[FieldPanel]:
    return [FieldPanel(name) for name in names]


IDENTITY = (
    *_fields("title_plain"),
    FieldRowPanel(_fields("brand_name", "acronym_expansion")),
    *_fields("summary", "cover_image", "cover_alt"),
    FieldRowPanel(_fields("website", "language")),
    Rows("translations", heading=_("In another language"), panels=_fields("language", "title", "summary")),
)
ORIGIN = (
    MultiFieldPanel(
        [
            FieldPanel("agency", widget=AgencyChooser),
            FieldPanel("unit", widget=UnitChooser(linked_fields={"agency": "#id_agency"})),
            FieldPanel("region", widget=RegionChooser),
            FieldRowPanel(_fields("latitude", "longitude")),
            FieldRowPanel(_fields("coverage", "initiator")),
            FieldPanel("contact_channel"),
        ],
        heading=_("Who runs it, and where"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("origin_channel"),
            FieldRowPanel(_fields("programme", "training_product")),
            FieldPanel(
                "cohort",
                widget=CohortChooser(linked_fields={"programme": "#id_programme", "institution": "#id_institution"}),
            ),
            FieldPanel("institution", widget=InstitutionChooser),
        ],
        heading=_("The training it came from"),
    ),
    PeoplePanel(heading=_("People behind it")),
)
CONTENT = (
    *_fields("problem", "objectives", "design", "novelty"),
    FieldRowPanel(_fields("trial_start", "implemented_on", "ended_on"), heading=_("Dates")),
    Rows("steps", heading=_("Steps"), panels=_fields("title", "text", "period")),
    Rows("stakeholders", heading=_("Partners"), panels=_fields("name", "role", "part")),
    MultiFieldPanel(
        [*_fields("team_size", "team_note", "tech_dependencies")], heading=_("People and technology it needs")
    ),
    Rows("budget_lines", heading=_("Budget"), panels=_fields("year", "source", "band", "note")),
    *_fields("challenges", "lessons", "sustainability_strategy", "unknowns"),
)
RESULTS = (
    *_fields("results"),
    Rows(
        "claims",
        heading=_("Results"),
        panels=[
            *_fields("indicator"),
            FieldRowPanel(_fields("baseline", "value", "unit", "period")),
            *_fields("method", "verifier"),
            *_fields("level", "evidence_note", "evidence_url", "evidence_file"),
            FieldRowPanel(_fields("source_letters", "conflict_group")),
        ],
    ),
    FieldRowPanel(_fields("beneficiaries_count", "beneficiaries_basis"), heading=_("Who benefits")),
    Rows("awards", heading=_("Awards"), panels=_fields("name", "giver", "year", "source_letters")),
    Rows(
        "sources",
        heading=_("Sources"),
        panels=[
            FieldRowPanel(_fields("letter", "reading")),
            *_fields("title", "publisher"),
            FieldRowPanel(_fields("published_on", "date_note")),
            *_fields("url"),
        ],
    ),
)
REPLICATION = (
    *_fields("replication_openness"),
    Rows(
        "prerequisites",
        heading=_("Prerequisites for replication"),
        panels=_fields("text", "essential", "source_letters"),
    ),
    *_fields("replication_terms"),
    MultiFieldPanel(
        [FieldPanel("replicated_from", widget=InnovationChooser), FieldPanel("replicated_from_text")],
        heading=_("What it replicates"),
    ),
)


def _ticks(*names: str) -> list[FieldPanel]:
    """Return fields whose few values are ticked: a list in which one must hold a key loses choices by one click."""
    return [FieldPanel(name, widget=forms.CheckboxSelectMultiple(attrs={"class": "hub-ticks"})) for name in names]


CLASSIFICATION = (
    *_fields("urusan_primary"),
    *_ticks("themes", "target_groups", "sdgs"),
    FieldRowPanel(_fields("stage", "form", "digital"), heading=_("Kind")),
    *_ticks("kinds", "urusan_related", "tematik", "asta_cita"),
    FieldPanel("tags", widget=KeywordWidget),
    Rows("external_ids", heading=_("Numbers in other systems"), panels=_fields("scheme", "value", "url")),
)
FILES = (
    Rows("attachments", heading=_("Files"), panels=_fields("kind", "title", "file", "licence")),
    Rows(
        "legal_bases",
        heading=_("Legal bases"),
        panels=[
            FieldRowPanel(_fields("kind", "number", "year")),
            *_fields("title", "file", "source_letters"),
        ],
    ),
    *_fields("licence"),
)

innovation_form = TabbedInterface(
    [
        ObjectList(IDENTITY, heading=_("Identity")),
        ObjectList(ORIGIN, heading=_("Origin")),
        ObjectList(CONTENT, heading=_("Content")),
        ObjectList(RESULTS, heading=_("Results and evidence")),
        ObjectList(REPLICATION, heading=_("Replication")),
        ObjectList(CLASSIFICATION, heading=_("Classification")),
        ObjectList(FILES, heading=_("Files")),
        ObjectList([FactsPanel(heading=_("What the registry knows")), PublishingPanel()], heading=_("Registry")),
    ],
    base_form_class=InnovationForm,
)
