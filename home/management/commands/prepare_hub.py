"""``manage.py prepare_hub``: bring a hub's data folder to where it can be served.

``make run`` calls it at every start. Each step says what it does and how long it took; on a folder that was
prepared before, nothing runs. Every step can be repeated and interrupted: what is there is kept.
"""

import io
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from home.preparation import Record, code_checksum, index_is_readable, static_checksum
from search.indexer import drain
from search.models import OutboxEntry

# More changes than this are indexed faster by building the whole index anew.
REBUILD_FROM = 2_000


class Command(BaseCommand):
    """Run what a hub needs before it can be served, and only what isn't done yet."""

    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the wished size of the demonstration collection."""
        parser.add_argument("--entries", type=int, default=1000, help="entries of the demonstration collection")

    def handle(self, *args, entries: int, **options) -> None:
        """Prepare the data folder; a step that fails stops the preparation with its own error."""
        folder = Path(settings.DATA_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        record = Record(folder)
        if "django_migrations" not in connection.introspection.table_names():
            record.forget()
        started = time.monotonic()
        code = code_checksum()
        current = record.is_done("code", code)
        wanted = max(entries, record.number("entries"))
        if not current:
            self._prepare_database()
        if not current or wanted > record.number("entries"):
            self._load_collection(wanted)
        self._prepare_index(outdated=not current)
        record.done("entries", str(wanted))
        record.done("code", code)
        self._prepare_static(record)
        self.stdout.write(f"Everything is prepared ({time.monotonic() - started:.1f} s).")

    def _prepare_database(self) -> None:
        self._step("Database tables", call_command, "migrate", interactive=False, verbosity=0)
        self._step("Vocabularies, agencies and regions", call_command, "load_vocabularies", stdout=self.stdout)
        self._step("Workflows and labs", call_command, "load_workflows", stdout=io.StringIO())
        self._step("Roles", call_command, "sync_roles", stdout=io.StringIO())

    def _load_collection(self, entries: int) -> None:
        title = f"Demonstration collection of {entries} entries"
        self._step(title, call_command, "load_demo", entries=entries, no_index=True, stdout=self.stdout)
        if getattr(settings, "HUB_PRINT_DEMO_ACCOUNTS", False):
            self._step("Demonstration accounts", call_command, "create_demo_accounts", stdout=io.StringIO())
        self._step("Statistics of the database", self._analyse)

    def _prepare_index(self, outdated: bool) -> None:
        """Build the index when other code wrote it, none can be read, or so much is new that building is faster."""
        waiting = OutboxEntry.objects.count()
        if outdated or waiting > REBUILD_FROM or not index_is_readable():
            self._step("Search index", call_command, "rebuild_search_index", stdout=self.stdout)
        elif waiting:
            self._step(f"{waiting} changes for the search index", drain)

    def _prepare_static(self, record: Record) -> None:
        static = static_checksum()
        if not record.is_done("static", static) or not Path(settings.STATIC_ROOT).exists():
            self._step("Static files", call_command, "collectstatic", interactive=False, verbosity=0)
            record.done("static", static)

    def _analyse(self) -> None:
        """Let the database choose its plans from what it holds now."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _step(self, title: str, action: Callable, *args, **kwargs) -> None:
        self.stdout.write(f"- {title} ...")
        self.stdout.flush()
        started = time.monotonic()
        action(*args, **kwargs)
        self.stdout.write(f"  done in {time.monotonic() - started:.1f} s")
        self.stdout.flush()
