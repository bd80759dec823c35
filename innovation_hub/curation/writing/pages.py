"""What the pages of the guided form share."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from innovation_hub.core.pages import PageHead, render_page
from innovation_hub.core.permissions import Decision
from innovation_hub.core.text import shorten, to_plain

from .forms import StepForm

SHOWN_LENGTH = 240


def render_writing(
    request: HttpRequest, template: str, title: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Render a page that belongs to its reader alone; its forms carry the token against forged requests."""
    head = PageHead(title=title, robots="noindex", alternates=False, section="write")
    return render_page(request, template, head, {"csrf_token": get_token(request), **(context or {})}, status=status)


def refused_page(request: HttpRequest, decision: Decision) -> HttpResponse:
    """Say why somebody may not write, and who can change that (403)."""
    context = {"reason": str(decision.reason)}
    return render_writing(request, "writing/refused.html", _("You can't write here yet"), context, status=403)


def clock(moment: Any = None) -> str:
    """Return the time of day in the site's time zone: "10.41"."""
    return formats.time_format(timezone.localtime(moment), "TIME_FORMAT")


def shown(form: StepForm, name: str) -> str:
    """Return what a field holds, in words; nothing for an empty one."""
    field, value = cast(Any, form.fields[name]), form[name].value()
    if value in (None, "", []):
        return ""
    if isinstance(field, forms.ModelMultipleChoiceField) and field.queryset is not None:
        keys = {str(getattr(one, "pk", one)) for one in value}
        return ", ".join(str(one) for one in field.queryset if str(one.pk) in keys)
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        found = field.queryset.filter(pk=value).first() if str(value).isdigit() else None
        return str(found) if found else ""
    return str(value)


def summary_of(form: StepForm) -> list[tuple[str, str]]:
    """Return (question, answer) of everything that a step holds, long answers shortened."""
    found = [(str(field.label), shorten(shown(form, name), SHOWN_LENGTH)) for name, field in form.fields.items()]
    found += [(str(kept.label), shorten(to_plain(str(kept.html)), SHOWN_LENGTH)) for kept in form.kept.values()]
    for rows in form.rows.values():
        first = rows.form_class._meta.fields[0]
        for index, row in enumerate(rows.stored):
            words = str(getattr(row, first)).rsplit("/", 1)[-1]
            found.append((rows.heading(index), shorten(words, SHOWN_LENGTH)))
    return [(label, words) for label, words in found if words]
