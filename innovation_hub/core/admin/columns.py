"""Columns that long lists are made of."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.ui.tables import Column


class PlainColumn(Column):
    """Text in a cell, written in one go: a template for each of two hundred cells is half of a list's time."""

    def render_cell_html(self, instance: Any, parent_context: Any) -> SafeString:
        """Return the cell."""
        value = self.get_value(instance)
        return format_html('<td class="{}">{}</td>', self.classname or "", "" if value is None else value)


def day_column(name: str, label: Any, **kwargs: Any) -> PlainColumn:
    """Return a column with a day ("3 Mar 2026") of a moment, in the reader's time zone."""

    def value(instance: Any) -> str:
        moment = getattr(instance, name)
        return date_format(timezone.localtime(moment), "j M Y") if moment else ""

    return PlainColumn(name, label=label, accessor=value, classname="hub-day", **kwargs)
