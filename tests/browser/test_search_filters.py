"""Filters on the search page in a browser: a facet opens in its place, and nothing else on the page changes."""

import pytest
from playwright.sync_api import Browser, Page

from search import rebuild, suggest
from tests.factories import AgencyFactory, InnovationFactory, ProvinceFactory, RegionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ICONS = "[...document.querySelectorAll('#ikon symbol')].map(symbol => symbol.id)"


@pytest.fixture
def collection(settings, tmp_path):
    """Three public entries of one regency."""
    settings.SEARCH_URL = f"tantivy://{tmp_path}"
    suggest.forget()
    regency = RegionFactory(parent=ProvinceFactory(code="72"), code="72.01", name="Kabupaten Banggai")
    agency = AgencyFactory(region=regency)
    for number in range(3):
        InnovationFactory(live=True, title_plain=f"Pasar desa {number}", agency=agency, region=regency)
    rebuild.rebuild()
    yield
    suggest.forget()


@pytest.fixture
def page(browser: Browser, live_server, collection) -> Page:
    return browser.new_page(base_url=live_server.url)


def test_a_facet_opens_in_its_place_and_is_applied(page):
    page.goto("/cari/?q=pasar")
    icons = page.evaluate(ICONS)
    page.get_by_role("link", name="Kabupaten/kota").click()
    value = page.get_by_label("Kabupaten Banggai")
    value.wait_for()
    assert page.url.endswith("/cari/?q=pasar")
    assert page.evaluate(ICONS) == icons, "the badges of the results keep their icons"
    value.check()
    page.wait_for_url("**/cari/?q=pasar&kabupaten=72.01")
    assert page.locator("a.chip").count() == 1


def test_suggestions_follow_a_shortcut(page):
    page.goto("/cari/")
    page.locator("#q").press_sequentially("wilayah:bang", delay=10)
    page.get_by_role("option", name="Kabupaten Banggai").wait_for()
