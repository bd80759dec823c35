"""What the end of a workflow does. Imported while Wagtail's models load, so nothing may be imported at the top."""

from typing import Any


def publish_workflow_state(workflow_state: Any, user: Any = None) -> None:
    """Publish what a workflow approved, also when the last reviewer holds no publish permission.

    Set as ``WAGTAIL_FINISH_WORKFLOW_ACTION``: the stock function asks for the model permission (wagtail-notes 5b).
    Only entries are published that way; pages keep Wagtail's rule. An entry that nobody but its mentor approved
    stays a draft: Wagtail also ends a workflow whose steps were all switched off while it ran.
    """
    from wagtail.models import TaskState
    from wagtail.workflows import publish_workflow_state as publish_as_wagtail_does

    from innovation_hub.curation.models import MentorConfirmationTask
    from innovation_hub.curation.services.reasons import NO_REVIEW
    from innovation_hub.curation.services.workflow import State, record_transition
    from innovation_hub.innovations.models import Innovation

    entry = workflow_state.content_object
    if not isinstance(entry, Innovation):
        publish_as_wagtail_does(workflow_state, user=user)
    elif (
        workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED)
        .exclude(task__in=MentorConfirmationTask.objects.values("task_ptr"))
        .exists()
    ):
        entry.publish(entry.get_latest_revision(), user=user, skip_permission_checks=True)
    else:
        state = State.PUBLISHED if entry.live else State.DRAFT
        record_transition(entry, state, actor=user, reason=NO_REVIEW)
