"""An entry as staff read it: every filled field under the headings of the form, safely written."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Field, Model
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import RichTextField

from innovation_hub.innovations.files import file_address
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.rich_text import safe_rich

Line = tuple[str, SafeString]


def sections_of(entry: Innovation) -> list[tuple[str, list[Line]]]:
    """Return (heading, lines) for every tab of the form that holds something."""
    from .panels import innovation_form

    found = []
    for tab in innovation_form.children:
        lines = [line for panel in tab.children for line in _lines(panel, entry)]
        if lines:
            found.append((str(tab.heading), lines))
    return found


def _lines(panel: Panel, entry: Model) -> Iterable[Line]:
    from .panels import Rows

    if isinstance(panel, FieldPanel):
        line = _line(entry, panel.field_name)
        if line:
            yield line
    elif isinstance(panel, Rows):
        yield from _rows(panel, entry)
    else:
        for child in getattr(panel, "children", ()):
            yield from _lines(child, entry)


def _line(record: Model, name: str) -> Line | None:
    field = record._meta.get_field(name)
    value = _written(record, field)
    return (capfirst(str(field.verbose_name)), value) if value else None


def _written(record: Model, field: Field) -> SafeString:
    """Return a field's value as HTML; empty when there is nothing to read."""
    value = getattr(record, field.name, None)
    if field.many_to_many or hasattr(value, "get_object_list") or field.name == "tags":
        return format_html_join(", ", "{}", ((one,) for one in value.all()))
    if value in (None, ""):
        return mark_safe("")
    if isinstance(field, RichTextField):
        return mark_safe(str(safe_rich(value)))  # noqa: S308  cleaned there
    if hasattr(value, "storage"):
        address = file_address(record) if value else ""
        return format_html('<a href="{}">{}</a>', address, value.name.rsplit("/", 1)[-1]) if address else mark_safe("")
    display = getattr(record, f"get_{field.name}_display", None)
    if display is not None:
        return format_html("{}", display())
    if field.get_internal_type() == "TextField":
        return mark_safe(linebreaks(str(value), autoescape=True))  # noqa: S308  escaped there
    return format_html("{}", value)


def _rows(panel: Any, entry: Model) -> Iterable[Line]:
    """Return one line a row: its filled fields, parted by semicolons."""
    for number, row in enumerate(getattr(entry, panel.relation_name).all(), start=1):
        parts = [part for child in panel.panels for part in _lines(child, row)]
        text = format_html_join("; ", "<em>{}:</em> {}", parts)
        yield f"{panel.heading} {number}", text
