"""The shipped set, each walked from draft to publication; hubs that have the earlier set get it as new versions."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from wagtail.models import Task, Workflow, WorkflowContentType, WorkflowTask

from innovation_hub.curation.models import (
    AgencyEndorsementTask,
    EditorTask,
    InstitutionReviewTask,
    LabCurationTask,
    MentorConfirmationTask,
    Transition,
)
from innovation_hub.curation.services import reviews
from innovation_hub.curation.services.setup import ensure_curation_setup, tasks_of
from innovation_hub.curation.services.workflow import state_of, submit
from innovation_hub.innovations.models import Innovation
from innovation_hub.training.models import TrainingProgramme
from tests.curation.mentors import add_mentor
from tests.curation.world import World, draft_in, make_world, person, review_of
from tests.factories import AgencyMembershipFactory, CohortFactory, ProgrammeFactory, TermFactory

pytestmark = pytest.mark.django_db
State = Transition.State
MENTOR, INSTITUTION, AGENCY = MentorConfirmationTask, InstitutionReviewTask, AgencyEndorsementTask
LAB, EDITOR = LabCurationTask, EditorTask
SET = {
    "latsar": (MENTOR, INSTITUTION, LAB),
    "pkp": (MENTOR, INSTITUTION, AGENCY, LAB),
    "pka": (MENTOR, INSTITUTION, AGENCY, LAB),
    "pkn-ii": (INSTITUTION, AGENCY, LAB, EDITOR),
    "pkn-i": (INSTITUTION, AGENCY, LAB, EDITOR),
}


@pytest.fixture
def world():
    made = make_world()
    for code in SET:
        ProgrammeFactory(code=code)
    TrainingProgramme.objects.update(workflow=None)
    ensure_curation_setup()
    return made


def kinds_of(workflow: Workflow) -> tuple[type, ...]:
    return tuple(type(task.specific) for task in tasks_of(workflow))


def test_each_programme_names_its_workflow(world):
    assert {code: kinds_of(TrainingProgramme.objects.get(code=code).workflow) for code in SET} == SET
    assert kinds_of(Innovation.get_default_workflow()) == (AGENCY, LAB)
    assert Task.objects.count() == len({kind for kinds in SET.values() for kind in kinds}) + stock_tasks()


def stock_tasks() -> int:
    """Return how many steps of Wagtail's own (for pages) a new database has."""
    return Task.objects.filter(content_type__app_label="wagtailcore").count()


def test_running_the_setup_again_changes_nothing(world):
    before = list(WorkflowTask.objects.order_by("pk").values())
    ensure_curation_setup()
    assert list(WorkflowTask.objects.order_by("pk").values()) == before


def people_of(world: World, mentor) -> dict[str, Callable]:
    """Return state -> who decides there."""
    return {
        State.MENTOR: mentor,
        State.INSTITUTION: world.institution,
        State.AGENCY: AgencyMembershipFactory(agency=world.unit.agency, role="reviewer", user=person()).user,
        State.CURATION: world.curator,
        State.READY: world.editor,
    }


@pytest.mark.parametrize("code", [*SET, "tanpa-pelatihan"])
def test_an_entry_walks_the_whole_way(world, code):
    mentor = person()
    deciders = people_of(world, mentor)
    if code in SET:
        cohort = CohortFactory(programme=TrainingProgramme.objects.get(code=code), institution=world.cohort.institution)
        entry = draft_in(cohort, world.unit, world.submitter)
        add_mentor(entry, mentor.email)
    else:
        origin = TermFactory(vocabulary="origin_channels", code="mandiri")
        entry = draft_in(None, world.unit, world.submitter, origin_channel=origin, training_product=None)
    submit(entry, actor=world.submitter)
    walked = []
    for _step in SET.get(code, (AGENCY, LAB)):
        state = state_of(Innovation.objects.get(pk=entry.pk))
        walked.append(state)
        reviews.approve(review_of(entry), actor=deciders[state])
        assert Innovation.objects.get(pk=entry.pk).live is (len(walked) == len(SET.get(code, (AGENCY, LAB))))
    assert walked == [kind.state_code for kind in SET.get(code, (AGENCY, LAB))]
    published = Innovation.objects.get(pk=entry.pk)
    assert published.is_public
    log = list(published.transitions.values_list("to_state", flat=True))
    assert log == [*walked, State.PUBLISHED]


def test_only_editors_publish_what_waits_for_an_editor(world):
    cohort = CohortFactory(programme=TrainingProgramme.objects.get(code="pkn-ii"), institution=world.cohort.institution)
    deciders = people_of(world, None)
    entry = draft_in(cohort, world.unit, world.submitter)
    submit(entry, actor=world.submitter)
    for state in (State.INSTITUTION, State.AGENCY, State.CURATION):
        reviews.approve(review_of(entry), actor=deciders[state])
    review = review_of(entry)
    assert [side.key.partition(":")[0] for side in review.sides.all()] == ["editor"]
    assert not reviews.can_decide(review, world.curator)
    assert reviews.can_decide(review, world.editor)


def earlier_set() -> dict[str, Workflow]:
    """Make the workflows as the first shipped set had them, in place of the present ones."""
    TrainingProgramme.objects.update(workflow=None)
    WorkflowContentType.objects.all().delete()
    Workflow.objects.all().delete()
    made = {}
    for name, kinds, codes in (
        ("Latsar: lembaga, lalu kurasi", (INSTITUTION, LAB), ("latsar",)),
        ("PKP dan PKA: lembaga, instansi, lalu kurasi", (INSTITUTION, AGENCY, LAB), ("pkp", "pka")),
        ("PKN: lembaga, instansi, lalu kurasi", (INSTITUTION, AGENCY, LAB), ("pkn-i", "pkn-ii")),
    ):
        workflow = Workflow.objects.create(name=name)
        for order, kind in enumerate(kinds):
            WorkflowTask.objects.create(workflow=workflow, task=kind.objects.get(), sort_order=order)
        TrainingProgramme.objects.filter(code__in=codes).update(workflow=workflow)
        made[codes[0]] = workflow
    return made


def test_the_earlier_shipped_set_gets_new_versions_and_running_entries_keep_theirs(world):
    earlier = earlier_set()
    cohort = CohortFactory(programme=TrainingProgramme.objects.get(code="latsar"), institution=world.cohort.institution)
    running = world.submitted(cohort=cohort)
    ensure_curation_setup()
    assert {code: kinds_of(TrainingProgramme.objects.get(code=code).workflow) for code in SET} == SET
    old = Workflow.objects.get(pk=earlier["latsar"].pk)
    assert (old.active, kinds_of(old)) == (False, (INSTITUTION, LAB))
    reviews.approve(running, actor=world.institution)
    assert state_of(Innovation.objects.get(pk=running.entry_id)) == State.CURATION


def test_what_staff_changed_stays(world):
    earlier = earlier_set()
    earlier["latsar"].workflow_tasks.get(task=INSTITUTION.objects.get()).delete()
    other = Workflow.objects.create(name="Milik kami")
    WorkflowTask.objects.create(workflow=other, task=LAB.objects.get(), sort_order=0)
    TrainingProgramme.objects.filter(code="pka").update(workflow=other)
    ensure_curation_setup()
    assert kinds_of(TrainingProgramme.objects.get(code="latsar").workflow) == (LAB,)
    assert TrainingProgramme.objects.get(code="pka").workflow == other
    assert kinds_of(TrainingProgramme.objects.get(code="pkp").workflow) == SET["pkp"]


def test_a_page_shows_programme_workflow_and_steps(world, client):
    address = reverse("curation_workflows")
    client.force_login(world.curator)
    rows = {row.workflow: row for row in client.get(address).context["rows"]}
    row = rows[TrainingProgramme.objects.get(code="pkn-ii").workflow.name]
    assert [step.days for step in row.steps] == [14, 14, 21, 7]
    assert row.workflow_address == ""
    client.force_login(world.administrator)
    assert "/admin/workflows/edit/" in client.get(address).content.decode()
    client.force_login(world.institution)
    assert client.get(address).status_code == 403
