"""Choosing agencies, units and regions: thousands of rows, so a dialogue with search and not a list."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column

from innovation_hub.agencies.models import Agency, Region, Unit
from innovation_hub.core.admin.choosers import SafeChooserViewSet
from innovation_hub.core.admin.forms import HubAdminForm
from innovation_hub.core.roles import Role, held_roles, roles_of
from innovation_hub.core.scopes import held_ids

CHOOSES_ALL = {Role.CURATOR, Role.EDITOR, Role.ADMINISTRATOR}


def own_agencies(user: Any) -> QuerySet[Agency]:
    """Return the agencies that ``user`` may name in an entry: all for lab staff, else those they write for."""
    current = Agency.objects.current()
    if roles_of(user) & CHOOSES_ALL:
        return current
    return current.filter(pk__in=held_ids((held.scope for held in held_roles(user)), "agency"))


class AgencyChooserViewSet(SafeChooserViewSet):
    """Agencies, found by any of their names."""

    model = Agency
    icon = "site"
    choose_one_text = _("Choose an agency")
    choose_another_text = _("Choose another agency")
    search_fields = ("name", "short_name", "aliases__name")
    extra_columns = (
        Column("short_name", label=_("Short name")),
        Column("region", label=_("Region"), accessor="region"),
    )

    def choosable(self, request: HttpRequest) -> QuerySet:
        """Return the agencies valid today that the reader may write for."""
        return own_agencies(request.user).select_related("region").distinct()


class UnitCreationForm(HubAdminForm):
    """A new unit, in an agency that the reader may write for."""

    class Meta(WagtailAdminModelForm.Meta):
        model = Unit
        fields = ("agency", "name", "kind")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = own_agencies(self.for_user)
        self.fields["agency"].queryset = agencies
        if agencies.count() == 1:
            self.fields["agency"].initial = agencies.get()


class UnitChooserViewSet(SafeChooserViewSet):
    """Units, of the agency chosen in the form if there is one."""

    model = Unit
    icon = "home"
    choose_one_text = _("Choose a unit")
    choose_another_text = _("Choose another unit")
    creation_form_class = UnitCreationForm
    creation_tab_label = _("New unit")
    search_fields = ("name", "agency__name")
    linked_parameters = ("agency",)
    extra_columns = (Column("agency", label=_("Agency")), Column("kind", label=_("Type")))

    def choosable(self, request: HttpRequest) -> QuerySet:
        """Return the units valid today of the agencies that the reader may write for."""
        agencies = own_agencies(request.user).order_by().values("pk")
        return Unit.objects.current().filter(agency__in=agencies).select_related("agency", "kind")


class RegionChooserViewSet(SafeChooserViewSet):
    """Provinces, regencies and cities."""

    model = Region
    icon = "globe"
    choose_one_text = _("Choose a region")
    choose_another_text = _("Choose another region")
    search_fields = ("name", "code", "parent__name")
    extra_columns = (Column("code", label=_("Code")), Column("parent", label=_("Province")))

    def choosable(self, request: HttpRequest) -> QuerySet:
        """Return the regions valid today."""
        return Region.objects.current().select_related("parent")


agency_chooser = AgencyChooserViewSet("hub_choose_agency", url_prefix="pilih/instansi")
unit_chooser = UnitChooserViewSet("hub_choose_unit", url_prefix="pilih/unit")
region_chooser = RegionChooserViewSet("hub_choose_region", url_prefix="pilih/wilayah")

AgencyChooser = agency_chooser.widget_class
UnitChooser = unit_chooser.widget_class
RegionChooser = region_chooser.widget_class
