"""What every hub begins with: one task of each kind, the shipped workflows, the default lab."""

from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Task, Workflow, WorkflowContentType, WorkflowPage, WorkflowTask

from innovation_hub.curation.models import (
    AgencyEndorsementTask,
    EditorTask,
    InstitutionReviewTask,
    Lab,
    LabCurationTask,
    MentorConfirmationTask,
)
from innovation_hub.innovations.models import Innovation
from innovation_hub.training.models import TrainingProgramme

DEFAULT_LAB = ("lan", "Laboratorium Inovasi LAN")
MENTOR, INSTITUTION, AGENCY = MentorConfirmationTask, InstitutionReviewTask, AgencyEndorsementTask
LAB, EDITOR = LabCurationTask, EditorTask
TASK_NAMES = {
    MENTOR: "Konfirmasi mentor",
    INSTITUTION: "Tinjauan lembaga pelatihan",
    AGENCY: "Persetujuan instansi",
    LAB: "Kurasi laboratorium inovasi",
    EDITOR: "Penerbitan oleh editor",
}


@dataclass(frozen=True, slots=True)
class ShippedWorkflow:
    """A workflow of the shipped set and the programmes (codes) that begin with it.

    ``earlier`` maps the names under which it was shipped before to the steps that it had then.
    """

    name: str
    tasks: tuple[type, ...]
    programmes: tuple[str, ...]
    earlier: dict[str, tuple[type, ...]] = field(default_factory=dict)


SHIPPED = (
    ShippedWorkflow(
        "Latsar: mentor, lembaga, lalu kurasi",
        (MENTOR, INSTITUTION, LAB),
        ("latsar",),
        {"Latsar: lembaga, lalu kurasi": (INSTITUTION, LAB)},
    ),
    ShippedWorkflow(
        "PKP dan PKA: mentor, lembaga, instansi, lalu kurasi",
        (MENTOR, INSTITUTION, AGENCY, LAB),
        ("pkp", "pka"),
        {"PKP dan PKA: lembaga, instansi, lalu kurasi": (INSTITUTION, AGENCY, LAB)},
    ),
    ShippedWorkflow(
        "PKN: lembaga, instansi, kurasi, lalu editor",
        (INSTITUTION, AGENCY, LAB, EDITOR),
        ("pkn-i", "pkn-ii"),
        {"PKN: lembaga, instansi, lalu kurasi": (INSTITUTION, AGENCY, LAB)},
    ),
)
WITHOUT_TRAINING = ShippedWorkflow("Tanpa pelatihan: instansi, lalu kurasi", (AGENCY, LAB), ())


@transaction.atomic
def ensure_curation_setup() -> None:
    """Create what is missing; nothing that staff changed is touched. Running it again does nothing."""
    tasks = {kind: kind.objects.first() or kind.objects.create(name=name) for kind, name in TASK_NAMES.items()}
    for shipped in SHIPPED:
        workflow = _ensure_workflow(shipped, tasks)
        if workflow.active:
            without = TrainingProgramme.objects.filter(code__in=shipped.programmes, workflow__isnull=True)
            without.update(workflow=workflow)
    default = _ensure_workflow(WITHOUT_TRAINING, tasks)
    WorkflowContentType.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(Innovation), defaults={"workflow": default}
    )
    if not Lab.objects.filter(is_default=True).exists():
        Lab.objects.create(code=DEFAULT_LAB[0], name=DEFAULT_LAB[1], is_default=True)


def _ensure_workflow(shipped: ShippedWorkflow, tasks: dict) -> Workflow:
    """Return the workflow; made new, or as the next version of an earlier shipped one that staff left as it was."""
    found = Workflow.objects.filter(name=shipped.name).first()
    if found is not None:
        return found
    steps = [tasks[kind].task_ptr for kind in shipped.tasks]
    for name, kinds in shipped.earlier.items():
        earlier = Workflow.objects.filter(name=name, active=True).first()
        if earlier is not None and tasks_of(earlier) == [tasks[kind].task_ptr for kind in kinds]:
            return replace_workflow_in_use(earlier, steps, name=shipped.name)
    workflow = Workflow.objects.create(name=shipped.name)
    _give_steps(workflow, steps)
    return workflow


def _give_steps(workflow: Workflow, steps: list) -> None:
    WorkflowTask.objects.bulk_create(
        [WorkflowTask(workflow=workflow, task_id=step.pk, sort_order=order) for order, step in enumerate(steps)]
    )


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
    _give_steps(version, tasks)
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
