"""Entries as records that are compared for duplicates: read in batches, with a fixed number of queries each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from innovation_hub.agencies.models.agencies import UNKNOWN_CODE
from innovation_hub.innovations.models import Claim, ImplementationStep, Innovation
from innovation_hub.innovations.search import plain
from search.similarity.evidence import Record
from search.similarity.shingles import figures_of, shingles_of

BATCH = 500
PROSE = (
    "problem", "objectives", "design", "novelty", "results", "challenges", "lessons", "sustainability_strategy",
)  # fmt: skip
#: Facts that two entries of one innovation state alike, and what they weigh (see :mod:`search.similarity.judging`).
FACTS = {
    "unit_id": (0.0, -0.8),
    "region_id": (0.0, -0.8),
    "programme_id": (0.6, -0.75),
    "institution_id": (0.3, -0.8),
    "cohort_id": (1.3, -0.8),
    "urusan_primary_id": (0.0, -0.5),
    "year": (0.8, -0.7),
    "implemented_on": (2.0, -0.9),
    "trial_start": (2.4, -0.8),
    "beneficiaries_count": (2.2, -0.8),
    "team_size": (1.4, -0.75),
}
_COLUMNS = (
    "pk", "title_plain", "brand_name", "acronym_expansion", "summary", "agency_id", "agency__code", *FACTS, *PROSE,
)  # fmt: skip


def read_records(keys: Iterable[int]) -> Iterator[Record]:
    """Yield the records of entries, in the order of their keys."""
    wanted = sorted(keys)
    for start in range(0, len(wanted), BATCH):
        yield from _read(wanted[start : start + BATCH])


def comparable() -> QuerySet[Innovation]:
    """Return the entries that are compared: public ones and drafts, none that was merged or withdrawn."""
    return Innovation.objects.filter(merged_into__isnull=True, withdrawn_at__isnull=True)


def _read(keys: Sequence[int]) -> Iterator[Record]:
    listed = _lists(keys)
    for row in Innovation.objects.filter(pk__in=keys).order_by("pk").values(*_COLUMNS):
        yield record_of(dict(row), listed[row["pk"]])


def _lists(keys: Sequence[int]) -> defaultdict[int, list[str]]:
    """Return key -> the lines of results and steps."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    claims = Claim.objects.filter(entry__in=keys).order_by("pk")
    for key, indicator, before, after in claims.values_list("entry_id", "indicator", "baseline", "value"):
        found[key].append(f"{indicator} {before} {after}")
    steps = ImplementationStep.objects.filter(entry__in=keys).order_by("pk")
    for key, title, text in steps.values_list("entry_id", "title", "text"):
        found[key].append(f"{title}. {text}")
    return found


def record_of(row: dict[str, Any], lines: Iterable[str]) -> Record:
    """Return the record of an entry's columns and its lines of results and steps."""
    texts = [row["summary"], *(plain(row[name].replace("</p>", "\n")) for name in PROSE), *lines]
    return Record(
        key=row["pk"],
        title=row["title_plain"],
        brand=row["brand_name"],
        expansion=row["acronym_expansion"],
        shingles=shingles_of(texts),
        figures=figures_of(texts),
        owner=None if row["agency__code"] == UNKNOWN_CODE else row["agency_id"],
        facts={name: row[name] for name in FACTS if row[name] not in (None, "")},
    )
