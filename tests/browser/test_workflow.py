"""From a submitter's form to the public page, in a browser: the hub's main job, and who may not see it meanwhile."""

import pytest
from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Browser

from innovation_hub.core.admin_gate import admin_url_names
from innovation_hub.curation.models import ReviewTaskState, Transition
from innovation_hub.innovations.models import Innovation
from search.indexer import drain
from tests.browser.admin import choose, open_tab_of, signed_in, submit_entry, write
from tests.curation.world import MARKER, World, make_world, review_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
State = Transition.State
TITLE = f"Pasien mengambil {MARKER} dari rumah"


@pytest.fixture
def world(settings, tmp_path) -> World:
    settings.SEARCH_URL = f"tantivy://{tmp_path}/search"
    made = make_world()
    # The entry of this test is written in the browser; this one only shares its marker word.
    Innovation.objects.filter(pk=made.entry.pk).update(title_plain="Entri lain")
    return made


def addresses_of(entry: Innovation, review: ReviewTaskState) -> list[str]:
    """Return every address of the admin that can be made with the keys of the entry, its versions and its review."""
    revision = entry.latest_revision_id
    found = []
    for name in sorted(set(admin_url_names())):
        for keys in ([entry.pk], [entry.pk, revision], [entry.pk, "live", "latest"], [entry.pk, revision, revision]):
            try:
                found.append(reverse(name, args=keys))
            except NoReverseMatch:
                continue
    return found + [reverse(f"curation_{name}", args=[review.pk]) for name in ("desk", "desk_entry")]


def write_entry(browser: Browser, live_server, world: World) -> Innovation:
    """Write and submit an entry of the cohort as the submitter; return it."""
    with signed_in(browser, live_server, world.submitter) as page:
        page.goto(reverse("hub_innovations:add"))
        page.fill("#id_title_plain", TITLE)
        open_tab_of(page, "unit")
        choose(page, "unit", world.unit.name)
        choose(page, "region", world.entry.region.name)
        page.select_option("#id_origin_channel", label="Pelatihan")
        page.select_option("#id_training_product", label="Aktualisasi")
        choose(page, "cohort", "XII")
        open_tab_of(page, "problem")
        write(page, "problem", "Pasien menunggu sejak subuh.")
        write(page, "objectives", "Tidak ada antrean.")
        page.fill("#id_implemented_on", "2024")
        open_tab_of(page, "urusan_primary")
        page.select_option("#id_urusan_primary", label="Urusan 8.01")
        page.select_option("#id_stage", label="Penerapan")
        submit_entry(page)
        assert "summary" in page.inner_text(".messages").lower(), "what is missing is named, and the draft is kept"
        entry = Innovation.objects.get(title_plain=TITLE)
        assert not entry.workflow_in_progress
        page.goto(reverse("hub_innovations:edit", args=[entry.pk]))
        page.fill("#id_summary", "Nomor antrean diambil lewat pesan.")
        submit_entry(page)
    return Innovation.objects.get(pk=entry.pk)


def decide_as(browser: Browser, live_server, user, title: str) -> None:
    """Open the entry from the queue, read it in its frame and approve it."""
    with signed_in(browser, live_server, user) as page:
        page.goto(reverse("curation_queue"))
        page.click(f"text={title}")
        page.frame_locator("[data-hub-frame]").get_by_role("heading", name=title).wait_for()
        with page.expect_navigation():
            page.click(".hub-bar__approve button[type=submit]")
        assert title in page.inner_text(".messages")


def test_an_entry_goes_from_the_submitters_form_to_the_public_page(browser, live_server, world):
    entry = write_entry(browser, live_server, world)
    review = review_of(entry)
    assert review.sides.get().key == f"institution:{world.cohort.institution_id}"

    addresses = addresses_of(entry, review)
    assert len(addresses) > 20
    with signed_in(browser, live_server, world.other) as page:
        for address in [reverse("curation_queue"), reverse("hub_innovations:list"), *addresses]:
            answer = page.request.get(address)
            assert MARKER not in answer.text(), address

    decide_as(browser, live_server, world.institution, TITLE)
    assert not Innovation.objects.get(pk=entry.pk).live
    decide_as(browser, live_server, world.curator, TITLE)

    published = Innovation.objects.get(pk=entry.pk)
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    assert page.goto(published.get_absolute_url()).status == 200
    assert page.get_by_role("heading", name=TITLE).is_visible()
    drain()
    page.goto(f"{reverse('search')}?q={MARKER}")
    page.get_by_role("link", name=TITLE).wait_for()
    context.close()

    with signed_in(browser, live_server, world.curator) as page:
        page.goto(reverse("curation_desk", args=[review.pk]))
        history = page.inner_text(".hub-log")
    for person in (world.submitter, world.institution, world.curator):
        assert str(person) in history
    steps = list(published.transitions.values_list("from_state", "to_state", "actor"))
    assert steps == [
        (State.DRAFT, State.INSTITUTION, world.submitter.pk),
        (State.INSTITUTION, State.CURATION, world.institution.pk),
        (State.CURATION, State.PUBLISHED, world.curator.pk),
    ]
