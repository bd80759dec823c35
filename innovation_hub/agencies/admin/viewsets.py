"""Screens of agencies, units and regions."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column

from innovation_hub.agencies.models import Agency, Region, Unit
from innovation_hub.core.admin import SafeModelViewSet
from innovation_hub.core.admin.filters import filters_for
from innovation_hub.core.admin.menu import AGENCIES
from innovation_hub.core.admin.panels import validity_panel

from .choosers import AgencyChooser, RegionChooser, UnitChooser


class AgencyViewSet(SafeModelViewSet):
    """Agencies with their other names."""

    model = Agency
    url_prefix = "instansi"
    icon = "site"
    menu_hook = AGENCIES
    menu_order = 10
    list_display = [
        "name",
        "short_name",
        Column("kind", label=_("Type")),
        Column("region", label=_("Region")),
        Column("valid_until", label=_("Valid until")),
    ]
    list_select_related = ("kind", "region")
    filterset_class = filters_for(Agency, "kind")
    search_fields = ["name", "short_name", "code"]
    search_backend_name = None
    list_export = ["code", "name", "short_name", "kind", "region", "parent", "website", "valid_from", "valid_until"]
    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldRowPanel([FieldPanel("short_name"), FieldPanel("code")]), FieldPanel("kind")],
            heading=_("Agency"),
        ),
        InlinePanel(
            "aliases",
            heading=_("Other names"),
            label=_("other name"),
            panels=[
                FieldPanel("name"),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("valid_until")]),
                FieldPanel("source"),
            ],
            help_text=_("Spellings, abbreviations and earlier names by which imports and readers find it."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("parent", widget=AgencyChooser),
                FieldPanel("region", widget=RegionChooser),
                FieldPanel("website"),
            ],
            heading=_("Where it belongs"),
        ),
        validity_panel(AgencyChooser),
    ]


class UnitViewSet(SafeModelViewSet):
    """Offices inside agencies."""

    model = Unit
    url_prefix = "unit"
    icon = "home"
    menu_hook = AGENCIES
    menu_order = 20
    list_display = [
        "name",
        Column("agency", label=_("Agency")),
        Column("kind", label=_("Type")),
        Column("valid_until", label=_("Valid until")),
    ]
    list_select_related = ("agency", "kind")
    filterset_class = filters_for(Unit, "kind")
    search_fields = ["name", "agency__name"]
    search_backend_name = None
    list_export = ["name", "agency", "kind", "parent", "valid_from", "valid_until"]
    panels = [
        FieldPanel("name"),
        FieldPanel("agency", widget=AgencyChooser),
        FieldPanel("kind"),
        FieldPanel("parent", widget=UnitChooser(linked_fields={"agency": "#id_agency"})),
        validity_panel(UnitChooser(linked_fields={"agency": "#id_agency"})),
    ]


class RegionViewSet(SafeModelViewSet):
    """Provinces, regencies and cities."""

    model = Region
    url_prefix = "wilayah"
    icon = "globe"
    menu_hook = AGENCIES
    menu_order = 30
    list_display = ["name", "code", "kind", Column("parent", label=_("Province")), "bps_code"]
    list_select_related = ("parent",)
    filterset_class = filters_for(Region, "kind", "autonomous")
    search_fields = ["name", "code"]
    search_backend_name = None
    list_export = ["code", "name", "kind", "parent", "autonomous", "bps_code", "code_source"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("code")]),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("autonomous")]),
        FieldPanel("parent", widget=RegionChooser),
        FieldRowPanel([FieldPanel("bps_code"), FieldPanel("code_source")]),
        validity_panel(RegionChooser),
    ]


viewsets = (AgencyViewSet("hub_agencies"), UnitViewSet("hub_units"), RegionViewSet("hub_regions"))
