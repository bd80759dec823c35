"""Forms over records that end: what may be chosen, and what replaced an ended choice."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from innovation_hub.core.formatting import day
from innovation_hub.core.models import Endable
from innovation_hub.core.models.ending import EndableQuerySet


class HubAdminForm(WagtailAdminModelForm):
    """A form whose choices are the records valid today and those it already holds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and issubclass(cast(QuerySet, field.queryset).model, Endable):
                limit_to_current(field, self._held(name))

    def _held(self, name: str) -> list[Endable]:
        """Return the records that the instance names in field ``name``, before any input."""
        if self.instance.pk is None and not hasattr(self.instance, "_cluster_related_objects"):
            return []
        if isinstance(self.fields[name], forms.ModelMultipleChoiceField):
            return list(getattr(self.instance, name).all())
        held = getattr(self.instance, name, None)
        return [held] if held is not None else []


def limit_to_current(field: forms.ModelChoiceField, held: list[Endable]) -> None:
    """Offer current records and those ``held``; say below the field what replaced an ended one."""
    field.queryset = offered(cast(EndableQuerySet, field.queryset), [one.pk for one in held])
    notes = [ended_note(one) for one in held if one.is_ended]
    for note in notes:
        field.help_text = format_html("{} <strong>{}</strong>", field.help_text, note) if field.help_text else note


def offered(queryset: EndableQuerySet, held: list[int]) -> QuerySet:
    """Return what a form may offer of ``queryset``: the records valid today and the ``held`` ones."""
    return queryset.current() | queryset.filter(pk__in=held) if held else queryset.current()


def ended_note(record: Endable) -> str:
    """Return the sentence that says when ``record`` ended and what stands for it today."""
    values = {"name": str(record), "day": day(record.valid_until)}
    successor = record.successor()
    if successor.pk == record.pk:
        return _("“%(name)s” ended on %(day)s. It can stay.") % values
    return _("“%(name)s” ended on %(day)s; “%(successor)s” replaced it.") % {**values, "successor": str(successor)}
