"""Every format, encoding and delimiter gives the same rows."""

import codecs
import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from innovation_hub.imports.columns import recognised
from innovation_hub.imports.readers import Limits, open_source
from tests.imports.files import csv_text, json_lines, shared, text_file, workbook

HEADER = ["Judul", "Instansi", "Tahun"]
ROWS = [["Antrean daring – mudah", "Kab. Banggai", "2021"], ["Baris satu\nbaris dua; tiga, empat", "Kota Palu", "2020"]]
VALUES = [dict(zip(HEADER, row, strict=True)) for row in ROWS]


def read(path, **limits):
    source = open_source(path, recognised, limits=Limits(**limits))
    return source, list(source.rows())


def values_of(rows):
    return [row.values for row in rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("packed", [False, True])
def test_delimited_text(tmp_path, delimiter, encoding, packed):
    path = text_file(tmp_path / "data.csv", csv_text([HEADER, *ROWS], delimiter), encoding, packed=packed)
    source, rows = read(path)
    assert values_of(rows) == VALUES
    assert [row.number for row in rows] == [2, 3]
    assert source.columns == HEADER
    assert source.notes == []


def test_utf16_without_mark(tmp_path):
    _source, rows = read(text_file(tmp_path / "data.csv", csv_text([HEADER, *ROWS]), "utf-16-le"))
    assert values_of(rows) == VALUES


def test_windows_bytes_pasted_into_utf8(tmp_path):
    data = csv_text([HEADER, ["é ü ñ ö", "a", "2021"]]).encode() + b'"it\x92s","b","2020"\r\n'
    (tmp_path / "mixed.csv").write_bytes(data)
    source, rows = read(tmp_path / "mixed.csv")
    assert [row.values["Judul"] for row in rows] == ["é ü ñ ö", "it’s"]
    assert [note.code for note in source.notes] == ["mixed-encoding"]


def test_late_first_accent_is_still_read(tmp_path):
    filler = [["judul biasa", "instansi", "2021"]] * 5000
    data = csv_text([HEADER, *filler, ["it’s", "x", "2020"]]).encode("cp1252")
    (tmp_path / "late.csv").write_bytes(data)
    source, rows = read(tmp_path / "late.csv")
    assert rows[-1].values["Judul"] == "it’s"
    assert source.reading["encoding"] == "Windows-1252"


def test_header_below_a_banner_and_numbered_columns(tmp_path):
    banner = [
        ["DATA INOVASI KABUPATEN BANGGAI"],
        [],
        ["No", "Nama Inovasi", "OPD", "Tahun"],
        ["(1)", "(2)", "(3)", "(4)"],
    ]
    path = workbook(tmp_path / "banner.xlsx", {"Data": [*banner, [1, "SIMPEL", "Dinas Kesehatan", 2021]]})
    source, rows = read(path)
    assert source.columns == ["No", "Nama Inovasi", "OPD", "Tahun"]
    assert values_of(rows) == [{"No": "1", "Nama Inovasi": "SIMPEL", "OPD": "Dinas Kesehatan", "Tahun": "2021"}]
    assert rows[0].number == 5


def test_workbook_values_and_several_sheets(tmp_path):
    import datetime

    path = workbook(
        tmp_path / "data.xlsx",
        {
            "2020": [HEADER, ["Satu", "Kota Palu", 2020]],
            "Catatan": [["Dibuat oleh", "bagian organisasi"]],
            "2021": [HEADER, ["Dua", "Kota Palu", datetime.datetime(2021, 3, 4)], [None, None, None]],
        },
    )
    source, rows = read(path)
    assert [(row.sheet, row.number, row.values["Tahun"]) for row in rows] == [
        ("2020", 2, "2020"),
        ("2021", 2, "2021-03-04"),
    ]
    assert [(note.code, note.params["sheet"]) for note in source.notes] == [("sheet-skipped", "Catatan")]


def test_gzipped_workbook(tmp_path):
    plain = workbook(tmp_path / "data.xlsx", {"Data": [HEADER, *ROWS]})
    packed = tmp_path / "data.xlsx.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert values_of(read(packed)[1]) == VALUES


@pytest.mark.parametrize("shape", ["lines", "list", "pretty", "packed"])
def test_json(tmp_path, shape):
    objects = [{**row, "tag": ["a", "b"], "n": None, "x": {"1": ""}} for row in VALUES]
    path = tmp_path / "data.json"
    if shape in ("lines", "packed"):
        json_lines(path, objects)
    else:
        path.write_text(json.dumps(objects, indent=2 if shape == "pretty" else None), encoding="utf-8")
    if shape == "packed":
        path.write_bytes(gzip.compress(path.read_bytes()))
    _source, rows = read(path)
    assert values_of(rows) == [{**row, "tag": "a; b", "n": "", "x": ""} for row in VALUES]


def test_content_decides_and_not_the_name(tmp_path):
    path = text_file(tmp_path / "salah.xlsx", csv_text([HEADER, *ROWS]), packed=True)
    assert values_of(read(path)[1]) == VALUES


def test_excel_separator_line(tmp_path):
    path = text_file(tmp_path / "data.csv", "sep=;\r\n" + csv_text([HEADER, *ROWS], ";"), "utf-8-sig")
    assert values_of(read(path)[1]) == VALUES


def test_repeated_and_empty_column_names(tmp_path):
    path = text_file(tmp_path / "data.csv", "Judul,Ket,Ket,\nA,b,c,d\n")
    [row] = read(path)[1]
    assert row.values == {"Judul": "A", "Ket": "b", "Ket (2)": "c", "…": "d"}
    assert [problem.code for problem in row.problems] == ["more-cells"]


def test_real_collections_are_read_to_the_end():
    source, rows = read(shared("usecases-us-2024/raw-cp1252.csv.gz"))
    assert (len(rows), source.reading["encoding"], len(source.columns)) == (2133, "Windows-1252", 62)
    assert not any(row.problems for row in rows)
    source, rows = read(shared("kasus-uni-eropa-sdg/cases.jsonl"))
    assert (len(rows), source.format) == (306, "jsonl")


CELL = st.text(
    alphabet=st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\x85\u2028\u2029\ufeff"),
    max_size=20,
).map(lambda text: text.replace('"', '""'))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6), st.sampled_from([",", ";", "\t", "|"]))
def test_any_quoted_table_comes_back(tmp_path, rows, delimiter):
    path = text_file(tmp_path / "any.csv", csv_text([HEADER, *rows], delimiter))
    found = values_of(read(path)[1])
    cells = [[cell.replace('""', '"') for cell in row] for row in rows]
    expected = [dict(zip(HEADER, row, strict=True)) for row in cells if any(cell.strip() for cell in row)]
    assert found == expected


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_bytes_end_in_rows_or_a_named_error(tmp_path, data):
    from innovation_hub.imports.problems import ImportFileError

    (tmp_path / "any.bin").write_bytes(data)
    try:
        read(tmp_path / "any.bin")
    except ImportFileError as error:
        assert str(error).startswith("any.bin: ")
    (tmp_path / "marked.bin").write_bytes(codecs.BOM_UTF8 + b"Judul\n" + data)
    try:
        read(tmp_path / "marked.bin")
    except ImportFileError as error:
        assert error.code
