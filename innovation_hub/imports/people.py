"""People's columns: they go to private records only (DESIGN section 3, "People"); marks never get this far."""

import re
from dataclasses import dataclass

from innovation_hub.core.text import clean_line, clean_plain
from innovation_hub.innovations.models import Innovator

from .dates import is_nothing
from .staging import StagedRow, Stager

ROLES = tuple(role.value for role in Innovator.Role)
_SIZES = {"name": 200, "position": 200, "nip": 40, "nik": 40, "phone": 60, "email": 254}
_NAMES = re.compile(r"\s*(?:[;\n|•]|\s\d{1,2}[.)]\s|^\d{1,2}[.)]\s)\s*")
_UNNAMED = "–"
_MOST = 20


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """One person of one entry, as the private record holds them."""

    role: str
    name: str
    position: str = ""
    nip: str = ""
    nik: str = ""
    phone: str = ""
    email: str = ""


def people_of(stager: Stager, staged: StagedRow) -> list[PersonDraft]:
    """Return the people that a row names, in the order of their roles."""
    found: list[PersonDraft] = []
    for role in ROLES:
        codes = ((part, f"{role}.{part}") for part in _SIZES)
        facts = {part: _cell(stager, staged, code) for part, code in codes if stager.columns_of.get(code)}
        facts = {part: text for part, text in facts.items() if text}
        if not facts:
            continue
        names = _names(facts.pop("name", ""))
        if len(names) > 1 and not facts:
            found += [PersonDraft(role, name) for name in names]
        else:
            name = "; ".join(names)[: _SIZES["name"]] or _UNNAMED
            found.append(PersonDraft(role, name, **facts))
    return found[:_MOST]


def _cell(stager: Stager, staged: StagedRow, code: str) -> str:
    texts = (staged.values.get(column, "") for column in stager.columns_of[code])
    clean = clean_plain if code.endswith(".name") else clean_line
    cleaned = next((text for text in map(clean, texts) if text and not is_nothing(text)), "")
    part = code.split(".")[1]
    return cleaned if part == "name" else cleaned.lstrip("'")[: _SIZES[part]]


def _names(text: str) -> list[str]:
    """Part a cell that lists people; academic titles hold commas, so commas don't part it."""
    names = (" ".join(name.split()).strip(" -–") for name in _NAMES.split(text))
    return [name[: _SIZES["name"]] for name in names if re.search(r"[^\W\d_]", name)]
