"""Entries read for the index: thousands at a time, in a fixed number of queries, without a model instance for each.

Building 36,000 ``Innovation`` objects with their relations takes minutes; a rebuild has seconds (DESIGN section 9).
An :class:`IndexRow` has the attributes that cards, facets and documents read of an entry, so that these stay one piece
of code for a row of the index and for a model instance (a pending draft, a list).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any

from innovation_hub.agencies.models import Agency, AgencyAlias, Region, Unit
from innovation_hub.core.models import Term
from innovation_hub.innovations.models import (
    SDG,
    Attachment,
    Award,
    BudgetLine,
    Claim,
    ImplementationStep,
    Innovation,
    InnovationTranslation,
    Prerequisite,
    TaggedInnovation,
    Theme,
    Urusan,
)
from innovation_hub.training.models import Cohort, TrainingInstitution, TrainingProgramme

COLUMNS = tuple(
    column.attname for column in Innovation._meta.concrete_fields if column.attname not in {"latitude", "longitude"}
)


class Related(list):
    """Loaded child records that answer ``.all()`` as a related manager does."""

    def all(self) -> "Related":
        """Return itself."""
        return self


NOTHING = Related()


class IndexRow:
    """One entry's columns and relations, by the names they have on :class:`Innovation`."""

    agency: Agency
    latest_revision_id: int | None

    slug = Innovation.slug
    is_public = Innovation.is_public
    agency_name = Innovation.agency_name
    get_absolute_url = Innovation.get_absolute_url

    def __init__(self, columns: Iterable[str], values: Iterable[Any]):
        self.__dict__.update(zip(columns, values, strict=True))


# Child records: model, name on the entry, the columns that cards, facets and documents read.
_CHILDREN = (
    (Claim, "claims", ("indicator", "value", "unit", "method")),
    (ImplementationStep, "steps", ("title", "text")),
    (Prerequisite, "prerequisites", ("text",)),
    (Award, "awards", ("name",)),
    (Attachment, "attachments", ("kind",)),
    (BudgetLine, "budget_lines", ("band_id",)),
    (InnovationTranslation, "translations", ("language", "title", "summary")),
)
# Relations to vocabularies: name on the entry, and the table of :class:`Names` that has the terms.
_VOCABULARIES = (
    ("themes", "themes"),
    ("sdgs", "sdgs"),
    ("urusan_related", "urusan"),
    ("target_groups", "terms"),
)
# Foreign keys, and the table of :class:`Names` that has what they name.
_KEYS = (
    ("agency", "agencies"),
    ("draft_agency", "agencies"),
    ("unit", "units"),
    ("cohort", "cohorts"),
    ("region", "regions"),
    ("programme", "programmes"),
    ("institution", "institutions"),
    ("origin_channel", "terms"),
    ("training_product", "terms"),
    ("stage", "terms"),
    ("replication_openness", "terms"),
    ("stop_reason", "terms"),
    ("urusan_primary", "urusan"),
)


class Table(dict[int, Any]):
    """Records by key, read when a batch first names them and kept for the run."""

    def __init__(self, queryset):
        super().__init__()
        self.queryset = queryset

    def need(self, ids: Iterable[int | None]) -> "Table":
        """Read those of ``ids`` that are not here yet; returns itself."""
        missing = {pk for pk in ids if pk} - self.keys()
        if missing:
            self.update(self.queryset.in_bulk(missing))
        return self


class Names:
    """What the entries of one run name: small records, each read once."""

    def __init__(self):
        self.terms = Table(Term.objects.all())
        self.regions = Table(Region.objects.select_related("parent"))
        self.programmes = Table(TrainingProgramme.objects.all())
        self.institutions = Table(TrainingInstitution.objects.all())
        self.cohorts = Table(Cohort.objects.all())
        self.units = Table(Unit.objects.select_related("kind"))
        self.urusan = Table(Urusan.objects.all())
        self.themes = Table(Theme.objects.all())
        self.sdgs = Table(SDG.objects.all())
        self.agencies = {agency.pk: agency for agency in Agency.objects.all()}
        self._link_agencies()

    def _link_agencies(self) -> None:
        """Tie each agency to its type, region, other names and the agency above: all 640 in four queries."""
        self.terms.need(agency.kind_id for agency in self.agencies.values())
        self.regions.need(agency.region_id for agency in self.agencies.values())
        for agency in self.agencies.values():
            agency.kind = self.terms.get(agency.kind_id)
            agency.region = self.regions.get(agency.region_id)
            agency.parent = self.agencies.get(agency.parent_id)
            agency.other_names = []
        for pk, name in AgencyAlias.objects.values_list("agency_id", "name"):
            self.agencies[pk].other_names.append(name)

    def learn(self, rows: Sequence[IndexRow]) -> None:
        """Read what the foreign keys of a batch name."""
        wanted: dict[str, set[int | None]] = defaultdict(set)
        for name, table in _KEYS:
            column = f"{name}_id"
            wanted[table].update(row.__dict__[column] for row in rows)
        del wanted["agencies"]
        for table, ids in wanted.items():
            getattr(self, table).need(ids)


def read_rows(ids: Sequence[int], names: Names) -> Iterator[IndexRow]:
    """Yield the entries ``ids`` with everything their documents need; those that are gone are left out."""
    found = Innovation.objects.filter(pk__in=ids).order_by().values_list(*COLUMNS)
    rows = [IndexRow(COLUMNS, values) for values in found]
    names.learn(rows)
    relations = {name: _children(model, columns, ids) for model, name, columns in _CHILDREN}
    relations |= {name: _terms(name, getattr(names, table), ids) for name, table in _VOCABULARIES}
    relations["tags"] = _keywords(ids)
    names.terms.need(line.band_id for lines in relations["budget_lines"].values() for line in lines)
    for row in rows:
        for name, table in _KEYS:
            setattr(row, name, getattr(names, table).get(getattr(row, f"{name}_id")))
        row.pk = row.id
        for name, by_entry in relations.items():
            setattr(row, name, by_entry.get(row.id, NOTHING))
        for line in row.budget_lines:
            line.band = names.terms.get(line.band_id)
        yield row


def _children(model, columns: tuple[str, ...], ids: Sequence[int]) -> dict[int, Related]:
    rows: dict[int, Related] = defaultdict(Related)
    found = model.objects.filter(entry_id__in=ids).order_by("entry_id", "sort_order", "pk")
    for entry, *values in found.values_list("entry_id", *columns):
        rows[entry].append(SimpleNamespace(**dict(zip(columns, values, strict=True))))
    return rows


def _terms(name: str, table: Table, ids: Sequence[int]) -> dict[int, Related]:
    column = Innovation._meta.get_field(name).m2m_reverse_field_name()
    through = getattr(Innovation, name).through
    pairs = through.objects.filter(innovation_id__in=ids).order_by("pk").values_list("innovation_id", f"{column}_id")
    found = list(pairs)
    table.need(term for _entry, term in found)
    rows: dict[int, Related] = defaultdict(Related)
    for entry, term in found:
        rows[entry].append(table[term])
    return rows


def _keywords(ids: Sequence[int]) -> dict[int, Related]:
    rows: dict[int, Related] = defaultdict(Related)
    found = TaggedInnovation.objects.filter(content_object_id__in=ids).order_by("pk")
    for entry, name in found.values_list("content_object_id", "tag__name"):
        rows[entry].append(SimpleNamespace(name=name))
    return rows
