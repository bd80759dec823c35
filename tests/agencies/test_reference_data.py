"""The shipped lists of regions and agencies: whole, consistent, and what the scripts of the project make of them."""

from collections import Counter

from innovation_hub.agencies.data import build
from innovation_hub.training.data import build as training_build


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a shipped file."""
    return build.read_csv(build.HERE / name)


def test_regions_are_whole():
    regions = rows("regions.csv")
    codes = {row["code"] for row in regions}
    assert Counter(row["kind"] for row in regions) == {"provinsi": 38, "kabupaten": 416, "kota": 98}
    assert len(codes) == len(regions)
    for row in regions:
        assert (row["parent"] == "") == (row["kind"] == "provinsi")
        assert not row["parent"] or (row["parent"] in codes and row["code"].startswith(row["parent"]))
        # Kabupaten are numbered 01 to 69, kota 71 to 99 (Kemendagri).
        if row["parent"]:
            assert (int(row["code"][3:]) > 70) == (row["kind"] == "kota")


def test_only_jakarta_has_administrative_regions():
    administrative = [row for row in rows("regions.csv") if row["autonomous"] == "no"]
    assert len(administrative) == 6
    assert all(row["code"].startswith("31.") for row in administrative)


def test_bps_codes_stand_only_with_a_source_and_not_in_papua():
    for row in rows("regions.csv"):
        assert bool(row["bps_code"]) == bool(row["bps_source"])
        assert not (row["code"].startswith("9") and row["bps_code"])


def test_agencies_are_the_governments_of_all_autonomous_regions_and_the_central_bodies():
    agencies = rows("agencies.csv")
    codes = {row["code"] for row in agencies}
    kinds = Counter(row["type"] for row in agencies)
    assert len(codes) == len(agencies) == 637
    assert (kinds["provinsi"], kinds["kabupaten"], kinds["kota"]) == (38, 415, 93)
    assert all(row["parent"] in codes for row in agencies if row["type"] in ("kabupaten", "kota"))
    assert all(row["source"] for row in agencies)
    assert {row["code"]: row["name"] for row in agencies}["kota-semarang"] == "Kota Semarang"


def test_the_scripts_make_the_shipped_files():
    made = list(build.agency_rows(rows("regions.csv")))
    assert made == rows("agencies.csv")
    institutions = build.read_csv(training_build.HERE / "named.csv")
    institutions += training_build.provincial_rows(made)
    assert institutions == build.read_csv(training_build.HERE / "institutions.csv")


def test_derived_data_carries_its_licence():
    notice = (build.HERE / "regions.LICENCE.md").read_text(encoding="utf-8")
    assert "Open Database License" in notice
    assert "idn-area-data" in notice
