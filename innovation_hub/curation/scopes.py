"""Which lab's people see an unpublished entry: labs that cover its region or programme, else the default lab."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from innovation_hub.core.roles import Role, organisations_of
from innovation_hub.core.scopes import STAFF, register_scope_provider
from innovation_hub.curation.models.labs import Lab, LabMembership
from innovation_hub.innovations.models import Innovation


class Coverage:
    """What every lab covers, read once: used for a batch of entries or one question."""

    def __init__(self):
        self.default_ids: set[int] = set()
        self.regions: dict[int, set[str]] = {}
        self.programmes: dict[int, set[int]] = {}
        for lab in Lab.objects.prefetch_related("regions", "programmes"):
            if lab.is_default:
                self.default_ids.add(lab.pk)
            self.regions[lab.pk] = {region.code for region in lab.regions.all()}
            self.programmes[lab.pk] = {programme.pk for programme in lab.programmes.all()}

    def labs_of(self, region_code: str | None, programme_id: int | None) -> set[int]:
        """Return the labs that cover an entry; the default one when none does."""
        codes = {region_code, region_code[:2]} if region_code else set()
        covering = {
            pk
            for pk, regions in self.regions.items()
            if (regions & codes or programme_id in self.programmes[pk]) and pk not in self.default_ids
        }
        return covering or self.default_ids

    def condition(self, lab_ids: set[int]) -> Q:
        """Return the condition on entries that one of ``lab_ids`` covers."""
        found = Q(pk__in=[])
        for pk in lab_ids & self.regions.keys():
            found |= self._everything_else() if pk in self.default_ids else self._covered_by(pk)
        return found

    def _covered_by(self, pk: int) -> Q:
        codes = self.regions[pk]
        provinces = {code for code in codes if len(code) == 2}
        return Q(region__code__in=codes) | Q(region__parent__code__in=provinces) | Q(programme__in=self.programmes[pk])

    def _everything_else(self) -> Q:
        """What no other lab covers: a condition on the row, so that asking about a few entries reads only those."""
        covered = Q(pk__in=[])
        for pk in self.regions.keys() - self.default_ids:
            covered |= self._covered_by(pk)
        return ~covered


class LabEntries:
    """Curators and editors of the labs that cover an entry."""

    prefix = "lab"

    def held_by(self, user: Any) -> set[int]:
        """The labs that the user works in."""
        return organisations_of(user, Role.CURATOR, Role.EDITOR)

    def ids_of(self, entry: Any) -> set[int]:
        """The labs that cover the entry."""
        return self.snapshot()(entry)

    def snapshot(self) -> Callable[[Any], set[int]]:
        """Read what labs cover once, for a batch of entries."""
        coverage = Coverage()
        return lambda entry: coverage.labs_of(entry.region.code if entry.region_id else None, entry.programme_id)

    def filter(self, ids: set[int]) -> Q:
        """Entries that the labs ``ids`` cover."""
        return Coverage().condition(ids)


def lab_keys(version: Innovation) -> set[str]:
    """Return the key of one lab that covers ``version`` (the lowest id of several), else the administrators'."""
    labs = _covering(version)
    return {f"lab:{min(labs)}"} if labs else {STAFF}


def editor_keys(version: Innovation) -> set[str]:
    """Return the key of the editors of one lab that covers ``version``.

    Where none of these has an editor today, those of the default lab stand in, else the administrators.
    """
    editors = LabMembership.objects.active().filter(role=LabMembership.Role.EDITOR)
    for labs in (_covering(version), Coverage().default_ids):
        found = set(editors.filter(lab__in=labs).values_list("lab", flat=True))
        if found:
            return {f"editor:{min(found)}"}
    return {STAFF}


def _covering(version: Innovation) -> set[int]:
    return Coverage().labs_of(version.region.code if version.region_id else None, version.programme_id)


def register() -> None:
    """Register this app's provider."""
    register_scope_provider(LabEntries())
