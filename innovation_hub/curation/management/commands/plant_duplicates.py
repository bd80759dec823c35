"""``manage.py plant_duplicates --seed N``: duplicates and look-alikes of known origin, to measure ``find_duplicates``.

500 synthetic entries come a second time, each changed in two to four ways, and 500 are told of another agency with
other figures. Only for hubs with the sample collection; ``--remove`` takes everything out again.
"""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from innovation_hub.curation.planting.planting import CannotPlant, plant, remove, truth_of
from search import indexer


class Command(BaseCommand):
    """Plant duplicates and decoys into the sample collection, or take them out again."""

    help = __doc__

    def add_arguments(self, parser):
        """Which seed, how many, and what to do with it."""
        parser.add_argument("--seed", type=int, required=True)
        parser.add_argument("--pairs", type=int, default=500, help="entries that come a second time")
        parser.add_argument("--decoys", type=int, default=500, help="entries told of another agency")
        parser.add_argument("--remove", action="store_true", help="take out what this seed planted")
        parser.add_argument("--only-truth", action="store_true", help="plant nothing, only write what was planted")
        parser.add_argument("--truth", type=Path, help="write the pairs as JSON lines: a, b, kinds, truth")
        parser.add_argument("--no-index", action="store_true", help="leave the index to its indexer")
        parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")

    def handle(self, *args, seed: int, pairs: int, decoys: int, **options):
        """Plant, remove or tell."""
        if min(pairs, decoys) < 0:
            raise CommandError("--pairs and --decoys can't be negative")
        done = {"planted": 0, "removed": 0}
        try:
            if options["remove"]:
                done["removed"] = remove(seed)
            elif not options["only_truth"]:
                done["planted"] = plant(seed, pairs, decoys)
        except CannotPlant as error:
            raise CommandError(str(error)) from error
        if any(done.values()) and not options["no_index"] and not indexer.drain():
            self.stderr.write("The running indexer has not caught up yet.")
        if options["truth"]:
            self._write_truth(seed, options["truth"])
        self.stdout.write(f"{done['planted']} entries planted, {done['removed']} removed.")
        if options["json"]:
            self.stdout.write(json.dumps({"seed": seed, **done}))

    def _write_truth(self, seed: int, path: Path) -> None:
        with path.open("w", encoding="utf-8") as stream:
            for one in truth_of(seed):
                stream.write(json.dumps(one._asdict()) + "\n")
