"""Advice on a title while it is being written. Pure: it knows the words given to it and public names, nothing else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from innovation_hub.core.formatting import sentence_list
from innovation_hub.core.personal_data import KIND_LABELS, find_personal_data
from innovation_hub.core.text import is_shouting
from innovation_hub.core.text.titles import ACRONYMS
from search.analysis.folding import fold, fold_word

SHORTEST_WORDS, LONGEST = 4, 120
#: So many words of a title must be plain ones.
PLAIN_WORDS = 3
#: Shorter keys than this sound like too much.
SHORTEST_KEY = 4
_WORD = re.compile(r"[^\W_]+(?:['’.\-/][^\W_]+)*")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_MIXED = re.compile(r"[a-z][A-Z]|[A-Z]{2}")
# Old spellings and letters that sound alike in Indonesian, in the order in which they are replaced.
_SOUNDS = (
    ("oe", "u"), ("dj", "j"), ("tj", "c"), ("nj", "ny"), ("sj", "s"), ("sy", "s"), ("sh", "s"), ("kh", "k"),
    ("ch", "k"), ("ph", "p"), ("th", "t"), ("dh", "d"), ("dz", "s"), ("qu", "ku"), ("x", "ks"), ("q", "k"), ("v", "p"),
    ("f", "p"), ("z", "s"), ("w", "u"), ("y", "i"), ("o", "u"), ("e", "i"), ("h", ""),
)  # fmt: skip
_FINAL = {"b": "p", "d": "t", "g": "k"}
_DOUBLE = re.compile(r"(.)\1+")


class Code(StrEnum):
    """What a piece of advice is about."""

    SHORT = "terlalu-pendek"
    LONG = "terlalu-panjang"
    CAPITALS = "huruf-besar"
    PLAIN = "kata-biasa"
    ACRONYM = "singkatan"
    EXPANSION = "kepanjangan"
    PERSONAL = "data-pribadi"
    TAKEN = "sudah-dipakai"
    ALIKE = "mirip-bunyi"


@dataclass(frozen=True, slots=True)
class PublicName:
    """The name of a public entry, with what tells it from others and its address."""

    name: str
    owner: str
    address: str


@dataclass(frozen=True, slots=True)
class Advice:
    """One sentence of advice, with the public entries that it is about."""

    code: Code
    text: str
    about: tuple[PublicName, ...] = ()


def sound_of(name: str) -> str:
    """Return the key under which names that sound alike meet, by a rough idea of Indonesian sounds."""
    key = "".join(char for char in fold(name) if char.isalnum())
    for written, sounds in _SOUNDS:
        key = key.replace(written, sounds)
    key = _DOUBLE.sub(r"\1", key)
    return key[:-1] + _FINAL[key[-1]] if key and key[-1] in _FINAL else key


def advise(title: str, brand: str = "", expansion: str = "", names: Sequence[PublicName] = ()) -> list[Advice]:
    """Return what could be better about a title, the weightiest first; nothing for an empty one.

    ``names`` are public names that are the same as ``brand`` or sound like it.
    """
    title, brand = title.strip(), brand.strip()
    found = [*_about_people(title), *_about_names(brand, names)]
    if title:
        found += _about_words(title, brand) or _about_acronyms(title, brand, expansion)
        found += _about_length(title, found)
    if brand and _is_acronym(brand) and not expansion.strip():
        words = _("Say below what the letters of “%(name)s” stand for.") % {"name": brand}
        found.append(Advice(Code.EXPANSION, words))
    return found


def _about_people(title: str) -> list[Advice]:
    kinds = sorted({str(KIND_LABELS[one.kind]) for one in find_personal_data(title)})
    if not kinds:
        return []
    words = _("The title holds personal data (%(kinds)s). Take it out.") % {"kinds": sentence_list(kinds)}
    return [Advice(Code.PERSONAL, words)]


def _about_names(brand: str, names: Sequence[PublicName]) -> list[Advice]:
    own = fold_word(brand)
    if not own:
        return []
    same = tuple(one for one in names if fold_word(one.name) == own)
    alike = tuple(one for one in names if fold_word(one.name) != own and sound_of(one.name) == sound_of(brand))
    found = []
    if same:
        words = _("The name “%(name)s” is taken already. Choose another one, or say below what you replicate.")
        found.append(Advice(Code.TAKEN, words % {"name": brand}, same))
    if alike and len(sound_of(brand)) >= SHORTEST_KEY:
        words = _("“%(name)s” sounds like a name that is taken already.") % {"name": brand}
        found.append(Advice(Code.ALIKE, words, alike))
    return found


def _about_words(title: str, brand: str) -> list[Advice]:
    if is_shouting(title):
        return [Advice(Code.CAPITALS, _("Write the title in small letters, with a capital only where one belongs."))]
    if len(plain_words(title, brand)) < PLAIN_WORDS:
        words = _("Say in everyday words what it does and for whom; the name has a field of its own.")
        return [Advice(Code.PLAIN, words)]
    return []


def plain_words(title: str, brand: str = "") -> list[str]:
    """Return the words of a title that are neither acronyms nor part of the name."""
    names = {fold_word(word) for word in _WORD.findall(brand)} | {fold_word(brand)}
    words = [word for word in _WORD.findall(title) if len(word) > 2]
    return [word for word in words if not _MIXED.search(word) and fold_word(word) not in names]


def _about_acronyms(title: str, brand: str, expansion: str) -> list[Advice]:
    explained = {fold_word(brand)} if expansion.strip() else set()
    inside = _BRACKETS.findall(title)
    acronyms = []
    for word in _WORD.findall(title):
        known = word.upper() in ACRONYMS or fold_word(word) in explained
        if _is_acronym(word) and not known and not _stands_beside_brackets(title, word, inside):
            acronyms.append(word)
    if not acronyms:
        return []
    words = _("Not everybody knows what this means: %(words)s. Write it out.")
    return [Advice(Code.ACRONYM, words % {"words": sentence_list(dict.fromkeys(acronyms))})]


def _stands_beside_brackets(title: str, word: str, inside: list[str]) -> bool:
    """True for "SIPANTAS (Sistem …)" and "Sistem … (SIPANTAS)"."""
    if any(part.strip() == word for part in inside):
        return len(_WORD.findall(title)) > SHORTEST_WORDS
    return (
        any(len(_WORD.findall(part)) > 1 for part in inside)
        and re.search(rf"{re.escape(word)}\s*\(", title) is not None
    )


def _is_acronym(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 1 and all(char.isupper() for char in letters)


def _about_length(title: str, found: list[Advice]) -> list[Advice]:
    if len(title) > LONGEST:
        words = _("Shorten the title to at most %(most)s letters; it has %(count)s.")
        return [Advice(Code.LONG, words % {"most": LONGEST, "count": len(title)})]
    if len(_WORD.findall(title)) < SHORTEST_WORDS and not any(one.code is Code.PLAIN for one in found):
        return [Advice(Code.SHORT, _("The title is very short. Say what is done, and for whom."))]
    return []
