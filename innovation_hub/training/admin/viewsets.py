"""Screens of programmes, institutions and cohorts."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column

from innovation_hub.agencies.admin.choosers import AgencyChooser, RegionChooser
from innovation_hub.core.admin import SafeModelViewSet
from innovation_hub.core.admin.filters import filters_for
from innovation_hub.core.admin.menu import TRAINING
from innovation_hub.core.admin.panels import validity_panel
from innovation_hub.core.admin.terms import term_panels
from innovation_hub.training.models import Cohort, TrainingInstitution, TrainingProgramme

from .choosers import CohortChooser, InstitutionChooser


class ProgrammeViewSet(SafeModelViewSet):
    """Programmes, each with the workflow that its entries take."""

    model = TrainingProgramme
    url_prefix = "program"
    icon = "clipboard-list"
    menu_hook = TRAINING
    menu_order = 10
    list_display = [
        "label_id",
        "short_label",
        Column("product", label=_("Product")),
        Column("workflow", label=_("Workflow")),
        Column("valid_until", label=_("Valid until")),
    ]
    list_select_related = ("product", "workflow")
    filterset_class = filters_for(TrainingProgramme, "product")
    search_fields = ["label_id", "short_label", "formerly", "code"]
    search_backend_name = None
    ordering = ["order", "code"]
    panels = term_panels(
        MultiFieldPanel(
            [
                FieldPanel(
                    "workflow", help_text=_("The way of entries made in this programme, from draft to publication.")
                ),
                FieldRowPanel([FieldPanel("short_label"), FieldPanel("product")]),
                FieldRowPanel([FieldPanel("category"), FieldPanel("participants")]),
                FieldRowPanel([FieldPanel("regulation"), FieldPanel("formerly")]),
            ],
            heading=_("Training"),
        )
    )


class InstitutionViewSet(SafeModelViewSet):
    """Training institutions."""

    model = TrainingInstitution
    url_prefix = "lembaga"
    icon = "group"
    menu_hook = TRAINING
    menu_order = 20
    list_display = [
        "name",
        "short_name",
        Column("kind", label=_("Type")),
        Column("agency", label=_("Agency")),
        Column("valid_until", label=_("Valid until")),
    ]
    list_select_related = ("kind", "agency")
    filterset_class = filters_for(TrainingInstitution, "kind")
    search_fields = ["name", "short_name", "earlier_names", "code"]
    search_backend_name = None
    list_export = ["code", "name", "short_name", "earlier_names", "kind", "agency", "region", "valid_until"]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldRowPanel([FieldPanel("short_name"), FieldPanel("code")]),
                FieldPanel("earlier_names"),
                FieldPanel("kind"),
            ],
            heading=_("Institution"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("agency", widget=AgencyChooser),
                FieldPanel("region", widget=RegionChooser),
                FieldPanel("source"),
            ],
            heading=_("Where it belongs"),
        ),
        validity_panel(InstitutionChooser),
    ]


class CohortViewSet(SafeModelViewSet):
    """Runs of programmes."""

    model = Cohort
    url_prefix = "angkatan"
    icon = "group"
    menu_hook = TRAINING
    menu_order = 30
    list_display = [
        Column("label", label=_("Cohort")),
        Column("programme", label=_("Programme")),
        Column("institution", label=_("Institution")),
        "year",
        "modality",
    ]
    list_select_related = ("programme", "institution")
    filterset_class = filters_for(Cohort, "programme", "year", "modality")
    search_fields = ["institution__name", "programme__label_id", "name", "year"]
    search_backend_name = None
    list_export = ["programme", "institution", "number", "name", "year", "starts_on", "ends_on", "modality", "form"]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("programme"),
                FieldPanel("institution", widget=InstitutionChooser),
                FieldRowPanel([FieldPanel("number"), FieldPanel("year")]),
                FieldPanel("name"),
            ],
            heading=_("Cohort"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldRowPanel([FieldPanel("modality"), FieldPanel("form")]),
                FieldPanel("participants_count"),
            ],
            heading=_("How it ran"),
        ),
        validity_panel(CohortChooser),
    ]


viewsets = (
    ProgrammeViewSet("hub_programmes"),
    InstitutionViewSet("hub_institutions"),
    CohortViewSet("hub_cohorts"),
)
