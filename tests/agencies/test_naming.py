"""Names as people write them lead to the agency that is meant, or to none: never to a wrong one."""

import csv
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovation_hub.agencies import data
from innovation_hub.agencies.naming import AgencyIndex, AgencyRow, Reason, fold_agency_name
from innovation_hub.agencies.naming_words import tidy_unit
from innovation_hub.agencies.places import RegionIndex, RegionRow

FOLDER = Path(data.__file__).parent


@cache
def rows():
    found = []
    with (FOLDER / "agencies.csv").open(encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file), start=1):
            names = ";".join((row["abbreviation"], row["aliases"], row["former_names"])).split(";")
            if row["code"] != "belum-dikenali":
                names = tuple(name.strip() for name in names if name.strip())
                found.append(AgencyRow(number, row["code"], row["name"], names, row["region"]))
    return found


@cache
def index():
    return AgencyIndex.build(rows())


def code_of(match):
    return index().rows[match.agency_id].code if match.agency_id else None


@pytest.mark.parametrize(
    ("raw", "code", "unit"),
    [
        ("Dinas Kesehatan Kab. Banggai", "kab-banggai", "Dinas Kesehatan"),
        ("PEMKOT SEMARANG - DINAS KOPERASI", "kota-semarang", "Dinas Koperasi"),
        ("UPTD Puskesmas Simpong Kota Gorontalo", "kota-gorontalo", "UPTD Puskesmas Simpong"),
        ("Kementerian Keuangan, DJP", "kemenkeu", "DJP"),
        ("Ditjen Pajak Kementerian Keuangan", "kemenkeu", "Ditjen Pajak"),
        ("BKPSDM Kabupaten Banggai Laut", "kab-banggai-laut", "BKPSDM"),
        ("PEMERINTAH DAERAH KABUPATEN BANGGAI", "kab-banggai", None),
        ("Pemkab Banggai", "kab-banggai", None),
        ("Dinas Kesehatan Banggai", "kab-banggai", "Dinas Kesehatan"),
        ("Pemprov Jatim", "prov-jawa-timur", None),
        ("Jawa Timur", "prov-jawa-timur", None),
        ("Provinsi Sulawesi Tengah, Kabupaten Banggai, Dinas Kesehatan", "kab-banggai", "Dinas Kesehatan"),
        ("Kabupaten Banggai Provinsi Sulawesi Tengah", "kab-banggai", None),
        ("Kota Pare-Pare", "kota-parepare", None),
        ("Kab. Tolitoli", "kab-toli-toli", None),
        ("Kabupaten Toba Samosir", "kab-toba", None),
        ("Kabupaten Siau Tagulandang Biaro", "kab-kepulauan-siau-tagulandang-biaro", None),
        ("Kementrian Kesehatan RI", "kemenkes", None),
        ("Kementerian PAN dan RB", "kemenpanrb", None),
        ("LAN RI", "lan", None),
        ("Pusdiklat BPS", "bps", "Pusdiklat"),
        ("Pemda DIY", "prov-di-yogyakarta", None),
        ("Kota Administrasi Jakarta Barat", "prov-dki-jakarta", "Kota Administrasi Jakarta Barat"),
        ("SMPN 4 Bumijawa, Kab. Tegal", "kab-tegal", "SMPN 4 Bumijawa"),
        ("Setda Kab. Bogor", "kab-bogor", "Sekretariat Daerah"),
        # Offices of the centre in a regency are not the regency's.
        ("Kantor Kementerian Agama Kab. Banggai", "kemenag", "Kantor Kementerian Agama Kab. Banggai"),
        ("Kantor Pertanahan Kota Balikpapan", "kementerian-atr-bpn", "Kantor Pertanahan Kota Balikpapan"),
        ("Polres Banggai", "polri", "Polres Banggai"),
        ("Kejaksaan Negeri Banggai", "kejagung", "Kejaksaan Negeri Banggai"),
        ("BPS Kabupaten Banggai", "bps", "BPS Kabupaten Banggai"),
        # Slips of the pen, where only one name is near.
        ("Kab. Luwu Utra", "kab-luwu-utara", None),
        ("Dinas Pertanian Kabupaten Kutai Kertanegara", "kab-kutai-kartanegara", "Dinas Pertanian"),
    ],
)
def test_agency_and_unit(raw, code, unit):
    match = index().match(raw)
    assert (code_of(match), match.unit_name) == (code, unit)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("Bandung", Reason.AMBIGUOUS),
        ("Dinas Sosial Bogor", Reason.AMBIGUOUS),
        ("Yogyakarta", Reason.AMBIGUOUS),
        ("Kementerian Hukum dan HAM", Reason.AMBIGUOUS),
        ("Kementerian PUPR", Reason.AMBIGUOUS),
        ("Kabupaten Bangai", Reason.UNKNOWN),
        ("Dinas Perhubungan", Reason.UNKNOWN),
        ("Kabupaten", Reason.UNKNOWN),
        ("Universitas Gadjah Mada", Reason.UNKNOWN),
        ("Department of Health and Human Services", Reason.UNKNOWN),
        ("Office of the Ombudsman", Reason.UNKNOWN),
        ("Ministry of Finance", Reason.UNKNOWN),
        ("-", Reason.EMPTY),
        ("", Reason.EMPTY),
    ],
)
def test_what_fits_none_or_several_stays_unresolved(raw, reason):
    match = index().match(raw)
    assert (match.agency_id, match.reason) == (None, reason)
    assert bool(match.candidates) == (reason is Reason.AMBIGUOUS)


def test_other_columns_complete_a_name():
    banggai = ("kab-banggai", "Dinas Kesehatan")
    for match, expected in (
        (index().match("Dinas Kesehatan", region="Kabupaten Banggai"), banggai),
        (index().match("Kab. Banggai", unit="DINAS KESEHATAN"), banggai),
        (index().match("", unit="Dinas Kesehatan Kab. Banggai"), banggai),
        (
            index().match("Dinas Kesehatan", unit="Puskesmas Simpong", region="Kab. Banggai"),
            (banggai[0], "Puskesmas Simpong"),
        ),
        (index().match("Bandung", region="Kota Bandung"), ("kota-bandung", None)),
        (index().match("Banjar", region="Jawa Barat"), ("kota-banjar", None)),
        (index().match("Dinas Kesehatan", region="Bandung"), (None, "Dinas Kesehatan")),
        (index().match("Federal Deposit Insurance", unit="Office of the Ombudsman"), (None, "Office of the Ombudsman")),
    ):
        assert (code_of(match), match.unit_name) == expected


@settings(max_examples=300, deadline=None)
@given(
    st.integers(min_value=0, max_value=636 - 1),
    st.sampled_from(["{}", "Pemerintah {}", "DINAS KESEHATAN {}", "{} - Bagian Organisasi", "{}."]),
    st.booleans(),
)
def test_every_agency_is_found_by_its_name(number, form, shouted):
    row = rows()[number % len(rows())]
    if form.startswith("DINAS") and not row.region_code:
        form = "{}"
    raw = form.format(row.name)
    assert index().match(raw.upper() if shouted else raw).agency_id == row.id


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_taken(raw):
    match = index().match(raw)
    assert match.agency_id is None or match.agency_id in index().rows
    fold_agency_name(raw)
    tidy_unit(raw)


def regions():
    with (FOLDER / "regions.csv").open(encoding="utf-8") as file:
        return RegionIndex.build(
            RegionRow(number, row["code"], row["name"], row["kind"], ("Jatim",) if row["code"] == "35" else ())
            for number, row in enumerate(csv.DictReader(file), start=1)
        )


@pytest.mark.parametrize(
    ("raw", "province", "code"),
    [
        ("72.01", "", "72.01"),
        ("7201", "", "72.01"),
        ("72", "", "72"),
        ("Kab. Banggai", "", "72.01"),
        ("Banggai", "", "72.01"),
        ("Luwuk, Kabupaten Banggai", "", "72.01"),
        ("Jatim", "", "35"),
        ("Prov. Jawa Timur", "", "35"),
        ("Bandung", "", None),
        ("Kota Bandung", "", "32.73"),
        ("Banjar", "Jawa Barat", "32.79"),
        ("Italy", "", None),
        ("", "", None),
    ],
)
def test_regions(raw, province, code):
    index = regions()
    found = index.match(raw, province=province)
    assert (index.code_of[found] if found else None) == code
