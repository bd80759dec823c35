"""What the end of a workflow does. Imported while Wagtail's models load, so nothing may be imported at the top."""

from typing import Any


def publish_workflow_state(workflow_state: Any, user: Any = None) -> None:
    """Publish what a workflow approved, also when the last reviewer holds no publish permission.

    Set as ``WAGTAIL_FINISH_WORKFLOW_ACTION``: the stock function asks for the model permission (wagtail-notes 5b).
    Only entries are published that way; pages keep Wagtail's rule.
    """
    from wagtail.workflows import publish_workflow_state as publish_as_wagtail_does

    from innovation_hub.innovations.models import Innovation

    entry = workflow_state.content_object
    if isinstance(entry, Innovation):
        entry.publish(entry.get_latest_revision(), user=user, skip_permission_checks=True)
    else:
        publish_as_wagtail_does(workflow_state, user=user)
