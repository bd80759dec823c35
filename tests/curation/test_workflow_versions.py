"""A workflow in use is never edited: saving another list of steps makes a version for later submissions."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.models import Workflow, WorkflowContentType

from innovation_hub.curation.models import AgencyEndorsementTask, InstitutionReviewTask, LabCurationTask, Transition
from innovation_hub.curation.services import reviews
from innovation_hub.curation.services.setup import next_version_name, tasks_of
from innovation_hub.curation.services.workflow import state_of, submit
from innovation_hub.innovations.models import Innovation
from tests.curation.world import make_world, review_of

pytestmark = pytest.mark.django_db
State = Transition.State
INSTITUTION, AGENCY, LAB = InstitutionReviewTask, AgencyEndorsementTask, LabCurationTask


@pytest.fixture
def world():
    return make_world()


def posted(workflow: Workflow, kinds: list, name: str = "", **extra) -> dict:
    """Return what the form of ``workflow`` posts when its steps are made to be ``kinds``."""
    rows = list(workflow.workflow_tasks.order_by("sort_order"))
    data = {
        "name": name or workflow.name,
        "workflow_tasks-TOTAL_FORMS": len(rows) + len(kinds),
        "workflow_tasks-INITIAL_FORMS": len(rows),
        "workflow_tasks-MIN_NUM_FORMS": 0,
        "workflow_tasks-MAX_NUM_FORMS": 1000,
        "pages-TOTAL_FORMS": 0,
        "pages-INITIAL_FORMS": 0,
        "pages-MIN_NUM_FORMS": 0,
        "pages-MAX_NUM_FORMS": 1000,
    }
    wanted = [kind.objects.get().pk for kind in kinds]
    kept = {row.task_id: row for row in rows}
    for index, row in enumerate(rows):
        data |= _row(index, row.task_id, row.pk, wanted.index(row.task_id) + 1 if row.task_id in wanted else 99)
        if row.task_id not in wanted:
            data[f"workflow_tasks-{index}-DELETE"] = "on"
    new = [pk for pk in wanted if pk not in kept]
    for index, pk in enumerate(new, start=len(rows)):
        data |= _row(index, pk, "", wanted.index(pk) + 1)
    data["workflow_tasks-TOTAL_FORMS"] = len(rows) + len(new)
    return {**data, **extra}


def _row(index: int, task: int, row: object, order: int) -> dict:
    prefix = f"workflow_tasks-{index}"
    return {f"{prefix}-task": task, f"{prefix}-id": row, f"{prefix}-ORDER": order}


def save(user, workflow: Workflow, kinds: list, name: str = "", **extra):
    client = Client()
    client.force_login(user)
    address = reverse("wagtailadmin_workflows:edit", args=[workflow.pk])
    return client.post(address, posted(workflow, kinds, name, **extra))


def kinds_of(workflow: Workflow) -> list[type]:
    return [type(task.specific) for task in tasks_of(workflow)]


def message_of(response) -> str:
    return " ".join(str(one) for one in get_messages(response.wsgi_request))


def test_an_unused_workflow_is_edited_in_place(world):
    workflow = world.cohort.programme.workflow
    assert save(world.administrator, workflow, [LAB, INSTITUTION]).status_code == 302
    assert kinds_of(workflow) == [LAB, INSTITUTION]
    assert Workflow.objects.filter(name__startswith=workflow.name).count() == 1


def test_another_list_of_steps_makes_a_version_and_says_so(world):
    review = world.submitted()
    old = world.cohort.programme.workflow
    answer = save(world.administrator, old, [INSTITUTION, AGENCY, LAB])
    assert answer.status_code == 302
    version = Workflow.objects.get(name=f"{old.name} (v2)")
    assert kinds_of(version) == [INSTITUTION, AGENCY, LAB]
    assert "1 entry under way" in message_of(answer)
    assert version.name in message_of(answer)
    old.refresh_from_db()
    assert (kinds_of(old), old.active) == ([INSTITUTION, LAB], False)
    world.cohort.programme.refresh_from_db()
    assert world.cohort.programme.workflow == version
    assert review.entry.workflow_in_progress


def test_what_is_under_way_keeps_the_old_steps_and_the_next_takes_the_new_ones(world):
    before = world.submitted()
    save(world.administrator, world.cohort.programme.workflow, [INSTITUTION, AGENCY, LAB])
    submit(Innovation.objects.get(pk=world.entry.pk), actor=world.submitter)
    after = review_of(world.entry)
    reviews.approve(before, actor=world.institution)
    reviews.approve(after, actor=world.institution)
    assert state_of(Innovation.objects.get(pk=before.entry_id)) == State.CURATION
    assert state_of(Innovation.objects.get(pk=after.entry_id)) == State.AGENCY


def test_a_returned_entry_goes_on_in_the_workflow_it_was_sent_to(world):
    review = world.submitted()
    reviews.send_back(review, actor=world.institution, reason="data-kurang", comment="Lengkapi.")
    save(world.administrator, world.cohort.programme.workflow, [AGENCY, LAB])
    submit(Innovation.objects.get(pk=review.entry_id), actor=world.submitter)
    assert state_of(Innovation.objects.get(pk=review.entry_id)) == State.INSTITUTION


def test_the_default_workflow_moves_to_its_version(world):
    content_type = ContentType.objects.get_for_model(Innovation)
    default = WorkflowContentType.objects.get(content_type=content_type).workflow
    entry = world.entry.get_latest_revision_as_object()
    entry.cohort = entry.programme = entry.institution = entry.training_product = None
    entry.origin_channel = None
    entry.save_revision(user=world.submitter)
    default.start(Innovation.objects.get(pk=entry.pk), world.submitter)
    save(world.administrator, default, [LAB], content_types=[content_type.pk])
    version = Workflow.objects.get(name=next_version_name(default.name))
    assert Innovation.get_default_workflow() == version
    assert WorkflowContentType.objects.filter(content_type=content_type).count() == 1


def test_a_new_name_alone_is_no_new_version(world):
    world.submitted()
    workflow = world.cohort.programme.workflow
    save(world.administrator, workflow, [INSTITUTION, LAB], name="Latsar, dua langkah")
    workflow.refresh_from_db()
    assert (workflow.name, workflow.active) == ("Latsar, dua langkah", True)


def test_a_new_name_with_new_steps_is_the_versions_name(world):
    world.submitted()
    old = world.cohort.programme.workflow
    save(world.administrator, old, [LAB], name="Latsar, satu langkah")
    assert kinds_of(Workflow.objects.get(name="Latsar, satu langkah")) == [LAB]
    assert Workflow.objects.filter(name=old.name, active=False).exists()


def test_the_steps_of_an_earlier_version_stay(world):
    world.submitted()
    old = world.cohort.programme.workflow
    save(world.administrator, old, [INSTITUTION, AGENCY, LAB])
    answer = save(world.administrator, old, [LAB])
    assert answer.status_code == 200
    assert "earlier version" in answer.content.decode()
    assert kinds_of(old) == [INSTITUTION, LAB]
    assert Workflow.objects.filter(name__startswith=old.name).count() == 2


def test_versions_are_numbered():
    assert next_version_name("Latsar") == "Latsar (v2)"
    assert next_version_name("Latsar (v2)") == "Latsar (v3)"
    assert next_version_name("Latsar (vokasi)") == "Latsar (vokasi) (v2)"


@pytest.mark.parametrize("who", ["submitter", "institution", "agency_reviewer", "curator", "editor", "reader"])
def test_only_administrators_edit_workflows(world, who):
    workflow = world.cohort.programme.workflow
    assert save(getattr(world, who), workflow, [LAB]).status_code == 403
    assert kinds_of(workflow) == [INSTITUTION, LAB]
