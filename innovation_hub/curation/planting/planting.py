"""Planting into the collection, reading the truth back, and taking everything out again.

What is planted says so itself: its source is ``planted:<seed>`` and its key there tells duplicate or decoy, the kinds
of change, and the synthetic entry that it was made of.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple

from django.db import transaction

from innovation_hub.agencies.models import Agency, Unit
from innovation_hub.agencies.naming import AgencyIndex, AgencyRow
from innovation_hub.curation.planting.copies import Copy, copies_of, rows_of, wording_of, write_copies
from innovation_hub.curation.planting.inflections import Inflections
from innovation_hub.curation.planting.variations import (
    ALIAS,
    DECOY,
    Place,
    choose_kinds,
    other_names,
    place_names,
    possible_kinds,
    tell_elsewhere,
    vary,
)
from innovation_hub.curation.planting.wording import another_figure
from innovation_hub.innovations.models import Innovation, RegistryNumber
from innovation_hub.innovations.models.facts import SYNTHETIC_SOURCE
from search.outbox import enqueue

SAME, RELATED = "same", "related"
#: Entries whose words show which forms of a stem are in use.
VOCABULARY = 2000
BATCH = 250


class CannotPlant(Exception):
    """Nothing to plant into, or planted already; the message says which."""


class Truth(NamedTuple):
    """What is known of a pair: registry numbers, kinds of change, and whether both are the same innovation."""

    a: str
    b: str
    kinds: tuple[str, ...]
    truth: str


@dataclass(frozen=True)
class _Plan:
    """An entry of the collection and where its look-alike lives, itself for a duplicate."""

    original: int
    donor: int
    key: str


def source_of(seed: int) -> str:
    """Return the source that planted entries name."""
    return f"planted:{seed}"


@transaction.atomic
def plant(seed: int, pairs: int, decoys: int) -> int:
    """Plant ``pairs`` duplicates and ``decoys`` look-alikes, the same for the same seed; returns how many entries."""
    if Innovation.objects.filter(source_system=source_of(seed)).exists():
        raise CannotPlant(f"seed {seed} is planted already; take it out with --remove")
    planter = _Planter(seed)
    plans = planter.plans(pairs, decoys)
    for start in range(0, len(plans), BATCH):
        planter.write(plans[start : start + BATCH])
    return len(plans)


@transaction.atomic
def remove(seed: int) -> int:
    """Take out what was planted under ``seed``; its registry numbers are not given again. Returns how many."""
    found = Innovation.objects.filter(source_system=source_of(seed), is_synthetic=True)
    keys = list(found.values_list("pk", flat=True))
    RegistryNumber.objects.filter(entry__in=keys).delete()
    found.delete()
    enqueue("innovation", keys)
    return len(keys)


def truth_of(seed: int) -> Iterator[Truth]:
    """Yield what was planted under ``seed``, read from the entries themselves."""
    planted = Innovation.objects.filter(source_system=source_of(seed)).order_by("source_key")
    rows = list(planted.values_list("registry_number", "source_key"))
    originals = {key.split(":", 3)[3] for _number, key in rows}
    numbers = dict(
        Innovation.objects.filter(source_system=SYNTHETIC_SOURCE, source_key__in=originals).values_list(
            "source_key", "registry_number"
        )
    )
    for number, key in rows:
        role, _serial, kinds, original = key.split(":", 3)
        yield Truth(str(numbers[original]), str(number), tuple(kinds.split("+")), RELATED if role == DECOY else SAME)


class _Planter:
    """One run: the chance of its seed, the agencies' names, and the collection's inflections."""

    def __init__(self, seed: int):
        self.seed = seed
        self.collection = Innovation.objects.public().filter(source_system=SYNTHETIC_SOURCE, is_synthetic=True)
        if not self.collection.exists():
            raise CannotPlant("this hub has no synthetic entries: run load_demo first")
        self.chance = Random(f"duplicates:{seed}")  # noqa: S311 (repeatable, not secret)
        known = Agency.objects.select_related("region").prefetch_related("aliases")
        self.agencies = {one.pk: one for one in known.order_by("pk")}
        self.aliases = {pk: sorted(alias.name for alias in one.aliases.all()) for pk, one in self.agencies.items()}
        self.unknown = next(pk for pk, one in self.agencies.items() if one.is_unknown)
        self.index = AgencyIndex.build(self._row(one) for one in self.agencies.values() if not one.is_unknown)
        self.forms = Inflections(self._some_texts())

    def _row(self, agency: Agency) -> AgencyRow:
        names = tuple(filter(None, (agency.short_name, *self.aliases[agency.pk])))
        return AgencyRow(agency.pk, agency.code, agency.name, names, agency.region.code if agency.region else "")

    def _some_texts(self) -> Iterator[str]:
        for row in rows_of(self.collection.order_by("source_key")[:VOCABULARY]):
            for texts in wording_of(row).prose.values():
                yield from texts

    def plans(self, pairs: int, decoys: int) -> list[_Plan]:
        """Draw the originals, none twice, and for each decoy an entry of another agency of the same type and affair."""
        rows = list(
            self.collection.order_by("source_key").values_list(
                "pk", "source_key", "agency_id", "agency__kind_id", "unit__kind_id", "urusan_primary_id"
            )
        )
        like: defaultdict[tuple, list] = defaultdict(list)
        for row in rows:
            like[row[3:]].append(row)
        self.chance.shuffle(rows)
        plans: list[_Plan] = []
        wordings = self._wordings([row[0] for row in rows[: 4 * (pairs + decoys)]])
        waiting = iter(rows)
        for original in waiting:
            if len(plans) == pairs:
                break
            kinds = self._kinds(wordings, original)
            if kinds:
                key = f"pair:{len(plans):04}:{'+'.join(kinds)}:{original[1]}"
                plans.append(_Plan(original[0], original[0], key))
        for original in waiting:
            if len(plans) == pairs + decoys:
                break
            others = [row for row in like[original[3:]] if row[2] != original[2]]
            if others:
                key = f"{DECOY}:{len(plans) - pairs:04}:{DECOY}:{original[1]}"
                plans.append(_Plan(original[0], self.chance.choice(others)[0], key))
        if len(plans) < pairs + decoys:
            raise CannotPlant(f"the hub has too few synthetic entries for {pairs} pairs and {decoys} decoys")
        return plans

    @staticmethod
    def _wordings(keys: list[int]) -> dict[int, Any]:
        found = {}
        for start in range(0, len(keys), BATCH):
            for row in rows_of(Innovation.objects.filter(pk__in=keys[start : start + BATCH])):
                found[row["id"]] = wording_of(row)
        return found

    def _kinds(self, wordings: dict[int, Any], original: tuple) -> list[str]:
        if original[0] not in wordings:
            return []
        return choose_kinds(self.chance, possible_kinds(wordings[original[0]], self._other_names(original[2])))

    def _other_names(self, agency: int) -> list[str]:
        return other_names(self.agencies[agency].name, self.aliases[agency])

    def write(self, plans: list[_Plan]) -> None:
        """Make the entries of some plans and write them."""
        copies = copies_of([plan.original for plan in plans])
        donors = copies_of([plan.donor for plan in plans if plan.donor != plan.original])
        units = _unit_names([*copies.values(), *donors.values()])
        made = []
        for plan in plans:
            copy = copies[plan.original]
            copy.columns |= {"source_system": source_of(self.seed), "source_key": plan.key, "is_synthetic": True}
            if plan.donor == plan.original:
                self._repeat(copy, plan.key.split(":")[2].split("+"))
            else:
                self._move(copy, donors[plan.donor], units)
            made.append(copy)
        write_copies(made)

    def _repeat(self, copy: Copy, kinds: list[str]) -> None:
        agency = self.agencies[copy.columns["agency_id"]]
        names: dict[str, str] = {}
        if ALIAS in kinds:
            alias = self.chance.choice(self._other_names(agency.pk))
            names = {agency.name: alias, f"Pemerintah {agency.name}": alias}
            found = self.index.match(alias).agency_id
            copy.columns |= {"agency_id": found or self.unknown, "agency_raw": alias}
        vary(copy.wording, kinds, self.chance, forms=self.forms, names=names)

    def _move(self, copy: Copy, donor: Copy, units: dict[int, str]) -> None:
        retold = tell_elsewhere(self._place(copy, units), self._place(donor, units), self.chance)
        copy.wording.map(retold)
        copy.map_children(retold)
        for name in ("agency_id", "unit_id", "region_id", "institution_id", "cohort_id"):
            copy.columns[name] = donor.columns[name]
        if copy.columns["cohort_id"]:
            copy.columns["programme_id"] = donor.columns["programme_id"]
        for name in ("beneficiaries_count", "team_size"):
            value = copy.columns[name]
            copy.columns[name] = value and int(another_figure(str(value), self.chance))

    def _place(self, copy: Copy, units: dict[int, str]) -> Place:
        agency = self.agencies[copy.columns["agency_id"]]
        unit = units.get(copy.columns["unit_id"], "")
        return Place(agency.name, agency.short_name, unit, place_names(copy.wording, unit))


def _unit_names(copies: list[Copy]) -> dict[int, str]:
    keys = {copy.columns["unit_id"] for copy in copies}
    return dict(Unit.objects.filter(pk__in=keys).values_list("pk", "name"))
