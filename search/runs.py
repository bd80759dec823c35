"""Rebuilds and comparisons of the whole index: asked for in the admin, done by the indexer, recorded in any case.

Requests never write to an engine. The button leaves a row; the indexer starts the command that does the work in a
process of its own, so that changes go on reaching the index meanwhile.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from innovation_hub.core.audit import audit
from search import misses
from search.models import Heartbeat, IndexRun

Kind, State = IndexRun.Kind, IndexRun.State

COMMANDS = {Kind.REBUILD: "rebuild_search_index", Kind.SYNC: "sync_search"}
#: Without a sign of life for this long, the process that did the work is gone.
SILENT = timedelta(minutes=15)
SIGN_SECONDS = 5.0
KEPT = 50
INTERRUPTED = "interrupted"

Say = Callable[[str], None]
Starter = Callable[[IndexRun], "subprocess.Popen[bytes]"]


class AlreadyAsked(Exception):
    """Something waits or runs already."""


def open_run(now: datetime | None = None) -> IndexRun | None:
    """Return what waits or runs now; what has been silent for too long doesn't count."""
    since = (now or timezone.now()) - SILENT
    running = IndexRun.objects.filter(state=State.RUNNING, seen_at__gte=since).first()
    return running or IndexRun.objects.filter(state=State.WAITING).first()


def ask_for(kind: str, actor: Any) -> IndexRun:
    """Leave a request for the indexer; raises :class:`AlreadyAsked` while another waits or runs."""
    if open_run() is not None:
        raise AlreadyAsked
    try:
        with transaction.atomic():
            run = IndexRun.objects.create(kind=Kind(kind), requested_by=actor)
    except IntegrityError as error:
        raise AlreadyAsked from error
    audit("search.index-run-asked", actor=actor, run=run.pk, kind=run.kind)
    return run


def last_ended(kind: str) -> IndexRun | None:
    """Return the last run of a kind that came to its end, well or badly."""
    return IndexRun.objects.filter(kind=kind, state__in=[State.DONE, State.FAILED]).first()


class Recorder:
    """Writes down one run while it is made."""

    def __init__(self, run: IndexRun) -> None:
        """Take a run that has just begun."""
        self.run = run
        self._signed = time.monotonic()

    def telling(self, say: Say) -> Say:
        """Return ``say``, which from now on is a sign of life too."""

        def tell(text: str) -> None:
            say(text)
            if time.monotonic() - self._signed >= SIGN_SECONDS:
                self._signed = time.monotonic()
                IndexRun.objects.filter(pk=self.run.pk).update(seen_at=timezone.now())

        return tell

    def done(self, **result: Any) -> None:
        """Keep what came out of it: numbers, no texts of entries."""
        self.run.result = result


@contextmanager
def recorded(kind: str, request: int | None = None) -> Iterator[Recorder]:
    """Record what the block does, as the answer to the row ``request`` or as a run of its own."""
    now = timezone.now()
    run = IndexRun.objects.filter(pk=request, kind=kind).first() if request else None
    run = run or IndexRun(kind=kind)
    run.state, run.started_at, run.seen_at = State.RUNNING, run.started_at or now, now
    run.save()
    recorder = Recorder(run)
    try:
        yield recorder
    except BaseException as error:
        _end(run, State.FAILED, f"{type(error).__name__}: {error}")
        raise
    _end(run, State.DONE)


def _end(run: IndexRun, state: str, error: str = "") -> None:
    run.state, run.error, run.ended_at = state, error[:2000], timezone.now()
    run.save()
    if state == State.FAILED and run.requested_by_id is None:
        # An indexer tries every second while its engine is away: one row says that.
        IndexRun.objects.filter(kind=run.kind, state=state, error=run.error).exclude(pk=run.pk).delete()
    old = IndexRun.objects.filter(ended_at__isnull=False).values_list("pk", flat=True)[KEPT:]
    IndexRun.objects.filter(pk__in=list(old)).delete()


def start_command(run: IndexRun) -> "subprocess.Popen[bytes]":
    """Start the command that does what a row asks for."""
    manage = str(settings.BASE_DIR / "manage.py")
    return subprocess.Popen([sys.executable, manage, COMMANDS[Kind(run.kind)], "--request", str(run.pk)])  # noqa: S603


def indexer_seen(now: datetime | None = None) -> bool:
    """Return whether an indexer, on whichever machine, gave a sign of life within the last minute."""
    since = (now or timezone.now()) - timedelta(seconds=4 * Chores.HEARTBEAT_SECONDS)
    return Heartbeat.objects.filter(seen_at__gte=since).exists()


class Chores:
    """What the indexer does between two looks at the outbox: its sign of life, what staff asked for, forgetting."""

    SECONDS = 1.0
    HEARTBEAT_SECONDS = 15.0
    PRUNE_SECONDS = 6 * 3600.0

    def __init__(self, start: Starter = start_command, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin; rows that an earlier indexer left running are over, for it was the one that ran them."""
        self._start, self._clock = start, clock
        self._pauses: dict[Callable[[], None], float] = {
            self._beat: self.HEARTBEAT_SECONDS,
            self._follow_requests: self.SECONDS,
            self._prune: self.PRUNE_SECONDS,
        }
        self._due = dict.fromkeys(self._pauses, 0.0)
        self._process: subprocess.Popen[bytes] | None = None
        self._run: IndexRun | None = None
        self._begun = False

    def work(self) -> None:
        """Do what is due; a small question to the database each second."""
        if not self._begun:
            self._give_up(IndexRun.objects.filter(state=State.RUNNING, requested_by__isnull=False))
            self._begun = True
        now = self._clock()
        for chore, pause in self._pauses.items():
            if now >= self._due[chore]:
                self._due[chore] = now + pause
                chore()

    def _beat(self) -> None:
        Heartbeat.objects.update_or_create(pk=1, defaults={"seen_at": timezone.now()})

    def _prune(self) -> None:
        misses.prune()

    def _follow_requests(self) -> None:
        """Start what waits, one at a time; a process that ended without a word has failed."""
        if self._process is not None and self._run is not None:
            if self._process.poll() is None:
                return
            self._give_up(IndexRun.objects.filter(pk=self._run.pk))
            self._process = self._run = None
        run = IndexRun.objects.filter(state=State.WAITING).first()
        if run is not None:
            now = timezone.now()
            IndexRun.objects.filter(pk=run.pk).update(state=State.RUNNING, started_at=now, seen_at=now)
            try:
                self._process, self._run = self._start(run), run
            except OSError as error:
                self._give_up(IndexRun.objects.filter(pk=run.pk), str(error))

    def _give_up(self, runs: QuerySet[IndexRun], why: str = INTERRUPTED) -> None:
        """Say of runs that haven't said so themselves that they are over."""
        open_rows = runs.filter(ended_at__isnull=True)
        open_rows.update(state=State.FAILED, error=why, ended_at=timezone.now())

    def close(self) -> None:
        """End what is running, and say that this indexer is gone; a later one finds out if that can't be written."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()
        with suppress(DatabaseError):
            if self._run is not None:
                self._give_up(IndexRun.objects.filter(pk=self._run.pk))
            Heartbeat.objects.all().delete()
