"""``manage.py import_innovations``: what it prints, what it accepts, and what bad input gets."""

import gzip
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from innovation_hub.imports.models import ImportBatch
from innovation_hub.innovations.models import Innovation
from tests.factories import AdministratorFactory
from tests.imports.files import csv_text, shared, text_file, workbook

HEADER = ["Judul", "Instansi", "Tahun", "Tujuan"]
ROWS = [
    ["Antrean daring", "Dinas Kesehatan Kab. Banggai", "2021", "Cepat"],
    ["Kartu ibu", "Kota Palu", "2020", "Sehat"],
]
COUNTS = ["rows", "imported", "unchanged", "changed", "duplicates", "held_back", "refused"]


def command(*arguments, language="en", fails=False):
    """Run the command; return the counts of its last line and what it said."""
    from django.utils.translation import override

    out, err = StringIO(), StringIO()
    with override(language):
        if fails:
            with pytest.raises(CommandError) as caught:
                call_command("import_innovations", *map(str, arguments), "--json", stdout=out, stderr=err)
            err.write(str(caught.value))
        else:
            call_command("import_innovations", *map(str, arguments), "--json", stdout=out, stderr=err)
    counts = json.loads(out.getvalue().splitlines()[-1])
    assert list(counts) == COUNTS
    assert counts["rows"] == sum(count for name, count in counts.items() if name != "rows")
    return {name: count for name, count in counts.items() if count}, err.getvalue()


def test_counts_and_messages(collection):
    path = text_file(collection / "data.csv", csv_text([HEADER, *ROWS, ["", "Kota Palu", "2020", ""], ROWS[0]]))
    counts, said = command(path)
    assert counts == {"rows": 4, "imported": 2, "duplicates": 1, "refused": 1}
    assert "data.csv, column “Judul”, row 4: The row has no title." in said
    assert "data.csv, row 5: The same agency, title and year as row 2 of this file." in said
    assert command(path)[0] == {"rows": 4, "unchanged": 2, "duplicates": 1, "refused": 1}


def test_options(collection):
    path = text_file(collection / "data.csv", csv_text([["Apa", "Siapa", "Kode"], ["Satu", "Dinas Sosial", "K-1"]]))
    admin = AdministratorFactory()
    counts, said = command(
        path, "--map", "Apa=title", "--map", "Siapa=unit", "--key", "Kode", "--agency", "Kab. Banggai",
        "--programme", "latsar", "--source", "lama", "--language", "id", "--actor", admin.email,
    )  # fmt: skip
    assert counts == {"rows": 1, "imported": 1}, said
    entry = Innovation.objects.get()
    assert (entry.source_system, entry.source_key, entry.agency.code) == ("lama", "K-1", "kab-banggai")
    assert (entry.unit.name, entry.programme.code) == ("Dinas Sosial", "latsar")
    assert ImportBatch.objects.get().actor == admin


def test_dry_run(collection):
    path = text_file(collection / "data.csv", csv_text([HEADER, *ROWS]))
    counts, said = command(path, "--dry-run")
    assert counts == {"rows": 2, "imported": 2} and "dry run" in said
    assert not Innovation.objects.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--map", "judul"),
        ("--map", "=title"),
        ("--agency", "Bandung Raya"),
        ("--programme", "memasak"),
        ("--actor", "tidak@ada.go.id"),
    ],
)
def test_wrong_options_are_named(collection, arguments):
    path = text_file(collection / "data.csv", csv_text([HEADER, *ROWS]))
    with pytest.raises(CommandError) as caught:
        call_command("import_innovations", str(path), *arguments, stdout=StringIO(), stderr=StringIO())
    assert arguments[0] in str(caught.value)
    assert not Innovation.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("kosong.csv", b"", "empty"),
        ("surat.pdf", b"%PDF-1.4", "PDF"),
        ("warna.csv", b"Warna,Rasa\nmerah,manis\n", "--map"),
        ("salah.csv", b"Judul,Isi\nA,b\n", "Kode"),
        ("terpotong.xlsx", b"PK\x03\x04rusak", "damaged"),
    ],
)
def test_bad_files_are_named_and_good_ones_go_in(collection, name, data, said):
    (collection / name).write_bytes(data)
    good = text_file(collection / "baik.csv", csv_text([[*HEADER, "Kode"], *([*row, "x"] for row in ROWS)]))
    key = ("--key", "Kode") if name == "salah.csv" else ()
    counts, text = command(collection / name, good, *key, fails=True)
    assert counts == {"rows": 2, "imported": 2}
    assert f"{name}: " in text and said in text


def test_truncated_gzip_gives_its_rows_and_says_so(collection):
    rows = [
        [f"Inovasi {n} {n * 7919 % 1009}", "Kota Palu", "2021", f"Tujuan {n * 104729 % 99991}"] for n in range(3000)
    ]
    whole = gzip.compress(csv_text([HEADER, *rows]).encode())
    (collection / "data.csv.gz").write_bytes(whole[: len(whole) // 2])
    counts, said = command(collection / "data.csv.gz")
    assert 500 < counts["imported"] < 2500
    assert "data.csv.gz: The compressed file is cut off" in said
    (collection / "data.csv.gz").write_bytes(whole)
    counts, _said = command(collection / "data.csv.gz")
    assert counts["rows"] == 3000 and counts["imported"] + counts["unchanged"] == 3000
    assert Innovation.objects.count() == 3000


def test_one_bad_row_of_each_kind(collection):
    giant = "x" * 1_200_000
    rows = [
        ["Baik", "Kota Palu", "2021", "x"],
        ["Tahun aneh", "Kota Palu", "20222", "x"],
        ["Rumus", "Kota Palu", "2021", "=cmd|' /C calc'!A0"],
        ["Skrip", "Kota Palu", "2021", "<script>alert(1)</script>aman"],
        ["Besar", "Kota Palu", "2021", giant],
        ["", "Kota Palu", "2021", "x"],
        ["Baik", "Kota Palu", "2021", "y"],
        ["Terakhir", "Kota Palu", "2021", "x"],
    ]
    counts, said = command(text_file(collection / "data.csv", csv_text([HEADER, *rows])))
    assert counts == {"rows": 8, "imported": 5, "duplicates": 1, "refused": 2}
    for line in (
        "data.csv, column “Tahun”, row 3: The year 20222",
        "data.csv, column “Tujuan”, row 4: The cell holds a formula",
        "data.csv, column “Tujuan”, row 6: The cell has more than 1000000 characters",
        "data.csv, column “Judul”, row 7: The row has no title",
        "data.csv, row 8: The same agency, title and year as row 2",
    ):
        assert line in said
    assert giant[:300] not in said
    assert Innovation.objects.get(title_plain="Skrip").objectives == "<p>aman</p>"


def test_workbook_goes_in_whole(collection):
    path = workbook(collection / "data.xlsx", {"Inovasi": [["DATA INOVASI"], [], HEADER, *ROWS]})
    counts, said = command(path)
    assert counts == {"rows": 2, "imported": 2}, said


@pytest.mark.parametrize(
    ("name", "rows"), [("usecases-us-2024/raw-cp1252.csv.gz", 2133), ("kasus-uni-eropa-sdg/cases.jsonl", 306)]
)
def test_real_collections(collection, name, rows):
    from innovation_hub.core.text import looks_garbled, to_plain
    from innovation_hub.core.text.markup import has_markup

    counts, _said = command(shared(name))
    assert counts["rows"] == rows and counts["imported"] > rows * 0.95
    assert Innovation.objects.public().count() == counts["imported"]
    assert not Innovation.objects.filter(agency_raw="").exists()
    texts = [
        field.attname
        for field in Innovation._meta.concrete_fields
        if field.get_internal_type() in ("TextField", "CharField")
    ]
    for values in Innovation.objects.values_list(*texts):
        for text in filter(None, values):
            words = to_plain(text) if text.startswith("<") else text
            assert not has_markup(words), words
            assert not looks_garbled(words), words
    again, _said = command(shared(name))
    assert again == {
        "rows": rows,
        "unchanged": counts["imported"],
        **{k: v for k, v in counts.items() if k == "duplicates"},
    }
    assert Innovation.objects.count() == counts["imported"]
