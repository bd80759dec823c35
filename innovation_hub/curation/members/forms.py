"""Forms of members and invitations, and the check that the membership screens of the admin share with them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from innovation_hub.accounts.models import Membership
from innovation_hub.core.admin import HubAdminForm

from . import granting
from .organisations import KINDS, can_grant, kind_of

_DAY = {"type": "date"}


class GrantForm(forms.Form):
    """Who gets which role, from when, until when."""

    address = forms.CharField(
        label=_("Office address"),
        max_length=400,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("Somebody without an account gets an invitation there."),
    )
    name = forms.CharField(label=_("Name"), max_length=150, required=False, help_text=_("Only for a new account."))
    role = forms.ChoiceField(label=_("Role"))
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs=_DAY))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs=_DAY))

    def __init__(self, *args: Any, organisation: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = KINDS[kind_of(organisation)]._meta.get_field("role").choices or ()
        self.fields["role"].choices = [
            (code, label) for code, label in roles if can_grant(actor, organisation, str(code))
        ]


class EndForm(forms.Form):
    """The last day of a membership; empty for at once."""

    last_day = forms.DateField(label=_("Last day"), required=False, widget=forms.DateInput(attrs=_DAY))


class ListForm(forms.Form):
    """A list of people, pasted or uploaded."""

    people = forms.CharField(
        label=_("Names and office addresses"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("One person a line: name; address. A third part may name the agency."),
    )
    file = forms.FileField(
        label=_("or a file, CSV or XLSX"),
        required=False,
        help_text=_("Columns: nama, email, instansi (may be missing)."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.xls,.ods,text/csv"}),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        found = super().clean() or self.cleaned_data
        if not found.get("people", "").strip() and not found.get("file"):
            raise ValidationError(_("Paste a list, or choose a file."))
        return found


class MembershipForm(HubAdminForm):
    """The screens of memberships in the admin: they ask the same question as the organisation's page."""

    def clean(self) -> dict[str, Any]:
        """Refuse what the organisation's page would refuse; the holder of a membership stays the same."""
        found = super().clean()
        model: type[Membership] = type(self.instance)
        organisation = found.get(model.organisation_field())
        if organisation is None or found.get("user") is None:
            return found
        decision = can_grant(self.for_user, organisation, found.get("role", ""), to=found["user"])
        if not decision:
            raise ValidationError(decision.reason)
        return found

    def save(self, commit: bool = True) -> Any:
        """Save, and audit who did it."""
        membership = super().save(commit=commit)
        if commit:
            granting.note_saved(membership, self.for_user)
        return membership
