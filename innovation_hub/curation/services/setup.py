"""What every hub begins with: one task of each kind, the shipped workflows, the default lab."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Task, Workflow, WorkflowContentType, WorkflowPage, WorkflowTask

from innovation_hub.curation.models import AgencyEndorsementTask, InstitutionReviewTask, Lab, LabCurationTask
from innovation_hub.innovations.models import Innovation
from innovation_hub.training.models import TrainingProgramme

DEFAULT_LAB = ("lan", "Laboratorium Inovasi LAN")
INSTITUTION, AGENCY, LAB = InstitutionReviewTask, AgencyEndorsementTask, LabCurationTask
TASK_NAMES = {
    INSTITUTION: "Tinjauan lembaga pelatihan",
    AGENCY: "Persetujuan instansi",
    LAB: "Kurasi laboratorium inovasi",
}


@dataclass(frozen=True, slots=True)
class ShippedWorkflow:
    """A workflow of the shipped set and the programmes (codes) that begin with it."""

    name: str
    tasks: tuple[type, ...]
    programmes: tuple[str, ...]


SHIPPED = (
    ShippedWorkflow("Latsar: lembaga, lalu kurasi", (INSTITUTION, LAB), ("latsar",)),
    ShippedWorkflow("PKP dan PKA: lembaga, instansi, lalu kurasi", (INSTITUTION, AGENCY, LAB), ("pkp", "pka")),
    ShippedWorkflow("PKN: lembaga, instansi, lalu kurasi", (INSTITUTION, AGENCY, LAB), ("pkn-i", "pkn-ii")),
)
WITHOUT_TRAINING = ShippedWorkflow("Tanpa pelatihan: instansi, lalu kurasi", (AGENCY, LAB), ())


@transaction.atomic
def ensure_curation_setup() -> None:
    """Create what is missing; nothing that staff changed is touched. Running it again does nothing."""
    tasks = {kind: kind.objects.first() or kind.objects.create(name=name) for kind, name in TASK_NAMES.items()}
    for shipped in SHIPPED:
        workflow = _ensure_workflow(shipped, tasks)
        TrainingProgramme.objects.filter(code__in=shipped.programmes, workflow__isnull=True).update(workflow=workflow)
    default = _ensure_workflow(WITHOUT_TRAINING, tasks)
    WorkflowContentType.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(Innovation), defaults={"workflow": default}
    )
    if not Lab.objects.filter(is_default=True).exists():
        Lab.objects.create(code=DEFAULT_LAB[0], name=DEFAULT_LAB[1], is_default=True)


def _ensure_workflow(shipped: ShippedWorkflow, tasks: dict) -> Workflow:
    workflow, created = Workflow.objects.get_or_create(name=shipped.name)
    if created:
        WorkflowTask.objects.bulk_create(
            [
                WorkflowTask(workflow=workflow, task=tasks[kind].task_ptr, sort_order=order)
                for order, kind in enumerate(shipped.tasks)
            ]
        )
    return workflow


def tasks_of(workflow: Workflow) -> list[Task]:
    """Return the steps of a workflow as they are stored, in their order."""
    return list(Task.objects.filter(workflow_tasks__workflow=workflow.pk).order_by("workflow_tasks__sort_order"))


@transaction.atomic
def replace_workflow_in_use(workflow: Workflow, tasks: list, *, name: str = "") -> Workflow:
    """Make a new version of a workflow with another task list; running entries keep the old one.

    Editing the list of a workflow in use pulls running entries along (wagtail-notes 5c), so programmes, pages and the
    default move to the new version and the old one is retired without cancelling anything. ``name`` is the version's;
    without one it is numbered.
    """
    old = Workflow.objects.select_for_update().get(pk=workflow.pk)
    version = Workflow.objects.create(name=free_name(name or next_version_name(old.name)))
    WorkflowTask.objects.bulk_create(
        [WorkflowTask(workflow=version, task_id=task.pk, sort_order=order) for order, task in enumerate(tasks)]
    )
    TrainingProgramme.objects.filter(workflow=old).update(workflow=version)
    WorkflowContentType.objects.filter(workflow=old).update(workflow=version)
    WorkflowPage.objects.filter(workflow=old).update(workflow=version)
    Workflow.objects.filter(pk=old.pk).update(active=False)
    return version


def free_name(name: str) -> str:
    """Return ``name``, or the next version of it that no workflow has."""
    while Workflow.objects.filter(name=name).exists():
        name = next_version_name(name)
    return name


def next_version_name(name: str) -> str:
    """Return the name of the version after ``name``: ``Latsar`` → ``Latsar (v2)`` → ``Latsar (v3)``."""
    base, _, number = name.rpartition(" (v")
    if base and number.rstrip(")").isdigit():
        return f"{base} (v{int(number.rstrip(')')) + 1})"
    return f"{name} (v2)"
