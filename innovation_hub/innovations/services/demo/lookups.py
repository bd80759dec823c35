"""Codes to keys, read once for a run."""

from dataclasses import dataclass, field

from innovation_hub.agencies.models import Agency, Region, Unit
from innovation_hub.agencies.models.agencies import fold_name
from innovation_hub.core.models import Term
from innovation_hub.innovations.models import SDG, Theme, Urusan
from innovation_hub.training.models import Cohort, TrainingInstitution, TrainingProgramme


class UnknownCode(LookupError):
    """A code of the collection that the hub's vocabularies don't know: run ``load_vocabularies`` first."""


@dataclass
class Lookups:
    """Every vocabulary that the collection names, by code."""

    terms: dict[tuple[str, str], Term] = field(
        default_factory=lambda: {(term.vocabulary, term.code): term for term in Term.objects.all()}
    )
    themes: dict[str, Theme] = field(default_factory=lambda: {one.code: one for one in Theme.objects.all()})
    sdgs: dict[str, SDG] = field(default_factory=lambda: {one.code: one for one in SDG.objects.all()})
    urusan: dict[str, Urusan] = field(default_factory=lambda: {one.code: one for one in Urusan.objects.all()})
    agencies: dict[str, Agency] = field(default_factory=lambda: {one.code: one for one in Agency.objects.all()})
    regions: dict[str, Region] = field(default_factory=lambda: {one.code: one for one in Region.objects.all()})
    programmes: dict[str, TrainingProgramme] = field(
        default_factory=lambda: {one.code: one for one in TrainingProgramme.objects.all()}
    )
    institutions: dict[str, TrainingInstitution] = field(
        default_factory=lambda: {one.code: one for one in TrainingInstitution.objects.all()}
    )
    units: dict[tuple[int, str], Unit] = field(
        default_factory=lambda: {(one.agency_id, one.folded): one for one in Unit.objects.all()}
    )
    cohorts: dict[tuple[int, int, int, int | None], Cohort] = field(
        default_factory=lambda: {
            (one.programme_id, one.institution_id, one.year, one.number): one for one in Cohort.objects.all()
        }
    )

    def term(self, vocabulary: str, code: str | None) -> Term | None:
        """Return a term, ``None`` for no code; raises :class:`UnknownCode`."""
        return found(self.terms, (vocabulary, code), vocabulary) if code else None

    def unit_key(self, agency: Agency, name: str) -> tuple[int, str]:
        """Return the key under which a unit of ``agency`` is found again."""
        return agency.pk, fold_name(name)


def found(table: dict, key, name: str):
    """Return ``table[key]``; raises :class:`UnknownCode` naming what is missing."""
    try:
        return table[key]
    except KeyError as error:
        raise UnknownCode(f"{name}: {key!r} is not in the hub's vocabularies; run load_vocabularies first") from error
