"""What becomes of each row of a chunk: new, unchanged, changed, doubled or refused."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf

from innovation_hub.agencies.models.agencies import fold_name
from innovation_hub.innovations.models import Innovation

from .models import ImportRow, Outcome
from .problems import Problem
from .reference import Reference
from .staging import StagedRow, identity_hash


@dataclass(slots=True)
class Decision:
    """A row, what happens to it, and the row that is already known under its key."""

    staged: StagedRow
    outcome: Outcome
    known: ImportRow | None = None
    problems: list[Problem] = field(default_factory=list)
    entry_id: int | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    unit: str
    label: str
    source: str
    key: str


class Decider:
    """Decides row by row; remembers what the run has met so far."""

    def __init__(self, source: str, reference: Reference) -> None:
        self.source = source
        self._keys: dict[str, tuple[int, str]] = {}
        self._identities: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
        self._by_hand = _entries_by_hand(reference)

    def decide(self, rows: Iterable[StagedRow]) -> list[Decision]:
        """Return what happens to each row, in order; two queries however many there are."""
        rows = list(rows)
        for staged in rows:
            self._free_key(staged)
        known = {
            row.key: row
            for row in ImportRow.objects.filter(source=self.source, key__in=[staged.key for staged in rows]).defer(
                "raw"
            )
        }
        elsewhere = _same_identity(rows)
        return [self._decide(staged, known.get(staged.key), elsewhere) for staged in rows]

    def _free_key(self, staged: StagedRow) -> None:
        """Number the repetitions of a key inside the file, so that every row keeps a key of its own over runs."""
        first = self._keys.get(staged.key)
        if first is None:
            self._keys[staged.key] = (staged.raw.number, staged.identity)
            return
        count = 2
        while f"{staged.key}#{count}" in self._keys:
            count += 1
        if not staged.refused and first[1] != staged.identity:
            params = {"key": staged.key[:60], "row": str(first[0])}
            staged.problems.append(Problem("duplicate-key", params=params))
        staged.key = f"{staged.key}#{count}"
        self._keys[staged.key] = (staged.raw.number, staged.identity)

    def _decide(self, staged: StagedRow, known: ImportRow | None, elsewhere: dict[str, list[_Seen]]) -> Decision:
        if staged.refused:
            return Decision(staged, Outcome.REFUSED, known)
        double = self._double_in_file(staged)
        if double is not None:
            return Decision(staged, Outcome.DUPLICATE, known, [Problem("duplicate-row", params={"row": str(double)})])
        self._identities[staged.identity].append((staged.unit_fold, staged.raw.number, staged.key))
        if known and known.innovation_id:
            same = known.content_hash == staged.content_hash
            return Decision(staged, Outcome.UNCHANGED if same else Outcome.CHANGED, known, entry_id=known.innovation_id)
        other = self._double_elsewhere(staged, elsewhere)
        if other:
            params = {"number": other.label, "source": other.source or "–"}
            return Decision(staged, Outcome.DUPLICATE, known, [Problem("duplicate-entry", params=params)])
        return Decision(staged, Outcome.IMPORTED, known)

    def _double_in_file(self, staged: StagedRow) -> int | None:
        for unit, number, key in self._identities.get(staged.identity, ()):
            if key != staged.key and _compatible(unit, staged.unit_fold):
                return number
        return None

    def _double_elsewhere(self, staged: StagedRow, elsewhere: dict[str, list[_Seen]]) -> _Seen | None:
        for seen in (*elsewhere.get(staged.identity, ()), *self._by_hand.get(staged.identity, ())):
            own = seen.source == self.source and seen.key == staged.key
            if not own and _compatible(seen.unit, staged.unit_fold):
                return seen
        return None


def _compatible(one: str, other: str) -> bool:
    """Two offices of one agency may run an innovation of the same name; a row that names no office may be any's."""
    return not one or not other or one == other


def _same_identity(rows: list[StagedRow]) -> dict[str, list[_Seen]]:
    """Return entries that any source brought under the identities of ``rows``."""
    identities = [staged.identity for staged in rows if staged.identity]
    found: dict[str, list[_Seen]] = defaultdict(list)
    unit = Coalesce(F("innovation__unit__folded"), NullIf(F("innovation__unit_raw"), Value("")), Value(""))
    living = ImportRow.objects.filter(identity_hash__in=identities, innovation__isnull=False)
    living = living.filter(innovation__merged_into__isnull=True, innovation__withdrawn_at__isnull=True)
    values = living.values_list("identity_hash", "source", "key", "innovation__registry_number", "innovation_id", unit)
    for identity, source, key, number, pk, name in values:
        found[identity].append(_Seen(fold_name(name), number or f"#{pk}", source, key))
    return found


def _entries_by_hand(reference: Reference) -> dict[str, list[_Seen]]:
    """Return the identities of entries that people wrote; sample data don't count."""
    entries = Innovation.objects.filter(
        source_key="", is_synthetic=False, merged_into__isnull=True, withdrawn_at__isnull=True
    )
    found: dict[str, list[_Seen]] = defaultdict(list)
    values = entries.values_list(
        "pk", "agency_id", "title_plain", "brand_name", "year", "unit__folded", "registry_number"
    )
    for pk, agency, title, brand, year, unit, number in values.iterator(chunk_size=5000):
        if agency == reference.unknown_agency:
            continue
        for name in filter(None, (title, brand)):
            identity = identity_hash(str(agency), name, str(year or ""))
            found[identity].append(_Seen(unit or "", number or f"#{pk}", "", ""))
    return found
