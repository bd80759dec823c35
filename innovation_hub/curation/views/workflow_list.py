"""Programme, workflow, steps: which way entries take, on one page."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Task, Workflow, WorkflowContentType, WorkflowTask

from innovation_hub.core.admin_access import ADMINISTRATORS, EDITORS
from innovation_hub.core.admin_gate import may_ask
from innovation_hub.curation.services.deadlines import service_levels
from innovation_hub.innovations.models import Innovation
from innovation_hub.training.models import TrainingProgramme


@dataclass(frozen=True, slots=True)
class WorkflowStep:
    """One step and its service level in working days (0: none)."""

    name: str
    days: int


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """The way that the entries of one programme take; addresses are empty for who may not ask for them."""

    programme: str
    programme_address: str
    workflow: str
    workflow_address: str
    steps: list[WorkflowStep]
    is_default: bool


class WorkflowListView(WagtailAdminTemplateMixin, TemplateView):
    """Every current programme with its workflow; the last row is of entries without training."""

    template_name = "curation/workflows.html"
    page_title = gettext_lazy("Workflows")
    header_icon = "tasks"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, then this page."""
        return [*self.breadcrumbs_items, {"url": reverse("curation_workflows"), "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect the rows."""
        may_edit = may_ask(self.request.user, ADMINISTRATORS)
        return super().get_context_data(rows=rows_for(self.request.user), may_edit=may_edit, **kwargs)


def rows_for(user: Any) -> list[ProgrammeRow]:
    """Return the rows as ``user`` may follow them."""
    default, steps = _default_workflow(), _steps()
    programmes = TrainingProgramme.objects.current().select_related("workflow").order_by("order", "code")
    rows = []
    for programme in programmes:
        own = programme.workflow if programme.workflow_id and programme.workflow.active else None
        address = reverse("hub_programmes:edit", args=[programme.pk]) if may_ask(user, EDITORS) else ""
        rows.append(_row(programme.label, address, own or default, steps, user, is_default=own is None))
    rows.append(_row(_("Without training"), "", default, steps, user, is_default=False))
    return rows


def _row(
    programme: str, address: str, workflow: Workflow | None, steps: dict, user: Any, *, is_default: bool
) -> ProgrammeRow:
    if workflow is None:
        return ProgrammeRow(programme, address, "", "", [], is_default)
    edit = reverse("wagtailadmin_workflows:edit", args=[workflow.pk]) if may_ask(user, ADMINISTRATORS) else ""
    return ProgrammeRow(programme, address, workflow.name, edit, steps.get(workflow.pk, []), is_default)


def _default_workflow() -> Workflow | None:
    content_type = ContentType.objects.get_for_model(Innovation)
    row = WorkflowContentType.objects.filter(content_type=content_type).select_related("workflow").first()
    return row.workflow if row else None


def _steps() -> dict[int, list[WorkflowStep]]:
    """Return workflow -> its active steps in their order."""
    days = service_levels()
    found: dict[int, list[WorkflowStep]] = {}
    rows = WorkflowTask.objects.filter(task__in=Task.objects.active()).select_related("task").order_by("sort_order")
    for row in rows:
        found.setdefault(row.workflow_id, []).append(WorkflowStep(row.task.name, days.get(row.task_id, 0)))
    return found
