"""Bulk rows are what the services would have written one by one."""

import pytest
from django.db import transaction
from django.utils import timezone

from innovation_hub.core.bulk import insert_rows
from innovation_hub.imports.completeness import completeness
from innovation_hub.imports.fingerprints import fingerprints_of
from innovation_hub.imports.models import ImportRow
from innovation_hub.imports.services import import_batch
from innovation_hub.innovations.models import Innovation, Keyword, RegistryNumber
from innovation_hub.innovations.requirements import completeness_of
from tests.imports.files import csv_text, text_file

HEADER = ["Judul", "Instansi", "Tahun", "Ringkasan", "Latar Belakang", "Tujuan", "Tema", "Kata Kunci", "TPB", "Tahapan"]
ROW = [
    "Antrean daring",
    "Dinas Kesehatan Kab. Banggai",
    "2021",
    "Ringkas",
    "Lama",
    "Cepat",
    "Kesehatan",
    "antre",
    "3",
    "Penerapan",
]
# Different for every entry, or telling only who published how.
OWN = {
    "id", "registry_number", "first_published_at", "last_published_at", "latest_revision_id", "live_revision_id",
    "created_at", "updated_at", "source_key", "source_system", "created_by_id", "steward_id", "_state",
}  # fmt: skip


def imported_entry(folder):
    import_batch([text_file(folder / "data.csv", csv_text([HEADER, ROW]))], actor=None)
    return Innovation.objects.get()


def facts(entry):
    return {name: value for name, value in vars(Innovation.objects.get(pk=entry.pk)).items() if name not in OWN}


def test_an_imported_entry_equals_a_published_one(collection):
    entry = imported_entry(collection)
    values = {field.attname: getattr(entry, field.attname) for field in Innovation._meta.concrete_fields}
    for name in (
        "id",
        "registry_number",
        "source_key",
        "first_published_at",
        "last_published_at",
        "live",
        "year",
        "completeness",
    ):
        values.pop(name)
    twin = Innovation(**values, live=False)
    twin.save()
    twin.themes = list(entry.themes.all())
    twin.sdgs = list(entry.sdgs.all())
    twin.tags.set([tag.name for tag in entry.tags.all()])
    twin.save_revision(user=None).publish(user=None, skip_permission_checks=True)
    assert facts(entry) == facts(twin)
    numbers = RegistryNumber.objects.order_by("pk").values("state", "reason", "title", "merged_into")
    assert len(numbers) == 2 and numbers[0] == numbers[1]
    for name in ("themes", "sdgs", "tags"):
        assert list(getattr(entry, name).all()) == list(getattr(Innovation.objects.get(pk=twin.pk), name).all())


def test_an_imported_entry_can_be_edited_and_published(collection):
    entry = imported_entry(collection)
    number = entry.registry_number
    entry.summary = "Satu kata diperbaiki"
    entry.save_revision(user=None).publish(user=None, skip_permission_checks=True)
    entry.refresh_from_db()
    assert (entry.live, entry.summary, entry.registry_number) == (True, "Satu kata diperbaiki", number)
    assert [theme.code for theme in entry.themes.all()] == ["kesehatan"]


def test_completeness_without_the_database_is_the_same(collection):
    entry = imported_entry(collection)
    assert entry.completeness == completeness_of(Innovation.objects.get(pk=entry.pk))
    empty = completeness({}, has_themes=False, agency_known=True, origin="mandiri")
    assert empty < entry.completeness


def test_the_remembered_hash_is_that_of_the_row(collection):
    entry = imported_entry(collection)
    assert fingerprints_of([entry])[entry.pk] == ImportRow.objects.get().entry_hash
    entry.tags.add("baru")
    entry.save()
    assert fingerprints_of([entry])[entry.pk] != ImportRow.objects.get().entry_hash


def test_insert_rows_gives_keys_defaults_and_order(db):
    with transaction.atomic():
        keys = insert_rows(Keyword, [{"name": "satu", "slug": "satu"}, {"name": "dua", "slug": "dua"}])
        assert insert_rows(Keyword, []) == []
    assert Keyword.objects.in_bulk(keys)[keys[1]].name == "dua"
    later = Keyword.objects.create(name="tiga", slug="tiga")
    assert later.pk > max(keys)
    with transaction.atomic(), pytest.raises(TypeError, match="warna"):
        insert_rows(Keyword, [{"name": "x", "warna": "merah"}])


@pytest.mark.django_db(transaction=True)
def test_insert_rows_wants_a_transaction():
    with pytest.raises(RuntimeError):
        insert_rows(Keyword, [{"name": "satu", "slug": "satu"}])


def test_times_are_set(collection):
    entry = imported_entry(collection)
    assert abs((timezone.now() - entry.created_at).total_seconds()) < 600
    assert entry.first_published_at == entry.last_published_at and entry.first_published_at is not None
