"""From a place's name or code as people write it to the province, regency or city that is meant."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from .naming_rules import KINDS
from .naming_words import fold_agency_name

_CODE = re.compile(r"(\d{2})\.?(\d{2})?(?:\.0)?$")
_PARTS = re.compile(r"\s*[,;/|()\n]\s*|\s+[-–]\s+")


@dataclass(frozen=True, slots=True)
class RegionRow:
    """What the index knows of one region; ``names`` are its other names ("Jatim")."""

    id: int
    code: str
    name: str
    kind: str
    names: tuple[str, ...] = ()


@dataclass(slots=True)
class RegionIndex:
    """Names and codes of regions. ``match`` never chooses between namesakes (Kabupaten or Kota Bandung)."""

    codes: dict[str, int] = field(default_factory=dict)
    code_of: dict[int, str] = field(default_factory=dict)
    full: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    bare: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def build(cls, rows: Iterable[RegionRow]) -> "RegionIndex":
        """Return the index of ``rows``."""
        index = cls()
        for row in rows:
            index.codes[row.code] = row.id
            index.code_of[row.id] = row.code
            for name in (row.name, *row.names):
                key = fold_agency_name(name)
                kind = next((kind for kind in KINDS if key.startswith(kind)), "")
                index.full[key if kind else row.kind + key].add(row.id)
                index.bare[key.removeprefix(kind)].add(row.id)
        return index

    def match(self, raw: str, *, province: str = "") -> int | None:
        """Return the region that ``raw`` names ("Kab. Banggai", "72.01", "Luwuk, Kabupaten Banggai"), else ``None``.

        ``province``, a name or code, decides between namesakes in different provinces.
        """
        raw = raw.strip()
        code = _CODE.match(raw)
        if code:
            return self.codes.get(f"{code[1]}.{code[2]}" if code[2] else code[1])
        inside = self.code_of.get(self.match(province) or 0, "") if province.strip() else ""
        for part in (raw, *reversed(_PARTS.split(raw))):
            found = self._named(fold_agency_name(part), inside)
            if found:
                return found
        return None

    def _named(self, key: str, inside: str) -> int | None:
        if not key:
            return None
        for ids in (self.full.get(key, set()), self.bare.get(key, set())):
            fitting = {one for one in ids if self.code_of[one].startswith(inside)} if inside else ids
            if len(fitting) == 1:
                return next(iter(fitting))
        return None
