"""Elasticsearch is killed while entries are saved: none is lost, and nobody has to do anything."""

import random
import signal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Q

from innovation_hub.imports.services import ImportOptions, import_batch
from innovation_hub.innovations.models import Innovation
from search.engines import get_engine
from search.models import OutboxEntry
from search.query import SearchQuery
from search.rebuild import rebuild
from search.service import search
from tests.factories import make_published
from tests.faults.conftest import LIMITED, synced
from tests.faults.node import Node, until
from tests.imports.files import csv_text, text_file

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ENTRIES, EDITED, CHUNK = 990, 10, 45
#: So many are saved before the server is killed.
BEFORE = 300


def spreadsheet(folder: Path) -> Path:
    """Return a file of entries that nobody takes for one another."""
    chance = random.Random(1)
    syllables = [first + second for first in "bcdghjklmnprst" for second in "aiueo"]

    def words() -> str:
        return " ".join("".join(chance.choices(syllables, k=3)) for _ in range(3))

    rows = [[f"Ojek {words()} {number}", "Dinas Kesehatan", "2021", words()] for number in range(ENTRIES)]
    return text_file(folder / "entries.csv", csv_text([["Judul", "Instansi", "Tahun", "Ringkasan"], *rows]))


def save_all(folder: Path, node: Node) -> bool:
    """Import most and publish some in the editor's way; kill the server in the middle. Return whether all is found."""

    def kill_once(result) -> None:
        if node.running and result.counts["imported"] >= BEFORE:
            until(lambda: len(list(get_engine().stamps("innovation"))) >= CHUNK, "the indexer to write")
            node.kill()

    done = import_batch([spreadsheet(folder)], actor=None, options=ImportOptions(chunk=CHUNK), progress=kill_once)
    assert not node.running
    for number in range(EDITED):
        make_published(title_plain=f"Ojek sunting {number}")
    return done.indexed


def test_none_of_a_thousand_entries_saved_meanwhile_is_lost(node, elastic, indexer, reader, settings, tmp_path):
    settings.SEARCH_DOWN_SECONDS = 0.2
    call_command("load_vocabularies", stdout=StringIO())
    rebuild()
    first = indexer()
    first.wait_for("The indexer is running.")

    assert not save_all(tmp_path, node)
    waiting = OutboxEntry.objects.all()
    assert Innovation.objects.public().count() == ENTRIES + EDITED
    assert waiting.count() >= ENTRIES + EDITED - BEFORE - CHUNK
    assert not waiting.filter(Q(attempts__gt=0) | ~Q(error="") | Q(retry_at__isnull=False)).exists()
    page = reader.get("/cari/?q=ojek+sunting").content.decode()
    assert LIMITED in page
    assert "Ojek sunting 7" in page
    with pytest.raises(CommandError, match=r"can't be compared: Elasticsearch at SEARCH_URL .* doesn't answer"):
        call_command("sync_search", stdout=StringIO())

    second = indexer()
    second.wait_for("Another indexer is running")
    assert first.end(signal.SIGKILL) == -signal.SIGKILL
    second.wait_for("The indexer waits: Elasticsearch at SEARCH_URL")

    node.start()
    until(lambda: not waiting.exists(), "the indexer to catch up by itself")
    until(lambda: not search(SearchQuery()).limited, "pages to find out")
    assert search(SearchQuery(text="ojek")).total == ENTRIES + EDITED
    assert LIMITED not in reader.get("/cari/?q=ojek").content.decode()
    report = synced()
    both = {"database": ENTRIES + EDITED, "index": ENTRIES + EDITED}
    assert report["sources"]["innovation"] == {**both, "missing": 0, "stale": 0, "extra": 0}
    assert (report["rebuilt"], report["repaired"], report["failed"], report["problem"]) == (False, 0, [], "")
    assert second.end(signal.SIGTERM) == 0
