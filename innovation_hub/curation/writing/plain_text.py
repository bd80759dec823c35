"""Rich text as people type it into a plain field, and back, without losing anything.

Paragraphs are parted by an empty line, list items begin with ``- `` or with their number. A text that says more than
that (bold, links, lists in lists) isn't offered as plain text: :func:`to_text` returns ``None`` for it.
"""

import html
import re
from html.parser import HTMLParser

from innovation_hub.core.text import sanitise_rich

_BULLET = re.compile(r"[-*•]\s+(?=\S)")
_NUMBER = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
_SPACE = re.compile(r"\s+")
_BLOCK_KEY = "data-block-key"


def to_text(markup: str) -> str | None:
    """Return rich text as plain text, ``None`` where that would lose something."""
    reader = _Reader()
    reader.feed(markup if "<" in markup else "".join(f"<p>{part}</p>" for part in markup.split("\n\n")))
    reader.close()
    text = reader.text()
    if reader.too_rich or _Reader.shape_of(to_markup(text)) != reader.shape:
        return None
    return text


def to_markup(text: str) -> str:
    """Return typed text as rich text: paragraphs and simple lists, everything else escaped."""
    blocks: list[str] = []
    for kind, lines in _blocks(text):
        escaped = [html.escape(line, quote=False) for line in lines]
        if kind == "p":
            blocks.append(f"<p>{'<br>'.join(escaped)}</p>")
        else:
            blocks.append(f"<{kind}>{''.join(f'<li>{line}</li>' for line in escaped)}</{kind}>")
    return sanitise_rich("".join(blocks))


def _blocks(text: str) -> list[tuple[str, list[str]]]:
    """Return (kind, lines) of the paragraphs and lists of a typed text."""
    blocks: list[tuple[str, list[str]]] = []
    fresh = True
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = _SPACE.sub(" ", raw).strip()
        if not line:
            fresh = True
            continue
        kind, words = _kind_of(line, blocks[-1] if blocks and not fresh else None)
        if blocks and not fresh and blocks[-1][0] == kind:
            blocks[-1][1].append(words)
        else:
            blocks.append((kind, [words]))
        fresh = False
    return blocks


def _kind_of(line: str, before: tuple[str, list[str]] | None) -> tuple[str, str]:
    bullet, number = _BULLET.match(line), _NUMBER.match(line)
    if bullet:
        return "ul", line[bullet.end() :]
    if number and int(number[1]) == (len(before[1]) + 1 if before and before[0] == "ol" else 1):
        return "ol", line[number.end() :]
    return "p", line


class _Reader(HTMLParser):
    """Reads stored rich text into blocks; notes whether it holds more than paragraphs and simple lists."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.too_rich = False
        self.shape: list[tuple[str, list[str]]] = []
        self._list = ""
        self._open = False

    @classmethod
    def shape_of(cls, markup: str) -> list[tuple[str, list[str]]]:
        """Return the blocks of a text."""
        reader = cls()
        reader.feed(markup)
        reader.close()
        reader.text()
        return reader.shape

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block; whatever else begins makes the text too rich."""
        if any(name != _BLOCK_KEY for name, _value in attrs):
            self.too_rich = True
        if tag in ("ul", "ol") and not self._list and not self._open:
            self._list = tag
            self.shape.append((tag, []))
        elif tag == "li" and self._list and not self._open:
            self._open = True
            self.shape[-1][1].append("")
        elif tag == "p" and not self._list and not self._open:
            self._open = True
            self.shape.append(("p", [""]))
        elif tag == "br" and self._open and not self._list:
            self.shape[-1][1].append("")
        else:
            self.too_rich = True

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """``<br/>`` is a ``<br>``."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """End a block."""
        if tag in ("p", "li"):
            self._open = False
        elif tag == self._list:
            self._list = ""

    def handle_data(self, data: str) -> None:
        """Add words; outside of every block they are too much."""
        if self._open:
            self.shape[-1][1][-1] += data
        elif data.strip():
            self.too_rich = True

    def text(self) -> str:
        """Settle what was read, and return it as text."""
        settled = []
        for kind, lines in self.shape:
            kept = [words for line in lines if (words := _SPACE.sub(" ", line).strip())]
            if kept:
                settled.append((kind, kept))
        self.shape = settled
        return "\n\n".join(_written(kind, lines) for kind, lines in settled)


def _written(kind: str, lines: list[str]) -> str:
    if kind == "ul":
        return "\n".join(f"- {line}" for line in lines)
    if kind == "ol":
        return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))
    return "\n".join(lines)
