"""``manage.py sync_search [--json]``."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.base import EngineError
from search.runs import recorded
from search.sync import sync


class Command(BaseCommand):
    """Compare index and database by ids and versions, and repair what differs."""

    help = "Compare the search index with the database, index anew what differs, and report."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--json``, and what the indexer says when somebody asked for it in the admin."""
        parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
        parser.add_argument("--request", type=int, help="the row of the admin that this run answers")

    def handle(self, *args: Any, **options: Any) -> None:
        """Sync and report; raises CommandError when the engine can't be asked or takes no repairs now."""
        try:
            with recorded("sync", options["request"]) as record:
                found = sync(record.telling(self.stdout.write))
                record.done(**found.as_numbers())
        except EngineError as error:
            raise CommandError(f"Index and database can't be compared: {error}") from error
        for name, difference in found.sources.items():
            numbers = ", ".join(f"{value} {what}" for what, value in difference.as_dict().items())
            self.stdout.write(f"{name}: {numbers}")
        self.stdout.write(f"{found.repaired} records repaired, {found.waiting} changes were on their way.")
        for row in found.failed:
            self.stderr.write(f"Can't be indexed: {row['source']} {row['id']}: {row['error']}")
        if options["json"]:
            self.stdout.write(json.dumps(found.as_dict()))
        if found.problem:
            raise CommandError(f"Repairs wait for the search engine: {found.problem}")
