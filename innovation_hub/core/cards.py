"""Result cards: what a list shows of an entry, whether it came from the search index or from the database.

A card is plain JSON (:class:`CardData`), made when the entry is indexed or listed and holding both languages.
A :class:`Card` is one card as a page shows it: words of the active language, badges as of today.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, TypedDict

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from .badges import Badge, kind_badge, level_badge, life_badge
from .formatting import day, number
from .pages import path_in

SNIPPET_LENGTH = 240
_SENTENCE_END = re.compile(r"(?<=[a-z0-9]{3})[.!?](?=\s|$)")  # "Kab." and "Jl." end no sentence


class CardData(TypedDict, total=False):
    """The stored card. Everything but ``kind``, ``path`` and ``title`` may be missing or empty."""

    kind: str  # "inovasi", "studi-kasus", "panduan", "kabar"
    path: str  # Indonesian address without host
    number: str  # registry number, from which the cover is drawn
    lang: str  # language of title and summary
    title: str
    title_en: str
    brand: str
    expansion: str
    summary: str
    summary_en: str
    level: str
    life: str
    life_since: str  # partial date
    checked: str  # ISO date of the last status check
    stop: Mapping[str, str]  # why it stopped, by language
    evidence: int
    adoptions: int
    where: list[str]  # unit and agency or region, nearest first
    agency_raw: str  # the delivered name of an agency that isn't recognised
    year: int
    origin: Mapping[str, str]  # product, programme, cohort and institution, by language
    synthetic: bool
    published: str  # ISO date


@dataclass(slots=True)
class Card:
    """One card as a page shows it."""

    url: str
    title: Any
    lang: str = "id"
    number: str = ""
    badges: list[Badge] = field(default_factory=list)
    aka: str = ""
    snippet: Any = ""
    snippet_lang: str = "id"
    where: list[str] = field(default_factory=list)
    origin: str = ""
    evidence: int | None = None
    adopted: str = ""
    why: str = ""
    shows_cover: bool = False


def _badges(data: Mapping[str, Any], language: str) -> list[Badge]:
    """Return level (or kind) and life badge."""
    facts = (
        data.get("kind", "inovasi"),
        data.get("level") or "terdaftar",
        data.get("life", ""),
        data.get("life_since", ""),
        data.get("checked"),
        (data.get("stop") or {}).get(language, ""),
    )
    return _badges_of(language, timezone.localdate(), *facts)


@lru_cache(maxsize=4096)
def _badges_of(
    language: str, today: date, kind: str, level: str, life: str, since: str, checked: str | None, reason: str
) -> list[Badge]:
    """Return the badges of these facts on this day, in the active language, which is ``language``."""
    if kind != "inovasi" and (badge := kind_badge(kind)):
        return [badge]
    when = date.fromisoformat(checked) if checked else None
    status = life_badge(life, since=since, checked=when, reason=reason, curated=level != "terdaftar")
    return [badge for badge in (level_badge(level), status) if badge]


def _where(data: Mapping[str, Any]) -> list[str]:
    """Return unit, agency or region, year, and the label of sample data."""
    parts = list(data.get("where") or [])
    if data.get("agency_raw"):
        parts = [f"“{data['agency_raw']}”", _("agency not matched yet"), *parts]
    if data.get("year"):
        parts.append(str(data["year"]))
    elif data.get("kind", "inovasi") != "inovasi" and data.get("published"):
        parts.append(day(date.fromisoformat(data["published"])))
    if data.get("synthetic"):
        parts.append(_("sample data"))
    return parts


def _adopted(count: int) -> str:
    """Return how many agencies replicated it, nothing for none."""
    if not count:
        return ""
    return ngettext("Replicated by %(count)s agency", "Replicated by %(count)s agencies", count) % {
        "count": number(count)
    }


def aka(brand: str, expansion: str, title: str = "") -> str:
    """Return "SI ANTRI: Sistem Antrean Terintegrasi", without a brand name that only repeats the title."""
    if not brand or brand.casefold() == title.casefold():
        return expansion
    return f"{brand}: {expansion}" if expansion else brand


def beginning(text: str, length: int) -> str:
    """Return the sentences with which ``text`` begins; cut within the first one only if that is too long."""
    if len(text) <= length:
        return text
    ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, length + 1)]
    return text[: ends[-1]] if ends and ends[-1] >= length // 3 else Truncator(text).chars(length)


def present(
    data: Mapping[str, Any],
    *,
    title_html: Any = None,
    snippet: Any = None,
    why: str = "",
    summary: bool = False,
    unchecked: bool = False,
) -> Card:
    """Return ``data`` as a card in the active language.

    ``title_html`` and ``snippet`` are highlighted, safe texts from a search; without a snippet ``summary``
    asks for the beginning of the summary. A merely registered entry shows neither evidence nor, unless
    ``unchecked`` says so, a summary: nobody has checked them.
    """
    language = (get_language() or "id")[:2]
    translated = language == "en" and bool(data.get("title_en"))
    title = data["title_en"] if translated else data["title"]
    registered = data.get("kind", "inovasi") == "inovasi" and data.get("level", "terdaftar") == "terdaftar"
    text: Any = data.get("summary_en") if translated and data.get("summary_en") else data.get("summary", "")
    snippet_translated = False
    if summary and not snippet and (unchecked or not registered):
        snippet = beginning(strip_tags(text), SNIPPET_LENGTH)
        snippet_translated = translated and bool(data.get("summary_en"))
    return Card(
        url=path_in(data["path"], language),
        title=title_html if title_html and not translated else title,
        lang="en" if translated else data.get("lang", "id"),
        number=data.get("number", ""),
        badges=_badges(data, language),
        aka=aka(data.get("brand", ""), data.get("expansion", ""), title),
        snippet=snippet or "",
        snippet_lang="en" if snippet_translated else data.get("lang", "id"),
        where=_where(data),
        origin=(data.get("origin") or {}).get(language, ""),
        evidence=None if registered or "evidence" not in data else data["evidence"],
        adopted=_adopted(data.get("adoptions", 0)),
        why=why,
        shows_cover=data.get("level") == "unggulan" and bool(data.get("number")),
    )
