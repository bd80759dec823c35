"""Forms of the decisions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from innovation_hub.core.models import Term


class ApproveForm(forms.Form):
    """An optional comment to an approval."""

    comment = forms.CharField(label=_("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class SendBackForm(forms.Form):
    """Why an entry goes back: a coded reason and a comment, both required."""

    reason = forms.ChoiceField(label=_("Reason"))
    comment = forms.CharField(
        label=_("Comment"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Say what has to be changed."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        terms = Term.objects.filter(vocabulary="return_reasons").current()
        self.fields["reason"].choices = [("", "—"), *((term.code, term.label) for term in terms)]
