"""Real names from the project's lists: agencies with their regions, districts and local words."""

import csv
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

AGENCY_DATA = Path(__file__).resolve().parents[2] / "agencies" / "data"

# Central bodies that no sample entry is invented for: intelligence, state holdings, the unknown agency.
LEFT_OUT = frozenset({"bin", "danantara", "kementerian-bumn", "belum-dikenali"})
# Registered innovations crowd on Java and Sumatra (domain.md section 2); weight per agency, by group of islands.
ISLAND_WEIGHT = {
    "Jawa": 30,
    "Sumatera": 13,
    "Sulawesi": 11,
    "Kalimantan": 11,
    "Bali-Nusa Tenggara": 12,
    "Maluku": 7,
    "Papua": 5,
}
VILLAGE = {"11": "gampong", "13": "nagari", "91": "kampung", "92": "kampung", "93": "kampung", "94": "kampung",
           "95": "kampung", "96": "kampung"}  # fmt: skip
# Provinces in which nearly every regency lies by the sea, and the few of theirs that don't. No source lists coasts;
# leaving out other coastal regions only means that they get no sample entry about the sea.
COASTAL_PROVINCES = frozenset({"19", "21", "51", "52", "53", "71", "72", "74", "75", "76", "81", "82", "92"})
INLAND = frozenset({"51.06", "71.73", "72.10", "74.11", "76.03", "92.12"})
_PLAIN_NAME = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*")


@dataclass(slots=True)
class Area:
    """A province, regency or city and what is needed to speak about it."""

    code: str
    name: str
    short: str
    kind: str
    island: str
    parent: "Area | None"
    districts: list[str] = field(default_factory=list)
    members: list["Area"] = field(default_factory=list)

    @property
    def province(self) -> "Area":
        """The province it lies in, itself for a province."""
        return self.parent or self

    @property
    def coastal(self) -> bool:
        """True where the sea is surely near."""
        return self.province.code in COASTAL_PROVINCES and self.code not in INLAND

    @property
    def village_word(self) -> str:
        """What a village is called here."""
        return "kelurahan" if self.kind == "kota" else VILLAGE.get(self.code[:2], "desa")

    @property
    def district_word(self) -> str:
        """``distrik`` in Papua, ``kecamatan`` elsewhere."""
        return "distrik" if self.code.startswith("9") else "kecamatan"


@dataclass(frozen=True, slots=True)
class Body:
    """An agency: ``owner`` is the class of unit it has (K, P, or its own code when it is a central body)."""

    code: str
    name: str
    owner: str
    area: Area | None
    weight: int


def read(name: str) -> list[dict[str, str]]:
    """Rows of one of the agencies' CSV files."""
    with (AGENCY_DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def areas() -> dict[str, Area]:
    """All regions by Kemendagri code, with the plain names of their districts."""
    found: dict[str, Area] = {}
    for row in read("regions.csv"):
        parent = found.get(row["parent"])
        name = f"Provinsi {row['short_name']}" if row["kind"] == "provinsi" else row["name"]
        area = Area(row["code"], name, row["short_name"], row["kind"], row["island_group"], parent)
        found[area.code] = area
        if parent:
            parent.members.append(area)
    for row in read("districts.csv"):
        if _PLAIN_NAME.fullmatch(row["name"]) and len(row["name"]) <= 24:
            found[row["parent"]].districts.append(row["name"])
    return found


@cache
def bodies() -> tuple[tuple[Body, ...], tuple[Body, ...], tuple[Body, ...]]:
    """Regencies and cities, provinces, central bodies."""
    local, provinces, central = [], [], []
    regions = areas()
    for row in read("agencies.csv"):
        if row["code"] in LEFT_OUT:
            continue
        area = regions.get(row["region"])
        if area is None:
            central.append(Body(row["code"], row["name"], row["code"], None, 1))
        elif area.kind == "provinsi":
            provinces.append(Body(row["code"], row["name"], "P", area, ISLAND_WEIGHT[area.island] + 20))
        else:
            local.append(Body(row["code"], row["name"], "K", area, ISLAND_WEIGHT[area.island]))
    return tuple(local), tuple(provinces), tuple(central)
