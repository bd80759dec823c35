"""Filters that lists of ending records share."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

CURRENT, ENDED = "berlaku", "berakhir"


class EndableFilterSet(WagtailFilterSet):
    """Tells records valid today from ended ones."""

    validity = django_filters.ChoiceFilter(
        label=_("Validity"),
        choices=[(CURRENT, _("valid today")), (ENDED, _("ended"))],
        method="filter_validity",
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )

    def filter_validity(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the records valid today, or the others."""
        current = rows.model._default_manager.current().values("pk")
        return rows.filter(pk__in=current) if value == CURRENT else rows.exclude(pk__in=current)


def filters_for(model: Any, *fields: str) -> type[EndableFilterSet]:
    """Return filters over ``fields`` of an ending model, and over its validity."""
    meta = type("Meta", (), {"model": model, "fields": list(fields)})
    return type(f"{model.__name__}FilterSet", (EndableFilterSet,), {"Meta": meta})
