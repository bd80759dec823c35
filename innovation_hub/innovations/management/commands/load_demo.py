"""``manage.py load_demo --entries N``: the real cases and N labelled synthetic entries; a second run adds nothing."""

import json
import sys
import time

from django.core.management.base import BaseCommand, CommandError

from innovation_hub.innovations.services.demo import load_real, load_synthetic
from innovation_hub.innovations.services.demo.lookups import Lookups, UnknownCode
from search import indexer


class Command(BaseCommand):
    """Load the sixteen real cases, every fact with its source, and labelled synthetic entries beside them."""

    help = __doc__

    def add_arguments(self, parser):
        """How many synthetic entries, whether to index them, and how to report."""
        parser.add_argument("--entries", type=int, default=1000, help="how many synthetic entries there shall be")
        parser.add_argument("--no-index", action="store_true", help="leave the index to a rebuild that follows")
        parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")

    def handle(self, *args, entries: int, no_index: bool, **options):
        """Add what is missing and say how much that was."""
        if entries < 0:
            raise CommandError("--entries can't be negative")
        started = time.monotonic()
        try:
            lookups = Lookups()
            real = load_real(lookups)
            synthetic = load_synthetic(entries, lookups, self._progress)
        except UnknownCode as error:
            raise CommandError(str(error)) from error
        if not no_index and not indexer.drain():
            self.stderr.write("The running indexer has not caught up yet.")
        seconds = time.monotonic() - started
        self.stdout.write(f"{real} real cases and {synthetic} synthetic entries added in {seconds:.1f} s.")
        if options["json"]:
            self.stdout.write(json.dumps({"real": real, "synthetic": synthetic, "seconds": round(seconds, 2)}))

    def _progress(self, done: int, total: int) -> None:
        if done % 5000 == 0 or sys.stderr.isatty():
            self.stderr.write(f"{done} of {total} synthetic entries …")
