"""Reading a page the way a reader's browser does, with nothing but the standard library."""

import re
from html.parser import HTMLParser

HEADINGS = ("h1", "h2", "h3", "h4")
VOID = {"meta", "link", "input", "img", "br", "hr"}


class Page(HTMLParser):
    """One parsed page: tags with their attributes, headings with the text that follows, open tags at the end."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.html = html
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[tuple[str, str]] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self._heading: list[str] | None = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)
        if tag in HEADINGS:
            self._heading = []

    def handle_startendtag(self, tag, attrs):
        """Note a tag that holds nothing (inside SVG)."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        """Check that tags close in the order in which they opened."""
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag, f"</{tag}> closes another tag"
        if tag in HEADINGS:
            self.headings.append((tag, " ".join("".join(self._heading).split())))
            self._heading = None

    def handle_data(self, data):
        """Note text."""
        self.text.append(data)
        if self._heading is not None:
            self._heading.append(data)

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        """Return the attributes of every ``tag`` that has the wanted ones (``class_`` for class)."""
        asked = {name.rstrip("_").replace("_", "-"): value for name, value in wanted.items()}
        return [
            attrs
            for name, attrs in self.tags
            if name == tag
            and all(value in (attrs.get(key) or "").split() or attrs.get(key) == value for key, value in asked.items())
        ]

    @property
    def words(self) -> str:
        """All text, white space folded."""
        return re.sub(r"\s+", " ", "".join(self.text))


def read(response) -> Page:
    """Return the parsed page of a response."""
    return Page(response.content.decode())
