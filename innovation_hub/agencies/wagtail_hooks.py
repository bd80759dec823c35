"""Registers the agencies' screens."""

from wagtail import hooks

from innovation_hub.agencies.admin.choosers import agency_chooser, region_chooser, unit_chooser
from innovation_hub.agencies.admin.viewsets import viewsets


@hooks.register("register_admin_viewset")
def register_viewsets() -> list:
    """Register lists, forms and choosers."""
    return [agency_chooser, unit_chooser, region_chooser, *viewsets]
