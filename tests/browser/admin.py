"""What people do in the admin, in a browser: sign in, write in the entry's form, submit."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect
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


def open_tab_of(page: Page, field: str) -> None:
    """Open the tab of the entry's form that has ``field``, whatever it is called in the reader's language."""
    panel = page.eval_on_selector(f"#id_{field}", "field => field.closest('[role=tabpanel]').id")
    page.click(f'[role=tab][href="#{panel}"]')


def choose(page: Page, field: str, words: str) -> None:
    """Choose a record in the dialogue of a chooser field."""
    page.click(f"#id_{field}-chooser [data-chooser-action-choose]")
    page.click(f".modal [data-chooser-modal-choice]:has-text('{words}')")
    expect(page.locator(f"#id_{field}")).not_to_have_value("")
    expect(page.locator(".modal")).to_have_count(0)


def write(page: Page, field: str, words: str) -> None:
    """Type into a rich-text field."""
    editor = page.locator(f"[data-contentpath={field}] [contenteditable=true][role=textbox]")
    editor.click()
    editor.press_sequentially(words)
    expect(page.locator(f"#id_{field}")).to_have_value(re.compile(re.escape(words)))


def submit_entry(page: Page) -> None:
    """Press the submit button in the form's footer, and wait for the answer."""
    page.click("footer .w-dropdown--dropdown-button > button")
    with page.expect_navigation():
        page.click("footer button[name=action-submit]")
