"""The forms of the guided steps: the same choices and checks as the admin's form, on plain HTML fields."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Field, QuerySet
from django.forms.models import fields_for_model
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.fields import RichTextField

from innovation_hub.core.admin.forms import limit_to_current
from innovation_hub.core.models import Endable
from innovation_hub.innovations.admin.forms import MOST, choosable_agencies
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.requirements import REQUIREMENTS, Need, needed_from
from innovation_hub.innovations.rich_text import safe_rich

from .plain_text import to_markup, to_text
from .rows import KeepsOld, RowSet
from .steps import Part, Step
from .words import HINTS, LABELS, LISTS

RADIOS = frozenset({"stage", "origin_channel", "replication_openness"})
LONG = {"summary": 4, "tech_dependencies": 3}
RICH_ROWS = 7


@dataclass(frozen=True, slots=True)
class Kept:
    """A text that says more than a plain field can hold: it is shown, and changed in the full form."""

    name: str
    label: str | Promise
    html: SafeString | str


def plain_field(field: Field, **kwargs: Any) -> forms.Field | None:
    """Return the plain field of a model field."""
    if isinstance(field, RichTextField):
        return forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": RICH_ROWS}))
    if field.name in LONG:
        return forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": LONG[field.name]}))
    found = cast(Any, field.formfield(**kwargs))
    if field.name == "origin_channel":
        # Said by imports about what they bring, and by nobody who writes.
        found.queryset = found.queryset.exclude(code="impor")
    if field.name in RADIOS:
        found.empty_label = None
        found.widget = forms.RadioSelect()
        found.widget.choices = found.choices
    return found


class StepForm(KeepsOld):
    """One step over one version. Saving writes what is valid; what isn't keeps its old value in the version."""

    step: Step

    class Meta:
        model = Innovation
        fields: tuple[str, ...] = ()

    def __init__(
        self, data: Any = None, files: Any = None, *, version: Innovation, user: Any, guess_places: bool = False
    ) -> None:
        super().__init__(data, files, instance=version, auto_id="%s", use_required_attribute=False)
        self.user = user
        self.kept: dict[str, Kept] = {}
        self._stored_rich: dict[str, str] = {}
        self._plain_rich()
        self._add_many()
        for name, field in self.fields.items():
            self._dress(name, field)
        self.rows = {
            name: RowSet(name, version, data, files, guess_places=guess_places and data is not None)
            for name in self.step.rows
        }

    # --- making the fields -------------------------------------------------------------------------------------
    def _plain_rich(self) -> None:
        """Turn rich texts into plain ones; those that hold more are taken off the form."""
        for name in [name for name in self.fields if isinstance(_model_field(name), RichTextField)]:
            stored = getattr(self.instance, name)
            text = to_text(stored)
            if text is None:
                del self.fields[name]
                self.kept[name] = Kept(name, LABELS[name], safe_rich(stored))
            else:
                self._stored_rich[name] = stored
                self.initial[name] = text

    def _add_many(self) -> None:
        for name in self.step.many:
            queryset = cast(Any, fields_for_model(Innovation, [name])[name]).queryset
            field = forms.ModelMultipleChoiceField(queryset, required=False, widget=forms.CheckboxSelectMultiple())
            self.fields[name] = field
            self.initial[name] = list(getattr(self.instance, name).all())

    def _dress(self, name: str, field: forms.Field) -> None:
        """Give a field its question, its mark, and the choices that hold today."""
        field.label = cast(Any, LABELS.get(name, capfirst(field.label or "")))
        field.help_text = cast(Any, HINTS.get(name, ""))
        field.required = needed_from(name) == Need.DRAFT
        if name in self._stored_rich:
            field.help_text = f"{field.help_text} {LISTS}".strip()
        if name == "agency":
            agencies = cast(forms.ModelChoiceField, field)
            agencies.queryset = choosable_agencies(self.user, self.instance.agency_id, agencies.queryset)
        if isinstance(field, forms.ModelChoiceField) and issubclass(cast(QuerySet, field.queryset).model, Endable):
            limit_to_current(field, self._held(name))
        if not isinstance(field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.CheckboxInput):
            field.widget.attrs["class"] = "field"

    def _held(self, name: str) -> list[Endable]:
        if name in self.step.many:
            return list(self.initial[name])
        held = getattr(self.instance, name, None)
        return [held] if held is not None else []

    # --- what the page asks ------------------------------------------------------------------------------------
    def items(self, part: Part) -> list[tuple[str, Any]]:
        """Return (kind, what) of a part's questions: a field, a text that is kept, or rows."""
        found: list[tuple[str, Any]] = []
        for name in part.names:
            if name in self.fields:
                found.append(("field", self[name]))
            elif name in self.kept:
                found.append(("kept", self.kept[name]))
            elif name in self.rows:
                found.append(("rows", self.rows[name]))
        return found

    def is_optional(self, name: str) -> bool:
        """True for what a submission never asks for."""
        return all(one.need > Need.SUBMIT for one in REQUIREMENTS if one.field == _ASKED_AS.get(name, name))

    def problems(self) -> list[tuple[str, str]]:
        """Return (anchor, words) of everything that could not be saved as it was written."""
        found = [(name, str(error)) for name, errors in self.errors.items() for error in errors]
        for rows in self.rows.values():
            for index, form in enumerate(rows.forms):
                if form.is_removed or form.is_blank:
                    continue
                words = [f"{rows.heading(index)}: {error}" for errors in form.errors.values() for error in errors]
                found += [(f"{rows.relation}-{index}", one) for one in words]
        return found

    # --- checking and writing ----------------------------------------------------------------------------------
    def clean(self) -> dict[str, Any]:
        """Turn typed texts into rich ones, untouched where nothing was changed; check what depends on several."""
        cleaned = super().clean() or self.cleaned_data
        for name, stored in self._stored_rich.items():
            if name in cleaned:
                markup = to_markup(cleaned[name])
                cleaned[name] = stored if to_text(markup) == self.initial[name] else markup
        for name, most in MOST.items():
            if len(cleaned.get(name) or ()) > most:
                self.add_error(name, ValidationError(_("Choose at most %(count)s.") % {"count": most}))
        return cleaned

    def all_valid(self) -> bool:
        """True when everything on the page can be saved as it is written."""
        rows = [one.is_valid() for one in self.rows.values()]
        return self.is_valid() and all(rows)

    def apply(self, *, finally_: bool) -> None:
        """Write what is valid into the version. ``finally_`` is false while somebody is still typing."""
        self.is_valid()
        self.keep_old()
        for name in self.step.many:
            if name in self.cleaned_data and name not in self.errors:
                setattr(self.instance, name, list(self.cleaned_data[name]))
        for rows in self.rows.values():
            rows.apply()

    def after_saving(self) -> None:
        """Write what doesn't belong to the version; called in the same transaction."""


_ASKED_AS = {"unit_name": "unit", "mentor_name": "innovators", "mentor_email": "innovators"}


def _model_field(name: str) -> Any:
    return Innovation._meta.get_field(name) if name in _MODEL_FIELDS else None


_MODEL_FIELDS = {field.name for field in Innovation._meta.get_fields()}
