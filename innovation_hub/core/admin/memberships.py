"""Screens of memberships: who does what for an organisation, from when until when. Ended, never deleted."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic

from .policies import HubPermissionPolicy
from .viewsets import SafeModelViewSet


class MembershipPolicy(HubPermissionPolicy):
    """Memberships end; what somebody did while they held one stays true."""

    delete_reason = _("Memberships are not deleted: write their last day.")


class MembershipCreateView(generic.CreateView):
    """Notes who granted the role."""

    def save_instance(self) -> Any:
        """Save with the grantor."""
        self.form.instance.granted_by = self.request.user
        return super().save_instance()


class MembershipViewSet(SafeModelViewSet):
    """Base of the screens of agency, institution and lab memberships."""

    icon = "user"
    policy_class = MembershipPolicy
    add_view_class = MembershipCreateView
    search_fields = ["user__name", "user__email"]
    search_backend_name = None
    ordering = ["-valid_from", "-pk"]


def membership_panels(account: Any, *organisation: FieldPanel) -> list:
    """Return the form: account, organisation and role, period."""
    return [
        MultiFieldPanel([FieldPanel("user", widget=account), *organisation, FieldPanel("role")], heading=_("Role")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")])],
            heading=_("Period"),
            help_text=_("To take a role away, write its last day."),
        ),
    ]


def membership_columns(organisation: str, label: Any) -> list:
    """Return the columns: account, organisation, role, period."""
    return [
        Column("user", label=_("Account")),
        Column(organisation, label=label),
        Column("role", label=_("Role"), accessor="get_role_display"),
        "valid_from",
        "valid_until",
    ]
