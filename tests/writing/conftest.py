"""What the tests of the guided form share: a world under review, a page's fields, a writer with a browser."""

from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from innovation_hub.curation.writing.names import sounds
from search.availability import circuit
from tests.curation.world import World, make_world
from tests.public.pages import Page, read


@pytest.fixture(autouse=True)
def indonesian():
    """Begin every test in Indonesian: a request leaves its language behind in the thread."""
    with translation.override("id"):
        yield


@pytest.fixture(autouse=True)
def names_are_read_again():
    """Public names are kept for minutes in the process; the next test has others."""
    sounds.forget()


@pytest.fixture
def world(settings, tmp_path) -> World:
    """A cohort's entry ready to be submitted, and the people around it."""
    settings.SEARCH_URL = f"tantivy://{tmp_path}/search"
    circuit.reset()
    return make_world()


class Fields(HTMLParser):
    """The fields of a page's form, as a browser would send them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.values: dict[str, list[str]] = {}
        self._area = self._select = ""
        self._option: str | None = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Note what a field holds."""
        has = dict(attrs)
        name = has.get("name") or ""
        if tag == "input" and name:
            kind = has.get("type", "text")
            if kind in ("checkbox", "radio"):
                if "checked" in has:
                    self.values.setdefault(name, []).append(has.get("value") or "on")
            elif kind not in ("file", "search"):
                self.values[name] = [has.get("value") or ""]
        elif tag == "textarea":
            self._area = name
            self.values[name] = [""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in has:
            self.values.setdefault(self._select, []).append(has.get("value") or "")

    def handle_endtag(self, tag):
        """Leave a field."""
        if tag == "textarea":
            self._area = ""
        if tag == "select":
            self._select = ""

    def handle_data(self, data):
        """Add to a text area; the line break after its tag is no text."""
        if self._area:
            self.values[self._area] = [self.values[self._area][0] + data]


class Writer:
    """Somebody who writes in the guided form with a browser without JavaScript."""

    def __init__(self, user) -> None:
        self.user = user
        self.client = Client()
        if user is not None:
            self.client.force_login(user)

    def open(self, name: str, *args) -> Page:
        """Open a page."""
        response = self.client.get(reverse(name, args=args))
        assert response.status_code == 200, (response.status_code, response.headers.get("Location"))
        return read(response)

    def fields(self, entry, step: str) -> dict[str, list[str]]:
        """Return what the page of a step would send unchanged."""
        response = self.client.get(reverse("write_step", args=[entry.pk, step]))
        assert response.status_code == 200, response.status_code
        fields = Fields(response.content.decode()).values
        return {name: [one.removeprefix("\n") for one in values] for name, values in fields.items()}

    def save(self, entry, step: str, *, sent: dict | None = None, **changes):
        """Open a step, change some answers, press a button (``aksi``); ``sent`` is a page that was opened before."""
        values = dict(sent if sent is not None else self.fields(entry, step))
        values.update({name: value if isinstance(value, list) else [value] for name, value in changes.items()})
        return self.client.post(reverse("write_step", args=[entry.pk, step]), values)


@pytest.fixture
def writer(world) -> Writer:
    """The submitter of the world."""
    return Writer(world.submitter)
