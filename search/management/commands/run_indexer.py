"""``manage.py run_indexer``: the one process that writes to the search index."""

import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand

from search import locks
from search.engines import get_engine
from search.engines.base import EngineError, IndexUnreadable
from search.indexer import PAUSE_SECONDS, Indexer
from search.rebuild import rebuild
from search.runs import Chores, recorded


class Command(BaseCommand):
    """Drain the outbox five times a second until told to stop."""

    help = "Keep the search index up to date until stopped (SIGTERM or Ctrl-C). A second one waits for the first."

    def handle(self, *args: Any, **options: Any) -> None:
        """Wait for the lock, build the index if there is none, then drain."""
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        lock = locks.FileLock(locks.WRITER)
        if not lock.try_acquire():
            self.say("Another indexer is running; waiting for it to end.")
            if not lock.acquire(stop):
                return
        indexer, chores = Indexer(say=self.say), Chores()
        try:
            self.wait_for_index(stop)
            self.say("The indexer is running.")
            indexer.run(stop, chores.work)
        finally:
            indexer.close()
            chores.close()
            lock.release()
        self.say("The indexer has stopped.")

    def wait_for_index(self, stop: Event) -> None:
        """Have an index that can be read before anything is written; an engine that is away is waited for."""
        said = ""
        while not stop.is_set():
            try:
                return self.check_index()
            except EngineError as error:
                if str(error) != said:
                    said = str(error)
                    self.say(f"The indexer waits: {said}")
                stop.wait(PAUSE_SECONDS)

    def check_index(self) -> None:
        """Build the index anew if it can't be read: it was made by another version, or is damaged."""
        try:
            get_engine().info()
        except IndexUnreadable as error:
            self.say(f"Building the index: {error}")
            with recorded("rebuild") as record:
                done = rebuild(record.telling(self.say))
                record.done(**done.as_numbers())
            self.say(f"Built an index of {done.documents} documents in {done.seconds:.1f} s.")

    def say(self, text: str) -> None:
        """Write one line at once."""
        self.stdout.write(text)
        self.stdout.flush()
