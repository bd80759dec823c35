"""The admin's shell: menu groups, what Wagtail shows everywhere and the hub doesn't, and the style sheet."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.permissions import policy_registry

from innovation_hub.core.admin.menu import GROUPS, build_group, keep_open_items
from innovation_hub.core.admin.terms import TermViewSet
from innovation_hub.core.models import HubDocument
from innovation_hub.core.models.files import SHARED

for _group in GROUPS:
    hooks.register("register_admin_menu_item", partial(build_group, *_group))

for _menu in ("construct_main_menu", "construct_settings_menu", "construct_reports_menu", "construct_help_menu"):
    hooks.register(_menu, keep_open_items, order=1000)


@hooks.register("register_admin_viewset")
def register_terms() -> TermViewSet:
    """Register the vocabularies that share a table."""
    return TermViewSet("hub_terms")


@hooks.register("construct_homepage_panels", order=-100)
def without_stock_panels(request: Any, panels: list[Any]) -> None:
    """Take Wagtail's panels off the home page: they list entries without pages (300 waiting ones take 320 queries)."""
    panels[:] = [panel for panel in panels if not type(panel).__module__.startswith("wagtail.")]


@hooks.register("construct_homepage_summary_items", order=1000)
def without_counts(request: Any, items: list[Any]) -> None:
    """Take the counts of pages, pictures and documents off the home page: they count what the reader can't see."""
    items[:] = [item for item in items if not type(item).__module__.startswith("wagtail.")]


@hooks.register("construct_search", order=1000)
def open_search_areas(request: Any, items: list[Any]) -> None:
    """Search only where the gate would let the reader in."""
    keep_open_items(request, items)


@hooks.register("construct_help_menu", order=2000)
def without_help(request: Any, items: list[Any]) -> None:
    """Take out what is about Wagtail and not about the hub."""
    items.clear()


@hooks.register("before_serve_document")
def own_documents(document: HubDocument, request: HttpRequest) -> None:
    """Serve shared documents to everyone, an organisation's own to its people only."""
    if document.scope == SHARED:
        return
    if not policy_registry.get_by_type(HubDocument).user_has_permission_for_instance(request.user, "view", document):
        raise Http404


@hooks.register("insert_global_admin_css")
def admin_style() -> SafeString:
    """Add the hub's few rules to Wagtail's style."""
    return format_html('<link rel="stylesheet" href="{}">', static("hub/admin-shell.css"))
