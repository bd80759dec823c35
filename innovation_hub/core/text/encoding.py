"""Repair of text whose bytes were read in the wrong encoding, once or several times, and of lost characters.

``ftfy`` undoes the double readings; it costs about a microsecond a character, so text that can't be garbled
(ASCII, or no two foreign characters side by side) never reaches it. The quick checks matter: an import reads a hundred
megabytes.
"""

import re
import unicodedata

import ftfy
from ftfy.badness import is_bad

LOST = "\ufffd"
_CONFIG = ftfy.TextFixerConfig(
    unescape_html=False,
    uncurl_quotes=False,
    fix_latin_ligatures=True,
    fix_character_width=True,
    normalization="NFC",
    explain=False,
)
# Anything but ASCII and the usual signs of typography; none of these can be part of a doubled encoding alone.
_UNUSUAL = re.compile("[^\n\x20-\x7e\u201c\u201d\u2018\u2019\u2013\u2014\u2026\u2022\u00b0\u2122\u00ae\u00a9\u00bd]")
# UTF-8 read as a one-byte encoding shows as a lead byte's sign with one of its continuation bytes' behind it.
_FOREIGN_RUN = re.compile("[^\x00-\x7f]+")
_SUSPECT_ALONE = re.compile("[\x80-\x9f\ufffd\ue000-\uf8ff]")
_LEAD_SIGNS = "\u00c2\u00c3\u00c5\u00e2\u00e0"
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]"
)
_JOINERS = {"\u2028": "\n", "\u2029": "\n\n", "\x0b": "\n", "\x0c": "\n"}
_EXCEL_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SQL_BREAK = re.compile(r"\\r\\n|\\n(?=[A-Z0-9\-•*]|\\n|\s|$)")
_SQL_QUOTE = re.compile(r"\\(['\"])")
# What remains of a doubled encoding that lost bytes on the way and can't be undone any more.
_REMAINS = (
    (re.compile("\u00e2(?:\u20ac|\u0080)(?:\u2122|\u02dc|\u0099|\u0098)"), "\u2019"),
    (re.compile("\u00e2(?:\u20ac|\u0080)[\u0153\u009c\u009d\ufffd]?"), '"'),
    (re.compile("[\u00c2\u00c3](?=[\u00a0-\u00bf])"), ""),
    (re.compile("[\u00c2\u00c3](?=\\s|$)"), ""),
    (re.compile("\u00c3[\u0080-\u009f\u0192\u201a\u201e\u2020\u02c6\u0160]"), ""),
    (re.compile("[\x80-\x9f]"), ""),
)
_MOST_READINGS = 4
_LOST_APOSTROPHE = re.compile(f"(?<=[A-Za-z]){LOST}(?=(?:s|t|re|ve|ll|d|m|an|at)\\b)")
_LOST_DASH = re.compile(f"(?<=[\\w)]) ?{LOST} (?=\\w)")
_LOST_QUOTES = re.compile(f"(?<![^\\s(]){LOST}(?=\\S)([^{LOST}\\n]{{1,120}}?)(?<=\\S){LOST}(?=[\\s.,;:!?)]|$)")


def repair(text: str) -> str:
    """Return ``text`` with doubled encodings undone, invisible and control characters gone, NFC.

    Line breaks stay (``\\n`` only). A character that an earlier system lost (U+FFFD) becomes what its
    surroundings make certain (apostrophe, dash, quotes) and otherwise disappears; :func:`has_lost_characters`
    tells beforehand.
    """
    if "_x" in text:
        text = _EXCEL_ESCAPE.sub(_excel_character, text)
    if "\\" in text:
        text = _SQL_QUOTE.sub(r"\1", _SQL_BREAK.sub("\n", text))
    if not _UNUSUAL.search(text):
        return text
    if not text.isascii():
        text = _repair_foreign(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _INVISIBLE.sub(lambda match: _JOINERS.get(match[0], ""), text)


def has_lost_characters(text: str) -> bool:
    """Say whether an earlier system replaced characters of ``text`` by U+FFFD, which no repair can bring
    back.
    """
    return LOST in text


def looks_garbled(text: str) -> bool:
    """Say whether ``text`` still shows doubled encodings, lost or private-use characters."""
    return LOST in text or (not text.isascii() and bool(re.search("[\x80-\x9f\ue000-\uf8ff]", text) or is_bad(text)))


def _repair_foreign(text: str) -> str:
    text = _undo_readings(text)
    if not _may_be_garbled(text):
        return unicodedata.normalize("NFC", text)
    fixed = ftfy.fix_text(text, _CONFIG)
    if is_bad(fixed) or re.search("[\x80-\x9f]", fixed):
        fixed = "\n".join(_salvage(line) for line in fixed.split("\n"))
    fixed = re.sub("[\ue000-\uf8ff]", _symbol_font, fixed)
    if LOST in fixed:
        fixed = _LOST_QUOTES.sub("\u201c\\1\u201d", _LOST_APOSTROPHE.sub("\u2019", fixed))
        fixed = _LOST_DASH.sub(" \u2013 ", fixed).replace(LOST, "")
    return unicodedata.normalize("NFC", fixed)


def _undo_readings(text: str) -> str:
    """Undo UTF-8 that was read as Latin-1 throughout, once or several times.

    Nobody writes text whose every foreign character happens to be part of a valid UTF-8 sequence. This is what
    ``ftfy`` would do too, at a hundredth of the cost.
    """
    for _reading in range(_MOST_READINGS):
        try:
            plainer = text.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return text
        if plainer == text:
            return text
        text = plainer
    return text


def _may_be_garbled(text: str) -> bool:
    for run in _FOREIGN_RUN.finditer(text):
        if run.end() - run.start() > 1 or _SUSPECT_ALONE.match(run[0]):
            return True
        if run[0] in _LEAD_SIGNS and text[run.end() : run.end() + 1] in ("", " ", "\n"):
            return True
    return False


def _salvage(line: str) -> str:
    """Repair word by word what doesn't decode as a whole, then drop the remains of broken sequences."""
    if not is_bad(line) and not re.search("[\x80-\x9f]", line):
        return line
    line = "".join(ftfy.fix_text(part, _CONFIG) if not part.isascii() else part for part in re.split(r"(\s+)", line))
    for pattern, instead in _REMAINS:
        line = pattern.sub(instead, line)
    return line if not is_bad(line) else re.sub("[^\x00-\x7f]{2,}", _keep_plausible, line)


def _keep_plausible(match: re.Match[str]) -> str:
    return match[0] if not is_bad(match[0]) else ""


def _symbol_font(match: re.Match[str]) -> str:
    """Bullets that Word writes in its Symbol and Wingdings fonts arrive as private-use characters."""
    return "\u2022" if "\uf0a0" <= match[0] <= "\uf0ff" else ""


def _excel_character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return chr(code) if code < 0x20 or code == 0x5F else match[0]
