"""Choosing an account, for memberships."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from innovation_hub.accounts.models import User
from innovation_hub.core.admin.choosers import SafeChooserViewSet
from innovation_hub.core.roles import Role, roles_of


class AccountChooserViewSet(SafeChooserViewSet):
    """Active accounts, found by name or address; only for those who give roles."""

    model = User
    icon = "user"
    choose_one_text = _("Choose an account")
    choose_another_text = _("Choose another account")
    search_fields = ("name", "email")
    extra_columns = (Column("email", label=_("E-mail address")),)

    def choosable(self, request: HttpRequest) -> QuerySet:
        """Return active accounts to editors and administrators."""
        if not roles_of(request.user) & {Role.EDITOR, Role.ADMINISTRATOR}:
            return User.objects.none()
        return User.objects.filter(is_active=True)


account_chooser = AccountChooserViewSet("hub_choose_account", url_prefix="pilih/akun")
AccountChooser = account_chooser.widget_class
