"""Forms of the pages about accounts."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from innovation_hub.accounts.addresses import clean_address, clean_name, clean_office_address
from innovation_hub.accounts.models import User


class PageForm(forms.Form):
    """A form of the public site: its fields have the site's look."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput | forms.HiddenInput):
                field.widget.attrs.setdefault("class", "field")


class AddressField(forms.CharField):
    """An e-mail address, in the one way in which addresses are written here."""

    def __init__(self, *, office: bool = False, **kwargs: Any) -> None:
        self.office = office
        widget = forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"})
        super().__init__(max_length=400, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        """Return the cleaned address; an office address where one is asked for."""
        text = super().clean(value)
        if not text:
            return ""
        return clean_office_address(text) if self.office else clean_address(text)


class TrappedForm(PageForm):
    """A form that anybody may send; robots fill in a field that people don't see."""

    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    @property
    def is_from_a_robot(self) -> bool:
        """True when the trap has something in it."""
        return bool(self.cleaned_data.get("website"))

    @property
    def trap(self) -> Any:
        """The field that people don't see."""
        return self["website"]

    def seen_fields(self) -> list[Any]:
        """Return the fields that people see."""
        return [one for one in self.visible_fields() if one.name != "website"]


class RegisterForm(TrappedForm):
    """Name and office address of somebody who wants an account."""

    name = forms.CharField(label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    address = AddressField(
        label=_("Office address"),
        office=True,
        help_text=_("The e-mail address that your office gave you. We send a link there."),
    )

    def clean_name(self) -> str:
        """One line, without control signs."""
        name = clean_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Write your name."))
        return name


class AskForPasswordForm(TrappedForm):
    """The address of somebody who has forgotten the password."""

    address = AddressField(label=_("E-mail address"))


class NewPasswordForm(PageForm):
    """A password, typed twice, that Django's validators accept for this person."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters. Three or four words that only you put together are good."),
    )
    again = forms.CharField(
        label=_("The same once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """Ask the validators."""
        password = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        found = super().clean() or self.cleaned_data
        if found.get("password") and found.get("again") is not None and found["password"] != found["again"]:
            self.add_error("again", _("The two passwords differ."))
        return found


class KnowsPasswordMixin(forms.Form):
    """Asks for the present password, so that an open browser isn't enough."""

    user: User
    current = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_current(self) -> str:
        """It is the account's."""
        if not self.user.check_password(self.cleaned_data["current"]):
            raise forms.ValidationError(_("This is not your present password."))
        return self.cleaned_data["current"]


class ChangePasswordForm(KnowsPasswordMixin, NewPasswordForm):
    """Another password for somebody who knows the present one."""

    field_order = ("current", "password", "again")


class ChangeAddressForm(KnowsPasswordMixin, PageForm):
    """Another address to sign in with."""

    address = AddressField(label=_("New office address"), office=True)
    field_order = ("address", "current")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_address(self) -> str:
        """Another one than now."""
        if self.cleaned_data["address"] == self.user.email:
            raise forms.ValidationError(_("This is your address already."))
        return self.cleaned_data["address"]


class ClosingForm(KnowsPasswordMixin, PageForm):
    """Closing one's own account."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)


class ProfileForm(PageForm):
    """Name and language."""

    name = forms.CharField(label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(
        label=_("Language of mails and of your desk"), choices=User._meta.get_field("language").choices
    )

    clean_name = RegisterForm.clean_name
