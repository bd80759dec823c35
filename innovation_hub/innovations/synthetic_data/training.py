"""Which training an entry came from: programme, institution and one of a limited number of cohorts."""

import csv
import json
from bisect import bisect
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from zlib import crc32

from .places import Body

TRAINING_DATA = Path(__file__).resolve().parents[2] / "training" / "data"

# (programme, weight, first year); the leadership programmes before 2019 are their Diklatpim forerunners.
PROGRAMMES = (
    ("latsar", 460, 2015),
    ("pkp", 200, 2015),
    ("pka", 120, 2015),
    ("pkn-ii", 60, 2015),
    ("pkn-i", 8, 2015),
    ("orientasi-pppk", 40, 2021),
    ("teknis", 42, 2015),
    ("fungsional", 38, 2015),
    ("manajerial", 14, 2015),
    ("sosial-kultural", 10, 2016),
    ("lainnya", 8, 2015),
)
_WEIGHTS = list(accumulate(weight for _, weight, _ in PROGRAMMES))
# Courses that are rarely counted in cohorts.
LOOSE = frozenset({"teknis", "fungsional", "manajerial", "sosial-kultural", "lainnya", "orientasi-pppk"})
DAYS = {"latsar": 111, "pkp": 104, "pka": 111, "pkn-ii": 128, "pkn-i": 132, "labinov": 150, "orientasi-pppk": 12}
CENTRE = {"Sumatera": "puslatbang-khan", "Jawa": "puslatbang-pkasn", "Kalimantan": "puslatbang-kdod"}
REGIONAL = {"Sumatera": "bukittinggi", "Jawa": "bandung", "Kalimantan": "bandung", "Bali-Nusa Tenggara": "yogyakarta"}
JAVA_EAST = ("33", "34", "35")
CENTRAL_CHOICES = ("lan", "lan", "puslatbang-pkasn", "puslatbang-kmp", "puslatbang-kdod", "puslatbang-khan",
                   "stia-lan-jakarta", "stia-lan-bandung", "stia-lan-makassar")  # fmt: skip


@dataclass(frozen=True, slots=True)
class SyntheticCohort:
    """One run of a programme; the same key always has the same dates."""

    programme: str
    institution: str
    number: int
    year: int
    starts_on: date
    ends_on: date
    modality: str
    form: str


@cache
def products() -> dict[str, tuple[str, str]]:
    """Product and form (PerLAN 10/2018) of each programme."""
    rows = json.loads((TRAINING_DATA / "programmes.json").read_text(encoding="utf-8"))["programmes"]
    return {row["code"]: (row["product"], row["form"]) for row in rows}


@cache
def provincial_institutions() -> dict[str, str]:
    """BPSDM by the code of its province."""
    with (TRAINING_DATA / "institutions.csv").open(encoding="utf-8", newline="") as stream:
        return {row["region"]: row["code"] for row in csv.DictReader(stream) if row["type"] == "bpsdm-provinsi"}


def choose_programme(rng: Random, year: int) -> str:
    """Draw a programme that existed in a year."""
    while True:
        code, _, first = PROGRAMMES[bisect(_WEIGHTS, rng.random() * _WEIGHTS[-1])]
        if year >= first:
            return code


def choose_institution(rng: Random, programme: str, body: Body) -> str:
    """Draw an institution that trains such a body's staff."""
    if programme == "pkn-i":
        return "lan"
    draw = rng.random()
    area = body.area
    if area is None:
        if body.code == "kementerian-atr-bpn" and draw < 0.7:
            return "ppsdm-atr-bpn"
        if body.code == "kemendagri" and draw < 0.8:
            return "ppsdm-kemendagri-" + ("bukittinggi", "bandung", "yogyakarta", "makassar")[int(draw * 5)]
        return CENTRAL_CHOICES[int(rng.random() * len(CENTRAL_CHOICES))]
    centre = CENTRE.get(area.island, "puslatbang-kmp")
    if programme == "labinov":
        return centre if draw < 0.85 else "lan"
    if programme == "pkn-ii" and draw < 0.7:
        return "lan" if draw < 0.35 else centre
    if draw < 0.7:
        return provincial_institutions()[area.province.code]
    if draw < 0.82:
        return centre
    if draw < 0.96:
        east_java = area.code[:2] in JAVA_EAST
        return "ppsdm-kemendagri-" + ("yogyakarta" if east_java else REGIONAL.get(area.island, "makassar"))
    return "lan"


def modality(year: int, digest: int) -> str:
    """How a cohort of that year was taught: distance in the pandemic, blended since."""
    if year in (2020, 2021):
        return "jarak-jauh" if digest % 3 else "bauran"
    if year > 2021:
        return "bauran" if digest % 5 < 3 else "klasikal"
    return "klasikal"


@cache
def cohort(programme: str, institution: str, year: int, slot: int) -> SyntheticCohort:
    """The ``slot``-th cohort of a programme at an institution in a year."""
    digest = crc32(f"{programme}/{institution}/{year}".encode())
    number = 1 + digest % (28 if programme == "latsar" else 9) + slot
    starts = date(year, 2, 1) + timedelta(days=(digest >> 8) % 120 + 9 * slot)
    ends = starts + timedelta(days=DAYS.get(programme, 6))
    taught = "nonklasikal" if programme == "labinov" else modality(year, digest >> 4)
    return SyntheticCohort(programme, institution, number, year, starts, ends, taught, products()[programme][1])


def choose_cohort(rng: Random, programme: str, institution: str, year: int) -> SyntheticCohort:
    """Draw one of the cohorts of that year: two for Latsar, one for the others."""
    return cohort(programme, institution, year, int(rng.random() * (2 if programme == "latsar" else 1)))
