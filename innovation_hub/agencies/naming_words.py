"""Names of agencies and units cut into words, folded, and written as they are shown."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from innovation_hub.core.text.titles import ACRONYMS

from .naming_rules import UNIT_NAMES, WORDS

WORD = re.compile(r"[^\W_]+", re.UNICODE)
_SEPARATOR = re.compile(r"\s[-–—]\s|[,;:/|()\n\[\]]|\s-|-\s")
EDGES = " \t\n,;:/|-–—()[]."
_LOOSE_WORDS = re.compile(
    r"^(?:(?:pada|di|dari|milik|lingkungan|cq|c\.q)\b\.?\s*)+|(?:\s*\b(?:pada|di|dari|milik|lingkungan|cq|c\.q))+\.?$",
    re.IGNORECASE,
)


class Token(NamedTuple):
    """A word that counts: folded, its place in the text, and the segment between separators it stands in."""

    fold: str
    start: int
    end: int
    segment: int


@lru_cache(maxsize=8192)
def fold_word(word: str) -> str:
    """Return one word as names are compared: lower case, without accents, abbreviations written out, fillers empty."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(char))
    return WORDS.get(plain, plain)


def fold_agency_name(name: str) -> str:
    """Return the key under which two spellings of an agency's name meet ("Pemkab. Toli-Toli", "Kab Tolitoli")."""
    return "".join(token.fold for token in tokens_of(name))


@lru_cache(maxsize=4096)
def tidy_unit(name: str) -> str | None:
    """Return a unit's name as it is shown: trimmed, capitals calmed, short forms written out; ``None`` if empty."""
    name = _LOOSE_WORDS.sub("", " ".join(name.split()).strip(EDGES)).strip(EDGES)
    if not re.search(r"[^\W\d_]{2}", name):
        return None
    if name.isupper() and len(name) > 6:
        name = " ".join(_calm(word) for word in name.split(" "))
    first, _space, rest = name.partition(" ")
    written_out = UNIT_NAMES.get(first.lower().strip("."))
    return f"{written_out} {rest}".strip() if written_out else name


def _calm(word: str) -> str:
    bare = word.strip(".,()")
    if bare in ACRONYMS or any(char.isdigit() for char in bare) or not re.search("[AEIOU]", bare) or "-" in bare:
        return word
    return word.lower() if bare in ("DAN", "DI", "UNTUK", "DAN/ATAU", "PADA") else word.capitalize()


def tokens_of(text: str) -> list[Token]:
    """Return the words of a name that count, with their place in the text and the segment between separators."""
    cuts = [match.start() for match in _SEPARATOR.finditer(text)]
    tokens: list[Token] = []
    words = list(WORD.finditer(text))
    for index, match in enumerate(words):
        fold = fold_word(match[0])
        if fold == "daerah" and index and words[index - 1][0].lower() in ("pemerintah", "pemerintahan"):
            following = words[index + 1][0].lower() if index + 1 < len(words) else ""
            fold = fold if following in ("istimewa", "khusus") else ""
        if fold == "di" and not (index + 1 < len(words) and fold_word(words[index + 1][0]) in ("yogyakarta", "i")):
            fold = ""
        segment = sum(cut < match.start() for cut in cuts)
        if fold:
            tokens.append(Token(fold, match.start(), match.end(), segment))
    return tokens
