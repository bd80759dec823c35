"""What comes out of a cell: one line, plain text, or safe rich text."""

import html
import re
from collections.abc import Iterable
from typing import NamedTuple

import nh3

from innovation_hub.core.text.words import word_set

from .encoding import repair
from .markup import Token, has_markup, may_hold_markup, tokens, unescape

_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000][ \t\u00a0\u2000-\u200a]*| {2,}")
_ODD_SPACE = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_AROUND_BREAK = re.compile(r" *\n *")
_BLANK_LINES = re.compile(r"\n{3,}")
_BLOCKS = word_set(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure",
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend main menu nav ol option p pre section summary table",
    "tbody tfoot thead tr ul",
)
_INLINE = {"b": "b", "strong": "b", "i": "i", "em": "i"}
_BULLET = re.compile(r"(?:[•·●▪◦‣⁃∙■□➢➤✓✔»]|[\-–—*](?=\s)|o(?= {2,}\S)|§(?=\s+[A-Z]))\s*(?=\S)")
_NUMBERED = re.compile(r"(\d{1,2})[.)]\s+(?=\S)")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"']+$", re.IGNORECASE)
RICH_TAGS = {"p", "br", "b", "i", "a", "ul", "ol", "li"}


class Line(NamedTuple):
    """One paragraph or list item: safe inline HTML and the kind of block that holds it (p, ul, ol)."""

    markup: str
    kind: str


def clean_line(value: str) -> str:
    """Return a cell as one line of plain text."""
    return " ".join(clean_plain(value).split())


def clean_plain(value: str) -> str:
    """Return a cell as plain text: line breaks kept, list items led by a bullet, one blank line in a row at most."""
    text = _prepared(value)
    if not may_hold_markup(text):
        return _folded(text)
    for _round in range(3):
        text = _folded("".join(_plain_piece(token) for token in tokens(text)))
        if not has_markup(text):
            return text
        text = _prepared(text)
    return _folded(re.sub(r"[<>&]", " ", text))


def clean_rich(value: str) -> str:
    """Return a cell as rich text: paragraphs, lists, bold, italic and links; plain cells get the same treatment."""
    text = _prepared(value)
    if not may_hold_markup(text):
        return _render(_lines_of_text(_folded(text)))
    pieces = list(tokens(text))
    if not any(token.name for token in pieces):
        return _render(_lines_of_text(_folded("".join(token.text for token in pieces))))
    rich = sanitise_rich(_render(_lines_of_tokens(pieces)))
    return rich if not has_markup(to_plain(rich)) else _render(_lines_of_text(clean_plain(text)))


def sanitise_rich(markup: str) -> str:
    """Return HTML with nothing in it but paragraphs, lists, bold, italic and links to http, https and mailto."""
    return nh3.clean(
        markup,
        tags=RICH_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )


def to_plain(markup: str) -> str:
    """Return the words of rich text that is already safe, one line a paragraph or list item."""
    if "<" in markup:
        markup = re.sub(r"<(?:br|/p|/li|/h[1-6]|/tr)\b[^>]*>", "\n", markup)
        markup = re.sub(r"<[^>]*>", "", markup)
    return html.unescape(markup).strip() if "&" in markup else markup.strip()


def shorten(text: str, limit: int) -> str:
    """Return ``text`` cut at a word to at most ``limit`` characters, the cut shown by an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit // 2 else cut).rstrip(" ,;:-–(") + "…"


def _prepared(value: str) -> str:
    text = repair(value)
    if "&" in text:
        plainer = unescape(text)
        text = repair(plainer) if plainer != text else text
    return text


def _folded(text: str) -> str:
    if "  " in text or _ODD_SPACE.search(text):
        text = _SPACES.sub(" ", text)
    if " \n" in text or "\n " in text:
        text = _AROUND_BREAK.sub("\n", text)
    return (_BLANK_LINES.sub("\n\n", text) if "\n\n\n" in text else text).strip()


def _plain_piece(token: Token) -> str:
    if not token.name:
        return token.text
    if token.name == "li" and not token.closing:
        return "\n• "
    if token.name == "br" or token.name in _BLOCKS:
        return "\n"
    return " " if token.name in ("td", "th", "img") else ""


def _lines_of_text(text: str) -> list[Line]:
    """Read plain text as paragraphs (a single break inside one is a ``<br>``) and lists of two items or more."""
    lines: list[Line] = []
    for paragraph in re.split(r"\n\n+", text):
        for row in filter(None, paragraph.split("\n")):
            bullet, number = _BULLET.match(row), _NUMBERED.match(row)
            if bullet and len(row) > bullet.end():
                lines.append(Line(html.escape(row[bullet.end() :], quote=False), "ul"))
            elif number and _continues_list(lines, int(number[1])):
                lines.append(Line(html.escape(row[number.end() :], quote=False), "ol"))
            else:
                lines.append(
                    Line(
                        html.escape(row, quote=False),
                        "br" if lines and row != paragraph.split("\n")[0] else "p",
                    )
                )
    return lines


def _continues_list(lines: list[Line], number: int) -> bool:
    items = 0
    for line in reversed(lines):
        if line.kind != "ol":
            break
        items += 1
    return number == items + 1


class _Flow:
    """Collects inline HTML into lines while walking over tags."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.parts: list[str] = []
        self.open: list[str] = []
        self.lists: list[str] = []
        self.kind = "p"

    def add(self, text: str) -> None:
        self.parts.append(html.escape(_SPACES.sub(" ", text.replace("\n", " ")), quote=False))

    def break_block(self, kind: str = "p") -> None:
        closing = "".join(f"</{name}>" for name in reversed(self.open))
        markup = "".join(self.parts) + closing
        if re.sub(r"<[^>]*>", "", markup).strip():
            self.lines.append(Line(re.sub(r"\s+", " ", markup).strip(), self.kind))
        self.parts = []
        self.open = []
        self.kind = kind

    def inline(self, name: str, closing: bool) -> None:
        if not closing:
            if name not in self.open:
                self.open.append(name)
                self.parts.append(f"<{name}>")
        elif name in self.open:
            while self.open:
                inner = self.open.pop()
                self.parts.append(f"</{inner}>")
                if inner == name:
                    break

    def link(self, attributes: str, closing: bool) -> None:
        match = None if closing else _HREF.search(attributes)
        address = html.unescape(next((part for part in match.groups() if part), "")).strip() if match else ""
        if closing:
            self.inline("a", True)
        elif _SAFE_ADDRESS.match(address) and "a" not in self.open:
            self.open.append("a")
            self.parts.append(f'<a href="{html.escape(address)}">')


def _lines_of_tokens(pieces: Iterable[Token]) -> list[Line]:
    flow = _Flow()
    for token in pieces:
        if not token.name:
            flow.add(token.text)
        elif token.name in _INLINE:
            flow.inline(_INLINE[token.name], token.closing)
        elif token.name == "a":
            flow.link(token.text, token.closing)
        elif token.name in ("ul", "ol"):
            flow.break_block()
            if token.closing:
                flow.lists = flow.lists[:-1]
            else:
                flow.lists.append(token.name)
        elif token.name == "li":
            flow.break_block("p" if token.closing else (flow.lists[-1] if flow.lists else "ul"))
        elif token.name == "br":
            flow.break_block("br" if flow.kind in ("p", "br") else flow.kind)
        elif token.name in _BLOCKS:
            flow.break_block(flow.kind if flow.lists and flow.kind != "p" and not flow.parts else "p")
        elif token.name in ("td", "th"):
            flow.add("" if token.closing else " ")
    flow.break_block()
    return [_unbulleted(line) for line in flow.lines]


def _unbulleted(line: Line) -> Line:
    """Word writes lists as paragraphs that begin with a bullet sign."""
    bullet = _BULLET.match(line.markup)
    if line.kind in ("p", "br") and bullet and len(line.markup) > bullet.end():
        return Line(line.markup[bullet.end() :], "ul")
    return line


def _render(lines: list[Line]) -> str:
    out: list[str] = []
    current = ""
    for line in lines:
        if line.kind == "br" and current == "p":
            out.append(f"<br>{line.markup}")
            continue
        kind = "p" if line.kind == "br" else line.kind
        if current == "p":
            out.append("</p>")
        elif current and current != kind:
            out.append(f"</{current}>")
        if kind == "p":
            out.append(f"<p>{line.markup}")
        else:
            out.append(("" if current == kind else f"<{kind}>") + f"<li>{line.markup}</li>")
        current = kind
    if current:
        out.append(f"</{current}>")
    return "".join(out)
