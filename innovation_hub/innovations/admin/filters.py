"""Filters of the list of entries, and how they are said to the search engine."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from innovation_hub.agencies.models import Agency
from innovation_hub.innovations.models import Innovation, Theme
from innovation_hub.training.models import TrainingInstitution, TrainingProgramme

from . import states


class LongSelect(forms.Select):
    """A list of hundreds of options written in one go: Django's renders a template for each."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> str:
        """Return the ``<select>``."""
        chosen = {str(one) for one in self.format_value(value)}
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            (
                (key, format_html(" selected") if str(key) in chosen else "", label)
                for key, label in self.choices
            ),
        )
        return format_html(
            "<select{}>{}</select>", flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name})), options
        )


def _model_filter(field: str, label: Any, rows: Any, key: str = "pk") -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        field_name=field, label=label, queryset=rows, to_field_name=key, widget=LongSelect, empty_label=_("All")
    )


class InnovationFilterSet(WagtailFilterSet):
    """Agency, programme, institution, theme, year, level, status."""

    agency = _model_filter("agency", _("Agency"), Agency.objects.order_by("name"))
    programme = _model_filter("programme", _("Training programme"), TrainingProgramme.objects.all(), "code")
    institution = _model_filter(
        "institution", _("Training institution"), TrainingInstitution.objects.order_by("name")
    )
    theme = _model_filter("themes", _("Theme"), Theme.objects.all(), "code")
    year = django_filters.NumberFilter(field_name="year", label=_("Year"))
    level = django_filters.ChoiceFilter(
        field_name="publication_level",
        label=_("Level"),
        choices=Innovation.Level.choices,
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )
    life = django_filters.ChoiceFilter(
        field_name="life_status",
        label=_("Life status"),
        choices=Innovation.Life.choices,
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        choices=states.STATES,
        method="filter_status",
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )

    class Meta:
        model = Innovation
        fields: list[str] = []

    def filter_status(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the entries in one state of their way."""
        return rows.filter(states.condition(value))

    def facets(self) -> dict[str, tuple[str, ...]]:
        """Return the chosen values as the search engine knows them; the status is no facet."""
        if not self.is_valid():
            return {}
        found = {}
        for name, value in self.form.cleaned_data.items():
            if value in (None, "") or name == "status":
                continue
            found[name] = (str(_facet_value(name, value)),)
        return found


def _facet_value(name: str, value: Any) -> Any:
    """Agencies and institutions are known by key, programmes and themes by code, years as whole numbers."""
    if name in ("agency", "institution"):
        return value.pk
    if name in ("programme", "theme"):
        return value.code
    return int(value) if name == "year" else value
