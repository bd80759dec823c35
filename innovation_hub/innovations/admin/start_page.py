"""What someone who writes entries finds on the admin's start page: their own that aren't public yet, and a way in."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from wagtail.admin.ui.components import Component

from innovation_hub.innovations.models import Innovation

from .states import RETURNED, condition, words_for

SHOWN = 5


def unfinished_of(user: Any) -> list[Innovation]:
    """Return a few entries that ``user`` keeps and that wait for something, those sent back first."""
    kept = Innovation.objects.visible_to(user).filter(Q(created_by=user) | Q(steward=user), merged_into=None)
    returned = _newest(kept.filter(condition(RETURNED)), SHOWN)
    waiting = Q(live=False, withdrawn_at=None) | Q(live=True, has_unpublished_changes=True)
    others = kept.filter(waiting).exclude(pk__in=[entry.pk for entry in returned])
    return returned + _newest(others, SHOWN - len(returned))


def _newest(entries: QuerySet[Innovation], count: int) -> list[Innovation]:
    return list(entries.only(*_COLUMNS).order_by("-updated_at", "-pk")[:count])


_COLUMNS = (
    "title_plain", "live", "has_unpublished_changes", "first_published_at", "merged_into", "withdrawn_at", "updated_at",
)  # fmt: skip


class OwnEntriesPanel(Component):
    """The reader's own entries that wait for something, and the button that begins a new one."""

    name = "hub_own_entries"
    template_name = "hub_admin/own_entries.html"
    order = 110  # below the queue of those who review too

    def __init__(self, entries: list[Innovation]) -> None:
        self.entries = entries

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Pass title, address and state of each entry."""
        words = words_for(self.entries)
        rows = [(entry, reverse("hub_innovations:edit", args=[entry.pk]), words[entry.pk]) for entry in self.entries]
        return {"rows": rows, "add_url": reverse("hub_innovations:add"), "list_url": reverse("hub_innovations:list")}
