"""Loads ``data/regions.csv`` and ``data/agencies.csv`` (their README says where they come from)."""

import csv
from collections import defaultdict
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from innovation_hub.core.loading import Loaded, Related, load_rows
from innovation_hub.core.models import Term

from .models import Agency, AgencyAlias, Region

DATA = Path(__file__).resolve().parent / "data"
CODE_SOURCE = "Kepmendagri 300.2.2-2138/2025"
ALIAS, ABBREVIATION, EARLIER = AgencyAlias.Kind.ALIAS, AgencyAlias.Kind.ABBREVIATION, AgencyAlias.Kind.EARLIER


def read_csv(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the files of the data folder."""
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@transaction.atomic
def load_regions() -> Loaded:
    """Load provinces first, then regencies and cities, which name them."""
    rows = read_csv("regions.csv")
    provinces = load_rows(Region, [_region(row, {}) for row in rows if not row["parent"]], key=["code"])
    known = dict(Region.objects.filter(parent__isnull=True).values_list("code", "pk"))
    others = load_rows(Region, [_region(row, known) for row in rows if row["parent"]], key=["code"])
    return _sum(provinces, others)


def _region(row: dict[str, str], provinces: dict[str, int]) -> dict:
    return {
        "code": row["code"],
        "name": row["name"],
        "kind": row["kind"],
        "parent_id": provinces.get(row["parent"]),
        "autonomous": row["autonomous"] == "yes",
        "bps_code": row["bps_code"],
        "code_source": "; ".join(filter(None, (CODE_SOURCE, row["bps_source"]))),
    }


@transaction.atomic
def load_agencies() -> Loaded:
    """Load central bodies and provinces first, then regencies and cities; needs regions and agency types."""
    rows = read_csv("agencies.csv")
    kinds = dict(Term.objects.filter(vocabulary="agency_types").values_list("code", "pk"))
    regions = dict(Region.objects.values_list("code", "pk"))
    slugs = set(Agency.objects.values_list("slug", flat=True))

    def give_slug(agency: Agency) -> None:
        base = slugify(agency.name)[:110] or agency.code
        agency.slug = next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 1000))) if slug not in slugs)
        slugs.add(agency.slug)

    aliases = Related("aliases", _read_aliases, _write_aliases)
    results = []
    for below in (False, True):
        above = dict(Agency.objects.values_list("code", "pk")) if below else {}
        part = [_agency(row, kinds, regions, above) for row in rows if bool(row["parent"]) == below]
        results.append(load_rows(Agency, part, key=["code"], related=aliases, on_create=give_slug))
    return _sum(*results)


def _agency(row: dict[str, str], kinds: dict, regions: dict, above: dict) -> dict:
    central = not row["region"]
    short = row["abbreviation"] if central else ""
    if row["type"] == "kabupaten":
        short = row["name"].replace("Kabupaten ", "Kab. ", 1)
    aliases = {name.strip(): str(ALIAS) for name in row["aliases"].split(";") if name.strip()}
    aliases |= {name.strip(): str(EARLIER) for name in row["former_names"].split(";") if name.strip()}
    if row["abbreviation"]:
        aliases[row["abbreviation"]] = str(ABBREVIATION)
    return {
        "code": row["code"],
        "name": row["name"],
        "short_name": short,
        "kind_id": kinds[row["type"]],
        "parent_id": above.get(row["parent"]),
        "region_id": regions.get(row["region"]),
        "aliases": sorted([kind, name] for name, kind in aliases.items()),
    }


def _read_aliases() -> dict[int, list]:
    found: dict[int, list] = defaultdict(list)
    for agency, kind, name in AgencyAlias.objects.order_by().values_list("agency_id", "kind", "name"):
        found[agency].append([kind, name])
    return {agency: sorted(names) for agency, names in found.items()}


def _write_aliases(agency: Agency, aliases: list) -> None:
    wanted = {name: kind for kind, name in aliases}
    agency.aliases.exclude(name__in=wanted).delete()
    there = set(agency.aliases.values_list("name", flat=True))
    AgencyAlias.objects.bulk_create(
        AgencyAlias(agency=agency, name=name, kind=kind) for name, kind in wanted.items() if name not in there
    )


def _sum(*parts: Loaded) -> Loaded:
    total = Loaded()
    for part in parts:
        total.created += part.created
        total.updated += part.updated
        total.unchanged += part.unchanged
        total.kept += part.kept
    return total
