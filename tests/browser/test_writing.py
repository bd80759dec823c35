"""From ``/tulis/`` to a submitted entry on a small phone without JavaScript: the whole way works by buttons."""

import pytest
from playwright.sync_api import Browser, Page

from innovation_hub.curation.writing.names import sounds
from innovation_hub.innovations.models import Innovation
from tests.curation.world import World, make_world
from tests.factories.accounts import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "Warga mengurus surat keterangan dari rumah"


@pytest.fixture
def world(settings, tmp_path) -> World:
    settings.SEARCH_URL = f"tantivy://{tmp_path}/search"
    sounds.forget()
    return make_world()


@pytest.fixture
def page(browser: Browser, live_server, world) -> Page:
    """A page of 360 px without JavaScript, in which the submitter has signed in on the way to ``/tulis/``."""
    viewport = {"width": 360, "height": 740}
    context = browser.new_context(base_url=live_server.url, viewport=viewport, java_script_enabled=False)
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto("/tulis/")
    page.fill("[name=username]", world.submitter.email)
    page.fill("[name=password]", PASSWORD)
    page.click("form button[type=submit]")
    page.wait_for_url("**/tulis/")
    return page


def go_on(page: Page) -> None:
    """Press the main button of a step."""
    page.click(".save .btn-1")
    page.wait_for_load_state()


def test_an_entry_is_written_and_submitted_on_a_phone_without_scripts(page, world):
    page.fill("#title_plain", TITLE)
    page.select_option("#agency", str(world.unit.agency_id))
    page.locator("input[name=origin_channel]").first.check()
    page.click("main form .btn-1")
    page.wait_for_url("**/judul/")

    page.fill("#summary", "Surat keterangan diurus dari rumah lewat pesan.")
    go_on(page)
    page.wait_for_url("**/asal/")

    page.fill("#unit_name", world.unit.name)
    page.select_option("#region", index=1)
    page.select_option("#programme", str(world.cohort.programme_id))
    page.select_option("#institution", str(world.cohort.institution_id))
    page.fill("#mentor_name", "Ibu Mentor")
    page.fill("#mentor_email", "mentor@contoh.go.id")
    page.click("button[value=muat]")
    page.wait_for_url("**/asal/#cohort")
    page.select_option("#cohort", str(world.cohort.pk))
    page.select_option("#training_product", index=1)
    go_on(page)

    page.fill("#problem", "Warga datang tiga kali.\n\n- jauh\n- antre")
    page.fill("#objectives", "Warga tidak perlu datang.")
    page.locator("input[name=stage]").first.check()
    page.fill("#implemented_on", "2024-03")
    page.select_option("#urusan_primary", index=1)
    go_on(page)

    page.fill("[name=claims-0-indicator]", "Kunjungan ke kantor")
    page.click("button[value=tambah-claims]")
    page.wait_for_url("**/hasil/#claims-baru")
    assert page.locator("[name=claims-1-indicator]").count() == 1
    go_on(page)
    page.wait_for_url("**/lampiran/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    go_on(page)
    page.wait_for_url("**/periksa/")
    page.click("main form .btn-1")
    page.wait_for_load_state()

    entry = Innovation.objects.get(title_plain=TITLE)
    assert page.url.endswith(f"/tulis/{entry.pk}/")
    assert entry.workflow_in_progress
    assert entry.problem == "<p>Warga datang tiga kali.</p><ul><li>jauh</li><li>antre</li></ul>"
    page.goto("/inovasi-saya/")
    assert page.get_by_role("heading", name=TITLE).count() == 1
