"""The facets of entries, as data: code, parameter, label, what a value is called.

Labels come from small tables that change rarely; each is read in one query and kept for a minute in the process.
"""

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from innovation_hub.agencies.models import Agency, Region
from innovation_hub.core.models import Term
from innovation_hub.innovations.models import SDG, Innovation, Theme, Urusan
from innovation_hub.training.models import TrainingInstitution, TrainingProgramme
from search.facets import Facet, register_facet

WITHOUT_TRAINING = "tanpa"
SECONDS = 60.0
#: A value without a label is something new: the table is read again, but not for every unknown value of a request.
SOON = 2.0
Labels = dict[str, str]


@dataclass
class LabelTable:
    """All labels of one facet in one language each, read again when they are older than a minute."""

    read: Callable[[str], Iterable[tuple[str, str]]]
    kept: dict[str, tuple[float, Labels]] = field(default_factory=dict)

    def __call__(self, values: Collection[str], language: str) -> Labels:
        """Return the labels of ``values``; a value that no longer exists stands for itself."""
        table = self._table(language, SECONDS)
        if any(value not in table for value in values):
            table = self._table(language, SOON)
        return {value: table.get(value, value) for value in values}

    def _table(self, language: str, not_older_than: float) -> Labels:
        read_at, table = self.kept.get(language, (0.0, {}))
        if not table or time.monotonic() - read_at > not_older_than:
            table = {str(value): str(label) for value, label in self.read(language)}
            self.kept[language] = (time.monotonic(), table)
        return table


def _terms(model, **conditions) -> Callable[[str], Iterable[tuple[str, str]]]:
    def read(language: str) -> Iterable[tuple[str, str]]:
        return ((term.code, term.label_for(language)) for term in model.objects.filter(**conditions))

    return read


def _agencies(language: str) -> Iterable[tuple[str, str]]:
    return Agency.objects.values_list("pk", "name")


def _agency_aliases() -> Iterable[tuple[str, str]]:
    names = Agency.objects.values_list("pk", "short_name", "aliases__name")
    return ((str(pk), name) for pk, *both in names for name in both if name)


def _regions(language: str) -> Iterable[tuple[str, str]]:
    return Region.objects.values_list("code", "name")


def _kinds(language: str) -> Iterable[tuple[str, str]]:
    with override(language):
        return [("inovasi", gettext("Innovation"))]


def _institutions(language: str) -> Iterable[tuple[str, str]]:
    return TrainingInstitution.objects.values_list("pk", "name")


def _programmes(language: str) -> Iterable[tuple[str, str]]:
    with override(language):
        yield WITHOUT_TRAINING, gettext("Without training")
    for programme in TrainingProgramme.objects.all():
        yield programme.code, programme.short_label or programme.label_for(language)


def _choices(choices: Iterable[tuple[str, object]]) -> Callable[[str], Iterable[tuple[str, str]]]:
    def read(language: str) -> Iterable[tuple[str, str]]:
        with override(language):
            return [(value, str(label)) for value, label in choices]

    return read


def _years(values: Collection[str], language: str) -> Labels:
    return {value: value for value in values}


def _yes_no(language: str) -> Iterable[tuple[str, str]]:
    with override(language):
        return [("ya", gettext("Yes")), ("tidak", gettext("No"))]


def _term_labels(vocabulary: str) -> LabelTable:
    return LabelTable(_terms(Term, vocabulary=vocabulary))


OPEN_FACETS = (
    Facet(
        "level",
        "tingkat",
        _("Level"),
        True,
        "fixed",
        LabelTable(_choices(Innovation.Level.choices)),
        lambda: Innovation.Level.values,
    ),
    Facet("theme", "tema", _("Theme"), True, "count", LabelTable(_terms(Theme))),
    Facet("year", "tahun", _("Year"), True, "value-desc", _years),
    Facet("region", "wilayah", _("Region"), True, "count", LabelTable(_regions), narrower="regency"),
    Facet("agency", "instansi", _("Agency"), True, "count", LabelTable(_agencies), aliases=_agency_aliases),
    Facet("programme", "program", _("Training programme"), True, "count", LabelTable(_programmes)),
)
CLOSED_FACETS = (
    Facet("regency", "kabupaten", _("Regency or city"), False, "count", LabelTable(_regions), suggested=True),
    Facet("life", "status", _("Life status"), False, "count", LabelTable(_choices(Innovation.Life.choices))),
    Facet("evidence", "bukti", _("Evidence level"), False, "value-desc", _term_labels("evidence_levels")),
    Facet("institution", "lembaga", _("Training institution"), False, "count", LabelTable(_institutions)),
    Facet("cohort-year", "tahun-angkatan", _("Year of the cohort"), False, "value-desc", _years),
    Facet("urusan", "urusan", _("Government affair"), False, "count", LabelTable(_terms(Urusan))),
    Facet("sdg", "tpb", _("Development goal (SDG)"), False, "count", LabelTable(_terms(SDG))),
    Facet("target", "sasaran", _("Target group"), False, "count", _term_labels("target_groups")),
    Facet("agency-type", "jenis-instansi", _("Type of agency"), False, "count", _term_labels("agency_types")),
    Facet("unit-type", "jenis-unit", _("Type of unit"), False, "count", _term_labels("unit_types")),
    Facet("stage", "tahap", _("Stage"), False, "count", _term_labels("stages")),
    Facet("digital", "digital", _("Digital or not"), False, "count", LabelTable(_choices(Innovation.Digital.choices))),
    Facet(
        "openness",
        "kesediaan",
        _("Willingness to be replicated"),
        False,
        "count",
        _term_labels("replication_openness"),
    ),
    Facet("kit", "paket", _("Replication kit"), False, "fixed", LabelTable(_yes_no), lambda: ("ya", "tidak")),
    Facet("budget", "anggaran", _("Budget"), False, "fixed", _term_labels("budget_bands")),
    Facet("kind", "jenis", _("Kind"), False, "count", LabelTable(_kinds)),
)  # fmt: skip


def register() -> None:
    """Register the facets, open ones first."""
    for facet in (*OPEN_FACETS, *CLOSED_FACETS):
        register_facet(facet)


def forget_labels() -> None:
    """Read all labels again when they are next shown."""
    for facet in (*OPEN_FACETS, *CLOSED_FACETS):
        if isinstance(facet.labels, LabelTable):
            facet.labels.kept.clear()


def facet_values(entry: Innovation) -> dict[str, tuple[str, ...]]:
    """Return the values of an entry for every facet, with ancestors; relations come prefetched."""
    values: dict[str, Iterable[object]] = {
        "level": [entry.publication_level],
        "theme": [theme.code for theme in entry.themes.all()],
        "year": [entry.year] if entry.year else [],
        "region": [entry.region.code[:2]] if entry.region_id else [],
        "regency": [entry.region.code] if entry.region_id and entry.region.parent_id else [],
        "agency": [entry.agency_id],
        "programme": [entry.programme.code if entry.programme_id else WITHOUT_TRAINING],
        "life": [entry.life_status],
        "evidence": [entry.evidence_level],
        "institution": [entry.institution_id] if entry.institution_id else [],
        "cohort-year": [entry.cohort.year] if entry.cohort_id else [],
        "urusan": _urusan(entry),
        "sdg": [goal.code for goal in entry.sdgs.all()],
        "target": [term.code for term in entry.target_groups.all()],
        "agency-type": [entry.agency.kind.code] if entry.agency.kind_id else [],
        "unit-type": [entry.unit.kind.code] if entry.unit_id and entry.unit.kind_id else [],
        "stage": [entry.stage.code] if entry.stage_id else [],
        "digital": [entry.digital] if entry.digital else [],
        "openness": [entry.replication_openness.code] if entry.replication_openness_id else [],
        "kit": ["ya" if any(file.kind == "paket" for file in entry.attachments.all()) else "tidak"],
        "budget": [line.band.code for line in entry.budget_lines.all() if line.band_id],
    }
    return {code: tuple(dict.fromkeys(str(value) for value in found)) for code, found in values.items()}


def _urusan(entry: Innovation) -> list[str]:
    primary = [entry.urusan_primary.code] if entry.urusan_primary_id else []
    return primary + [one.code for one in entry.urusan_related.all()]
