"""Finding pairs of entries that may be one, over the whole collection or for the entries that changed."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from innovation_hub.agencies.models.agencies import UNKNOWN_CODE
from innovation_hub.curation.models import DuplicateCheck, DuplicatePair
from innovation_hub.innovations.duplicate_records import FACTS, comparable, read_records
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.similar import RECORDS, profile_of_entry
from search.analysis.chunks import CHUNKS
from search.service import ask
from search.similarity.finding import candidates
from search.similarity.judging import Verdict, verdicts
from search.similarity.pairing import pairs_of, pairs_with

#: More changed entries than this are compared faster all at once.
MOST_ONE_BY_ONE = 200
#: Likely partners of an entry that the search engine names beside those of its own agency.
ASKED = 30
BATCH = 1_000

Say = Callable[[str], None]


def find_in_collection(say: Say = lambda text: None, since: datetime | None = None) -> list[Verdict]:
    """Return what is worth a look among all entries, best first; with ``since`` only pairs of changed ones."""
    keys = list(comparable().order_by("pk").values_list("pk", flat=True))
    say(f"reading {len(keys)} entries …")
    records = list(read_records(keys))
    CHUNKS.clear()  # a third of the memory, and nothing is read any more
    say("comparing …")
    found: Iterable[Verdict] = verdicts(pairs_of(records), FACTS)
    if since is not None:
        changed = set(Innovation.objects.filter(updated_at__gte=since).values_list("pk", flat=True))
        found = (one for one in found if one.first in changed or one.second in changed)
    return sorted(found, key=lambda one: (-one.score, one.first, one.second))


def find_for(keys: Collection[int]) -> list[Verdict]:
    """Return what is worth a look among the pairs of a few entries: with those of their agencies and by search."""
    wanted = set(comparable().filter(pk__in=keys).values_list("pk", flat=True))
    found: dict[tuple[int, int], Verdict] = {}
    for key in sorted(wanted):
        entry = Innovation.objects.select_related("agency", "unit", "region").get(pk=key)
        given, *_none = read_records([key])
        for one in verdicts(pairs_with(given, read_records(_partners(entry))), FACTS):
            found[one.first, one.second] = one
    return sorted(found.values(), key=lambda one: (-one.score, one.first, one.second))


def _partners(entry: Innovation) -> set[int]:
    """Return the entries of its agency, or of none recognised, and the public ones that the engine finds alike."""
    near = Q(agency__code=UNKNOWN_CODE) if entry.agency.is_unknown else Q(agency=entry.agency_id)
    known = set(comparable().filter(near).exclude(pk=entry.pk).values_list("pk", flat=True))
    given = profile_of_entry(entry)
    chosen = {"source": (RECORDS.source,)}
    answer = ask(lambda engine: candidates(engine, given, filters=chosen, exclude=(entry.pk,), limit=ASKED))
    hits = [hit.payload["i"] for hit in answer.hits] if answer else []
    return known | set(comparable().filter(pk__in=hits).values_list("pk", flat=True))


@transaction.atomic
def store(found: Iterable[Verdict], *, among: Collection[int] | None = None) -> dict[str, int]:
    """Write the pairs: new ones are added, open ones follow, decided ones stay as they are.

    Open pairs that weren't found again are taken out, with ``among`` only those of these entries. Returns how many
    were added, changed, and taken out.
    """
    verdicts_by_pair = {(one.first, one.second): one for one in found}
    known = {(one.first_id, one.second_id): one for one in _known(among)}
    new = [_pair(one) for pair, one in verdicts_by_pair.items() if pair not in known]
    DuplicatePair.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    changed, gone = [], []
    for pair, row in known.items():
        if row.state != DuplicatePair.State.OPEN:
            continue
        verdict = verdicts_by_pair.get(pair)
        if verdict is None:
            gone.append(row.pk)
        elif (row.suggestion, row.score) != (verdict.suggestion.value, verdict.score):
            row.suggestion, row.score, row.reasons = verdict.suggestion.value, verdict.score, _reasons(verdict)
            changed.append(row)
    DuplicatePair.objects.bulk_update(changed, ["suggestion", "score", "reasons"], batch_size=BATCH)
    for start in range(0, len(gone), BATCH):
        DuplicatePair.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    return {"added": len(new), "changed": len(changed), "removed": len(gone)}


def _known(among: Collection[int] | None) -> Iterator[DuplicatePair]:
    rows = DuplicatePair.objects.order_by()
    if among is None:
        yield from rows.iterator()
    else:
        keys = list(among)
        yield from rows.filter(Q(first__in=keys) | Q(second__in=keys))


def _pair(verdict: Verdict) -> DuplicatePair:
    return DuplicatePair(
        first_id=verdict.first,
        second_id=verdict.second,
        suggestion=verdict.suggestion.value,
        score=verdict.score,
        reasons=_reasons(verdict),
    )


def _reasons(verdict: Verdict) -> list[dict]:
    return [ground.as_data() for ground in verdict.grounds]


def refresh(say: Say = lambda text: None) -> int:
    """Compare what changed since the last time, so that no save has to wait for it; returns how many entries.

    Before the first run over the collection nothing happens: ``find_duplicates`` makes the beginning.
    """
    reached, now = DuplicateCheck.reached(), timezone.now()
    if reached is None:
        return 0
    changed = list(Innovation.objects.filter(updated_at__gt=reached, updated_at__lte=now).values_list("pk", flat=True))
    if len(changed) > MOST_ONE_BY_ONE:
        store(find_in_collection(say))
    elif changed:
        store(find_for(changed), among=changed)
    DuplicateCheck.reach(now)
    return len(changed)
