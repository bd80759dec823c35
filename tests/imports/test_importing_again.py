"""A second run adds nothing; changed rows update their entries unless people edited them; doubles are named."""

import pytest

from innovation_hub.imports.models import ImportBatch, ImportRow
from innovation_hub.imports.services import ImportOptions, import_batch
from innovation_hub.innovations.models import Authorship, Innovation, RegistryNumber
from tests.factories import InnovationFactory, UserFactory
from tests.imports.files import csv_text, text_file

HEADER = ["Nama Inovasi", "Instansi", "Tahun", "Latar Belakang", "Tema"]
ROWS = [
    ["Antrean daring", "Dinas Kesehatan Kab. Banggai", "2021", "Antre lama", "Kesehatan"],
    ["Kartu ibu hamil", "Dinas Kesehatan Kab. Banggai", "2020", "Ibu tak tercatat", "Kesehatan"],
]


def imported(tmp_path, rows, *, header=HEADER, name="inovasi.csv", **options):
    path = text_file(tmp_path / name, csv_text([header, *rows]))
    return import_batch([path], actor=None, options=ImportOptions(**options))


def counts(result):
    return {name: count for name, count in result.counts.items() if count}


def codes(result):
    return [notice.code for one in result.files for notice in one.notices()]


def test_second_run_adds_nothing(collection):
    imported(collection, ROWS)
    before = list(Innovation.objects.order_by("pk").values())
    result = imported(collection, ROWS)
    assert counts(result) == {"rows": 2, "unchanged": 2}
    assert list(Innovation.objects.order_by("pk").values()) == before
    assert (ImportRow.objects.count(), RegistryNumber.objects.count()) == (2, 2)
    first, second = ImportBatch.objects.order_by("pk")
    assert first.file.name == second.file.name


def test_everything_that_is_not_new_stays_what_it_was(collection):
    rows = [*ROWS, ROWS[0], ["", "x", "", "", ""], ["Hubungi 081234567890", "Kab. Banggai", "2021", "", ""]]
    assert counts(imported(collection, rows)) == {
        "rows": 5,
        "imported": 2,
        "duplicates": 1,
        "held_back": 1,
        "refused": 1,
    }
    assert counts(imported(collection, rows)) == {"rows": 5, "unchanged": 3, "duplicates": 1, "refused": 1}
    assert (Innovation.objects.count(), ImportRow.objects.count()) == (3, 5)


def test_changed_row_updates_its_entry(collection):
    imported(collection, ROWS)
    number = Innovation.objects.get(title_plain="Antrean daring").registry_number
    changed = [[*ROWS[0][:3], "Antre sangat lama", "Desa"], ROWS[1]]
    result = imported(collection, changed)
    assert counts(result) == {"rows": 2, "changed": 1, "unchanged": 1}
    entry = Innovation.objects.get(registry_number=number)
    assert (entry.problem, entry.live) == ("<p>Antre sangat lama</p>", True)
    assert [theme.code for theme in entry.themes.all()] == ["desa"]
    assert counts(imported(collection, changed)) == {"rows": 2, "unchanged": 2}
    assert counts(imported(collection, ROWS)) == {"rows": 2, "changed": 1, "unchanged": 1}


def test_an_entry_with_versions_gets_a_new_one(collection):
    imported(collection, ROWS)
    entry = Innovation.objects.get(title_plain="Antrean daring")
    entry.save_revision(user=None).publish(user=None, skip_permission_checks=True)
    assert counts(imported(collection, [[*ROWS[0][:3], "Lain", "Desa"], ROWS[1]])) == {
        "rows": 2,
        "changed": 1,
        "unchanged": 1,
    }
    entry.refresh_from_db()
    assert (entry.problem, entry.revisions.count(), entry.live) == ("<p>Lain</p>", 2, True)
    assert [theme.code for theme in entry.themes.all()] == ["desa"]
    assert not Authorship.objects.exists()
    assert counts(imported(collection, [[*ROWS[0][:3], "Lain lagi", "Desa"], ROWS[1]])) == {
        "rows": 2,
        "changed": 1,
        "unchanged": 1,
    }


@pytest.mark.parametrize("how", ["row", "draft"])
def test_what_people_edited_is_not_overwritten(collection, how):
    imported(collection, ROWS)
    entry = Innovation.objects.get(title_plain="Antrean daring")
    entry.summary = "Ditulis orang"
    revision = entry.save_revision(user=UserFactory())
    if how == "row":
        revision.publish(skip_permission_checks=True)
    changed = [[*ROWS[0][:3], "Antre sangat lama", ""], ROWS[1]]
    for _again in range(2):
        result = imported(collection, changed)
        assert counts(result) == {"rows": 2, "refused": 1, "unchanged": 1}
        assert codes(result) == ["edited-since"]
    entry.refresh_from_db()
    assert entry.problem == "<p>Antre lama</p>"


def test_withdrawn_entries_are_left_alone(collection):
    from innovation_hub.innovations.services.lifecycle import withdraw
    from tests.factories import AdministratorFactory

    imported(collection, ROWS)
    withdraw(Innovation.objects.get(title_plain="Antrean daring"), actor=AdministratorFactory(), reason="keliru")
    result = imported(collection, [[*ROWS[0][:3], "Lain", ""], ROWS[1]])
    assert (counts(result), codes(result)) == ({"rows": 2, "refused": 1, "unchanged": 1}, ["not-live"])


def test_a_change_with_people_in_it_waits_as_a_draft(collection):
    imported(collection, ROWS)
    risky = [[*ROWS[0][:3], "Hubungi 081234567890", ""], ROWS[1]]
    assert counts(imported(collection, risky)) == {"rows": 2, "held_back": 1, "unchanged": 1}
    entry = Innovation.objects.get(title_plain="Antrean daring")
    assert entry.live and entry.problem == "<p>Antre lama</p>" and entry.has_unpublished_changes
    assert "0812" in entry.get_latest_revision_as_object().problem
    assert counts(imported(collection, risky)) == {"rows": 2, "unchanged": 2}
    assert counts(imported(collection, [[*ROWS[0][:3], "Bersih", ""], ROWS[1]])) == {
        "rows": 2,
        "changed": 1,
        "unchanged": 1,
    }
    entry.refresh_from_db()
    assert (entry.problem, entry.has_unpublished_changes) == ("<p>Bersih</p>", False)


def test_a_held_back_entry_is_published_once_its_row_is_clean(collection):
    risky = [[*ROWS[0][:3], "Hubungi 081234567890", ""]]
    imported(collection, risky)
    assert counts(imported(collection, [[*ROWS[0][:3], "Bersih", ""]])) == {"rows": 1, "changed": 1}
    entry = Innovation.objects.public().get()
    assert (entry.problem, bool(entry.registry_number)) == ("<p>Bersih</p>", True)
    assert "personal-data" not in entry.quality_flags


def test_doubles_in_one_file(collection):
    rows = [
        ROWS[0],
        ["ANTREAN  DARING!", "DINAS KESEHATAN KABUPATEN BANGGAI", "2021", "teks lain", ""],
        ["Antrean daring", "Puskesmas Simpong Kab. Banggai", "2021", "unit lain", ""],
        ["Antrean daring", "Dinas Kesehatan Kab. Banggai", "2022", "tahun lain", ""],
        ["Antrean daring", "Kab. Banggai", "2021", "tanpa unit", ""],
    ]
    result = imported(collection, rows)
    assert counts(result) == {"rows": 5, "imported": 3, "duplicates": 2}
    doubles = [
        (notice.row_text, notice.params["row"])
        for notice in result.files[0].notices()
        if notice.code == "duplicate-row"
    ]
    assert doubles == [("3, 6", "2")]


def test_the_same_entry_from_another_source(collection):
    imported(collection, ROWS, source="satu")
    result = imported(
        collection,
        [["Antrean Daring", "Pemkab Banggai", "2021", "", ""], ["Baru", "Kab. Banggai", "2021", "", ""]],
        source="dua",
    )
    assert counts(result) == {"rows": 2, "imported": 1, "duplicates": 1}
    [notice] = [notice for notice in result.files[0].notices() if notice.code == "duplicate-entry"]
    number = Innovation.objects.get(title_plain="Antrean daring").registry_number
    assert (notice.params["number"], notice.params["source"]) == (number, "satu")


def test_an_entry_that_people_wrote_is_not_doubled(collection):
    from innovation_hub.agencies.models import Agency

    InnovationFactory(
        title_plain="Antrean daring", agency=Agency.objects.get(code="kab-banggai"), implemented_on="2021"
    )
    assert counts(imported(collection, ROWS)) == {"rows": 2, "imported": 1, "duplicates": 1}


def test_own_numbers_identify_rows_even_when_titles_change(collection):
    header = ["ID", *HEADER]
    imported(collection, [["A-1", *ROWS[0]], ["A-2", *ROWS[1]]], header=header)
    renamed = [["A-1", "Antrean daring terpadu", *ROWS[0][1:]], ["A-2", *ROWS[1]]]
    assert counts(imported(collection, renamed, header=header)) == {"rows": 2, "changed": 1, "unchanged": 1}
    assert set(Innovation.objects.values_list("title_plain", flat=True)) == {
        "Antrean daring terpadu",
        "Kartu ibu hamil",
    }
    assert set(ImportRow.objects.values_list("key", flat=True)) == {"A-1", "A-2"}


def test_a_number_used_twice_loses_no_row(collection):
    header = ["ID", *HEADER]
    rows = [["A-1", *ROWS[0]], ["A-1", *ROWS[1]]]
    result = imported(collection, rows, header=header)
    assert counts(result) == {"rows": 2, "imported": 2}
    assert "duplicate-key" in codes(result)
    assert counts(imported(collection, rows, header=header)) == {"rows": 2, "unchanged": 2}


def test_a_column_can_be_named_as_the_key(collection):
    header = ["Kode Unik", *HEADER]
    imported(collection, [["X1", *ROWS[0]]], header=header, key="kode unik")
    assert ImportRow.objects.get().key == "X1"


def test_another_mapping_takes_effect(collection):
    header = ["Nama Inovasi", "Instansi", "Tahun", "Warna"]
    rows = [["Antrean daring", "Kab. Banggai", "2021", "Isi yang penting"]]
    imported(collection, rows, header=header)
    assert counts(imported(collection, rows, header=header, mapping={"Warna": "summary"})) == {"rows": 1, "changed": 1}
    assert Innovation.objects.get().summary == "Isi yang penting"
