"""Closing an account leaves no entry without somebody who keeps it."""

import pytest
from django.urls import reverse

from innovation_hub.accounts.services.closing import close_account
from innovation_hub.curation.members.handing_over import what_passes
from innovation_hub.curation.models import ReviewTaskState
from innovation_hub.curation.services import reviews
from innovation_hub.innovations.models import Innovation
from tests.factories import AgencyMembershipFactory
from tests.factories.accounts import PASSWORD

from .world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """A submitter with a draft, a lab."""
    return make_world()


def keeper(world):
    return Innovation.objects.get(pk=world.entry.pk).steward


def test_a_reviewer_of_the_agency_takes_over(world):
    reviewer = AgencyMembershipFactory(agency=world.unit.agency, role="reviewer").user
    assert [row.note for row in what_passes(world.submitter)] == [reviewer]
    close_account(world.submitter, actor=world.administrator)
    assert keeper(world) == reviewer


def test_else_the_lab_does(world):
    close_account(world.submitter, actor=world.administrator)
    assert keeper(world) == world.editor


def test_else_an_administrator_does(world):
    for person in (world.editor, world.curator, world.second_curator):
        close_account(person, actor=world.administrator)
    close_account(world.submitter, actor=world.administrator)
    assert keeper(world) == world.administrator


def test_one_is_told_before_what_passes_to_whom(client, world):
    client.force_login(world.submitter)
    text = client.get("/en" + reverse("account_close")).content.decode()
    assert world.entry.title_plain in text and str(world.editor) in text
    client.post(reverse("account_close"), {"current": PASSWORD})
    assert keeper(world) == world.editor


def test_taken_reviews_are_free_again(world):
    review = world.submitted()
    reviews.take(review, actor=world.institution)
    close_account(world.institution, actor=world.institution)
    assert ReviewTaskState.objects.get(pk=review.pk).taken_by is None
