"""Rich text on public pages: cleaned once more at the last moment, and with its source letters linked.

Forms and imports clean what they store; cleaning again here keeps one path of writing that forgot from
becoming a script on a public page.
"""

import re
from collections.abc import Collection

import nh3
from django.utils.html import strip_tags
from markupsafe import Markup, escape
from wagtail.rich_text import expand_db_html

TAGS = {"p", "br", "b", "strong", "i", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto"}
_TAG = re.compile(r"(<[^>]*>)")
_LETTERS = re.compile(r"\[([a-z](?:\s?,\s?[a-z])*)\](?!\()")


def safe_rich(html: str, letters: Collection[str] = ()) -> Markup:
    """Return stored rich text as safe HTML, ``[a, b]`` linked to these sources; empty without words."""
    if not html or not strip_tags(html).strip():
        return Markup("")
    if "linktype=" in html or "embedtype=" in html:
        html = expand_db_html(html)
    if "<" not in html:
        html = "".join(f"<p>{part}</p>" for part in html.split("\n\n") if part.strip())
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="nofollow noopener")
    return Markup(link_letters(clean, letters))  # noqa: S704  cleaned in the line above


def linked_text(text: str, letters: Collection[str]) -> Markup:
    """Return a plain text escaped, its ``[a, b]`` linked to the sources of these letters."""
    return Markup(link_letters(str(escape(text.strip())), letters))  # noqa: S704  escaped in this line


def link_letters(clean: str, letters: Collection[str]) -> str:
    """Return clean HTML with every ``[a, b]`` of known letters turned into links to those sources."""
    if not letters:
        return clean

    def linked(match: re.Match[str]) -> str:
        named = [one.strip() for one in match[1].split(",")]
        if any(one not in letters for one in named):
            return match[0]
        return f'<span class="src">{letter_links(named)}</span>'

    parts = _TAG.split(clean)  # text and tags in turn: an address that holds [a] stays whole
    return "".join(part if part.startswith("<") else _LETTERS.sub(linked, part) for part in parts)


def letter_links(letters: Collection[str]) -> Markup:
    """Return the letters of sources as links into the list of sources."""
    return Markup(", ").join(Markup('<a href="#sumber-{0}">{0}</a>').format(one) for one in letters)


def split_letters(text: str, known: Collection[str]) -> list[str]:
    """Return the known letters of a field such as ``a, c``."""
    return [one for one in re.findall(r"[a-z]", text.lower()) if one in known]
