"""The admin's start page of people who write entries: theirs that wait for something, those sent back first."""

import pytest
from django.urls import reverse

from innovation_hub.curation.services import reviews
from innovation_hub.curation.services.workflow import submit
from innovation_hub.innovations.admin.start_page import SHOWN, unfinished_of
from tests.curation.world import draft_in, make_world, review_of
from tests.factories import make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def panels(client, user) -> dict[str, object]:
    """Return the panels of the start page by name."""
    client.force_login(user)
    return {panel.name: panel for panel in client.get(reverse("wagtailadmin_home")).context["panels"]}


def test_submitters_find_what_was_sent_back_first_then_the_rest(client, world):
    submit(world.entry, actor=world.submitter)
    reviews.send_back(review_of(world.entry), actor=world.institution, reason="data-kurang", comment="Lengkapi.")
    newer = draft_in(world.cohort, world.unit, world.submitter, title_plain="Draf yang lebih baru")
    rows = panels(client, world.submitter)["hub_own_entries"].get_context_data()["rows"]
    assert [entry.pk for entry, _address, _words in rows] == [world.entry.pk, newer.pk]
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert html.index("Needs changes") < html.index(newer.title_plain)
    assert reverse("hub_innovations:add") in html


def test_without_entries_submitters_find_the_way_to_begin_one_and_reviewers_nothing(client, world):
    assert "hub_own_entries" not in panels(client, world.agency_reviewer)
    assert "hub_own_entries" not in panels(client, world.curator)
    world.entry.delete()
    assert panels(client, world.submitter)["hub_own_entries"].get_context_data()["rows"] == []
    assert reverse("hub_innovations:add") in client.get(reverse("wagtailadmin_home")).content.decode()


def test_published_and_others_entries_are_left_out_and_the_list_is_short(world):
    published = make_published(created_by=world.submitter, steward=world.submitter, agency=world.unit.agency)
    for number in range(SHOWN + 2):
        draft_in(world.cohort, world.unit, world.submitter, title_plain=f"Draf nomor {number}")
    found = unfinished_of(world.submitter)
    assert len(found) == SHOWN
    assert published.pk not in [entry.pk for entry in found]
    assert unfinished_of(world.curator) == []
