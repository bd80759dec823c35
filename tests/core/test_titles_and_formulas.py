"""Shouting titles, playful names, and cells that a spreadsheet program would run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovation_hub.core.text import is_formula, is_shouting, neutralise_formula, sentence_case, split_brand


@pytest.mark.parametrize(
    ("title", "calm"),
    [
        (
            "SISTEM INFORMASI PELAYANAN KESEHATAN DI KABUPATEN BANGGAI (SIMPEL)",
            "Sistem informasi pelayanan kesehatan di Kabupaten Banggai (SIMPEL)",
        ),
        ("OPTIMALISASI KTP DAN KK MELALUI E-KTP DI SMPN 4", "Optimalisasi KTP dan KK melalui E-KTP di SMPN 4"),
        ('APLIKASI "GADIS CANTIK" UNTUK IBU HAMIL', 'Aplikasi "GADIS CANTIK" untuk ibu hamil'),
        ("GERCEP: GERAKAN CEPAT PENCATATAN SIPIL", "GERCEP: gerakan cepat pencatatan sipil"),
        ("SI MANTAP (SISTEM MANAJEMEN TERPADU PUSKESMAS)", "SI MANTAP (sistem manajemen terpadu puskesmas)"),
        ("SUMPAH BERUANG", "SUMPAH BERUANG"),
        ("FEMA OCFO GPT", "FEMA OCFO GPT"),
        ("KARTU IBU HAMIL", "Kartu ibu hamil"),
        ("Judul biasa dengan SIMPEL di dalamnya", "Judul biasa dengan SIMPEL di dalamnya"),
        ("PENINGKATAN CAPAIAN S.I.M. DAN UMKM 2021", "Peningkatan capaian S.I.M. dan UMKM 2021"),
    ],
)
def test_sentence_case(title, calm):
    assert sentence_case(title, names={"kabupaten banggai"}) == calm


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Sistem Informasi Pelayanan (SIMPEL)", ("SIMPEL", "Sistem Informasi Pelayanan")),
        ("SIMPEL (Sistem Informasi Pelayanan Luwuk)", ("SIMPEL", "Sistem Informasi Pelayanan Luwuk")),
        ("Gerakan menanam pohon (tahap kedua)", ("", "")),
        ("Pelayanan KTP", ("", "")),
        ("Program kerja (2021)", ("", "")),
    ],
)
def test_split_brand(title, parts):
    assert split_brand(title) == parts


@given(st.text(max_size=120))
def test_sentence_case_keeps_every_letter(title):
    assert sentence_case(title).casefold() == title.casefold() or is_shouting(title)


@pytest.mark.parametrize(
    "cell",
    [
        "=cmd|' /C calc'!A0",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "=1+1",
        "-2+3+cmd|' /C calc'!A0",
        '=HYPERLINK("http://x")',
        "= A1",
    ],
)
def test_formulas_are_seen_and_neutralised(cell):
    assert is_formula(cell)
    assert neutralise_formula(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "-", "+62 812", "- Pelatihan (3 hari)", "@lan_ri", "===", "-5", "a=b", "–"])
def test_ordinary_cells_are_no_formulas(cell):
    assert not is_formula(cell)


@given(st.text(max_size=60))
def test_nothing_neutralised_can_run(cell):
    safe = neutralise_formula(cell)
    assert safe[:1] not in ("=", "@", "\t", "\r") and (safe == cell or safe[1:] == cell)
    assert not safe.startswith(("+", "-")) or safe[1:].replace(",", "").replace(".", "").isdigit()
