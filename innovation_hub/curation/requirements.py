"""What a workflow asks of an entry before it is submitted."""

from django.utils.translation import gettext_lazy as _

from innovation_hub.curation import people
from innovation_hub.curation.models import MentorConfirmationTask
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.requirements import Need, Requirement, register_submission_requirement


def asks_a_mentor(entry: Innovation) -> bool:
    """True when the workflow of the entry's programme has a mentor's step."""
    workflow = entry.get_workflow()
    return (
        workflow is not None
        and MentorConfirmationTask.objects.filter(workflow_tasks__workflow=workflow, active=True).exists()
    )


MENTOR = Requirement(
    "innovators",
    _("a mentor with name and office address, who is none of the writers"),
    Need.SUBMIT,
    applies=asks_a_mentor,
    met=people.has_independent_mentor,
)


def register() -> None:
    """Register this app's requirements."""
    register_submission_requirement("mentor", MENTOR)
