"""Rows become entries: live as terdaftar with numbers, with agency, unit, training and their doubts named."""

import pytest
from django.core.exceptions import PermissionDenied

from innovation_hub.agencies.models import Agency, Unit
from innovation_hub.imports.models import ImportBatch, ImportRow
from innovation_hub.imports.services import ImportOptions, import_batch
from innovation_hub.imports.staging import Defaults
from innovation_hub.innovations.models import Authorship, Innovation, InnovationLogEntry, Innovator, RegistryNumber
from innovation_hub.training.models import TrainingProgramme
from search.models import OutboxEntry
from tests.factories import AdministratorFactory, LabFactory, LabMembershipFactory, UserFactory
from tests.imports.files import csv_text, text_file, workbook

HEADER = ["No", "Nama Inovasi", "Perangkat Daerah", "Tahun", "Latar Belakang", "Tujuan", "Manfaat", "Hasil"]
ROWS = [
    [
        "1",
        "Antrean daring Puskesmas",
        "Dinas Kesehatan Kab. Banggai",
        "2021",
        "Antre lama",
        "Cepat",
        "Warga senang",
        "5 menit",
    ],
    [
        "2",
        "SISTEM INFORMASI PASAR TANI (SIPASTI)",
        "Dinas Perdagangan Kab. Banggai",
        "2020",
        "<p>Harga</p>",
        "-",
        "",
        "",
    ],
    ["3", "Kartu ibu hamil", "Dinas Entah", "20222", "", "Sehat", "", ""],
]


def run(path, **options):
    return import_batch([path], actor=None, options=ImportOptions(**options))


def imported(tmp_path, rows=None, header=None, **options):
    path = text_file(tmp_path / "inovasi.csv", csv_text([header or HEADER, *(rows or ROWS)]))
    return run(path, **options)


def counts(result):
    return {name: count for name, count in result.counts.items() if count}


def test_rows_become_public_entries(collection):
    result = imported(collection)
    assert counts(result) == {"rows": 3, "imported": 3}
    first, second, third = Innovation.objects.order_by("pk")
    assert Innovation.objects.public().count() == 3
    assert (first.title_plain, first.agency.code, first.unit.name) == (
        "Antrean daring Puskesmas",
        "kab-banggai",
        "Dinas Kesehatan",
    )
    assert (first.region.code, first.year, first.implemented_on) == ("72.01", 2021, "2021")
    assert first.objectives == "<p><b>Tujuan</b></p><p>Cepat</p><p><b>Manfaat</b></p><p>Warga senang</p>"
    assert first.publication_level == Innovation.Level.REGISTERED
    assert first.registry_number and RegistryNumber.objects.get(number=first.registry_number).entry == first
    assert second.title_plain == "Sistem informasi pasar tani (SIPASTI)"
    assert (second.brand_name, second.title_source) == ("SIPASTI", "SISTEM INFORMASI PASAR TANI (SIPASTI)")
    assert (second.problem, second.objectives) == ("<p>Harga</p>", "")
    assert third.agency.is_unknown and third.agency_name == "Dinas Entah" and third.year is None
    assert set(third.quality_flags) == {"agency-unknown", "year-out-of-range"}


def test_doubts_are_named_with_row_and_column(collection):
    [notes] = [result.notices() for result in imported(collection).files]
    said = {(notice.code, notice.column, notice.row_text) for notice in notes}
    assert said == {
        ("title-shouting", "Nama Inovasi", "3"),
        ("agency-unknown", "Perangkat Daerah", "4"),
        ("year-out-of-range", "Tahun", "4"),
    }


def test_where_everything_came_from_is_kept(collection):
    result = imported(collection, source="banggai-2021")
    batch = ImportBatch.objects.get(pk=result.files[0].batch_id)
    assert (batch.status, batch.rows, batch.imported, batch.file_name) == ("finished", 3, 3, "inovasi.csv")
    assert batch.mapping["Nama Inovasi"] == "title" and batch.keep_until
    with batch.file.open() as stored:
        assert stored.read() == (collection / "inovasi.csv").read_bytes()
    row = ImportRow.objects.get(number=4)
    assert (row.source, row.outcome, row.batch) == ("banggai-2021", "imported", batch)
    assert row.raw["Tahun"] == "20222" and row.raw["Perangkat Daerah"] == "Dinas Entah"
    entry = row.innovation
    assert (entry.source_system, entry.source_key) == ("banggai-2021", row.key)
    assert entry.created_by is None and not Authorship.objects.exists()
    assert InnovationLogEntry.objects.get(entry=entry).action == "innovation.import"
    assert set(OutboxEntry.objects.values_list("source_id", flat=True)) == set(
        Innovation.objects.values_list("pk", flat=True)
    )


def test_agencies_are_never_made_units_are(collection):
    agencies = Agency.objects.count()
    imported(collection)
    imported(collection, source="lain", rows=[["1", "Lain", "DINAS KESEHATAN KAB BANGGAI", "2019", "", "", "", ""]])
    assert Agency.objects.count() == agencies
    assert sorted(Unit.objects.values_list("name", flat=True)) == ["Dinas Kesehatan", "Dinas Perdagangan"]


def test_people_go_to_private_records_and_marks_nowhere(collection):
    header = [
        "Judul",
        "Instansi",
        "Nama Peserta",
        "NIP",
        "NIK",
        "No HP",
        "Email",
        "Nama Mentor",
        "Anggota",
        "Nilai Akhir",
    ]
    row = [
        "Layanan jemput bola", "Kab. Banggai", "Siti Contoh, S.Kom.", "198503122010011003", "7201015708900002",
        "081234567890", "siti@gmail.com", "Budi Contoh", "Ani; Adi", "92,5",
    ]  # fmt: skip
    assert counts(imported(collection, [row], header)) == {"rows": 1, "imported": 1}
    people = {(person.role, person.name): person for person in Innovator.objects.all()}
    assert set(people) == {
        ("peserta", "Siti Contoh, S.Kom."),
        ("mentor", "Budi Contoh"),
        ("anggota", "Ani"),
        ("anggota", "Adi"),
    }
    participant = people["peserta", "Siti Contoh, S.Kom."]
    assert (participant.nip, participant.nik) == ("198503122010011003", "7201015708900002")
    assert (participant.phone, participant.email) == ("081234567890", "siti@gmail.com")
    entry = Innovation.objects.get()
    public = " ".join(str(getattr(entry, field.attname)) for field in entry._meta.concrete_fields)
    for secret in (*row[2:9], "92,5"):
        assert secret not in public
    assert "92,5" not in str(ImportRow.objects.get().raw)


@pytest.mark.parametrize(
    "text", ["Hubungi 0812-3456-7890", "NIP 198503122010011003", "surel budi@gmail.com", "NIK 7201015708900002"]
)
@pytest.mark.parametrize("column", ["Latar Belakang", "Nama Inovasi"])
def test_text_with_people_is_held_back_and_named(collection, text, column):
    row = dict(zip(HEADER, ROWS[0], strict=True)) | {column: f"Layanan keliling. {text}"}
    result = imported(collection, [list(row.values()), ROWS[1]])
    assert counts(result) == {"rows": 2, "imported": 1, "held_back": 1}
    held = Innovation.objects.get(live=False)
    assert held.registry_number is None and held.latest_revision and held.has_unpublished_changes
    assert "personal-data" in held.quality_flags
    assert held.latest_revision.as_object().title_plain == held.title_plain
    [notice] = [notice for notice in result.files[0].notices() if notice.code == "personal-data"]
    assert (notice.column, notice.rows) == (column, [2])
    assert text.split()[-1] not in notice.text
    assert not Innovation.objects.public().filter(pk=held.pk).exists()


def test_script_and_formula_do_no_harm(collection):
    rows = [
        ["1", "Aman", "Kab. Banggai", "2021", "<script>alert(1)</script>Isi", "=cmd|' /C calc'!A0", "", ""],
        ["2", '=HYPERLINK(""x"")', "Kab. Banggai", "2021", "", "", "", ""],
        ["3", "Baik", "Kab. Banggai", "2021", "", "", "", ""],
    ]
    result = imported(collection, rows)
    assert counts(result) == {"rows": 3, "imported": 2, "refused": 1}
    entry = Innovation.objects.get(title_plain="Aman")
    assert entry.problem == "<p>Isi</p>"
    assert entry.objectives == "<p>'=cmd|' /C calc'!A0</p>"
    said = {(notice.code, notice.column, notice.row_text) for notice in result.files[0].notices()}
    assert ("formula", "Tujuan", "2") in said and ("title-is-formula", "Nama Inovasi", "3") in said


def test_rows_without_title_are_refused_and_the_rest_goes_in(collection):
    result = imported(
        collection, [["1", " ", "Kab. Banggai", "2021", "x", "", "", ""], ROWS[0], ["2", "???", "", "", "", "", "", ""]]
    )
    assert counts(result) == {"rows": 3, "imported": 1, "refused": 2}
    assert {(notice.code, notice.row_text) for notice in result.files[0].notices()} >= {
        ("no-title", "2"),
        ("title-unreadable", "4"),
    }
    assert ImportRow.objects.filter(outcome="refused", innovation=None).count() == 2


def test_training_is_recognised(collection):
    from tests.factories import CohortFactory

    programme = TrainingProgramme.objects.get(code="pkp")
    cohort = CohortFactory(programme=programme, number=12, year=2021)
    header = ["Judul Aksi Perubahan", "Instansi", "Jenis Pelatihan", "Angkatan", "Tahun"]
    rows = [
        ["Satu", "Kab. Banggai", "Pelatihan Kepemimpinan Pengawas", "Angkatan XII", "2021"],
        ["Dua", "Kab. Banggai", "Diklatpim Tk. IV", "12", "2021"],
        ["Tiga", "Kab. Banggai", "Pelatihan Memasak", "3", "2021"],
    ]
    result = imported(collection, rows, header)
    one, two, three = Innovation.objects.order_by("pk")
    assert one.cohort == two.cohort == cohort and one.institution == cohort.institution
    assert one.origin_channel.code == "pelatihan" and one.training_product == programme.product
    assert three.programme is None and three.origin_channel.code == "impor"
    assert {"programme-unknown", "cohort-unknown"} <= {notice.code for notice in result.files[0].notices()}


def test_defaults_that_the_person_gives(collection):
    banggai = Agency.objects.get(code="kab-banggai")
    latsar = TrainingProgramme.objects.get(code="latsar")
    header, rows = ["Judul", "OPD"], [["Satu", "Dinas Kesehatan"], ["Dua", "Dinas Sosial Kota Palu"]]
    imported(collection, rows, header, defaults=Defaults(banggai.pk, latsar.pk))
    one, two = Innovation.objects.order_by("pk")
    assert (one.agency, one.unit.name, one.programme) == (banggai, "Dinas Kesehatan", latsar)
    assert (two.agency.code, two.unit.name) == ("kota-palu", "Dinas Sosial")


def test_terms_links_and_keywords(collection):
    header = [
        "Judul",
        "Instansi",
        "Tema",
        "Tahapan",
        "Urusan",
        "Situs",
        "Kata Kunci",
        "TPB",
        "Bentuk",
        "Bahasa",
        "Jenis",
    ]
    first = ["Satu", "Kab. Banggai", "Kesehatan; Desa", "Penerapan", "1.02 Kesehatan", "www.banggaikab.go.id"]
    second = ["Dua", "Kab. Banggai", "Astronomi", "Entah", "Sihir", "bukan alamat"]
    rows = [
        [*first, "pasar,ojek", "3; 11", "Pelayanan publik", "", "Digital; Inovasi proses"],
        [*second, "Pasar", "99", "", "en", "Non digital"],
    ]
    result = imported(collection, rows, header)
    one, two = Innovation.objects.order_by("pk")
    assert {theme.code for theme in one.themes.all()} == {"kesehatan", "desa"}
    assert (one.stage.code, one.urusan_primary.code, one.form.code) == ("penerapan", "1.02", "pelayanan-publik")
    assert one.website == "https://www.banggaikab.go.id"
    assert {sdg.code for sdg in one.sdgs.all()} == {"3", "11"}
    assert {tag.name for tag in one.tags.all()} == {"pasar", "ojek"}
    assert {tag.name for tag in two.tags.all()} == {"Astronomi", "pasar"}
    assert (one.language, two.language, two.website) == ("id", "en", "")
    assert (one.digital, two.digital) == ("digital", "non-digital")
    assert [kind.code for kind in one.kinds.all()] == ["proses"]
    codes = [notice.code for notice in result.files[0].notices()]
    assert codes.count("unknown-term") == 3 and codes.count("bad-address") == 1


def test_long_descriptions_become_text_with_an_excerpt(collection):
    text = "Kalimat pertama yang cukup panjang tentang layanan ini. " * 60
    imported(collection, [["Satu", "Kab. Banggai", text]], ["Judul", "Instansi", "Deskripsi"])
    entry = Innovation.objects.get()
    assert entry.design.startswith("<p>Kalimat pertama")
    assert len(entry.summary) < 450 and entry.summary.endswith("layanan ini.")


def test_several_sheets_and_formats(collection):
    book = workbook(collection / "buku.xlsx", {"2020": [HEADER, ROWS[0]], "2021": [HEADER, ROWS[1]]})
    result = run(book)
    assert counts(result) == {"rows": 2, "imported": 2}
    assert {notice.sheet for notice in result.files[0].notices()} == {"2021"}


def test_dry_run_writes_nothing(collection):
    result = imported(
        collection, [*ROWS, ["4", "Hubungi 081234567890", "Kab. Banggai", "2021", "", "", "", ""]], dry_run=True
    )
    assert counts(result) == {"rows": 4, "imported": 3, "held_back": 1}
    for model in (Innovation, ImportBatch, ImportRow, Unit, OutboxEntry):
        assert not model.objects.exists()


def test_who_may_import(collection):
    path = text_file(collection / "inovasi.csv", csv_text([HEADER, *ROWS]))
    with pytest.raises(PermissionDenied):
        import_batch([path], actor=UserFactory())
    assert not ImportBatch.objects.exists()
    curator = LabMembershipFactory(lab=LabFactory()).user
    for actor in (AdministratorFactory(), curator):
        assert import_batch([path], actor=actor).counts["rows"] == 3
    assert ImportBatch.objects.filter(actor=curator).count() == 1


def test_unreadable_files_stop_nothing(collection):
    good = text_file(collection / "baik.csv", csv_text([HEADER, *ROWS]))
    bad = text_file(collection / "salah.pdf", "%PDF-1.7")
    untitled = text_file(collection / "tanpa-judul.csv", "Warna,Rasa\nmerah,manis\n")
    result = import_batch([bad, good, untitled], actor=None)
    assert counts(result) == {"rows": 3, "imported": 3}
    assert [error.split(":")[0] for error in result.errors] == ["salah.pdf", "tanpa-judul.csv"]
    assert "--map" in result.errors[1] and "Warna" in result.errors[1]


def test_number_of_queries_does_not_grow_with_the_rows(collection, django_assert_max_num_queries):
    rows = [[str(n), f"Inovasi nomor {n}", f"Dinas {n} Kab. Banggai", "2021", "x", "", "", ""] for n in range(400)]
    with django_assert_max_num_queries(70):
        imported(collection, rows)


def test_characters_that_no_database_keeps(collection):
    path = collection / "data.jsonl"
    path.write_text('{"judul": "Antrean\\u0000 daring \\ud800", "instansi": "Kab. Banggai", "x\\u0000": "a\\u0000b"}\n')
    assert counts(run(path)) == {"rows": 1, "imported": 1}
    assert Innovation.objects.get().title_plain == "Antrean daring"
    assert ImportRow.objects.get().raw["x"] == "ab"


def test_columns_without_a_name_are_kept_by_their_letter(collection):
    imported(collection, [["Satu", "rahasia", "Kab. Banggai"]], ["Judul", "", "Instansi"])
    assert ImportRow.objects.get().raw["(B)"] == "rahasia"
