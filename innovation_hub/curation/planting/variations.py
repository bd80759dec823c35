"""The ways in which an entry comes a second time, which of them an entry allows, and how a decoy is told."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from innovation_hub.curation.planting.wording import (
    Wording,
    acronym_of,
    drop_and_reorder,
    inflect,
    misspell,
    other_figures,
    rename,
    renamer,
)

INFLECTION, SENTENCES, ALIAS, BRAND, ACRONYM, TYPOS = KINDS = (
    "inflection",
    "sentences",
    "alias",
    "brand",
    "acronym",
    "typos",
)
DECOY = "decoy"
FEWEST, MOST = 2, 4
#: One entry can't have both: either takes the place of the title.
TITLES = {BRAND, ACRONYM}
#: How offices write what they are called, for agencies without a recorded other name.
_SHORTER = {"Kabupaten": ("Pemkab", "Kab."), "Kota": ("Pemkot",), "Provinsi": ("Pemprov", "Prov.")}
_PLACE = re.compile(r"(?:Kecamatan|Distrik|Kelurahan|Desa|Kabupaten|Kota) ([A-Z][\w'-]+(?: [A-Z][\w'-]+)*)")


@dataclass(frozen=True)
class Place:
    """Whose entry it is, by the names that its texts use; ``parts`` are the places inside that they name."""

    agency: str
    short: str = ""
    unit: str = ""
    parts: tuple[str, ...] = ()

    @property
    def bare(self) -> str:
        """The place's own name: *Banggai* of *Kabupaten Banggai*; a central body's whole name."""
        kind, _, rest = self.agency.partition(" ")
        return rest if kind in _SHORTER else self.agency


def other_names(agency: str, recorded: list[str]) -> list[str]:
    """Return by which other names an agency is delivered: the recorded ones, else the offices' abbreviations."""
    kind, _, rest = agency.partition(" ")
    return recorded or [f"{shorter} {rest}" for shorter in _SHORTER.get(kind, ())]


def possible_kinds(wording: Wording, names: list[str]) -> list[str]:
    """Return the kinds that change something in this entry."""
    allowed = {
        ALIAS: bool(names),
        BRAND: bool(wording.brand) and wording.brand != wording.title,
        ACRONYM: bool(wording.expansion or acronym_of(wording.title)),
        SENTENCES: sum(len(texts) for texts in wording.prose.values()) > 1,
    }
    return [kind for kind in KINDS if allowed.get(kind, True)]


def choose_kinds(chance: Random, possible: list[str]) -> list[str]:
    """Return two to four kinds, in the order in which they are applied; empty if not so many are possible."""
    pool = list(possible)
    if set(pool) >= TITLES:
        pool.remove(chance.choice(sorted(TITLES)))
    if len(pool) < FEWEST:
        return []
    chosen = chance.sample(pool, min(len(pool), chance.randint(FEWEST, MOST)))
    return [kind for kind in KINDS if kind in chosen]


def vary(
    wording: Wording, kinds: list[str], chance: Random, *, forms: Callable[[str], list[str]], names: Mapping[str, str]
) -> None:
    """Change ``wording`` in all these ways; ``names`` holds the agency's name and the one that stands for it."""
    if SENTENCES in kinds:
        drop_and_reorder(wording, chance)
    if INFLECTION in kinds:
        inflect(wording, chance, forms)
    if ALIAS in kinds:
        rename(wording, names)
    if BRAND in kinds:
        wording.title, wording.brand, wording.expansion = wording.brand, "", ""
    if ACRONYM in kinds:
        _put_acronym_for_title(wording)
    if TYPOS in kinds:
        misspell(wording, chance)


def _put_acronym_for_title(wording: Wording) -> None:
    """Title an entry by its acronym: the name that it writes out, else the initials of its title."""
    if wording.expansion and wording.brand:
        wording.title, wording.brand = wording.brand, ""
    else:
        wording.title = acronym_of(wording.title) or wording.title


def tell_elsewhere(here: Place, there: Place, chance: Random) -> Callable[[str], str]:
    """Return what tells a text of another agency: its names for these, other figures, everything else as it was."""
    names = {here.bare: there.bare, here.agency: there.agency, here.unit: there.unit or there.agency}
    if here.short:
        names[here.short] = there.short or there.bare
    for at, part in enumerate(here.parts):
        names.setdefault(part, there.parts[at % len(there.parts)] if there.parts else there.bare)
    replace = renamer(names)
    known = sorted(filter(None, names), key=len, reverse=True)
    named = re.compile(f"({'|'.join(map(re.escape, known))})")

    def retold(text: str) -> str:
        """Figures inside names (*SDN 4*) go with the name."""
        parts = named.split(text)
        return replace("".join(part if part in names else other_figures(part, chance) for part in parts))

    return retold


def place_names(wording: Wording, unit: str) -> tuple[str, ...]:
    """Return the places that an entry names beside its agency."""
    texts = [wording.title, unit, *(text for paragraphs in wording.prose.values() for text in paragraphs)]
    return tuple(sorted({name for text in texts for name in _PLACE.findall(text)}))
