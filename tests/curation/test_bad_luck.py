"""What goes wrong around a review: nobody there to answer, two at once, ended and changed things. Never an error."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import override
from wagtail.models import Workflow, WorkflowContentType

from innovation_hub.curation.models import (
    AgencyEndorsementTask,
    InstitutionReviewTask,
    LabCurationTask,
    ReviewTaskState,
    Transition,
)
from innovation_hub.curation.services import reviews
from innovation_hub.curation.services.workflow import state_of, submit
from innovation_hub.innovations.models import Innovation
from tests.curation.world import draft_in, give_workflow, make_world, person, review_of
from tests.factories import (
    AgencyFactory,
    AgencyMembershipFactory,
    CohortFactory,
    InnovationFactory,
    InstitutionFactory,
    ProgrammeFactory,
)

State = Transition.State


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def world(db):
    return make_world()


def state(entry_pk: int) -> str:
    return state_of(Innovation.objects.get(pk=entry_pk))


def desk(user, review: ReviewTaskState):
    client = Client()
    client.force_login(user)
    return client.get(reverse("curation_desk", args=[review.pk]))


def decide(user, review: ReviewTaskState, **data):
    client = Client()
    client.force_login(user)
    return client.post(reverse("curation_decide", args=[review.pk]), {"decision": "setujui", **data})


def end_membership(user) -> None:
    user.institutionmemberships.update(valid_until=timezone.localdate() - timedelta(days=1))


def test_an_institution_without_reviewers_leaves_it_to_the_lab_and_the_log_says_so(world):
    review = world.submitted(cohort=CohortFactory(programme=world.cohort.programme))
    assert [side.key.partition(":")[0] for side in review.sides.all()] == ["lab"]
    last = review.entry.transitions.last()
    assert (last.to_state, last.reason) == (State.INSTITUTION, "tanpa-peninjau")
    page = desk(world.curator, review).content.decode()
    assert page.count("has no reviewer at present") >= 2, "over the entry and in its history"
    reviews.approve(review, actor=world.curator)
    assert state(review.entry_id) == State.CURATION


def test_when_the_last_reviewer_leaves_the_lab_takes_over(world):
    review = world.submitted()
    for user in (world.institution, world.colleague):
        end_membership(user)
    assert not reviews.can_decide(review, world.curator)
    call_command("advance_overdue", verbosity=0)
    review = review_of(review.entry)
    assert reviews.can_decide(review, world.curator)
    assert review.entry.transitions.last().reason == "tanpa-peninjau"
    before = review.entry.transitions.count()
    call_command("advance_overdue", verbosity=0)
    assert review.entry.transitions.count() == before


def test_the_second_of_two_is_told_and_nothing_is_decided_twice(world):
    review = world.submitted()
    reviews.approve(review, actor=world.institution)
    first = review_of(review.entry)
    assert decide(world.curator, first, **{"setujui-level": "terdaftar"}).status_code == 302
    late = decide(world.second_curator, first, **{"setujui-level": "terdaftar"})
    assert late.status_code == 403
    assert f"{world.curator} decided" in late.content.decode()
    with translation.override("en"), pytest.raises(PermissionDenied, match="has ended"):
        reviews.send_back(first, actor=world.second_curator, reason="data-kurang", comment="Terlambat.")
    assert list(review.entry.transitions.values_list("to_state", flat=True)).count(State.PUBLISHED) == 1


def test_a_membership_that_ended_after_the_desk_was_opened_is_refused_with_the_reason(world):
    review = world.submitted()
    assert desk(world.institution, review).context["may_decide"]
    # The roles of this account object have been read; they are read again under the lock.
    assert reviews.can_decide(review, world.institution)
    end_membership(world.institution)
    with override("en"), pytest.raises(PermissionDenied, match="another organisation"):
        reviews.approve(review, actor=world.institution)
    refused = decide(world.institution, review)
    assert refused.status_code == 403
    assert "no role" in refused.content.decode()
    assert state(review.entry_id) == State.INSTITUTION


def test_two_submissions_at_once_are_one(world):
    submit(world.entry, actor=world.submitter)
    with pytest.raises((PermissionDenied, ValidationError), match="under review"):
        submit(Innovation.objects.get(pk=world.entry.pk), actor=world.submitter)
    assert ReviewTaskState.objects.count() == 1


@pytest.fixture
def at_agency(world):
    """Return the review of an entry that waits for its agency, and a reviewer there."""
    programme = ProgrammeFactory(code="lewat-instansi")
    give_workflow(programme, AgencyEndorsementTask, LabCurationTask)
    reviewer = AgencyMembershipFactory(agency=world.unit.agency, role="reviewer", user=person()).user
    cohort = CohortFactory(programme=programme, institution=world.cohort.institution)
    return world.submitted(cohort=cohort), reviewer


def test_an_agency_that_ends_during_the_review_can_still_answer(world, at_agency):
    review, reviewer = at_agency
    agency = world.unit.agency
    agency.valid_until, agency.replaced_by = timezone.localdate() - timedelta(days=1), AgencyFactory()
    agency.save()
    assert desk(reviewer, review).status_code == 200
    assert decide(reviewer, review).status_code == 302
    assert state(review.entry_id) == State.CURATION


def test_for_an_agency_that_has_ended_its_successor_answers(world, at_agency):
    agency, successor = world.unit.agency, AgencyFactory()
    agency.valid_until, agency.replaced_by = timezone.localdate() - timedelta(days=1), successor
    agency.save()
    newcomer = AgencyMembershipFactory(agency=successor, role="reviewer", user=person()).user
    review = world.submitted(cohort=at_agency[0].entry.cohort)
    assert [side.key for side in review.sides.all()] == [f"agency:{successor.pk}"]
    assert desk(newcomer, review).status_code == 200
    assert decide(newcomer, review).status_code == 302


def test_an_institution_that_has_ended_is_answered_for_by_its_successor(world):
    institution, successor = world.cohort.institution, InstitutionFactory()
    institution.valid_until, institution.replaced_by = timezone.localdate() - timedelta(days=1), successor
    institution.save()
    world.institution.institutionmemberships.update(institution=successor)
    review = world.submitted()
    assert [side.key for side in review.sides.all()] == [f"institution:{successor.pk}"]
    assert decide(world.institution, review).status_code == 302


def test_a_cohort_without_dates_and_an_entry_without_a_revision(world):
    assert world.cohort.starts_on is None
    draft = draft_in(world.cohort, world.unit, world.submitter)
    draft.revisions.all().delete()
    Innovation.objects.filter(pk=draft.pk).update(latest_revision=None)
    submit(Innovation.objects.get(pk=draft.pk), actor=world.submitter)
    review = review_of(draft)
    assert desk(world.institution, review).status_code == 200
    assert decide(world.institution, review).status_code == 302
    bare = InnovationFactory(created_by=world.submitter)
    with pytest.raises(ValidationError):
        submit(bare, actor=world.submitter)


def test_a_workflow_that_is_switched_off_under_way(world):
    review = world.submitted()
    world.cohort.programme.workflow.deactivate(user=world.administrator)
    assert state(review.entry_id) == State.DRAFT
    assert desk(world.institution, review).status_code == 200
    assert decide(world.institution, review).status_code == 403
    submit(Innovation.objects.get(pk=review.entry_id), actor=world.submitter)
    assert state(review.entry_id) == State.AGENCY


def test_a_step_that_is_switched_off_under_way_never_publishes(world):
    review = world.submitted()
    for kind in (LabCurationTask, InstitutionReviewTask):
        kind.objects.get().deactivate(user=world.administrator)
    entry = Innovation.objects.get(pk=review.entry_id)
    assert not entry.live
    assert state_of(entry) == State.DRAFT
    assert entry.transitions.last().reason == "tanpa-tinjauan"
    with pytest.raises(ValidationError, match="No workflow"):
        submit(Innovation.objects.get(pk=entry.pk), actor=world.submitter)


def test_without_any_workflow_submitting_says_so(world):
    world.cohort.programme.workflow = None
    world.cohort.programme.save()
    WorkflowContentType.objects.all().delete()
    Workflow.objects.update(active=False)
    with pytest.raises(ValidationError, match="No workflow"):
        submit(Innovation.objects.get(pk=world.entry.pk), actor=world.submitter)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_curators_deciding_at_the_same_moment():
    """Both have the review open and press at once: the second waits for the first one's commit, then is told."""
    world = make_world()
    review = world.submitted()
    reviews.approve(review, actor=world.institution)
    review = review_of(review.entry)
    start, outcomes = threading.Barrier(2), []

    def press(user) -> None:
        try:
            start.wait(10)
            translation.activate("en")
            reviews.approve(ReviewTaskState.objects.get(pk=review.pk), actor=user)
            outcomes.append("decided")
        except PermissionDenied as error:
            outcomes.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(user,)) for user in (world.curator, world.second_curator)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes)[1] == "decided"
    assert "has ended" in sorted(outcomes)[0]
    published = Transition.objects.filter(entry=review.entry, to_state=State.PUBLISHED)
    assert published.count() == 1
