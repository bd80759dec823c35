"""Screens of labs and of all memberships, which lie together because the same people give roles."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from innovation_hub.accounts.admin.choosers import AccountChooser
from innovation_hub.agencies.admin.choosers import AgencyChooser
from innovation_hub.agencies.models import AgencyMembership
from innovation_hub.core.admin import SafeModelViewSet
from innovation_hub.core.admin.filters import filters_for
from innovation_hub.core.admin.memberships import MembershipViewSet, membership_columns, membership_panels
from innovation_hub.core.admin.menu import CURATION
from innovation_hub.core.admin.panels import validity_panel
from innovation_hub.curation.models import Lab, LabMembership
from innovation_hub.training.admin.choosers import InstitutionChooser
from innovation_hub.training.models import InstitutionMembership


class LabViewSet(SafeModelViewSet):
    """Labs and what they cover."""

    model = Lab
    url_prefix = "laboratorium"
    icon = "glasses"
    menu_hook = CURATION
    menu_order = 100
    list_display = ["name", "code", "email", "is_default", "valid_until"]
    filterset_class = filters_for(Lab)
    search_fields = ["name", "code"]
    search_backend_name = None
    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldRowPanel([FieldPanel("code"), FieldPanel("email")])], heading=_("Lab")
        ),
        MultiFieldPanel(
            [FieldPanel("regions"), FieldPanel("programmes"), FieldPanel("is_default")], heading=_("What it covers")
        ),
        validity_panel(),
    ]


class LabMembershipViewSet(MembershipViewSet):
    """Curators and editors."""

    model = LabMembership
    url_prefix = "anggota-laboratorium"
    menu_hook = CURATION
    menu_order = 110
    list_display = membership_columns("lab", _("Lab"))
    list_select_related = ("user", "lab")
    list_filter = ["role", "lab"]
    panels = membership_panels(AccountChooser, FieldPanel("lab"))


class InstitutionMembershipViewSet(MembershipViewSet):
    """Reviewers of training institutions."""

    model = InstitutionMembership
    url_prefix = "anggota-lembaga"
    menu_hook = CURATION
    menu_order = 120
    list_display = membership_columns("institution", _("Institution"))
    list_select_related = ("user", "institution")
    list_filter = ["role"]
    panels = membership_panels(AccountChooser, FieldPanel("institution", widget=InstitutionChooser))


class AgencyMembershipViewSet(MembershipViewSet):
    """Submitters and reviewers of agencies."""

    model = AgencyMembership
    url_prefix = "anggota-instansi"
    menu_hook = CURATION
    menu_order = 130
    list_display = membership_columns("agency", _("Agency"))
    list_select_related = ("user", "agency")
    list_filter = ["role"]
    panels = membership_panels(AccountChooser, FieldPanel("agency", widget=AgencyChooser))


viewsets = (
    LabViewSet("hub_labs"),
    LabMembershipViewSet("hub_lab_memberships"),
    InstitutionMembershipViewSet("hub_institution_memberships"),
    AgencyMembershipViewSet("hub_agency_memberships"),
)
