"""Filters of the list of entries, and how they are said to the search engine."""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from innovation_hub.agencies.models import Agency
from innovation_hub.innovations.models import Innovation, Theme
from innovation_hub.training.models import TrainingInstitution, TrainingProgramme

from . import states

SELECTED = mark_safe(" selected")


class LongSelect(forms.Select):
    """A list of hundreds of options written in one go: Django's renders a template for each."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> str:
        """Return the ``<select>``."""
        chosen = frozenset(str(one) for one in self.format_value(value))
        options = _options(tuple((str(key), str(label)) for key, label in self.choices), chosen)
        return format_html(
            "<select{}>{}</select>", flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name})), options
        )


@lru_cache(maxsize=32)
def _options(choices: tuple[tuple[str, str], ...], chosen: frozenset[str]) -> SafeString:
    return format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        ((key, SELECTED if key in chosen else "", label) for key, label in choices),
    )


def _agencies() -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in Agency.objects.order_by("name").values_list("pk", "name")]


def _institutions() -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in TrainingInstitution.objects.order_by("name").values_list("pk", "name")]


def _programmes() -> list[tuple[str, str]]:
    return [(one.code, one.short) for one in TrainingProgramme.objects.all()]


def _themes() -> list[tuple[str, str]]:
    return [(one.code, one.label) for one in Theme.objects.all()]


def _long(field: str, label: Any, choices: Callable[[], list[tuple[str, str]]]) -> django_filters.ChoiceFilter:
    """Return a filter over hundreds of values, read as plain rows: one of a model's own would build every record."""
    return django_filters.ChoiceFilter(
        field_name=field, label=label, choices=choices, widget=LongSelect, empty_label=_("All")
    )


class InnovationFilterSet(WagtailFilterSet):
    """Agency, programme, institution, theme, year, level, status."""

    agency = _long("agency", _("Agency"), _agencies)
    programme = _long("programme__code", _("Training programme"), _programmes)
    institution = _long("institution", _("Training institution"), _institutions)
    theme = _long("themes__code", _("Theme"), _themes)
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Read each list of choices once a page: the form asks for it when it checks, shows and names a choice."""
        super().__init__(*args, **kwargs)
        for one in self.filters.values():
            choices = one.extra.get("choices")
            if callable(choices):
                one.extra["choices"] = cache(choices)

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
            found[name] = (str(int(value)) if name == "year" else str(value),)
        return found
