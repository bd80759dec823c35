"""Wagtail's workflow editor with one rule more: the steps of a workflow in use are never changed."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.views.workflows import Edit
from wagtail.models import Task, Workflow, WorkflowState

from innovation_hub.curation.services.setup import replace_workflow_in_use, tasks_of


class EditWorkflowView(Edit):
    """Saving another list of steps makes a new version for later submissions; what is under way keeps the old one.

    Wagtail would send running entries to the *new* next step (wagtail-notes 5c).
    """

    def form_valid(self, form: Any) -> HttpResponse:
        """Save as Wagtail does, or make the new version."""
        workflow = self.object
        steps = steps_in(form)
        if not WorkflowState.objects.filter(workflow=workflow).exists() or steps == tasks_of(workflow):
            return super().form_valid(form)
        if not workflow.active:
            self.produced_error_message = _(
                "“%(name)s” is an earlier version: entries under way still follow it, so its steps stay as they are. "
                "Change the present version instead."
            ) % {"name": workflow.name}
            return self.form_invalid(form)
        return self.save_as_version(workflow, steps, form)

    @transaction.atomic
    def save_as_version(self, workflow: Workflow, steps: list[Task], form: Any) -> HttpResponse:
        """Move what was assigned to the workflow to a new version with ``steps``, and say so."""
        self.pages_formset.save()
        self.content_type_form.save()
        name = form.cleaned_data["name"] if "name" in form.changed_data else ""
        version = replace_workflow_in_use(workflow, steps, name=name)
        running = WorkflowState.objects.active().filter(workflow=workflow.pk).count()
        messages.success(
            self.request,
            version_message(workflow.pk, version, running),
            buttons=[messages.button(reverse(self.edit_url_name, args=(version.pk,)), _("Edit"))],
        )
        return redirect(self.get_success_url())


def steps_in(form: Any) -> list[Task]:
    """Return the tasks that a posted workflow form lists, in their order."""
    rows = [row for row in form.formsets["workflow_tasks"].ordered_forms if row.cleaned_data.get("task")]
    return [row.cleaned_data["task"] for row in rows]


def version_message(old_pk: int, version: Workflow, running: int) -> str:
    """Say what became of both versions."""
    words = {"old": Workflow.objects.get(pk=old_pk).name, "new": version.name, "count": running}
    if not running:
        return (
            _("“%(old)s” has been used, so its steps stay. “%(new)s” holds for what is submitted from now on.") % words
        )
    return (
        ngettext(
            "“%(old)s” is in use, so its steps stay for %(count)s entry under way. "
            "“%(new)s” holds for what is submitted from now on.",
            "“%(old)s” is in use, so its steps stay for %(count)s entries under way. "
            "“%(new)s” holds for what is submitted from now on.",
            running,
        )
        % words
    )


def replace_stock_view() -> None:
    """Let the address of Wagtail's workflow editor answer with this one."""
    from wagtail.admin.urls import workflows as stock

    for pattern in stock.urlpatterns:
        if pattern.name == "edit":
            pattern.callback = EditWorkflowView.as_view()
