"""``manage.py prune_search_log``: forget old searches without result; for a daily timer where no indexer runs."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.misses import DAYS, prune


class Command(BaseCommand):
    """Forgets what may no longer be kept; the indexer does the same by itself."""

    help = f"Forget searches without result that nobody has repeated in the last {DAYS} days."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--json``."""
        parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prune and report."""
        gone = prune()
        self.stdout.write(f"{gone} searches forgotten.")
        if options["json"]:
            self.stdout.write(json.dumps({"forgotten": gone}))
