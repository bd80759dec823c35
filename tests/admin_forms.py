"""Filling in the admin's forms as a browser would: everything that is there, with a few values changed."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

FORM = "form#w-editor-form, form#page-edit-form, main form[method=post], main form[method=POST]"
UNSENT = {"submit", "button", "image", "reset", "file"}


def form_values(html: str | bytes) -> dict[str, Any]:
    """Return what the page's main form would send: inputs, texts and choices, without templates of new rows."""
    page = BeautifulSoup(html, "html.parser")
    for template in page.find_all("template"):
        template.decompose()
    form = max(page.select(FORM), key=lambda one: len(one.find_all(["input", "select", "textarea"])))
    values: dict[str, Any] = {}
    for element in form.find_all(["input", "select", "textarea"]):
        name = element.get("name")
        if not name or element.has_attr("disabled") or element.get("type", "text") in UNSENT:
            continue
        for value in _values_of(element):
            values.setdefault(name, []).append(value)
    return values


def _values_of(element: Tag) -> list[str]:
    if element.name == "textarea":
        return [(element.string or "").removeprefix("\n")]
    if element.name == "select":
        chosen = [option.get("value", option.text) for option in element.find_all("option", selected=True)]
        if chosen or element.has_attr("multiple"):
            return chosen
        first = element.find("option")
        return [first.get("value", "")] if first else []
    if element.get("type") in ("checkbox", "radio"):
        return [element.get("value", "on")] if element.has_attr("checked") else []
    return [element.get("value", "")]


def open_entry(client: Client, entry: Any) -> HttpResponse:
    """Return the page with the entry's form; fails unless it opens."""
    response = client.get(reverse("hub_innovations:edit", args=[entry.pk]))
    assert response.status_code == 200, response.headers.get("Location")
    return response


def save_entry(
    client: Client, entry: Any, action: str = "", page: HttpResponse | None = None, **changes: Any
) -> HttpResponse:
    """Open the entry's form (unless ``page`` is it), change some values, and save.

    ``action`` is ``action-publish`` or ``action-submit``; without one the draft is saved.
    """
    values = {**form_values((page or open_entry(client, entry)).content), **changes}
    if action:
        values[action] = action
    return client.post(reverse("hub_innovations:edit", args=[entry.pk]), values)


def messages_of(response: HttpResponse) -> list[str]:
    """Return the messages and field errors that a page shows."""
    page = BeautifulSoup(response.content, "html.parser")
    return [" ".join(one.text.split()) for one in page.select(".messages li, .error-message, .w-field__errors")]
