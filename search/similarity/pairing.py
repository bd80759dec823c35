"""Which records of a whole collection are worth comparing, without an engine and in memory.

Records of one owner are compared with one another; records of different owners only where their texts are almost the
same; records of an owner that isn't recognised with all that hold their rarest runs.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from search.similarity.evidence import Record, compact
from search.similarity.shingles import least_runs, sample_of

#: The share of a sample that the other text must hold for the two to be compared.
SAMPLED = 0.2
#: The space of runs is cut into this many bins; records whose least runs agree in all bins of a band are compared.
BINS, BAND = 12, 3
#: More records with the same band or title share a habit of writing, not an innovation.
MOST_ALIKE = 50
#: Of a record whose owner isn't recognised so many of its rarest runs are looked up, in so many of the others.
RAREST, MOST_HOLDERS, MOST_FOUND = 24, 2_000, 40
#: The share of those runs that the other must hold.
HELD = 0.2
_BUCKETS = 1 << 22
_MASK = _BUCKETS - 1
_MOST = 65_535


class Pair(NamedTuple):
    """Two records worth comparing, the lower key first, and the number of runs in both."""

    first: Record
    second: Record
    shared: int


def pairs_of(records: Sequence[Record]) -> Iterator[Pair]:
    """Yield the pairs of a collection that are worth comparing, each once."""
    yield from _of_one_owner(records)
    yield from _across_owners(records)


def pairs_with(given: Record, others: Iterable[Record]) -> Iterator[Pair]:
    """Yield one record's pairs with others that are worth comparing."""
    runs = set(given.shingles)
    for other in others:
        if other.key != given.key:
            yield _pair(given, other, len(runs.intersection(other.shingles)))


def _pair(one: Record, other: Record, shared: int) -> Pair:
    return Pair(one, other, shared) if one.key < other.key else Pair(other, one, shared)


def _of_one_owner(records: Iterable[Record]) -> Iterator[Pair]:
    owned: defaultdict[int | None, list[Record]] = defaultdict(list)
    for record in records:
        owned[record.owner].append(record)
    for block in owned.values():
        prepared = [(one, frozenset(one.shingles), sample_of(one.shingles), _names(one)) for one in block]
        for (one, runs, sample, names), (other, their_runs, their_sample, their_names) in combinations(prepared, 2):
            if (
                len(sample & their_runs) > SAMPLED * len(sample)
                or len(their_sample & runs) > SAMPLED * len(their_sample)
                or not names.isdisjoint(their_names)
            ):
                yield _pair(one, other, len(runs & their_runs))


def _names(record: Record) -> frozenset[str]:
    return frozenset(compact(name) for name in (record.title, record.brand, record.expansion) if name)


def _across_owners(records: Sequence[Record]) -> Iterator[Pair]:
    """Yield pairs of records with different owners, or of one that isn't recognised and another."""
    found = _groups(records)
    found.update(_of_no_owner(records))
    by_first: defaultdict[int, list[int]] = defaultdict(list)
    while found:
        first, second = divmod(found.pop(), len(records))
        by_first[first].append(second)
    for first, seconds in by_first.items():
        one = records[first]
        runs = frozenset(one.shingles)
        for second in seconds:
            yield _pair(one, records[second], len(runs.intersection(records[second].shingles)))


def _groups(records: Sequence[Record]) -> set[int]:
    """Return the pairs whose texts are probably almost the same, or whose titles are.

    A pair is one number, for there are many: the place of the first times the number of records, and the second.
    """
    alike: defaultdict[int | str, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        alike[compact(record.title)].append(place)
        least = least_runs(record.shingles, BINS)
        for start in range(0, BINS, BAND):
            band = least[start : start + BAND]
            if any(band):
                alike[hash((start, *band))].append(place)
    groups = (places for places in alike.values() if 1 < len(places) <= MOST_ALIKE)
    return {
        first * len(records) + second
        for places in groups
        for first, second in combinations(places, 2)
        if records[first].owner != records[second].owner
    }


def _of_no_owner(records: Sequence[Record]) -> set[int]:
    """Return the pairs, as numbers, of which one has no recognised owner and the other holds its rarest runs."""
    holders = _count(records)
    askers: defaultdict[int, list[int]] = defaultdict(list)
    asked: dict[int, int] = {}
    for place, record in enumerate(records):
        if record.owner is None:
            known = [run for run in record.shingles if 1 < holders[run & _MASK] <= MOST_HOLDERS]
            rarest = sorted(known, key=lambda run: holders[run & _MASK])[:RAREST]
            asked[place] = len(rarest)
            for run in rarest:
                askers[run].append(place)
    counts: defaultdict[int, Counter[int]] = defaultdict(Counter)
    wanted = frozenset(askers)
    for place, record in enumerate(records if wanted else ()):
        for run in wanted.intersection(record.shingles):
            for asker in askers[run]:
                if asker != place:
                    counts[asker][place] += 1
    return {
        min(asker, place) * len(records) + max(asker, place)
        for asker, found in counts.items()
        for place, count in found.most_common(MOST_FOUND)
        if count >= HELD * asked[asker] and records[place].owner is not None
    }


def _count(records: Iterable[Record]) -> array:
    """Return how many records hold a run, by the lower bits of its number."""
    holders = array("H", bytes(2 * _BUCKETS))
    for record in records:
        for run in record.shingles:
            bucket = run & _MASK
            if holders[bucket] < _MOST:
                holders[bucket] += 1
    return holders
