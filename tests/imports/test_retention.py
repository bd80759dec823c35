"""Raw rows and originals are forgotten when their time is over; importing again still adds nothing."""

import json
from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from innovation_hub.imports.models import ImportBatch, ImportRow
from innovation_hub.imports.retention import purge
from innovation_hub.imports.services import import_batch
from tests.imports.files import csv_text, text_file

ROWS = [["Judul", "Instansi", "NIP"], ["Antrean daring", "Kab. Banggai", "198503122010011003"]]


def storage():
    return ImportBatch._meta.get_field("file").storage


def imported(folder):
    return import_batch([text_file(folder / "data.csv", csv_text(ROWS))], actor=None).counts


def test_nothing_is_forgotten_before_its_time(collection):
    imported(collection)
    assert purge().rows == 0
    assert ImportRow.objects.get().raw and ImportBatch.objects.get().file


def test_afterwards_only_what_was_decided_is_left(collection, settings):
    imported(collection)
    name = ImportBatch.objects.get().file.name
    later = timezone.localdate() + timedelta(days=settings.HUB_IMPORT_RETENTION_DAYS + 1)
    done = purge(later)
    assert (done.batches, done.rows, done.files) == (1, 1, 1)
    row = ImportRow.objects.get()
    assert row.raw == {} and row.key and row.content_hash and row.innovation
    assert not storage().exists(name)
    assert purge(later).rows == 0
    assert imported(collection)["unchanged"] == 1


def test_a_file_that_a_later_run_used_stays(collection):
    imported(collection)
    ImportBatch.objects.update(keep_until=timezone.localdate() - timedelta(days=1))
    imported(collection)
    first, second = ImportBatch.objects.order_by("pk")
    assert first.file.name == second.file.name
    done = purge()
    assert (done.batches, done.files) == (1, 0)
    assert storage().exists(second.file.name)


def test_command(collection):
    imported(collection)
    ImportBatch.objects.update(keep_until=timezone.localdate() - timedelta(days=1))
    out = StringIO()
    call_command("purge_imports", "--json", stdout=out, stderr=StringIO())
    assert json.loads(out.getvalue()) == {"batches": 1, "rows": 1, "files": 1}
