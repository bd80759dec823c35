"""Finding every address from the resolver, and reading everything that an answer says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from openpyxl import load_workbook


@dataclass(frozen=True, slots=True)
class Address:
    """One pattern of the resolver: its full name and what it asks for."""

    name: str
    route: str
    parameters: tuple[str, ...]
    is_admin: bool


def addresses() -> Iterator[Address]:
    """Yield every address of the site."""
    admin = reverse("wagtailadmin_home").lstrip("/")
    yield from _walk(get_resolver(), "", (), admin)


def _walk(resolver: URLResolver, route: str, namespaces: tuple[str, ...], admin: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _walk(entry, here, inner, admin)
        elif isinstance(entry, URLPattern):
            name = ":".join((*namespaces, entry.name or entry.lookup_str))
            yield Address(name, here, _parameters(entry), here.startswith(admin))


def _parameters(pattern: URLPattern) -> tuple[str, ...]:
    named = tuple(pattern.pattern.regex.groupindex)
    unnamed = pattern.pattern.regex.groups - len(named)
    return named or tuple(f"arg{number}" for number in range(unnamed))


def text_of(response: HttpResponse) -> str:
    """Return body, headers and the cells of a spreadsheet as one text."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    if "spreadsheetml" in response.headers.get("Content-Type", ""):
        sheet = load_workbook(BytesIO(body)).active
        return headers + "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    return headers + body.decode("utf-8", "replace")


_CHANGING = re.compile(
    r"csrfmiddlewaretoken\W+value=\W+\w+|nonce-[\w+/=-]+|nonce=\"[^\"]*\"|\"CSRF_TOKEN\": \"\w+\"|csrftoken=\w+"
    r"|^Expires: .*$",
    re.I | re.M,
)


def differences(one: HttpResponse, other: HttpResponse, words: tuple[str, str]) -> list[str]:
    """Return the lines in which two answers differ beyond the word that was asked for, which pages echo."""
    lines, others = (_neutral(*pair).splitlines() for pair in zip((one, other), words, strict=True))
    return [line.strip() for line in unified_diff(lines, others, n=0) if line.strip()]


def _neutral(response: HttpResponse, word: str) -> str:
    return re.sub(re.escape(word), "KATA", _CHANGING.sub("", text_of(response)), flags=re.I)


class QuickClient(Client):
    """A test client that doesn't copy the context of every template it sees rendered: half the time of the probe.

    An error of a view is an answer with status 500, as readers get it.
    """

    def request(self, **request: Any) -> HttpResponse:
        """Ask, and keep the cookies."""
        response = self.handler(self._base_environ(**request))
        if response.cookies:
            self.cookies.update(response.cookies)
        return response
