"""Screens of labs, holidays, and of all memberships, which lie together because the same people give roles."""

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
from innovation_hub.curation.members.forms import MembershipForm
from innovation_hub.curation.models import Holiday, Lab, LabMembership
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
    form_class = MembershipForm
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
    form_class = MembershipForm
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
    form_class = MembershipForm
    url_prefix = "anggota-instansi"
    menu_hook = CURATION
    menu_order = 130
    list_display = membership_columns("agency", _("Agency"))
    list_select_related = ("user", "agency")
    list_filter = ["role"]
    panels = membership_panels(AccountChooser, FieldPanel("agency", widget=AgencyChooser))


class HolidayViewSet(SafeModelViewSet):
    """Days off, which service levels don't count."""

    model = Holiday
    url_prefix = "hari-libur"
    icon = "date"
    menu_hook = CURATION
    menu_order = 90
    list_display = ["date", "name", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name"]
    search_backend_name = None
    ordering = ["-date"]
    panels = [
        FieldRowPanel([FieldPanel("date"), FieldPanel("name")]),
        FieldPanel("is_active", help_text=_("Switch off a day that is a working day after all; nothing is deleted.")),
    ]


viewsets = (
    HolidayViewSet("hub_holidays"),
    LabViewSet("hub_labs"),
    LabMembershipViewSet("hub_lab_memberships"),
    InstitutionMembershipViewSet("hub_institution_memberships"),
    AgencyMembershipViewSet("hub_agency_memberships"),
)
