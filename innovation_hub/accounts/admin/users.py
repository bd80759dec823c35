"""Accounts in the admin: name, address, language, active, administrator. Roles come from memberships."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation, update_session_auth_hash
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views import generic

from innovation_hub.accounts.addresses import clean_address, clean_name
from innovation_hub.accounts.models import OfficeDomain, User
from innovation_hub.accounts.services import closing
from innovation_hub.core.admin import HubAdminForm, HubPermissionPolicy, SafeModelViewSet
from innovation_hub.core.admin.menu import CURATION


class AccountPolicy(HubPermissionPolicy):
    """Administrators only; accounts are named by entries and logs, so they are switched off, not deleted."""

    delete_reason = _("Accounts are deactivated, not deleted.")


class AccountForm(HubAdminForm):
    """An account, with a new password if one is to be set."""

    new_password = forms.CharField(
        label=_("New password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Leave empty to keep the old one. People can change theirs by “Forgotten password?”."),
    )

    def clean_email(self) -> str:
        """Write it in the one way in which addresses are written."""
        email = clean_address(self.cleaned_data["email"])
        if User.objects.exclude(pk=self.instance.pk).filter(email__iexact=email).exists():
            raise forms.ValidationError(_("There is an account with this address."))
        return email

    def clean_name(self) -> str:
        """One line, without control signs."""
        return clean_name(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        """Keep the hub from losing its last administrator."""
        found = super().clean()
        before = User.objects.filter(pk=self.instance.pk).first()
        stays = found.get("is_active", True) and found.get("is_superuser", True)
        if before is not None and not stays and closing.is_last_administrator(before):
            raise forms.ValidationError(_("This is the last administrator. Make somebody else one first."))
        return found

    def _post_clean(self) -> None:
        super()._post_clean()
        password = self.cleaned_data.get("new_password")
        if password:
            try:
                password_validation.validate_password(password, user=self.instance)
            except forms.ValidationError as error:
                self.add_error("new_password", error)

    def save(self, commit: bool = True) -> User:
        """Save the account, with the new password if there is one; a new account without one can't sign in yet.

        Deactivating closes the account, with all that follows; activating a closed one opens it again.
        """
        before = User.objects.filter(pk=self.instance.pk).first()
        wanted = self.instance.is_active
        closes = before is not None and before.deactivated_at is None and before.is_active and not wanted
        opens = before is not None and before.deactivated_at is not None and wanted
        if closes or opens:
            self.instance.is_active = before.is_active
        password = self.cleaned_data.get("new_password")
        if password:
            self.instance.set_password(password)
        elif self.instance.pk is None:
            self.instance.set_unusable_password()
        user = super().save(commit=commit)
        if closes:
            closing.close_account(user, actor=self.for_user)
        elif opens:
            closing.reopen_account(user, actor=self.for_user)
        user.refresh_from_db()
        return user


class AccountEditView(generic.EditView):
    """Keeps administrators from locking themselves out."""

    def get_form(self, form_class: Any = None) -> forms.Form:
        """Take away what would lock the reader out of their own account."""
        form = super().get_form(form_class)
        if self.object == self.request.user:
            for name in ("is_active", "is_superuser"):
                form.fields[name].disabled = True
        return form

    def save_instance(self) -> User:
        """Keep the reader signed in who changes their own password."""
        user = super().save_instance()
        if user == self.request.user:
            update_session_auth_hash(self.request, user)
        return user


class AccountViewSet(SafeModelViewSet):
    """Accounts, for administrators."""

    model = User
    url_prefix = "akun"
    icon = "user"
    menu_hook = CURATION
    menu_order = 140
    policy_class = AccountPolicy
    form_class = AccountForm
    edit_view_class = AccountEditView
    list_display = [
        Column("name", label=_("Name"), accessor=str),
        "email",
        BooleanColumn("is_active", label=_("Active")),
        BooleanColumn("is_superuser", label=_("Administrator")),
        DateColumn("last_login", label=_("Last sign-in")),
    ]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["name", "email"]
    search_backend_name = None
    ordering = ["email"]
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("name"), FieldPanel("email")]),
                FieldPanel("language"),
                FieldPanel("new_password"),
            ],
            heading=_("Account"),
        ),
        MultiFieldPanel(
            [FieldPanel("is_active"), FieldPanel("is_superuser")],
            heading=_("Access"),
            help_text=_("What a person may do comes from memberships; administrators may do everything."),
        ),
    ]


class OfficeDomainViewSet(SafeModelViewSet):
    """Domains of office addresses beside those of the settings."""

    model = OfficeDomain
    url_prefix = "domain-kantor"
    icon = "globe"
    menu_hook = CURATION
    menu_order = 150
    list_display = ["domain", "note", "valid_until"]
    search_fields = ["domain", "note"]
    search_backend_name = None
    panels = [
        MultiFieldPanel(
            [FieldPanel("domain"), FieldPanel("note")],
            heading=_("Domain"),
            help_text=_("Whoever has an address there can make an account: add only domains of offices."),
        ),
        FieldPanel("valid_until"),
    ]


account_viewset = AccountViewSet("hub_accounts")
domain_viewset = OfficeDomainViewSet("hub_office_domains")
