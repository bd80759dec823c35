"""Which of Wagtail's workflow e-mails are sent.

For entries none: the stock notifiers mail every administrator at each submission, and the submitter of old even after
the account has left the agency, with the title and the reviewer's comment in plain text. Who is told what about an
entry is the hub's own matter. Pages (case studies, news) keep Wagtail's mails.
"""

from typing import Any

from wagtail.admin import mail
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from innovation_hub.innovations.models import Innovation


class _NotAboutEntries:
    """Makes a stock notifier silent about entries."""

    def can_handle(self, instance: Any, **kwargs: Any) -> bool:
        """Handle what Wagtail handles, unless it is about an entry."""
        workflow_state = instance if isinstance(instance, WorkflowState) else instance.workflow_state
        is_entry = workflow_state.base_content_type.model_class() is Innovation
        return not is_entry and super().can_handle(instance, **kwargs)


class TaskSubmitted(_NotAboutEntries, mail.GroupApprovalTaskStateSubmissionEmailNotifier):
    """A page waits for a group."""


class Submitted(_NotAboutEntries, mail.WorkflowStateSubmissionEmailNotifier):
    """A page was submitted."""


class Approved(_NotAboutEntries, mail.WorkflowStateApprovalEmailNotifier):
    """A page was approved."""


class Rejected(_NotAboutEntries, mail.WorkflowStateRejectionEmailNotifier):
    """A page was sent back."""


# The identifiers under which Wagtail connects its own; whoever comes first holds the place.
NOTIFIERS = (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification", TaskSubmitted()),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification", Submitted()),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification", Approved()),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification", Rejected()),
)


def replace_stock_notifiers() -> None:
    """Put these notifiers in the place of Wagtail's, whether Wagtail has connected its own yet or will."""
    for signal, sender, uid, notifier in NOTIFIERS:
        signal.disconnect(sender=sender, dispatch_uid=uid)
        signal.connect(notifier, sender=sender, dispatch_uid=uid)
