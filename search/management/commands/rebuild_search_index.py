"""``manage.py rebuild_search_index [--json]``."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.rebuild import rebuild


class Command(BaseCommand):
    """Build the whole index anew; searches go on with the old one until the new one is ready."""

    help = "Build the search index anew from the database. Searches use the old one meanwhile, and keep it on failure."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--json`` and ``--processes``."""
        parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
        parser.add_argument("--processes", type=int, help="processes that build documents (0: this one alone)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and report."""
        done = rebuild(self.stdout.write, options["processes"])
        self.stdout.write(
            f"{done.documents} documents of {done.records} records in {done.seconds:.1f} s, "
            f"{done.bytes / 1_000_000:.1f} MB."
        )
        for error in done.errors:
            self.stderr.write(f"Not indexed, will be tried again: {error}")
        if options["json"]:
            self.stdout.write(json.dumps(done.as_dict()))
