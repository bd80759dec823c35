"""Reading the HTML that people paste into cells: Word's, cut-off, entity-escaped twice, or no HTML at all.

:func:`tokens` turns a cell into text and tags. It never fails, takes linear time, and treats ``<`` as a sign of
text wherever no tag begins ("p < 0,05", "umur <5 tahun").
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from innovation_hub.core.text.words import word_set

KNOWN = word_set(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br",
    "button canvas caption center cite code col colgroup data dd del details dfn dir div dl dt em embed fieldset",
    "figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img input",
    "ins kbd label legend li link main map mark marquee menu meta nav nobr noframes noscript object ol optgroup",
    "option p param picture pre q s samp script section select small source span strike strong style sub summary",
    "sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xml shape",
    "shapetype imagedata path",
)
# Elements whose content is not text of the page.
_HIDDEN = (
    "style",
    "script",
    "xml",
    "head",
    "object",
    "noscript",
    "svg",
    "math",
    "iframe",
    "template",
    "select",
    "title",
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|&nbsp(?![A-Za-z])")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:\-]*)((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)>")
_LOOSE_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:\-]*)([^<>]*)>")
_CUT_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9:\-]*)")
_CUT_ATTRIBUTES = re.compile(
    r"(?:\s+[A-Za-z][\w:\-]*\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))*\s*"
    r"(?P<open>[A-Za-z][\w:\-]*\s*=\s*[\"']?)?"
)
_OPENERS = re.compile(rf"<(?:!--|!\[|!doctype|\?|(?P<name>{'|'.join(_HIDDEN)})\b)", re.IGNORECASE)
_VISIBLE_TAG = re.compile(r"<(?:p|div|span|table|ul|ol|h[1-6]|br|strong|b|em)\b", re.IGNORECASE)
_DATA_URI = re.compile(r"data:[\w/+.\-]{0,60}(?:;[\w=.\-]+)*;base64,[A-Za-z0-9+/=%]*(?:\s+[A-Za-z0-9+/=%]{40,})*")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{160,}={0,2}(?:\"[^<>\"]{0,40}(?:\"[^<>\"]*\"[^<>\"]*)*>)?")
_CSS_RULE = re.compile(
    r"(?:/\*[^*]{0,80}\*/\s*)?[\w.#@:*,\-\\ \t]{0,200}\{[^{}]{0,4000}?"
    r"(?:mso-|font|margin|padding|color|behavior|panose|text-|line-|border|width|size|display)[^{}]*(?:\}|$)"
)
_CSS_COMMENT = re.compile(r"/\*\s*(?:Style|Font|Page|List)\s+Definitions?\s*\*/", re.IGNORECASE)
_WORD_HEADER = re.compile(
    r"\b(?:Normal|Clean)\s+0(?:\s+(?:false|true|[0-9]+(?:\.[0-9]+)?|pt|[A-Z]{2}-[A-Z]{2,4}|IN|X-NONE|JA|KO|"
    r"MicrosoftInternetExplorer4|Print|Not\s?Specified))+",
)
_WORD_NAMES = re.compile(
    r"\b(?:MicrosoftInternetExplorer4|Mso[A-Z]\w*|StartFragment|EndFragment)\b|\bmso-[a-z\-]+\s*:\s*[^\s;<>]*;?|"
    r"<?!?\[(?:if [^\]\n]{1,60}|endif)\]>?"
)


class Token(NamedTuple):
    """A piece of a cell: text (``name`` empty) or a tag with its attributes as written."""

    text: str
    name: str = ""
    closing: bool = False


def unescape(text: str) -> str:
    """Undo HTML entities however often they were escaped; bare ``&`` and ``&para`` in addresses stay."""
    for _round in range(5):
        if "&" not in text:
            break
        plainer = _ENTITY.sub(lambda match: html.unescape(match[0] if match[0][-1] == ";" else match[0] + ";"), text)
        if plainer == text:
            break
        text = plainer
    return text


def tokens(text: str) -> Iterator[Token]:
    """Yield the text and tags of an unescaped cell; comments, styles, scripts, data URIs and Word's debris are gone."""
    text = _drop_debris(_drop_hidden(_drop_data(text)))
    position = 0
    while (start := text.find("<", position)) >= 0:
        if start > position:
            yield Token(text[position:start])
        token, position = _token_at(text, start)
        if token:
            yield token
    if position < len(text):
        yield Token(text[position:])


def may_hold_markup(text: str) -> bool:
    """Say, quickly and with some false alarms, whether :func:`tokens` would change anything about ``text``."""
    return (
        "<" in text
        or "{" in text
        or "/*" in text
        or "Normal" in text
        or "Mso" in text
        or "mso-" in text
        or "Microsoft" in text
        or "Fragment" in text
        or "base64" in text
        or ("[" in text and "if" in text)
        or _has_long_word(text)
    )


def _has_long_word(text: str) -> bool:
    """Say whether 160 characters without a space may stand in ``text``, by looking at every eightieth."""
    return any(text.find(" ", start, start + 80) < 0 for start in range(0, len(text) - 80, 80))


def has_markup(text: str) -> bool:
    """Say whether a reader of ``text`` would see tags, comments, entities or Word's style sheets."""
    if "<" in text and (re.search(r"</?[A-Za-z][^<>]{0,400}>|<!--|<!\[|<\?xml|<img\b|<(?:span|div|table)\s", text)):
        return True
    if "&" in text and re.search(r"&(?:nbsp|amp|lt|gt|quot|#[0-9]+|[lr][sd]quo|[mn]dash|[aeiou]acute);", text):
        return True
    return bool(re.search(r"\bmso-[a-z\-]+:|MsoNormal|;base64,|\[endif\]|/\* Style Definitions", text))


def _token_at(text: str, start: int) -> tuple[Token | None, int]:
    """Read what begins with the ``<`` at ``start``; return it and where to go on."""
    tag = _TAG.match(text, start) or _LOOSE_TAG.match(text, start)
    if tag:
        name = tag[2].lower()
        inside = text[start + 1 : tag.end() - 1]
        if name not in KNOWN and (
            inside.startswith(("http://", "https://")) or re.fullmatch(r"[^\s@]+@[^\s@]+", inside)
        ):
            return Token(f" {inside} "), tag.end()
        if name not in KNOWN and ":" not in name and " " in inside.strip() and "=" not in inside:
            return Token(f"< {inside} >"), tag.end()
        return Token(tag[3], name, bool(tag[1])), tag.end()
    cut = _CUT_NAME.match(text, start)
    if not cut or not (cut[1].lower() in KNOWN or ":" in cut[1]):
        return Token("<"), start + 1
    return _cut_off_tag(text, cut)


def _cut_off_tag(text: str, cut: re.Match[str]) -> tuple[Token | None, int]:
    """Drop a tag that a full cell cut off, keeping the prose behind it, if there is any."""
    end = text.find("<", cut.end())
    end = len(text) if end < 0 else end
    if not text[cut.end() : end].strip(" /"):
        return None, end
    attributes = _CUT_ATTRIBUTES.match(text, cut.end(), end)
    if attributes is None or not attributes[0].strip():
        return Token("<"), cut.start() + 1
    opened = (attributes["open"] or "").split("=")[0].strip().lower()
    if opened in ("src", "href"):
        space = re.compile(r"\s").search(text, attributes.end(), end)
        return None, space.end() if space else end
    return None, end if opened else attributes.end()


def _drop_data(text: str) -> str:
    if "base64," in text:
        text = _DATA_URI.sub("", text)
    if len(text) > 160:
        text = _BASE64.sub(lambda match: "" if _is_random(match[0]) else match[0], text)
    return text


def _is_random(run: str) -> bool:
    """Base64 mixes capitals, small letters and digits; a very long word or line of letters doesn't."""
    head = run[:400]
    return bool(re.search("[A-Z]", head) and re.search("[a-z]", head) and re.search("[0-9+/]", head))


def _drop_hidden(text: str) -> str:
    """Cut out comments, declarations and elements that hold no text, in one pass from left to right."""
    if "<" not in text:
        return text
    lowered = text.lower()
    parts: list[str] = []
    position = 0
    while opener := _OPENERS.search(text, position):
        parts.append(text[position : opener.start()])
        position = _end_of_hidden(text, lowered, opener)
    parts.append(text[position:])
    return "".join(parts)


def _end_of_hidden(text: str, lowered: str, opener: re.Match[str]) -> int:
    sign = opener[0].lower()
    closer = {"<!--": "-->", "<![": "]>", "<!doctype": ">", "<?": ">"}.get(sign, f"</{(opener['name'] or '').lower()}")
    end = lowered.find(closer, opener.end())
    if end >= 0 and sign.startswith("<!--") and lowered.startswith("<!--[if", opener.start()):
        whole = lowered.find("<![endif]-->", opener.end())
        end, closer = (whole, "<![endif]-->") if whole >= 0 else (end, closer)
    if end >= 0:
        end += len(closer)
        return lowered.find(">", end) + 1 or len(text) if opener["name"] else end
    if sign == "<!--" and not re.match(
        r"\s*(?:\[if|/\*|<xml|[^<]{0,200}mso-)", lowered[opener.end() : opener.end() + 300]
    ):
        return opener.end()
    visible = _VISIBLE_TAG.search(text, opener.end())
    return visible.start() if visible and sign not in ("<script", "<!--") else len(text)


def _drop_debris(text: str) -> str:
    """Remove what Word leaves behind once an older system has stripped the tags around it."""
    if _WORD_HEADER.search(text):
        text = _WORD_HEADER.sub(" ", text)
    if "{" in text:
        text = _CSS_RULE.sub(" ", text)
    if "/*" in text:
        text = _CSS_COMMENT.sub(" ", text)
    if "Mso" in text or "mso-" in text or "Fragment" in text or "Microsoft" in text or ("[" in text and "if" in text):
        text = _WORD_NAMES.sub(" ", text)
    return text
