"""Columns are told by usual names in both languages, by likeness, or as the person says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovation_hub.imports.columns import find_column, fold_header, map_columns, recognised
from innovation_hub.imports.fields import BY_CODE, FIELDS, Use
from innovation_hub.imports.problems import ImportFileError


def mapped(*columns, **overrides):
    return map_columns(columns, overrides).fields


def test_usual_names_of_a_training_list():
    assert mapped(
        "No", "Nama Peserta", "NIP", "Instansi", "Unit Kerja", "Jenis Pelatihan", "Angkatan", "Judul Aksi Perubahan",
        "Latar Belakang Masalah", "Tujuan", "Manfaat", "Hasil (Output/Outcome)", "Tahun", "No. HP/WA", "Email",
        "Nama Mentor", "Nama Coach", "Nilai Akhir", "Kab/Kota", "Warna",
    ) == {
        "Nama Peserta": "peserta.name", "NIP": "peserta.nip", "Instansi": "agency", "Unit Kerja": "unit",
        "Jenis Pelatihan": "programme", "Angkatan": "cohort", "Judul Aksi Perubahan": "title",
        "Latar Belakang Masalah": "problem", "Tujuan": "objectives", "Manfaat": "objectives",
        "Hasil (Output/Outcome)": "results", "Tahun": "year", "No. HP/WA": "peserta.phone", "Email": "peserta.email",
        "Nama Mentor": "mentor.name", "Nama Coach": "coach.name", "Nilai Akhir": "dropped", "Kab/Kota": "region",
    }  # fmt: skip


def test_usual_names_in_english():
    assert mapped("Use Case Name", "Agency", "Bureau", "Date Implemented", "Stage of Development", "Country", "ID") == {
        "Use Case Name": "title",
        "Agency": "agency",
        "Bureau": "unit",
        "Date Implemented": "implemented_on",
        "Stage of Development": "stage",
        "Country": "region",
        "ID": "key",
    }


def test_name_is_the_title_only_where_nothing_else_is():
    assert mapped("Nama", "Instansi")["Nama"] == "title"
    assert mapped("Nama", "Judul")["Nama"] == "peserta.name"
    assert mapped("Judul", "Nama Inovasi")["Nama Inovasi"] == "brand_name"
    with pytest.raises(ImportFileError):
        mapped("Nama", "NIP", "Instansi")


def test_misspelt_names_and_questions_are_guessed_and_said():
    found = map_columns(["Judul", "Ringksan inovasi", "Email aktif peserta", "Latar belakang inovasi Anda"], {})
    assert found.guessed == {
        "Ringksan inovasi": "summary",
        "Email aktif peserta": "peserta.email",
        "Latar belakang inovasi Anda": "problem",
    }
    assert [note.code for note in found.notes].count("column-guessed") == 3


def test_marks_are_dropped_whatever_they_are_called():
    found = map_columns(["Judul", "Nilai Seminar II", "Skor Tim", "Predikat", "Nilai Tambah"], {})
    assert found.dropped == {"Nilai Seminar II", "Skor Tim", "Predikat"}
    assert found.fields["Nilai Tambah"] == "novelty"


def test_the_person_decides():
    found = map_columns(["Apa", "Judul", "Kode"], {"apa": "title", "Judul": "-"}, key="KODE")
    assert found.fields == {"Apa": "title", "Kode": "key"}


@pytest.mark.parametrize(
    ("columns", "overrides", "key", "code"),
    [
        (["Warna", "Rasa"], {}, "", "missing-column"),
        (["Judul"], {"Tidak ada": "summary"}, "", "unknown-map-column"),
        (["Judul", "X"], {"X": "bukan-bidang"}, "", "unknown-map-field"),
        (["Judul"], {}, "Kode", "unknown-key-column"),
    ],
)
def test_what_is_missing_is_named(columns, overrides, key, code):
    with pytest.raises(ImportFileError) as caught:
        map_columns(columns, overrides, key)
    assert caught.value.code == code
    text = str(caught.value)
    assert columns[0] in text or code == "unknown-map-field"
    if code == "missing-column":
        assert "--map" in text


def test_every_private_field_is_private_and_every_alias_is_folded():
    for field in FIELDS:
        assert all(fold_header(alias) == alias for alias in field.aliases), field.code
        if "." in field.code:
            assert field.use is Use.PRIVATE
    assert len(BY_CODE) == len(FIELDS)


def test_a_title_counts_double_for_finding_the_header():
    assert recognised(["Judul", "Instansi", "x"]) == 3
    assert recognised(["2021", "Dinas Kesehatan"]) == 0


@given(st.lists(st.text(min_size=1, max_size=30), max_size=12, unique=True))
def test_any_header_is_mapped_or_refused(columns):
    try:
        found = map_columns(columns, {})
    except ImportFileError as error:
        assert error.code == "missing-column"
    else:
        single = [code for code in found.fields.values() if not BY_CODE[code].joins and "." not in code]
        assert len(single) == len(set(single))
        assert all(find_column(column, columns) == column for column in found.fields)
