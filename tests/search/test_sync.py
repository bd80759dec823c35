"""sync_search finds what differs between index and database, repairs it, and reports what can't be indexed."""

import json
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search.engines import get_engine
from search.engines.base import EngineUnavailable, IndexUnreadable
from search.models import OutboxEntry
from search.outbox import enqueue
from search.sources import register_source, unregister_source
from search.sync import sync
from tests.search.support import SOURCE, SampleSource, build, document, every_engine

pytestmark = [pytest.mark.django_db, every_engine]


def test_index_and_database_that_agree_need_nothing(source):
    build(document(1, "Ojek"), document(2, "Pasar"))
    found = sync()
    assert found.repaired == 0
    assert found.sources[SOURCE].as_dict() == {"database": 2, "index": 2, "missing": 0, "stale": 0, "extra": 0}


def test_missing_stale_and_surplus_records_are_repaired(source):
    build(document(1, "Ojek"), document(2, "Pasar"), document(3, "Desa"))
    source.put(document(1, "Ojek daring", version=2))
    source.remove(2)
    source.put(document(4, "Sekolah"))
    difference = sync().sources[SOURCE]
    assert (difference.missing, difference.stale, difference.extra) == ([4], [1], [2])
    assert {(stamp.source_id, stamp.version) for stamp in get_engine().stamps(SOURCE)} == {(1, 2), (3, 1), (4, 1)}
    assert sync().repaired == 0


def test_documents_of_a_source_without_an_app_are_removed(source):
    other = SampleSource()
    other.name = "forgotten"
    other.put(replace(document(9, "Lama"), source="forgotten"))
    register_source(other)
    build(document(1, "Ojek"))
    assert get_engine().sources() == {SOURCE, "forgotten"}
    unregister_source("forgotten")
    assert sync().sources["forgotten"].extra == [9]
    assert get_engine().sources() == {SOURCE}


def test_without_an_index_one_is_built(source):
    source.put(document(1, "Ojek"))
    found = sync()
    assert found.rebuilt
    assert found.sources[SOURCE].index == 1


def test_an_index_that_can_not_be_read_is_built_anew(source, monkeypatch):
    build(document(1, "Ojek"))
    spoilt = True

    def info(engine):
        if spoilt:
            raise IndexUnreadable("made by another version")
        return {}

    def rebuilt(say):
        nonlocal spoilt
        spoilt = False

    monkeypatch.setattr(type(get_engine()), "info", info)
    monkeypatch.setattr("search.sync.rebuild", rebuilt)
    assert sync().rebuilt
    assert not sync().rebuilt


def test_what_the_engine_does_not_take_waits_and_the_command_says_so(source, monkeypatch):
    build(document(1, "Ojek"))
    source.put(document(2, "Pasar"))

    def refuse(engine):
        raise EngineUnavailable("read-only")

    monkeypatch.setattr(type(get_engine()), "writer", refuse)
    with pytest.raises(CommandError, match="Repairs wait for the search engine: read-only"):
        call_command("sync_search", stdout=StringIO())
    assert OutboxEntry.objects.get().source_id == 2


def test_without_an_answer_of_the_engine_the_command_says_so(source, monkeypatch):
    build(document(1, "Ojek"))

    def away(*args):
        raise EngineUnavailable("timed out")

    monkeypatch.setattr(type(get_engine()), "stamps", away)
    with pytest.raises(CommandError, match="can't be compared: timed out"):
        call_command("sync_search", stdout=StringIO())


def test_changes_on_their_way_are_no_difference(source):
    build(document(1, "Ojek"))
    source.put(document(1, "Ojek daring", version=2))
    enqueue(SOURCE, [1])
    found = sync()
    assert (found.waiting, found.repaired) == (1, 0)


def test_the_command_reports_what_can_not_be_indexed(source):
    build(document(1, "Ojek"))
    source.put(document(2, "Pasar"))
    source.broken = {2}
    out, errors = StringIO(), StringIO()
    call_command("sync_search", "--json", stdout=out, stderr=errors)
    report = json.loads(out.getvalue().splitlines()[-1])
    assert report["sources"][SOURCE]["missing"] == 1
    assert report["failed"][0]["id"] == 2
    assert "record 2 is broken" in errors.getvalue()
