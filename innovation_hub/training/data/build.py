"""Writes ``institutions.csv``: the institutions named in ``named.csv`` and the BPSDM of every province.

    python -m innovation_hub.training.data.build

A province's BPSDM (Badan Pengembangan Sumber Daya Manusia, in some provinces BPSDMD or another name) is
named by rule from the list of agencies; ``source`` says so, and staff put the local name right in the admin.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
AGENCIES = HERE.parents[1] / "agencies" / "data" / "agencies.csv"
FIELDS = ("code", "name", "short_name", "type", "agency", "region", "earlier_names", "source")
RULE_SOURCE = "Nama dibentuk menurut pola BPSDM provinsi; periksa nama setempat"


def provincial_rows(agencies: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """One BPSDM for each provincial government."""
    for agency in agencies:
        if agency["type"] != "provinsi":
            continue
        place = agency["name"].removeprefix("Provinsi ")
        yield {
            "code": f"bpsdm-{agency['code'].removeprefix('prov-')}",
            "name": f"BPSDM {agency['name']}",
            "short_name": f"BPSDM {agency['abbreviation'] or place}",
            "type": "bpsdm-provinsi",
            "agency": agency["code"],
            "region": agency["region"],
            "earlier_names": "",
            "source": RULE_SOURCE,
        }


def main() -> None:
    """Command line entry point."""
    with (HERE / "named.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with AGENCIES.open(encoding="utf-8", newline="") as stream:
        rows.extend(provincial_rows(list(csv.DictReader(stream))))
    with (HERE / "institutions.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    sys.stdout.write(f"institutions.csv: {len(rows)} rows\n")


if __name__ == "__main__":
    main()
