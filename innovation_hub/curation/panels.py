"""What the queue shows elsewhere in the admin: the notice over a returned entry, three numbers on the start page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel
from wagtail.admin.ui.components import Component
from wagtail.models import WorkflowState

from innovation_hub.core.editor_panels import ReadingLink
from innovation_hub.curation.models import ReviewTaskState
from innovation_hub.curation.queue import Counts, QueueFilters, Tab
from innovation_hub.curation.services.reasons import reason_labels
from innovation_hub.curation.services.reviews import may_open
from innovation_hub.curation.services.workflow import returning_review
from innovation_hub.innovations.models import Innovation

from .views.access import queue_address


class ReturnNoticePanel(Panel):
    """Over the form of a returned entry: who sent it back, why, and what to change. Has no fields."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one entry."""

        template_name = "curation/return_notice.html"

        def is_shown(self) -> bool:
            """Only while the entry waits for changes."""
            return super().is_shown() and self.review is not None

        def show_panel_furniture(self) -> bool:
            """It is a notice, not a part of the form: no heading, nothing to fold."""
            return False

        @property
        def review(self) -> ReviewTaskState | None:
            """The review that sent the entry back, read once."""
            if not hasattr(self, "_review"):
                self._review = self._find()
            return self._review

        def _find(self) -> ReviewTaskState | None:
            state = self.instance.current_workflow_state if self.instance and self.instance.pk else None
            if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
                return None
            return returning_review(state)

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """Pass the review and its reason in words."""
            context = super().get_context_data(parent_context)
            reason = self.review.reason
            who = self.review.finished_by or _("the mentor")
            words = reason_labels([reason]).get(reason, reason)
            return {**context, "review": self.review, "who": who, "reason": words}


def desk_link(entry: Innovation, user: Any) -> ReadingLink | None:
    """Return the way from a read-only entry to the desk at which it waits."""
    review = entry.current_workflow_task_state
    if not isinstance(review, ReviewTaskState) or not review.is_open or not may_open(review, user):
        return None
    return ReadingLink(reverse("curation_desk", args=[review.pk]), _("Where it waits"))


class QueuePanel(Component):
    """Three numbers and a link, in place of Wagtail's list of everything that waits."""

    name = "hub_queue"
    template_name = "curation/home_panel.html"
    order = 100

    def __init__(self, counts: Counts) -> None:
        self.counts = counts

    def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Pass the numbers with the parts of the queue they lead to."""
        shown = ((Tab.WAITING, self.counts.waiting), (Tab.TAKEN, self.counts.taken), (Tab.LATE, self.counts.late))
        numbers = [(tab, count, queue_address(QueueFilters(tab=tab))) for tab, count in shown]
        return {"numbers": numbers, "queue_url": reverse("curation_queue")}
