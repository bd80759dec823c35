"""What curation adds to Wagtail's admin: the queue in menu and start page, its addresses, the editor's action menu."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.snippets.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    RestartWorkflowMenuItem,
    SubmitForModerationMenuItem,
    WorkflowMenuItem,
)

from innovation_hub.core.admin.menu import CURATION
from innovation_hub.core.admin_access import REVIEWERS
from innovation_hub.core.admin_gate import may_ask
from innovation_hub.core.formatting import number
from innovation_hub.curation.admin.viewsets import viewsets
from innovation_hub.curation.members import hooks as members_hooks  # noqa: F401 (registers on import)
from innovation_hub.curation.models import ReviewTaskState
from innovation_hub.curation.panels import QueuePanel
from innovation_hub.curation.queue import Queue
from innovation_hub.curation.services.reviews import may_open
from innovation_hub.curation.urls import urlpatterns
from innovation_hub.curation.views.workflows import replace_stock_view
from innovation_hub.innovations.models import Innovation

_STOCK_ACTIONS = (CancelWorkflowMenuItem, RestartWorkflowMenuItem, WorkflowMenuItem)


@hooks.register("register_admin_urls")
def register_urls() -> list:
    """Add the addresses, and let Wagtail's workflow editor make versions."""
    replace_stock_view()
    return urlpatterns


@hooks.register("register_admin_viewset")
def register_viewsets() -> list:
    """Register labs and memberships."""
    return list(viewsets)


class QueueMenuItem(MenuItem):
    """The queue, with how much waits for the reader."""

    def is_shown(self, request: Any) -> bool:
        """Only for those who review."""
        return may_ask(request.user, REVIEWERS)

    def render_component(self, request: Any) -> LinkMenuItem:
        """Carry the number in an attribute; the style sheet shows it, hidden words say it."""
        count = Queue.of(request).waiting_count()
        attrs = {"data-hub-count": number(count)} if count else {}
        return LinkMenuItem(self.name, self.label, self.url, icon_name=self.icon_name, attrs=attrs)


@hooks.register("register_admin_menu_item")
def register_queue_item() -> MenuItem:
    """Put the queue at the top of the menu."""
    return QueueMenuItem(_("Queue"), reverse("curation_queue"), name="hub-queue", icon_name="tasks", order=90)


@hooks.register(CURATION)
def overview_item() -> MenuItem:
    """Lead to the figures of one's part of the registry."""
    return MenuItem(_("Overview"), reverse("curation_overview"), name="hub-overview", icon_name="list-ul", order=10)


@hooks.register(CURATION)
def log_item() -> MenuItem:
    """Lead to the log."""
    return MenuItem(_("Log of decisions"), reverse("curation_log"), name="hub-log", icon_name="history", order=20)


@hooks.register(CURATION)
def register_workflows_item() -> MenuItem:
    """Put the page of workflows into the group of curation."""
    return MenuItem(_("Workflows"), reverse("curation_workflows"), name="hub-workflows", icon_name="tasks", order=80)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Say in the history what happened with the mentor; it names keys only."""
    actions.register_action("innovation.mentor", _("Ask the mentor again"), _("The mentor was asked again"))


@hooks.register("insert_global_admin_css")
def curation_css() -> str:
    """Load the style of queue and desk; the badge stands in the menu of every page."""
    return format_html('<link rel="stylesheet" href="{}">', static("hub/curation.css"))


@hooks.register("construct_homepage_panels")
def show_three_numbers(request: Any, panels: list) -> None:
    """Show three numbers and a link, where Wagtail would list everything that waits (core takes its panels off)."""
    if may_ask(request.user, REVIEWERS):
        panels.append(QueuePanel(Queue.of(request).counts))


class DeskMenuItem(ActionMenuItem):
    """From the editor to the desk, where it is decided."""

    name = "action-desk"
    label = _("Decide at the desk")
    icon_name = "tasks"
    template_name = "curation/desk_action.html"

    def __init__(self, address: str) -> None:
        super().__init__(order=25)
        self.address = address

    def get_url(self, parent_context: Any) -> str:
        """The desk of the running review."""
        return self.address


class SubmitMenuItem(SubmitForModerationMenuItem):
    """Submitting, without the name of a workflow: which one it is follows from the training in the form."""

    def get_context_data(self, parent_context: Any) -> Any:
        """Say whether it is the first time."""
        context = super().get_context_data(parent_context)
        entry = parent_context.get("instance")
        returned = entry is not None and entry.current_workflow_state is not None
        return {**context, "label": _("Submit again") if returned else _("Submit for review")}


@hooks.register("construct_snippet_action_menu")
def decide_at_the_desk(menu_items: list, request: Any, context: Any) -> None:
    """Take decisions out of the entry's editor: they need the checks beside them, and reasons."""
    if context["model"] is not Innovation:
        return
    menu_items[:] = [
        SubmitMenuItem(order=item.order) if isinstance(item, SubmitForModerationMenuItem) else item
        for item in menu_items
        if not isinstance(item, _STOCK_ACTIONS)
    ]
    entry = context.get("instance")
    review = entry.current_workflow_task_state if entry is not None else None
    if isinstance(review, ReviewTaskState) and review.is_open and may_open(review, request.user):
        menu_items.append(DeskMenuItem(reverse("curation_desk", args=[review.pk])))
