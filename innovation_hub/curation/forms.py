"""Forms of the decisions and of the notes."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from innovation_hub.core.models import Term
from innovation_hub.innovations.models import Innovation


class ApproveForm(forms.Form):
    """An optional comment to an approval; the level, where the approval publishes and ``levels`` are offered."""

    level = forms.ChoiceField(label=_("Publish as"), required=False)
    comment = forms.CharField(label=_("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, levels: Sequence[str] = (), **kwargs):
        super().__init__(*args, **kwargs)
        if levels:
            self.fields["level"].choices = [(level, Innovation.Level(level).label) for level in levels]
            self.fields["level"].required = True
            self.initial.setdefault("level", levels[0])
        else:
            del self.fields["level"]


class SendBackForm(forms.Form):
    """Why an entry goes back: a coded reason and a comment, both required."""

    reason = forms.ChoiceField(label=_("Reason"), error_messages={"required": _("Choose a reason from the list.")})
    comment = forms.CharField(
        label=_("Comment"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Say what has to be changed."),
        error_messages={"required": _("Say what has to be changed.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        terms = Term.objects.filter(vocabulary="return_reasons").current()
        self.fields["reason"].choices = [("", "—"), *((term.code, term.label) for term in terms)]


class MentorConfirmForm(forms.Form):
    """A mentor's confirmation on the public page, with a comment if they like."""

    comment = forms.CharField(
        label=_("Comment"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "class": "field"})
    )


class MentorReturnForm(SendBackForm):
    """A mentor's return on the public page."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["comment"].max_length = 2000
        for field in self.fields.values():
            field.widget.attrs["class"] = "field"


class MentorAddressForm(forms.Form):
    """To whom the mentor's mail goes again; empty leaves name and address as they are."""

    name = forms.CharField(label=_("Name of the mentor"), required=False, max_length=200)
    address = forms.EmailField(label=_("Office e-mail address"), required=False, max_length=254)


class SkipForm(forms.Form):
    """Why the review goes on without the mentor."""

    comment = forms.CharField(
        label=_("Comment"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why you go on without the mentor.")},
    )


class NoteForm(forms.Form):
    """A note for the others who review the entry, about a field of it or the whole."""

    text = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the note first.")},
    )
    field = forms.ChoiceField(label=_("About"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [("", _("the whole entry")), *note_fields()]


# The parts of an entry that reviewers write about.
_NOTED = (
    "title_plain", "summary", "agency", "unit", "cohort", "problem", "objectives", "design", "novelty", "results",
    "claims", "challenges", "lessons", "prerequisites", "contact_channel", "cover_image",
)  # fmt: skip


def note_fields() -> list[tuple[str, str]]:
    """Return (name, label) of the parts of an entry that a note can be about, in the order of the entry."""
    fields = [Innovation._meta.get_field(name) for name in _NOTED]
    return [
        (one.name, str(one.related_model._meta.verbose_name_plural if one.one_to_many else one.verbose_name))
        for one in fields
    ]
