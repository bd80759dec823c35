"""``manage.py advance_overdue``: an agency's silence sends an entry on to the lab, and never publishes it."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from innovation_hub.curation.models import (
    AgencyEndorsementTask,
    InstitutionReviewTask,
    LabCurationTask,
    ReviewTaskState,
    Transition,
)
from innovation_hub.curation.services import reviews
from innovation_hub.curation.services.workflow import state_of
from innovation_hub.innovations.models import Innovation
from tests.curation.world import give_workflow, make_older, make_world, review_of
from tests.factories import CohortFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
State = Transition.State


@pytest.fixture
def world():
    return make_world()


def run() -> dict:
    out = StringIO()
    call_command("advance_overdue", "--json", stdout=out)
    return json.loads(out.getvalue().splitlines()[-1])


def at_the_agency(world) -> ReviewTaskState:
    """Return the review of an entry (PKP) that waits for its agency."""
    programme = ProgrammeFactory(code="pkp")
    if not programme.workflow_id or programme.workflow.name != "Uji pkp":
        give_workflow(programme, InstitutionReviewTask, AgencyEndorsementTask, LabCurationTask)
    cohort = CohortFactory(programme=programme, institution=world.cohort.institution)
    review = world.submitted(cohort=cohort)
    reviews.approve(review, actor=world.institution)
    return review_of(review.entry)


def state(review: ReviewTaskState) -> str:
    return state_of(Innovation.objects.get(pk=review.entry_id))


def test_only_what_waits_too_long_for_an_agency_goes_on(world):
    late, in_time = at_the_agency(world), at_the_agency(world)
    at_the_institution = world.submitted()
    for review, days in ((late, 15), (in_time, 14), (at_the_institution, 40)):
        make_older(review, days)
    assert run()["moved"] == 1
    assert (state(late), state(in_time)) == (State.CURATION, State.AGENCY)
    assert state(at_the_institution) == State.INSTITUTION
    assert not Innovation.objects.get(pk=late.entry_id).live


def test_running_it_again_moves_nothing(world):
    make_older(at_the_agency(world), 20)
    assert [run()["moved"], run()["moved"]] == [1, 0]


def test_the_log_names_the_step_and_nobody(world):
    review = at_the_agency(world)
    make_older(review, 20)
    run()
    entry = Innovation.objects.get(pk=review.entry_id)
    last = entry.transitions.last()
    assert (last.from_state, last.to_state, last.actor) == (State.AGENCY, State.CURATION, None)
    skipped = ReviewTaskState.objects.get(pk=review.pk)
    assert (skipped.status, skipped.is_open, skipped.open_sides().exists()) == ("skipped", False, False)
    assert skipped.comment


def test_the_lab_then_publishes_it_as_registered(world):
    review = at_the_agency(world)
    make_older(review, 20)
    run()
    reviews.approve(review_of(review.entry), actor=world.curator)
    entry = Innovation.objects.get(pk=review.entry_id)
    assert (entry.is_public, entry.publication_level) == (True, "terdaftar")


def test_the_deadline_counts_in_the_sites_own_days(world, time_machine):
    review = at_the_agency(world)
    time_machine.move_to(f"{review.due_on}T23:30:00+07:00")
    assert run()["moved"] == 0
    time_machine.shift(3600)
    assert run()["moved"] == 1
