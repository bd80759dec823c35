"""What people do in the admin, in a browser: sign in, write in the entry's form, submit."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from innovation_hub.accounts.models import User
from tests.factories.accounts import PASSWORD

SECONDS = 1000


@contextmanager
def signed_in(browser: Browser, server: LiveServer, user: User) -> Iterator[Page]:
    """Yield a page of a fresh browser profile in which ``user`` has signed in through the login page."""
    context = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30 * SECONDS)
    page = context.new_page()
    page.goto("/admin/login/")
    page.fill("[name=username]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.click("form button[type=submit]")
    page.wait_for_url("**/admin/")
    yield page
    context.close()


def open_tab(page: Page, name: str) -> None:
    """Open a tab of the entry's form; ``name`` is the end of its address (``asal``)."""
    page.click(f'[role=tab][href="#tab-{name}"]')


def choose(page: Page, field: str, words: str) -> None:
    """Choose a record in the dialogue of a chooser field."""
    page.click(f"#id_{field}-chooser [data-chooser-action-choose]")
    page.click(f".modal [data-chooser-modal-choice]:has-text('{words}')")
    page.wait_for_function(f"document.querySelector('#id_{field}').value !== ''")
    page.wait_for_selector(".modal", state="detached")


def write(page: Page, field: str, words: str) -> None:
    """Type into a rich-text field."""
    editor = page.locator(f"[data-contentpath={field}] [contenteditable=true][role=textbox]")
    editor.click()
    editor.press_sequentially(words)
    page.wait_for_function(f"document.querySelector('#id_{field}').value.includes({words[:10]!r})")


def submit_entry(page: Page) -> None:
    """Press the submit button in the form's footer, and wait for the answer."""
    page.click("footer .w-dropdown--dropdown-button > button")
    with page.expect_navigation():
        page.click("footer button[name=action-submit]")
