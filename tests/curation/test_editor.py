"""What curation adds to the entry's editor: why it came back, and the way to the desk."""

import pytest
from django.test import Client
from django.urls import reverse

from innovation_hub.curation.services import reviews
from innovation_hub.curation.services.workflow import submit
from tests.curation.world import make_world, review_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def editor(user, entry) -> str:
    client = Client()
    client.force_login(user)
    response = client.get(reverse("hub_innovations:edit", args=[entry.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_a_returned_entry_says_who_why_and_what_to_change(world):
    assert "Sent back by" not in editor(world.submitter, world.entry)
    submit(world.entry, actor=world.submitter)
    comment = "Sebutkan cara mengukur.\nDan bulannya."
    reviews.send_back(review_of(world.entry), actor=world.institution, reason="data-kurang", comment=comment)
    page = editor(world.submitter, world.entry)
    assert f"Sent back by {world.institution}" in page
    assert "Data kurang" in page
    assert "Sebutkan cara mengukur.<br>Dan bulannya." in page


def test_the_notice_goes_when_the_entry_is_sent_again(world):
    submit(world.entry, actor=world.submitter)
    reviews.send_back(review_of(world.entry), actor=world.institution, reason="data-kurang", comment="Lengkapi.")
    submit(world.entry, actor=world.submitter)
    assert "Sent back by" not in editor(world.institution, world.entry)


def test_reviewers_decide_at_the_desk_not_in_the_editor(world):
    submit(world.entry, actor=world.submitter)
    page = editor(world.institution, world.entry)
    assert reverse("curation_desk", args=[review_of(world.entry).pk]) in page
    for action in ("action-cancel-workflow", "action-restart-workflow", 'data-workflow-action-name="approve"'):
        assert action not in page


def test_submitters_find_from_their_entry_where_it_waits(world):
    submit(world.entry, actor=world.submitter)
    client = Client()
    client.force_login(world.submitter)
    page = client.get(reverse("hub_innovations:edit", args=[world.entry.pk]), follow=True)
    desk = reverse("curation_desk", args=[review_of(world.entry).pk])
    assert desk in page.content.decode()
    at_the_desk = client.get(desk).content.decode()
    assert reverse("curation_queue") not in at_the_desk
    assert reverse("curation_take_back", args=[review_of(world.entry).pk]) in at_the_desk
