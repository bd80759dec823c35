"""A run that is stopped anywhere leaves whole chunks behind, and running it again completes it."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from innovation_hub.imports import services
from innovation_hub.imports.models import ImportBatch, ImportRow
from innovation_hub.imports.services import ImportOptions, import_batch
from innovation_hub.innovations.models import Innovation, RegistryNumber
from search.models import OutboxEntry
from tests.database import PRISTINE, copy_sqlite
from tests.imports.files import csv_text, text_file
from tests.repository import ROOT

HEADER = ["Judul", "Instansi", "Tahun", "NIP"]
ROWS = [[f"Inovasi nomor {n}", f"Dinas {n % 7} Kab. Banggai", "2021", "198503122010011003"] for n in range(1200)]

# Dies after the entries of the third chunk are written and before its provenance is.
KILLED = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
from innovation_hub.imports import services
written, real = [], services._write_rows
def dying(*arguments):
    written.append(1)
    if len(written) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    real(*arguments)
services._write_rows = dying
call_command("import_innovations", sys.argv[1], source="uji", verbosity=0)
"""


def consistent():
    """Every entry has its number, its row and its place in the outbox; nothing else is there."""
    entries = set(Innovation.objects.values_list("pk", flat=True))
    assert set(ImportRow.objects.values_list("innovation_id", flat=True)) == entries
    assert set(RegistryNumber.objects.values_list("entry_id", flat=True)) == entries
    assert set(OutboxEntry.objects.values_list("source_id", flat=True)) == entries
    return len(entries)


def test_stop_by_keyboard_is_recorded_and_completed(collection, monkeypatch):
    path = text_file(collection / "data.csv", csv_text([HEADER, *ROWS]))
    real, chunks = services._write_rows, []

    def interrupted(*arguments):
        chunks.append(1)
        if len(chunks) == 2:
            raise KeyboardInterrupt
        real(*arguments)

    monkeypatch.setattr(services, "_write_rows", interrupted)
    with pytest.raises(KeyboardInterrupt):
        import_batch([path], actor=None)
    batch = ImportBatch.objects.get()
    assert (batch.status, batch.rows, batch.imported) == ("stopped", 500, 500)
    assert consistent() == 500
    monkeypatch.setattr(services, "_write_rows", real)
    counts = import_batch([path], actor=None).counts
    assert (counts["unchanged"], counts["imported"]) == (500, 700)
    assert consistent() == 1200


def test_a_failing_chunk_leaves_nothing_of_itself(collection, monkeypatch):
    path = text_file(collection / "data.csv", csv_text([HEADER, *ROWS[:30]]))
    monkeypatch.setattr(services, "enqueue", lambda *arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        import_batch([path], actor=None, options=ImportOptions(chunk=10))
    assert consistent() == 0
    assert (ImportBatch.objects.get().status, ImportBatch.objects.get().rows) == ("failed", 0)


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "innovation_hub.settings.dev",
        "HUB_DATA_DIR": str(folder),
        "LOG_LEVEL": "WARNING",
    }
    environment.pop("DATABASE_URL", None)
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)


def count(folder: Path, table: str) -> int:
    with closing(sqlite3.connect(folder / "hub.sqlite3")) as database:
        return database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]


@pytest.mark.slow
def test_kill_in_the_middle_of_a_chunk(db, tmp_path):
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        pytest.skip("copies the test database as a file")
    folder = tmp_path / "hub"
    copy_sqlite(Path(settings.DATA_DIR) / PRISTINE, folder / "hub.sqlite3")
    assert command(folder, "manage.py", "load_vocabularies", "-v", "0").returncode == 0
    path = text_file(tmp_path / "data.csv", csv_text([HEADER, *ROWS]))
    before = count(folder, "agencies_unit")

    killed = command(folder, "-c", KILLED, str(path))
    assert killed.returncode == -9, killed.stderr
    assert count(folder, "innovations_innovation") == 1000
    for table in ("imports_importrow", "innovations_registrynumber", "search_outboxentry", "innovations_innovator"):
        assert count(folder, table) == 1000
    assert count(folder, "agencies_unit") == before + 7

    again = command(folder, "manage.py", "import_innovations", str(path), "--source", "uji", "--json", "-v", "0")
    assert again.returncode == 0, again.stderr
    counts = json.loads(again.stdout.splitlines()[-1])
    assert (counts["rows"], counts["unchanged"], counts["imported"]) == (1200, 1000, 200)
    assert count(folder, "innovations_innovation") == 1200
    assert count(folder, "search_outboxentry") == 0
    with closing(sqlite3.connect(folder / "hub.sqlite3")) as database:
        batches = database.execute("SELECT status, rows FROM imports_importbatch ORDER BY id").fetchall()
    assert batches == [("stopped", 1000), ("finished", 1200)]
