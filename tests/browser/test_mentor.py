"""A Latsar entry whose mentor has no account and answers on a narrow phone without JavaScript, up to publication."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from innovation_hub.curation.models import MentorLink, Transition
from innovation_hub.curation.services.workflow import state_of
from innovation_hub.innovations.models import Innovation
from tests.browser.admin import signed_in, submit_entry
from tests.browser.test_workflow import decide_as
from tests.curation.mentors import ADDRESS, make_mentor_world, token_in
from tests.curation.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
State = Transition.State


@pytest.fixture
def world(settings, tmp_path) -> World:
    settings.SEARCH_URL = f"tantivy://{tmp_path}/search"
    return make_mentor_world()


def state(entry: Innovation) -> str:
    return state_of(Innovation.objects.get(pk=entry.pk))


def test_a_mentor_without_an_account_confirms_on_a_phone(browser: Browser, live_server, world, mailoutbox):
    entry, title = world.entry, world.entry.title_plain
    with signed_in(browser, live_server, world.submitter) as page:
        page.goto(reverse("hub_innovations:edit", args=[entry.pk]))
        submit_entry(page)
    assert state(entry) == State.MENTOR
    (mail,) = mailoutbox
    assert mail.to == [ADDRESS]
    address = f"/en/mentor/{token_in(mail)}/"

    phone = browser.new_context(
        base_url=live_server.url, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    page = phone.new_page()
    assert page.goto(address).status == 200
    assert page.get_by_role("heading", name=title).is_visible()
    assert page.locator("body").bounding_box()["width"] <= 360
    assert state(entry) == State.MENTOR, "looking has no effect"
    page.click("text=Send it back >> nth=-1")
    assert "Nothing was sent" in page.inner_text("main")
    page.fill("[name=konfirmasi-comment]", "Benar, saya mentornya.")
    page.click("text=I confirm this")
    assert "Thank you" in page.inner_text("h1")
    assert not phone.cookies(), "the page needs no session"
    assert page.goto(address).status == 410
    assert "already answered" in page.inner_text("h1")
    phone.close()
    assert MentorLink.objects.get().used_at

    decide_as(browser, live_server, world.institution, title)
    assert state(entry) == State.CURATION
    decide_as(browser, live_server, world.curator, title)
    published = Innovation.objects.get(pk=entry.pk)
    assert published.is_public
    reader = browser.new_context(base_url=live_server.url)
    page = reader.new_page()
    assert page.goto(published.get_absolute_url()).status == 200
    assert ADDRESS not in page.content()
    reader.close()
    steps = list(published.transitions.values_list("to_state", flat=True))
    assert steps == [State.MENTOR, State.INSTITUTION, State.CURATION, State.PUBLISHED]
