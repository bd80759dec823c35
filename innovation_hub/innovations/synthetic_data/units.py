"""Names and types of units, and the words a sentence needs about the place where an idea runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from .ideas import UnitPattern
from .places import Area, Body, areas
from .templates import Context

TYPES = (
    ("Puskesmas", "puskesmas"), ("RSUD", "rsud"), ("Rumah Sakit", "rsud"), ("UPTD", "uptd"), ("Dinas", "dinas"),
    ("SDN", "sekolah"), ("SMPN", "sekolah"), ("SMAN", "sekolah"), ("SMKN", "sekolah"), ("SLBN", "sekolah"),
    ("TK", "sekolah"), ("Kecamatan", "kecamatan"), ("Distrik", "kecamatan"), ("Kelurahan", "kelurahan"),
    ("Inspektorat Jenderal", "unit-pusat"), ("Inspektorat", "inspektorat"), ("Sekretariat Daerah", "setda"),
    ("Sekretariat DPRD", "setwan"), ("Bagian", "biro-bagian"), ("Badan Riset", "brida"), ("Badan", "badan"),
    ("Satuan Polisi", "satpol-pp"),
)  # fmt: skip
RURAL = frozenset({"puskesmas", "kecamatan", "uptd", "dinas", "badan"})
CHIEFS = {
    "sekolah": "kepala sekolah",
    "puskesmas": "kepala puskesmas",
    "rsud": "direktur",
    "kantor-vertikal": "kepala kantor",
    "uptd": "kepala dinas",
    "satpol-pp": "kepala satuan",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an entry happens: unit, region and the words for sentences."""

    unit_name: str
    unit_type: str
    region: str
    coverage: str
    rural: bool
    words: Context


def unit_type(name: str, owner: str) -> str:
    """The unit_types code of a unit, by the first words of its name and who owns it."""
    if owner == "H":
        return "unit-pusat"
    if owner not in ("K", "P", "D"):
        return "kantor-vertikal"
    if name.startswith("Biro"):
        return "biro-bagian"
    return next((code for start, code in TYPES if name.startswith(start)), "lainnya")


def pick(rng: Random, values: Sequence):
    """A random member of a sequence."""
    return values[int(rng.random() * len(values))]


@cache
def members(province: str, coastal: bool) -> list[Area]:
    """The regencies and cities of a province, or of the country for ``""``, perhaps only the coastal ones."""
    found = [area for area in areas().values() if area.parent and area.code.startswith(province)]
    return [area for area in found if area.coastal or not coastal]


def choose_area(rng: Random, body: Body, coastal: bool) -> Area:
    """The regency or city in which the unit lies: the body's own, else one of its province or of the country."""
    if body.area and body.area.parent:
        return body.area
    return pick(rng, members(body.area.code if body.area else "", coastal))


def build(rng: Random, body: Body, pattern: UnitPattern, coastal: bool) -> Setting:
    """Make the unit's name and the words about its place; head offices have no village or district."""
    head_office = pattern.owner == "H"
    area = choose_area(rng, body, coastal)
    district = pick(rng, area.districts) if area.districts else area.short
    named = body.area if body.owner == "P" and body.area else area
    words: Context = {
        "kec": district,
        "kecamatan": area.district_word,
        "desa": area.village_word,
        "kab": named.name,
        "daerah": area.short,
        "daerahnya": area.name,
        "prov": area.province.name,
        "nomor": str(1 + int(rng.random() * 9)),
    }
    if pattern.name.startswith("Kecamatan") and area.district_word == "distrik":
        name = f"Distrik {district}"
    else:
        name = pattern.name.format_map(words)
    if body.owner == "P" and name.startswith("Bagian "):
        name = "Biro " + name.removeprefix("Bagian ")
    kind = unit_type(name, pattern.owner)
    in_district = "{kec}" in pattern.name or "{nomor}" in pattern.name
    if head_office:
        words = {"wilayah": f"lingkungan {body.name}"}
    else:
        place = f"{area.district_word.capitalize()} {district}" if in_district else named.name
        if "{prov}" in pattern.name:
            place = area.province.name
        words["wilayah"] = place
    words["unit"] = name
    words["agency"] = body.name if body.area is None else f"Pemerintah {body.name}"
    words["kepala"] = chief(body, kind)
    words["anggaran"] = "APBN" if body.area is None else "APBD"
    region = "" if head_office else (body.area.code if body.owner == "P" and not in_district else area.code)
    rural = not head_office and area.kind == "kabupaten" and kind in RURAL
    return Setting(name, kind, region, coverage(rng, pattern, in_district, body), rural, words)


def chief(body: Body, kind: str) -> str:
    """The word for the head of the unit, or of the agency."""
    own = CHIEFS.get(kind)
    if own:
        return own
    if body.area is None:
        return "pimpinan"
    return {"provinsi": "gubernur", "kota": "wali kota"}.get(body.area.kind, "bupati")


def coverage(rng: Random, pattern: UnitPattern, in_district: bool, body: Body) -> str:
    """How far the innovation reaches."""
    if pattern.owner == "H":
        return "nasional" if rng.random() < 0.4 else "unit"
    if in_district:
        return ("unit", "desa", "kecamatan", "kecamatan")[int(rng.random() * 4)]
    if body.owner == "P":
        return "provinsi"
    return "kabupaten-kota"
