"""The page about the index: true numbers, two buttons that leave requests, and who does what they ask for."""

import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from search import locks, outbox, runs
from search.availability import circuit
from search.engines import get_engine
from search.engines.base import EngineUnavailable
from search.health import EngineState, health
from search.models import Heartbeat, IndexRun, OutboxEntry
from search.query import SearchQuery
from search.runs import AlreadyAsked, Chores, ask_for, open_run, recorded
from search.service import search
from tests.admin_forms import messages_of
from tests.factories import (
    AdministratorFactory,
    AgencyMembershipFactory,
    InstitutionMembershipFactory,
    LabMembershipFactory,
    UserFactory,
)
from tests.search.support import SOURCE, build, document

pytestmark = pytest.mark.django_db

Kind, State = IndexRun.Kind, IndexRun.State
ADDRESS = "/admin/indeks/"


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def curator() -> Client:
    return client_of(LabMembershipFactory().user)


class Process:
    """A process that a test lets end."""

    def __init__(self, code: int | None = None) -> None:
        self.code = code
        self.terminated = False

    def poll(self) -> int | None:
        return self.code

    def terminate(self) -> None:
        self.terminated, self.code = True, -15

    def wait(self) -> int | None:
        return self.code


# What is shown.


def test_numbers_of_database_and_index(source):
    build(document(1, "Ojek"), document(2, "Pasar"))
    source.put(document(2, "Pasar baru", face="draft"))
    source.put(document(3, "Sekolah", face="draft"))
    outbox.enqueue(SOURCE, [2, 3])
    found = health()
    assert found.engine.state == EngineState.UP
    assert (found.engine.documents, found.engine.name) == (2, "tantivy")
    assert [(one.database, one.index, one.difference) for one in found.sources] == [(3, 2, 1)]
    assert (found.outbox.waiting, found.outbox.failed) == (2, 0)
    call_command("sync_search", stdout=None, verbosity=0)
    found = health()
    assert [(one.database, one.index) for one in found.sources] == [(3, 3)]
    assert found.outbox.waiting == 0


def test_how_long_the_oldest_waits(source, curator):
    build(document(1, "Ojek"))
    outbox.enqueue(SOURCE, [1])
    OutboxEntry.objects.update(queued_at=timezone.now() - timedelta(minutes=5))
    outbox.enqueue(SOURCE, [1])
    assert "5 " in str(curator.get(ADDRESS).context["oldest"])


def test_failures_are_told_in_full_to_administrators_only(source, curator):
    build(document(1, "Ojek"))
    source.broken = {1}
    outbox.enqueue(SOURCE, [1])
    call_command("sync_search", stderr=None, verbosity=0)
    assert health().outbox.failed == 1
    told = client_of(AdministratorFactory()).get(ADDRESS).content.decode()
    assert "record 1 is broken" in told
    assert "record 1 is broken" not in curator.get(ADDRESS).content.decode()


def test_without_an_index_the_page_says_so(source, curator):
    assert health().engine.state == EngineState.MISSING
    page = curator.get(ADDRESS)
    assert page.status_code == 200
    assert str(source) not in page.content.decode()


def test_an_engine_that_is_down_is_asked_once(source, curator, monkeypatch, settings):
    settings.SEARCH_DOWN_SECONDS = 60
    build(document(1, "Ojek"))
    asked = []

    def down(*args):
        asked.append(args)
        raise EngineUnavailable("connection refused")

    monkeypatch.setattr(get_engine(), "count", down)
    monkeypatch.setattr(get_engine(), "index_id", down)
    assert health().engine.state == EngineState.DOWN
    assert circuit.is_open
    before = len(asked)
    assert health().engine.state == EngineState.PAUSED
    assert len(asked) == before
    assert curator.get(ADDRESS).status_code == 200


def test_whether_an_indexer_runs_is_seen_by_its_lock_or_its_sign_of_life(source, curator):
    assert not health().indexer_runs
    with locks.FileLock(locks.WRITER):
        assert health().indexer_runs
    chores = Chores(start=lambda run: Process())
    chores.work()
    assert health().indexer_runs
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert not health().indexer_runs
    chores.close()
    assert not health().indexer_runs
    assert not Heartbeat.objects.exists()


# Commands are recorded.


def test_commands_leave_a_record_without_texts_of_entries(source):
    source.put(document(1, "Ojek"))
    source.put(document(2, "Rahasia"))
    source.broken = {2}
    call_command("rebuild_search_index", stdout=None, stderr=None, verbosity=0)
    run = runs.last_ended(Kind.REBUILD)
    assert (run.state, run.result["documents"], run.result["failed"], run.requested_by) == (State.DONE, 1, 1, None)
    call_command("sync_search", stdout=None, stderr=None, verbosity=0)
    synced = runs.last_ended(Kind.SYNC)
    assert (synced.state, synced.result["failed"]) == (State.DONE, 1)
    assert "record 2 is broken" not in str([run.result, synced.result])


def test_what_fails_is_recorded_with_the_reason(source):
    with pytest.raises(LookupError), recorded(Kind.SYNC):
        raise LookupError("no disk")
    run = runs.last_ended(Kind.SYNC)
    assert (run.state, run.error) == (State.FAILED, "LookupError: no disk")
    assert run.ended_at is not None and open_run() is None


def test_failing_every_second_is_one_record(source):
    with recorded(Kind.REBUILD):
        pass
    for reason in ("away", "away", "full", "away"):
        with pytest.raises(EngineUnavailable), recorded(Kind.REBUILD):
            raise EngineUnavailable(reason)
    assert [run.error.partition(": ")[2] for run in IndexRun.objects.all()] == ["away", "full", ""]


def test_a_command_that_can_not_be_started_has_failed():
    def start(run):
        raise OSError("no memory")

    run = ask_for(Kind.SYNC, None)
    chores = Chores(start=start)
    chores.work()
    run.refresh_from_db()
    assert (run.state, run.error) == (State.FAILED, "no memory")


def test_old_records_go(monkeypatch):
    monkeypatch.setattr(runs, "KEPT", 2)
    for _ in range(4):
        with recorded(Kind.SYNC):
            pass
    assert IndexRun.objects.count() == 2


# The buttons.


def test_a_press_leaves_a_request_and_writes_nothing_to_the_engine(source, curator, monkeypatch):
    build(document(1, "Ojek"))
    monkeypatch.setattr(get_engine(), "writer", lambda: pytest.fail("a request writes to no engine"))
    monkeypatch.setattr(get_engine(), "builder", lambda encoder: pytest.fail("a request writes to no engine"))
    for number, kind in enumerate(Kind):
        answer = curator.post(ADDRESS, {"kind": kind.value})
        assert answer["Location"] == ADDRESS
        run = IndexRun.objects.get(state=State.WAITING)
        assert (run.kind, str(run.requested_by_id)) == (kind, curator.session["_auth_user_id"]), number
        assert "disabled" in curator.get(ADDRESS).content.decode()
        run.delete()


def test_a_second_press_is_refused_while_one_waits_or_runs(source, curator):
    build(document(1, "Ojek"))
    curator.post(ADDRESS, {"kind": "sync"})
    for state in (State.WAITING, State.RUNNING):
        IndexRun.objects.update(state=state, seen_at=timezone.now(), started_at=timezone.now())
        again = curator.post(ADDRESS, {"kind": "rebuild"}, follow=True)
        assert messages_of(again)
        assert IndexRun.objects.count() == 1
    with time_machine.travel(timezone.now() + runs.SILENT + timedelta(seconds=1)):
        ask_for(Kind.REBUILD, None)
    with pytest.raises(AlreadyAsked):
        ask_for(Kind.SYNC, None)


def test_two_presses_at_once_leave_one_request(monkeypatch):
    monkeypatch.setattr(runs, "open_run", lambda: None)
    ask_for(Kind.SYNC, None)
    with pytest.raises(AlreadyAsked):
        ask_for(Kind.REBUILD, None)
    assert IndexRun.objects.count() == 1


def test_a_command_runs_beside_a_waiting_request(source):
    ask_for(Kind.REBUILD, None)
    call_command("rebuild_search_index", stdout=None, verbosity=0)
    assert sorted(IndexRun.objects.values_list("state", flat=True)) == ["done", "waiting"]


@pytest.mark.parametrize("kind", ["", "drop", "Sync"])
def test_only_what_exists_can_be_asked_for(source, curator, kind):
    assert curator.post(ADDRESS, {"kind": kind}).status_code == 400
    assert not IndexRun.objects.exists()


def test_curators_editors_and_administrators_only(source):
    for user, allowed in (
        (LabMembershipFactory().user, True),
        (LabMembershipFactory(role="editor").user, True),
        (AdministratorFactory(), True),
        (AgencyMembershipFactory().user, False),
        (AgencyMembershipFactory(role="reviewer").user, False),
        (InstitutionMembershipFactory().user, False),
        (UserFactory(), False),
    ):
        client = client_of(user)
        assert (client.get(ADDRESS).status_code == 200) == allowed
        client.post(ADDRESS, {"kind": "sync"})
        assert IndexRun.objects.exists() == allowed
        IndexRun.objects.all().delete()
    assert Client().get(ADDRESS).status_code == 302
    assert Client().post(ADDRESS, {"kind": "sync"}).status_code == 302
    assert not IndexRun.objects.exists()


# The indexer does what is asked for.


def chores_with(*processes: Process) -> tuple[Chores, list[IndexRun]]:
    """Return chores whose clock moves on with every look, and the runs that they start."""
    started: list[IndexRun] = []
    left = list(processes)
    ticks = iter(range(1, 1000))

    def start(run: IndexRun) -> Process:
        started.append(run)
        return left.pop(0)

    return Chores(start=start, clock=lambda: float(next(ticks))), started


def test_requests_are_started_one_at_a_time():
    first, second = Process(), Process()
    chores, started = chores_with(first, second)
    run = ask_for(Kind.SYNC, None)
    chores.work()
    chores.work()
    assert started == [run]
    run.refresh_from_db()
    assert run.state == State.RUNNING and run.started_at is not None
    with recorded(Kind.SYNC, run.pk) as record:
        record.done(repaired=3, failed=0)
    first.code = 0
    next_run = ask_for(Kind.REBUILD, None)
    chores.work()
    assert started == [run, next_run]
    run.refresh_from_db()
    assert (run.state, run.result) == (State.DONE, {"repaired": 3, "failed": 0})


def test_a_process_that_ends_without_a_word_has_failed(source, curator):
    process = Process()
    chores, _started = chores_with(process)
    run = ask_for(Kind.REBUILD, None)
    chores.work()
    process.code = -9
    chores.work()
    run.refresh_from_db()
    assert (run.state, run.error) == (State.FAILED, runs.INTERRUPTED)
    assert open_run() is None
    assert curator.get(ADDRESS).status_code == 200


def test_an_indexer_that_ends_ends_its_process():
    process = Process()
    chores, _started = chores_with(process)
    run = ask_for(Kind.REBUILD, None)
    chores.work()
    chores.close()
    run.refresh_from_db()
    assert process.terminated
    assert run.state == State.FAILED


def test_what_an_indexer_that_died_left_running_is_over_with_the_next():
    asked = ask_for(Kind.REBUILD, UserFactory())
    IndexRun.objects.update(state=State.RUNNING, started_at=timezone.now(), seen_at=timezone.now())
    by_command = IndexRun.objects.create(kind=Kind.SYNC, state=State.RUNNING, seen_at=timezone.now())
    chores, _started = chores_with()
    chores.work()
    assert IndexRun.objects.get(pk=asked.pk).state == State.FAILED
    assert IndexRun.objects.get(pk=by_command.pk).state == State.RUNNING


def test_the_command_is_the_one_of_the_terminal(monkeypatch, settings):
    asked = []
    monkeypatch.setattr(subprocess, "Popen", asked.append)
    runs.start_command(IndexRun(pk=7, kind=Kind.REBUILD))
    runs.start_command(IndexRun(pk=8, kind=Kind.SYNC))
    manage = str(settings.BASE_DIR / "manage.py")
    assert asked == [
        [sys.executable, manage, "rebuild_search_index", "--request", "7"],
        [sys.executable, manage, "sync_search", "--request", "8"],
    ]


def test_the_command_answers_the_request(source, curator):
    source.put(document(1, "Ojek"))
    run = ask_for(Kind.REBUILD, UserFactory())
    call_command("rebuild_search_index", request=run.pk, stdout=None, verbosity=0)
    run.refresh_from_db()
    assert (run.state, run.result["documents"]) == (State.DONE, 1)
    assert IndexRun.objects.count() == 1
    assert search(SearchQuery("ojek")).total == 1
    assert "1 " in str(curator.get(ADDRESS).context["works"][0].words)


def test_the_address_is_the_one_of_the_menu():
    assert reverse("hub_index_health") == ADDRESS
