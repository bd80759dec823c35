"""The beginning: an entry to continue, or the three things that a draft needs."""

from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.forms.models import modelform_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from innovation_hub.core.admin.forms import limit_to_current
from innovation_hub.curation.writing.access import signed_in
from innovation_hub.curation.writing.forms import plain_field
from innovation_hub.curation.writing.mine import DRAFT, RETURNED, my_entries, rows_of
from innovation_hub.curation.writing.pages import refused_page, render_writing
from innovation_hub.curation.writing.words import HINTS, LABELS
from innovation_hub.innovations.admin.forms import choosable_agencies, first_agency
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.permissions import can_create
from innovation_hub.innovations.services.writing import begin_draft

MOST_DRAFTS = 5


class StartForm(forms.ModelForm):
    """What a draft needs: title, agency, origin."""

    class Meta:
        model = Innovation
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *, user: Any) -> None:
        super().__init__(data, auto_id="%s", use_required_attribute=False)
        for name, field in self.fields.items():
            field.required = True
            field.label, field.help_text = cast(Any, LABELS[name]), cast(Any, HINTS.get(name, ""))
            if isinstance(field, forms.ModelChoiceField):
                limit_to_current(field, [])
            if not isinstance(field.widget, forms.RadioSelect):
                field.widget.attrs["class"] = "field"
        agencies = cast(forms.ModelChoiceField, self.fields["agency"])
        agencies.queryset = choosable_agencies(user, None, agencies.queryset)
        self.initial["agency"] = first_agency(user)


_Form = modelform_factory(
    Innovation, form=StartForm, fields=("title_plain", "agency", "origin_channel"), formfield_callback=plain_field
)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Show what can be continued and the form of a new entry; make the new entry."""
    decision = can_create(request.user)
    if not decision:
        return refused_page(request, decision)
    form = cast(Any, _Form)(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        agency = form.cleaned_data["agency"]
        try:
            entry = begin_draft(actor=request.user, region=agency.region, **form.cleaned_data)
        except PermissionDenied:
            return refused_page(request, can_create(request.user))
        return redirect("write_step", pk=entry.pk, step="judul")
    problems = [(name, str(error)) for name, errors in form.errors.items() for error in errors]
    context = {"form": form, "problems": problems, "continued": _continued(request.user)}
    return render_writing(request, "writing/start.html", _("Write up an innovation"), context)


def _continued(user: Any) -> list[Any]:
    """Return what waits for the person: what came back, and drafts."""
    entries = list(cast(Any, my_entries(user)).filter(place__lte=1)[:MOST_DRAFTS])
    return [row for row in rows_of(user, entries) if row.state in (RETURNED, DRAFT)]
