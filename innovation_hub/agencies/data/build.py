"""Writes the region and agency lists of this folder from their sources; run by hand when a source changes.

    npm pack idn-area-data@4.0.1 && tar xzf idn-area-data-4.0.1.tgz
    python -m innovation_hub.agencies.data.build --source package/data

``--source`` is a folder with ``provinces.csv``, ``regencies.csv`` and ``districts.csv`` of that package.
Central bodies come from ``central.csv``, earlier names of regions from ``region_names.csv``, both kept by
hand beside this file. Pure standard library, no database: the output is reviewed and committed, and
``manage.py load_vocabularies`` loads it.
"""

import argparse
import csv
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
REGION_FIELDS = (
    "code", "name", "short_name", "kind", "parent", "autonomous", "island_group", "bps_code", "bps_source",
)  # fmt: skip
AGENCY_FIELDS = (
    "code", "name", "abbreviation", "type", "region", "parent", "aliases", "former_names", "source", "note",
)  # fmt: skip

BPS_SOURCE = "Kode provinsi BPS sama dengan kode Kemendagri di luar Papua"
REGION_SOURCE = "Kepmendagri 300.2.2-2138/2025"
CENTRAL_SOURCE = "Daftar kementerian Kabinet Merah Putih (Oktober 2024); kode LKPP"
ISLANDS = (
    ("1", "Sumatera"),
    ("2", "Sumatera"),
    ("3", "Jawa"),
    ("5", "Bali-Nusa Tenggara"),
    ("6", "Kalimantan"),
    ("7", "Sulawesi"),
    ("8", "Maluku"),
    ("9", "Papua"),
)
SHORT_NAMES = {"31": "DKI Jakarta", "34": "DI Yogyakarta"}
UNKNOWN_AGENCY = {
    "code": "belum-dikenali",
    "name": "Belum dikenali",
    "type": "lainnya",
    "source": "internal",
    "note": "Penampung entri yang nama instansinya belum dicocokkan; bukan instansi.",
}


def slugify(text: str) -> str:
    """Lower-case ASCII words joined by hyphens; enough for Indonesian place names."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def island_group(code: str) -> str:
    """The group of islands of a Kemendagri code, by its first digit."""
    return dict(ISLANDS)[code[0]]


def region_rows(source: Path) -> Iterator[dict[str, str]]:
    """All 38 provinces and 514 regencies and cities, provinces first."""
    for row in read_csv(source / "provinces.csv"):
        has_bps = not row["code"].startswith("9")
        yield {
            "code": row["code"],
            "name": row["name"],
            "short_name": SHORT_NAMES.get(row["code"], row["name"]),
            "kind": "provinsi",
            "parent": "",
            "autonomous": "yes",
            "island_group": island_group(row["code"]),
            "bps_code": row["code"] if has_bps else "",
            "bps_source": BPS_SOURCE if has_bps else "",
        }
    for row in read_csv(source / "regencies.csv"):
        kind, _, rest = row["name"].partition(" ")
        yield {
            "code": row["code"],
            "name": row["name"],
            "short_name": rest.removeprefix("Administrasi "),
            "kind": kind.lower(),
            "parent": row["province_code"],
            "autonomous": "no" if rest.startswith("Administrasi ") else "yes",
            "island_group": island_group(row["code"]),
            "bps_code": "",
            "bps_source": "",
        }


def district_rows(source: Path) -> Iterator[dict[str, str]]:
    """Names of the districts (kecamatan) with the code of their regency or city."""
    for row in read_csv(source / "districts.csv"):
        yield {"code": row["code"], "parent": row["regency_code"], "name": row["name"]}


def agency_rows(regions: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Central bodies, the governments of all autonomous regions, and the catch-all for unknown names."""
    yield {field: UNKNOWN_AGENCY.get(field, "") for field in AGENCY_FIELDS}
    for row in read_csv(HERE / "central.csv"):
        kept = ("code", "name", "abbreviation", "type", "aliases", "former_names", "note")
        yield {**{field: row[field] for field in kept}, "region": "", "parent": "", "source": CENTRAL_SOURCE}
    names = {row["code"]: row for row in read_csv(HERE / "region_names.csv")}
    provinces: dict[str, str] = {}
    for region in regions:
        if region["autonomous"] == "no":
            continue
        extra = names.get(region["code"], {})
        if region["kind"] == "provinsi":
            name = f"Provinsi {region['short_name']}"
            code = provinces[region["code"]] = f"prov-{slugify(region['short_name'])}"
        else:
            name = region["name"]
            code = f"{'kab' if region['kind'] == 'kabupaten' else 'kota'}-{slugify(region['short_name'])}"
        yield {
            "code": code,
            "name": name,
            "abbreviation": extra.get("abbreviation", ""),
            "type": region["kind"],
            "region": region["code"],
            "parent": provinces.get(region["parent"], ""),
            "aliases": extra.get("aliases", ""),
            "former_names": extra.get("former_names", ""),
            "source": "; ".join(filter(None, (REGION_SOURCE, extra.get("source", "")))),
            "note": "",
        }


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a UTF-8 CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write_csv(path: Path, fields: Iterable[str], rows: Iterable[dict[str, str]]) -> int:
    """Writes rows with Unix line ends and returns how many there were."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(fields), lineterminator="\n")
        writer.writeheader()
        for count, row in enumerate(rows, start=1):  # noqa: B007
            writer.writerow(row)
    return count


def main(argv: list[str] | None = None) -> None:
    """Command line entry point."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--source", type=Path, required=True, help="folder with the package's CSV files")
    parser.add_argument("--target", type=Path, default=HERE, help="where to write (default: this folder)")
    options = parser.parse_args(argv)
    regions = list(region_rows(options.source))
    counts = {
        "regions.csv": write_csv(options.target / "regions.csv", REGION_FIELDS, regions),
        "districts.csv": write_csv(
            options.target / "districts.csv", ("code", "parent", "name"), district_rows(options.source)
        ),
        "agencies.csv": write_csv(options.target / "agencies.csv", AGENCY_FIELDS, agency_rows(regions)),
    }
    for name, count in counts.items():
        sys.stdout.write(f"{name}: {count} rows\n")


if __name__ == "__main__":
    main()
