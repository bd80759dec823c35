"""Lists of people as training institutions have them."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from innovation_hub.curation.members.lists import MOST_ROWS, rows_of_file, rows_of_text


@pytest.mark.parametrize(
    ("line", "name", "address", "agency"),
    [
        ("Siti Aminah; siti@contoh.go.id", "Siti Aminah", "siti@contoh.go.id", ""),
        (
            "Siti, S.Pd., M.M.; siti@contoh.go.id; Kab. Banggai",
            "Siti, S.Pd., M.M.",
            "siti@contoh.go.id",
            "Kab. Banggai",
        ),
        ("Siti\tsiti@contoh.go.id\tBKN", "Siti", "siti@contoh.go.id", "BKN"),
        ("Siti Aminah, siti@contoh.go.id", "Siti Aminah", "siti@contoh.go.id", ""),
        ("Siti Aminah <siti@contoh.go.id>", "Siti Aminah", "siti@contoh.go.id", ""),
        ("3; Siti; siti@contoh.go.id", "Siti", "siti@contoh.go.id", ""),
        ("siti@contoh.go.id; Siti", "Siti", "siti@contoh.go.id", ""),
        ("Siti", "Siti", "", ""),
        ("Siti; bukan alamat", "Siti", "bukan alamat", ""),
        ("siti@contoh.go.id", "", "siti@contoh.go.id", ""),
    ],
)
def test_lines(line, name, address, agency):
    (row,) = rows_of_text(f"\n{line}\n")
    assert (row.number, row.name, row.address, row.agency) == (2, name, address, agency)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_with_a_header_in_any_order(encoding):
    text = 'No;Surel;Nama;Instansi\n1;siti@contoh.go.id;"Siti; S.Pé";BKN\n\n2;ali@contoh.go.id;Ali\n'
    rows = rows_of_file("angkatan.csv", text.encode(encoding))
    assert [(row.number, row.name, row.address, row.agency) for row in rows] == [
        (2, "Siti; S.Pé", "siti@contoh.go.id", "BKN"),
        (4, "Ali", "ali@contoh.go.id", ""),
    ]


def test_xlsx():
    book, stream = Workbook(), BytesIO()
    for line in (["Nama peserta", "Email"], ["Siti", "siti@contoh.go.id"], [None, None], ["Ali", "ali@contoh.go.id"]):
        book.active.append(line)
    book.save(stream)
    rows = rows_of_file("angkatan.xlsx", stream.getvalue())
    assert [(row.number, row.name) for row in rows] == [(2, "Siti"), (4, "Ali")]


@pytest.mark.parametrize("content", [b"PK\x03\x04rusak", b"%PDF\x00\x00", b"x" * 2_000_001])
def test_what_is_no_list_is_refused_in_words(content):
    with pytest.raises(ValidationError):
        rows_of_file("x", content)


def test_too_many_are_refused():
    with pytest.raises(ValidationError):
        rows_of_text("\n".join(f"Nama {number}; n{number}@contoh.go.id" for number in range(MOST_ROWS + 1)))


@given(st.text(max_size=400))
def test_any_text_reads_or_is_refused(text):
    for row in rows_of_text(text):
        assert row.number >= 1 and "\n" not in row.name + row.address + row.agency


@given(st.binary(max_size=400))
def test_any_file_reads_or_is_refused(content):
    try:
        rows_of_file("x.csv", content)
    except ValidationError:
        return


@given(st.lists(st.text(max_size=30), min_size=1, max_size=3), st.emails(domains=st.just("contoh.go.id")))
def test_what_is_shown_reads_back_the_same(words, address):
    for row in rows_of_text("; ".join([*words, address]).replace("\n", " ")):
        if row.name and "@" in row.address and "@" not in row.name:
            (again,) = rows_of_text(row.as_line())
            assert again.as_line() == row.as_line()
