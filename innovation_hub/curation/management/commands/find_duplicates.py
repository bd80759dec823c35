"""``manage.py find_duplicates``: pairs of entries that may be one innovation, over the whole collection.

Pairs are kept for the review list; what was decided is never asked again. ``--pending`` compares only what changed
since the last run, which a timer may do every few minutes.
"""

import json
import time
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from datetime import time as clock

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date

from innovation_hub.curation.duplicates.finding import find_in_collection, refresh, store
from innovation_hub.curation.models import DuplicateCheck
from innovation_hub.innovations.models import Innovation
from search.similarity.judging import Suggestion, Verdict

BATCH = 1_000


class Command(BaseCommand):
    """Find pairs of entries that may be one innovation and keep them for the review list."""

    help = __doc__

    def add_arguments(self, parser):
        """What to compare, and how to report."""
        parser.add_argument("--json", action="store_true", help="print one JSON object a pair, nothing else")
        parser.add_argument("--since", help="only pairs of entries changed since this day (YYYY-MM-DD)")
        parser.add_argument("--pending", action="store_true", help="only what changed since the last run")

    def handle(self, *args, since: str | None, pending: bool, **options):
        """Compare, keep, report."""
        started, moment = time.monotonic(), timezone.now()
        if pending:
            self.stdout.write(f"{refresh(self._say)} changed entries compared.")
            return
        day = self._day(since)
        found = find_in_collection(self._say, day)
        changed = None
        if day is not None:
            changed = list(Innovation.objects.filter(updated_at__gte=day).values_list("pk", flat=True))
        kept = store(found, among=changed)
        if day is None:
            DuplicateCheck.reach(moment)
        self._say(f"{len(found)} pairs in {time.monotonic() - started:.1f} s")
        if options["json"]:
            for line in lines_of(found):
                self.stdout.write(json.dumps(line, ensure_ascii=False))
        else:
            self._table(found, kept)

    def _day(self, text: str | None) -> datetime | None:
        if text is None:
            return None
        try:
            day = parse_date(text)
        except ValueError:
            day = None
        if day is None:
            raise CommandError("--since takes a day such as 2026-01-31")
        return timezone.make_aware(datetime.combine(day, clock()))

    def _say(self, text: str) -> None:
        self.stderr.write(text)

    def _table(self, found: list[Verdict], kept: dict[str, int]) -> None:
        counts = Counter((one.suggestion, int(one.score * 10)) for one in found)
        self.stdout.write("suggestion  score      pairs")
        for suggestion in Suggestion:
            for tenth in range(10, -1, -1):
                if counts[suggestion, tenth]:
                    scores = f"{tenth / 10:.1f}–{min(tenth + 1, 10) / 10:.1f}"
                    self.stdout.write(f"{suggestion:<10}  {scores}  {counts[suggestion, tenth]:>7}")
        self.stdout.write(f"{kept['added']} new, {kept['changed']} changed, {kept['removed']} no longer alike")


def lines_of(found: list[Verdict]) -> Iterable[dict]:
    """Yield a line for each pair: numbers and sources of both entries, suggestion, score, reasons."""
    for start in range(0, len(found), BATCH):
        part = found[start : start + BATCH]
        keys = {key for one in part for key in (one.first, one.second)}
        rows = {
            pk: (number, f"{system}:{key}")
            for pk, number, system, key in Innovation.objects.filter(pk__in=keys).values_list(
                "pk", "registry_number", "source_system", "source_key"
            )
        }
        for one in part:
            (a, source_a), (b, source_b) = rows[one.first], rows[one.second]
            yield {
                "a": a,
                "b": b,
                "source_a": source_a,
                "source_b": source_b,
                "suggestion": one.suggestion.value,
                "score": one.score,
                "reasons": [ground.as_data() for ground in one.grounds],
            }
