"""Screens of controlled vocabularies."""

from typing import Any, cast

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel
from wagtail.admin.ui.tables import Column

from innovation_hub.core.models import Term

from .filters import EndableFilterSet
from .menu import VOCABULARIES
from .panels import validity_panel
from .viewsets import SafeModelViewSet

VOCABULARY_NAMES = {
    "agency_groups": _("Groups of agencies"),
    "agency_types": _("Types of agencies"),
    "asta_cita": _("Asta Cita"),
    "budget_bands": _("Budget bands"),
    "budget_sources": _("Sources of money"),
    "coverage": _("Coverage"),
    "digital": _("Digital or not"),
    "evidence_levels": _("Evidence levels"),
    "forms": _("Forms of innovation"),
    "initiators": _("Initiators"),
    "kinds": _("Kinds of innovation"),
    "licences": _("Licences"),
    "life_status": _("Life status"),
    "modalities": _("Modalities"),
    "origin_channels": _("Origins"),
    "publication_levels": _("Levels"),
    "replication_openness": _("Willingness to be replicated"),
    "return_reasons": _("Reasons for sending back"),
    "stages": _("Stages"),
    "stakeholder_roles": _("Kinds of partners"),
    "stop_reasons": _("Reasons for stopping"),
    "target_groups": _("Target groups"),
    "tematik": _("Yearly topics"),
    "training_forms": _("Forms of training (PerLAN 10/2018)"),
    "training_institution_types": _("Types of training institutions"),
    "training_products": _("Training products"),
    "unit_types": _("Types of units"),
}


def vocabulary_choices() -> list[tuple[str, Any]]:
    """Return the vocabularies with their names, in alphabetical order of the names."""
    return sorted(VOCABULARY_NAMES.items(), key=lambda item: str(item[1]).lower())


def vocabulary_of(term: Term) -> Any:
    """Return the name of a term's vocabulary."""
    return VOCABULARY_NAMES.get(term.vocabulary, term.vocabulary)


class TermFilterSet(EndableFilterSet):
    """Filters of terms: the vocabulary first."""

    vocabulary = django_filters.ChoiceFilter(
        label=_("Vocabulary"), choices=vocabulary_choices, widget=forms.RadioSelect, empty_label=_("All")
    )

    class Meta:
        model = Term
        fields: list[str] = []


def term_panels(*extra: Panel) -> list[Panel]:
    """Return the form of a term: labels, then what a vocabulary has besides, then its validity."""
    return [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("label_id"), FieldPanel("label_en")]), FieldPanel("note")], heading=_("Label")
        ),
        *extra,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("code"), FieldPanel("order")]), FieldPanel("source")],
            heading=_("Code and source"),
        ),
        validity_panel(),
    ]


class TermListViewSet(SafeModelViewSet):
    """Screens of a vocabulary with a table of its own."""

    menu_hook = VOCABULARIES
    list_display = ["label_id", "code", "label_en", Column("valid_until", label=_("Valid until"))]
    search_fields = ["label_id", "label_en", "code"]
    search_backend_name = None
    panels = term_panels()
    ordering = ["order", "code"]


class TermViewSet(TermListViewSet):
    """Screens of the smaller vocabularies, which share one table."""

    model = Term
    url_prefix = "istilah"
    icon = "list-ul"
    menu_order = 400
    menu_label = _("Other vocabularies")
    filterset_class = TermFilterSet
    ordering = ["vocabulary", "order", "code"]
    list_display = [
        "label_id",
        Column(
            "vocabulary",
            label=_("Vocabulary"),
            accessor=vocabulary_of,
        ),
        "code",
        "label_en",
        Column("valid_until", label=_("Valid until")),
    ]
    panels = term_panels(
        FieldRowPanel(
            [
                FieldPanel("vocabulary", widget=forms.Select(choices=cast(Any, vocabulary_choices))),
                FieldPanel("parent_code"),
            ]
        )
    )
