"""The admin's menu: six groups by what people look for, into which each app puts its own items."""

from functools import lru_cache
from typing import Any

from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from innovation_hub.core.admin_access import Access
from innovation_hub.core.admin_gate import access_to, may_ask

# Hook names, as viewsets use them in ``menu_hook``.
INNOVATIONS = "register_hub_innovations_menu_item"
AGENCIES = "register_hub_agencies_menu_item"
TRAINING = "register_hub_training_menu_item"
CURATION = "register_hub_curation_menu_item"
VOCABULARIES = "register_hub_vocabularies_menu_item"
SEARCH = "register_hub_search_menu_item"

GROUPS = (
    (INNOVATIONS, _("Innovations"), "innovations", "clipboard-list", 100),
    (CURATION, _("Curation"), "curation", "check", 110),
    (AGENCIES, _("Agencies and regions"), "agencies", "home", 120),
    (TRAINING, _("Training"), "training", "group", 130),
    (VOCABULARIES, _("Vocabularies"), "vocabularies", "list-ul", 140),
    (SEARCH, _("Search and synonyms"), "search", "search", 150),
)


class GatedMenu(Menu):
    """A menu that shows only what the gate would let the reader ask for."""

    def menu_items_for_request(self, request: Any) -> list[MenuItem]:
        """Return the items whose addresses are open to the request's user."""
        return [item for item in super().menu_items_for_request(request) if is_open(item, request)]


def is_open(item: MenuItem, request: Any) -> bool:
    """True when the gate lets the request's user ask for the item's address (or for one of its children's)."""
    if isinstance(item, SubmenuMenuItem):
        return any(is_open(child, request) for child in item.menu.menu_items_for_request(request))
    access = _access_of(str(item.url).split("?")[0])
    return access is None or may_ask(request.user, access)


@lru_cache(maxsize=512)
def _access_of(address: str) -> Access | None:
    """Return who may ask for an address of the menu; ``None`` for one outside the site."""
    try:
        match = resolve(address)
    except Resolver404:
        return None
    return access_to(match.view_name, match.kwargs)


def build_group(hook: str, label: Any, name: str, icon: str, order: int) -> SubmenuMenuItem:
    """Return one group of the menu."""
    menu = GatedMenu(register_hook_name=hook)
    return SubmenuMenuItem(label, menu, name=f"hub-{name}", icon_name=icon, order=order)


def keep_open_items(request: Any, items: list[MenuItem]) -> None:
    """Take out of a menu of Wagtail's what the gate would refuse."""
    items[:] = [item for item in items if is_open(item, request)]
