"""Rows of an entry (results, files, prerequisites) on a plain page: what is there, and one empty row more.

A row names its place in the version that the page was made from, so that saving changes exactly that row and nothing
of it that the page doesn't show. Rows that the page doesn't name stay; a row goes only where its box is ticked.
"""

from typing import Any, cast

from django import forms
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from innovation_hub.innovations.admin.forms import check_upload
from innovation_hub.innovations.files import file_address
from innovation_hub.innovations.models import Attachment, Claim, Innovation, Prerequisite

from .words import HINTS, LABELS

MOST_ROWS = 60
AT, REMOVE, COUNT = "di", "hapus", "jumlah"


class KeepsOld(forms.ModelForm):
    """A form over a record that can be saved in part: what isn't valid keeps its old value.

    Django writes what was typed into the record before the record's own checks.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = [field.attname for field in self.instance._meta.concrete_fields if field.name in self.fields]
        self._before = {column: getattr(self.instance, column) for column in columns}

    def keep_old(self) -> None:
        """Put the old values of what isn't valid back."""
        for name in self.errors:
            column = _column(self.instance, name)
            if column in self._before:
                setattr(self.instance, column, self._before[column])


class RowForm(KeepsOld):
    """One row. ``at`` is its place in the version; ``None`` for a new one."""

    def __init__(self, *args: Any, at: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="%s", use_required_attribute=False, **kwargs)
        self.at = at
        self.empty_permitted = at is None
        self.stored_files = self._files_of_record() if at is not None else []
        for name, field in self.fields.items():
            _dress(name, field)

    def _files_of_record(self) -> list[tuple[str, str]]:
        """Return name and address of the files that the row has."""
        values = [getattr(self.instance, name) for name in self.fields if name in ("file", "evidence_file")]
        return [(value.name.rsplit("/", 1)[-1], file_address(self.instance)) for value in values if value]

    @property
    def is_removed(self) -> bool:
        """True when its box is ticked."""
        return self.is_bound and bool(self.data.get(f"{self.prefix}-{REMOVE}"))

    @property
    def is_blank(self) -> bool:
        """True for a new row in which nothing is written; a box ticked or a kind chosen writes nothing."""
        written = [name for name, field in self.fields.items() if not isinstance(field, _CHOICES)]
        return self.at is None and not any(self[name].data for name in written)

    @property
    def is_kept(self) -> bool:
        """True when the row is to be saved."""
        return not self.is_removed and not self.is_blank and self.is_valid()


_CHOICES = (forms.BooleanField, forms.ChoiceField)


def _dress(name: str, field: forms.Field) -> None:
    """Give a field its question, its look and its checks."""
    field.label = cast(Any, LABELS.get(name, field.label))
    field.help_text = cast(Any, HINTS.get(name, ""))
    if isinstance(field, forms.FileField):
        field.widget = forms.FileInput()
        field.validators = [*field.validators, check_upload]
    if not isinstance(field.widget, forms.CheckboxInput):
        field.widget.attrs["class"] = "field"
    if isinstance(field.widget, forms.Textarea):
        field.widget.attrs["rows"] = 2


class ClaimRow(RowForm):
    """A result."""

    evidence_url = forms.URLField(required=False, max_length=500, assume_scheme="https")
    words = _("Result %(number)s")
    more = _("Save and add another result")

    class Meta:
        model = Claim
        fields = ("indicator", "baseline", "value", "unit", "period", "method", "evidence_url", "evidence_file")


class PrerequisiteRow(RowForm):
    """Something an office needs."""

    words = _("Prerequisite %(number)s")
    more = _("Save and add another prerequisite")

    class Meta:
        model = Prerequisite
        fields = ("text", "essential")


class AttachmentRow(RowForm):
    """A file."""

    words = _("File %(number)s")
    more = _("Save and add another file")

    class Meta:
        model = Attachment
        fields = ("file", "title", "kind")


ROW_FORMS: dict[str, Any] = {"claims": ClaimRow, "prerequisites": PrerequisiteRow, "attachments": AttachmentRow}


class RowSet:
    """The rows of one relation on one page.

    With ``guess_places`` the page was made from an older version: its rows are found again by what they say, and what
    is found nowhere is a new row.
    """

    def __init__(
        self, relation: str, version: Innovation, data: Any = None, files: Any = None, *, guess_places: bool = False
    ) -> None:
        self.relation, self.version = relation, version
        self.form_class = ROW_FORMS[relation]
        self.stored: list[Any] = list(getattr(version, relation).all())
        self.guess_places = guess_places
        if data is None:
            self.forms = [self._form(index, at=index) for index in range(len(self.stored))]
            self.forms.append(self._form(len(self.stored)))
        else:
            self.forms = self._posted(data, files)

    @property
    def more(self) -> str | Promise:
        """The words of the button that saves and adds an empty row."""
        return self.form_class.more

    def heading(self, index: int) -> str:
        """Return "Result 3"."""
        return str(self.form_class.words) % {"number": index + 1}

    def _form(self, index: int, *, at: int | None = None, **bound: Any) -> RowForm:
        instance = {"instance": self.stored[at]} if at is not None else {}
        return self.form_class(prefix=f"{self.relation}-{index}", at=at, **instance, **bound)

    def _posted(self, data: Any, files: Any) -> list[RowForm]:
        count = _whole(data.get(f"{self.relation}-{COUNT}"))
        free = set(range(len(self.stored)))
        found = []
        for index in range(min(count or 0, MOST_ROWS)):
            at = self._place(data, index, free)
            free -= {at}
            found.append(self._form(index, at=at, data=data, files=files))
        return found

    def _place(self, data: Any, index: int, free: set[int]) -> int | None:
        prefix = f"{self.relation}-{index}"
        if not self.guess_places:
            at = _whole(data.get(f"{prefix}-{AT}"))
            return at if at in free else None
        first = self.form_class._meta.fields[0]
        said = (data.get(f"{prefix}-{first}") or "").strip()
        return next((at for at in sorted(free) if said and str(getattr(self.stored[at], first)) == said), None)

    @property
    def elsewhere(self) -> list[str]:
        """What the version's rows say that the page doesn't name."""
        named = {form.at for form in self.forms}
        first = self.form_class._meta.fields[0]
        return [str(getattr(row, first)) for at, row in enumerate(self.stored) if at not in named]

    def is_valid(self) -> bool:
        """True when every row that is written in can be saved."""
        return all(form.is_removed or form.is_blank or form.is_valid() for form in self.forms)

    def apply(self) -> None:
        """Write the rows that can be saved into the version; the others stay as they are there."""
        removed = {form.at for form in self.forms if form.is_removed}
        added = [form.instance for form in self.forms if form.at is None and form.is_kept]
        # Asking the others whether they are valid has written what is valid of them into their records.
        for form in self.forms:
            if not form.is_valid() and form.at is not None:
                form.keep_old()
        rows: list[Model] = [row for at, row in enumerate(self.stored) if at not in removed]
        rows += added
        for order, row in enumerate(rows):
            row.sort_order = order  # type: ignore[attr-defined]
        if removed or added:
            getattr(self.version, self.relation).set(rows)
        self.rows = rows

    def places(self) -> list[int | None]:
        """Return for each row of the page its place among the rows after :meth:`apply`."""
        at = {id(row): place for place, row in enumerate(self.rows)}
        return [at.get(id(form.instance)) for form in self.forms]


def _whole(text: str | None) -> int | None:
    """Return a whole number that a page sent, ``None`` for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else None


def _column(record: Model, name: str) -> str:
    """Return the column of a field of a record; the name itself for what is no field."""
    found = next((field for field in record._meta.concrete_fields if field.name == name), None)
    return found.attname if found else name
