"""What can't be read says so, by file, row and column, and the good rows around it still come."""

import gzip
import resource
import zipfile

import pytest

from innovation_hub.imports.columns import recognised
from innovation_hub.imports.problems import ImportFileError, locate
from innovation_hub.imports.readers import Limits, open_source
from tests.imports.files import csv_text, text_file, workbook

HEADER = ["Judul", "Instansi", "Tahun"]
GOOD = [[f"Judul {n}", "Kab. Banggai", "2021"] for n in range(1, 6)]


def read(path, **limits):
    source = open_source(path, recognised, limits=Limits(**limits))
    return source, list(source.rows())


def outcome(rows):
    return [(row.number, [(problem.code, problem.column) for problem in row.problems]) for row in rows if row.problems]


def titles(rows):
    return [row.values["Judul"] for row in rows if not row.refused]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("kosong.csv", b"", "empty"),
        ("spasi.csv", b"\xef\xbb\xbf \r\n\r\n", "empty"),
        ("surat.pdf", b"%PDF-1.7 ...", "wrong-type"),
        ("foto.csv", b"\x89PNG\r\n\x1a\n0000", "wrong-type"),
        ("halaman.xls", b"<html><table><tr><td>Judul</td></tr></table></html>", "wrong-type"),
        ("program.csv", b"\x7fELF\x02\x01\x01" + bytes(200), "wrong-type"),
        ("acak.csv", bytes(range(256)) * 40, "not-text"),
        ("terpotong.xlsx", b"PK\x03\x04" + b"x" * 500, "damaged"),
        ("lama.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "damaged"),
    ],
)
def test_wrong_files_are_named(tmp_path, name, data, code):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ImportFileError) as caught:
        open_source(tmp_path / name, recognised)
    assert caught.value.code == code
    assert str(caught.value).startswith(f"{name}: ")


def test_missing_file(tmp_path):
    with pytest.raises(ImportFileError, match=r"tidak-ada\.csv"):
        open_source(tmp_path / "tidak-ada.csv", recognised)


def test_text_document_and_archive_in_disguise(tmp_path):
    for member, code in (("word/document.xml", "wrong-type"), ("data.csv", "wrong-type")):
        path = tmp_path / "surat.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(member, "x")
        with pytest.raises(ImportFileError) as caught:
            open_source(path, recognised)
        assert caught.value.code == code


def test_truncated_workbook(tmp_path):
    path = workbook(tmp_path / "data.xlsx", {"Data": [HEADER, *GOOD]})
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(ImportFileError) as caught:
        open_source(path, recognised)
    assert caught.value.code == "damaged"


def test_workbook_that_unpacks_to_too_much(tmp_path):
    path = workbook(tmp_path / "data.xlsx", {"Data": [HEADER, ["x" * 30_000, "a", "2021"]]})
    with pytest.raises(ImportFileError) as caught:
        open_source(path, recognised, limits=Limits(workbook=1000))
    assert caught.value.code == "too-large"


def test_truncated_gzip_gives_the_rows_before_the_cut(tmp_path):
    import random

    letters = random.Random(1)
    rows = [[f"Judul {n}", "".join(letters.choices("abcdefghij", k=60)), "2021"] for n in range(2000)]
    whole = gzip.compress(csv_text([HEADER, *rows]).encode())
    path = tmp_path / "data.csv.gz"
    path.write_bytes(whole[: len(whole) // 2])
    source, found = read(path)
    good = titles(found)
    assert 500 < len(good) < 1500
    assert good == [f"Judul {n}" for n in range(len(good))]
    assert [problem.code for problem in found[-1].problems] in ([], ["row-cut-off"])
    [note] = source.notes
    assert note.code == "truncated"
    assert int(note.params["row"]) in (found[-1].number, found[-1].number - 1)


def test_damaged_gzip(tmp_path):
    whole = bytearray(gzip.compress(csv_text([HEADER, *GOOD * 3000]).encode(), compresslevel=1))
    whole[len(whole) // 2 : len(whole) // 2 + 40] = b"\xff" * 40
    (tmp_path / "data.csv.gz").write_bytes(bytes(whole))
    source, found = read(tmp_path / "data.csv.gz")
    assert titles(found)
    assert source.notes[-1].code == "gzip-damaged"


def test_gzip_bomb_stops_at_the_limit(tmp_path):
    rows = csv_text([HEADER, *GOOD]) + "x" * 5_000_000
    path = text_file(tmp_path / "bom.csv", rows, packed=True)
    source, found = read(path, file=1_000_000)
    assert titles(found)[:5] == [row[0] for row in GOOD]
    assert [note.code for note in source.notes] == ["stopped-at-limit"]


@pytest.mark.parametrize("quoted", [True, False])
def test_giant_cell_refuses_its_row_only(tmp_path, quoted):
    giant = "x" * 3_000_000
    middle = f'Besar,"{giant}",2021\n' if quoted else f"Besar,{giant},2021\n"
    text = "Judul,Instansi,Tahun\n" + "Satu,a,2021\n" + middle + "Dua,b,2021\n"
    _source, found = read(text_file(tmp_path / "besar.csv", text), cell=100_000, row=200_000)
    assert titles(found) == ["Satu", "Dua"]
    assert outcome(found) == [(3, [("cell-too-large", "Instansi")])]


def test_giant_cell_with_line_breaks(tmp_path):
    giant = "baris biasa saja\n" * 50_000
    text = f'Judul,Instansi,Tahun\nSatu,a,2021\nBesar,"{giant}",2021\nDua,b,2021\n'
    _source, found = read(text_file(tmp_path / "besar.csv", text), cell=100_000, row=200_000)
    assert titles(found) == ["Satu", "Dua"]
    assert outcome(found) == [(3, [("cell-too-large", "Instansi")])]


@pytest.mark.slow
def test_cell_of_300_megabytes_does_not_fill_the_memory(tmp_path):
    path = tmp_path / "raksasa.csv"
    with path.open("wb") as file:
        file.write(b'Judul,Instansi,Tahun\nSatu,a,2021\nBesar,"')
        for _piece in range(300):
            file.write(b"x" * 1024 * 1024)
        file.write(b'",2021\nDua,b,2021\n')
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _source, found = read(path)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    path.unlink()
    assert titles(found) == ["Satu", "Dua"]
    assert outcome(found) == [(3, [("cell-too-large", "Instansi")])]
    assert grown < 120, f"{grown:.0f} MB"


def test_quote_that_never_closes_costs_one_row(tmp_path):
    text = 'Judul,Instansi,Tahun\nSatu,a,2021\n"Lupa ditutup,b,2021\nDua,c,2021\nTiga,d,2021\n'
    _source, found = read(text_file(tmp_path / "kutip.csv", text))
    assert titles(found) == ["Satu", "Dua", "Tiga"]
    assert outcome(found) == [(3, [("quote-never-closed", "Judul")])]


def test_quote_that_never_closes_before_many_rows(tmp_path):
    rows = "".join(f"Judul {n},c,2021\n" for n in range(20_000))
    text = f'Judul,Instansi,Tahun\nSatu,a,2021\nX,"Lupa ditutup,2021\n{rows}'
    _source, found = read(text_file(tmp_path / "kutip.csv", text), row=100_000)
    assert len(titles(found)) == 20_001
    assert outcome(found) == [(3, [("quote-never-closed", "Instansi")])]


def test_stray_quotes_do_not_join_rows(tmp_path):
    text = 'Judul,Instansi,Tahun\nPipa 5" baru,a,2021\n"Judul" dengan sisa,b,2021\nDua,"c,2020\nTiga,d,2019"\n'
    _source, found = read(text_file(tmp_path / "kutip.csv", text))
    assert titles(found) == ['Pipa 5" baru', "Judul dengan sisa", "Dua", "Tiga"]
    assert [row.values["Instansi"] for row in found] == ["a", "b", "c", "d"]


def test_broken_json_lines_are_refused_one_by_one(tmp_path):
    text = '{"judul": "Satu"}\n{"judul": "Dua"\n[1, 2]\n\n{"judul": "Tiga"}\n'
    _source, found = read(text_file(tmp_path / "data.jsonl", text))
    assert [row.values.get("judul") for row in found if not row.refused] == ["Satu", "Tiga"]
    assert [number for number, _problems in outcome(found)] == [2, 3]


def test_giant_json_line(tmp_path):
    text = '{"judul": "Satu"}\n{"judul": "' + "x" * 500_000 + '"}\n{"judul": "Dua", "isi": "' + "y" * 50_000 + '"}\n'
    _source, found = read(text_file(tmp_path / "data.jsonl", text), row=100_000, cell=20_000)
    assert outcome(found) == [(2, [("row-too-large", "")]), (3, [("cell-too-large", "isi")])]


def test_spreadsheet_errors_become_empty_cells(tmp_path):
    path = text_file(tmp_path / "x.csv", "Judul,Instansi,Tahun\nSatu,a,2021\n")
    assert read(path)[1][0].problems == []


def test_place_of_a_problem_is_said():
    text = locate("data.csv", 12, "Tahun", "Salah.", "Lembar 1")
    assert "data.csv" in text and "12" in text and "Tahun" in text and "Lembar 1" in text and text.endswith("Salah.")
