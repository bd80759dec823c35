"""Registers the registry's screens, its menu items and the link button of its texts."""

from typing import Any

import wagtail.admin.rich_text.editors.draftail.features as draftail
from django.urls import URLPattern, path, reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.rich_text.converters.html_to_contentstate import ExternalLinkElementHandler
from wagtail.admin.search import SearchArea
from wagtail.snippets.models import register_snippet
from wagtail.whitelist import check_url

from innovation_hub.core.admin.menu import INNOVATIONS
from innovation_hub.core.roles import Role, roles_of
from innovation_hub.innovations.admin import policies
from innovation_hub.innovations.admin.choosers import innovation_chooser
from innovation_hub.innovations.admin.keywords import keyword_autocomplete
from innovation_hub.innovations.admin.start_page import OwnEntriesPanel, unfinished_of
from innovation_hub.innovations.admin.unknown import AssignAgencyView, UnknownAgenciesView
from innovation_hub.innovations.permissions import can_create

policies.register()

from innovation_hub.innovations.admin.viewsets import viewsets  # noqa: E402 (asks for the policies above)

register_snippet(viewsets[0])


@hooks.register("register_admin_viewset")
def register_viewsets() -> list:
    """Register lists, forms and choosers."""
    return [innovation_chooser, *viewsets[1:]]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Register what is no viewset."""
    return [
        path("kata-kunci/", keyword_autocomplete, name="hub_keyword_autocomplete"),
        path("belum-dikenali/", UnknownAgenciesView.as_view(), name="hub_unknown_agencies"),
        path("belum-dikenali/kenali/", AssignAgencyView.as_view(), name="hub_unknown_agency_assign"),
    ]


@hooks.register(INNOVATIONS)
def unknown_agencies_item() -> MenuItem:
    """Lead to the entries whose agency nobody recognised."""
    return MenuItem(_("Unrecognised agencies"), reverse("hub_unknown_agencies"), icon_name="help", order=20)


@hooks.register("construct_homepage_panels")
def show_own_entries(request: Any, panels: list) -> None:
    """Show their own unfinished entries to whoever has some, and to submitters the way to begin one."""
    if not can_create(request.user):
        return
    entries = unfinished_of(request.user)
    if entries or Role.SUBMITTER in roles_of(request.user):
        panels.append(OwnEntriesPanel(entries))


@hooks.register("register_admin_search_area")
def search_entries() -> SearchArea:
    """Let the menu's search box look for entries."""
    return SearchArea(_("Innovations"), reverse("hub_innovations:list"), name="hub-innovations", order=1)


def _external_link(props: dict[str, Any]) -> Any:
    """Write a link to an address outside; one of a kind that browsers run is dropped."""
    address = check_url(props.get("url", ""))
    return DOM.create_element("a", {"href": address} if address else {}, props["children"])


def _dialogue() -> str:
    return f"{reverse('wagtailadmin_choose_page_external_link')}?hub=1"


@hooks.register("register_rich_text_features")
def register_external_link(features: Any) -> None:
    """Register ``external-link``: Wagtail's ``link`` opens the page chooser, which shows titles of drafts."""
    address = lazy(_dialogue, str)()
    features.register_editor_plugin(
        "draftail",
        "external-link",
        draftail.EntityFeature(
            {
                "type": "LINK",
                "icon": "link",
                "description": _("Link"),
                "attributes": ["url"],
                "allowlist": {"href": "^(http:|https:|mailto:|undefined$)"},
                "chooserUrls": {
                    "pageChooser": address,
                    "externalLinkChooser": address,
                    "emailLinkChooser": address,
                    "phoneLinkChooser": address,
                    "anchorLinkChooser": address,
                },
            },
            js=["wagtailadmin/js/page-chooser-modal.js"],
        ),
    )
    features.register_converter_rule(
        "contentstate",
        "external-link",
        {
            "from_database_format": {"a[href]": ExternalLinkElementHandler("LINK")},
            "to_database_format": {"entity_decorators": {"LINK": _external_link}},
        },
    )
