"""A rebuild replaces the index at once or not at all."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from search import rebuild as rebuilding
from search.engines import get_engine
from search.models import OutboxEntry
from search.outbox import enqueue
from search.query import SearchQuery
from search.rebuild import rebuild
from search.service import search
from tests.search.support import SOURCE, build, document

pytestmark = pytest.mark.django_db


def titles() -> list[str]:
    return sorted(hit.card["title"] for hit in search(SearchQuery()).hits)


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "search").glob("gen-*"))


def test_a_rebuild_holds_what_the_sources_have_now(source):
    build(document(1, "Ojek"), document(2, "Pasar"))
    source.remove(1)
    source.put(document(3, "Sekolah"))
    done = rebuild()
    assert titles() == ["Pasar", "Sekolah"]
    assert (done.records, done.documents, done.failed) == (2, 2, 0)
    assert done.bytes > 0


def test_a_failed_rebuild_leaves_the_old_index(source, search_folder, monkeypatch):
    build(document(1, "Ojek"))
    kept = generations(search_folder)
    source.put(document(2, "Pasar"))

    def fail(*args):
        raise OSError("disk full")

    monkeypatch.setattr("search.engines.tantivy_writing.write_vocabulary", fail)
    with pytest.raises(OSError, match="disk full"):
        rebuild()
    assert generations(search_folder) == kept
    assert titles() == ["Ojek"]


def test_readers_go_on_while_a_new_index_is_built(source, monkeypatch):
    build(document(1, "Ojek"))
    seen = []
    building = rebuilding.build

    def watched(*args):
        seen.append(titles())
        return building(*args)

    monkeypatch.setattr(rebuilding, "build", watched)
    source.put(document(2, "Pasar"))
    rebuild()
    assert seen == [["Ojek"]]
    assert titles() == ["Ojek", "Pasar"]


def test_only_the_index_in_use_stays_on_disk(source, search_folder):
    for number in range(1, 4):
        build(document(number, "Ojek"))
    assert generations(search_folder) == [get_engine().index_id()]


def test_records_that_can_not_be_built_are_named_and_tried_again(source):
    for number in range(1, 12):
        source.put(document(number, f"Entri {number}"))
    source.broken = {5, 11}
    done = rebuild()
    assert (done.documents, done.failed) == (9, 2)
    assert done.errors == [f"{SOURCE} {n}: LookupError: record {n} is broken" for n in (5, 11)]
    assert list(OutboxEntry.objects.values_list("source_id", "attempts")) == [(5, 1), (11, 1)]


def test_what_was_queued_before_is_done_by_the_rebuild(source):
    source.put(document(1, "Ojek"))
    enqueue(SOURCE, [1])
    rebuild()
    assert not OutboxEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_several_processes_build_the_same_index(source):
    for number in range(1, 40):
        source.put(document(number, f"Ojek {number}"))
    source.broken = {7}
    done = rebuild(processes=2)
    assert (done.documents, done.failed) == (38, 1)
    assert search(SearchQuery(text="ojek")).total == 38


def test_the_command_reports(source):
    source.put(document(1, "Ojek"))
    out = StringIO()
    call_command("rebuild_search_index", "--json", stdout=out)
    report = json.loads(out.getvalue().splitlines()[-1])
    assert report["documents"] == 1
    assert report["bytes"] > 0
