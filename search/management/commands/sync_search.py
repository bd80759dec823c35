"""``manage.py sync_search [--json]``."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.sync import sync


class Command(BaseCommand):
    """Compare index and database by ids and versions, and repair what differs."""

    help = "Compare the search index with the database, index anew what differs, and report."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--json``."""
        parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Sync and report."""
        found = sync(self.stdout.write)
        for name, difference in found.sources.items():
            numbers = ", ".join(f"{value} {what}" for what, value in difference.as_dict().items())
            self.stdout.write(f"{name}: {numbers}")
        self.stdout.write(f"{found.repaired} records repaired, {found.waiting} changes were on their way.")
        for row in found.failed:
            self.stderr.write(f"Can't be indexed: {row['source']} {row['id']}: {row['error']}")
        if options["json"]:
            self.stdout.write(json.dumps(found.as_dict()))
