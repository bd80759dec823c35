"""``manage.py rebuild_search_index [--json]``."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.base import EngineError
from search.rebuild import rebuild
from search.runs import recorded


class Command(BaseCommand):
    """Build the whole index anew; searches go on with the old one until the new one is ready."""

    help = "Build the search index anew from the database. Searches use the old one meanwhile, and keep it on failure."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--json``, ``--processes`` and what the indexer says when somebody asked for it in the admin."""
        parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
        parser.add_argument("--processes", type=int, help="processes that build documents (0: this one alone)")
        parser.add_argument("--request", type=int, help="the row of the admin that this run answers")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and report; raises CommandError when the engine can't do it."""
        try:
            with recorded("rebuild", options["request"]) as record:
                done = rebuild(record.telling(self.stdout.write), options["processes"])
                record.done(**done.as_numbers())
        except EngineError as error:
            raise CommandError(f"The index isn't built: {error}") from error
        self.stdout.write(
            f"{done.documents} documents of {done.records} records in {done.seconds:.1f} s, "
            f"{done.bytes / 1_000_000:.1f} MB."
        )
        for reason in done.errors:
            self.stderr.write(f"Not indexed, will be tried again: {reason}")
        if options["json"]:
            self.stdout.write(json.dumps(done.as_dict()))
