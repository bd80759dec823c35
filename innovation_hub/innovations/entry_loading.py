"""Reading one public entry with all that its page shows, quickly and in few queries.

Most entries are sparse: one question asks which of the twenty related tables have rows at all, and only those
are read. Terms of the small vocabularies come in one query instead of a join each.
"""

from functools import lru_cache
from typing import Any

from django.db import connection, models
from django.db.models import prefetch_related_objects

from innovation_hub.core.models import Term
from innovation_hub.innovations.models import Innovation

JOINED = ("agency", "unit", "region__parent", "programme", "institution", "cohort")
TERMS = (
    "stage", "coverage", "training_product", "origin_channel", "stop_reason", "replication_openness", "licence",
)  # fmt: skip
RELATED = {
    "claims": "claims",
    "steps": "steps",
    "stakeholders": "stakeholders",
    "legal_bases": "legal_bases",
    "prerequisites": "prerequisites",
    "awards": "awards",
    "external_ids": "external_ids",
    "attachments": "attachments",
    "sources": "sources",
    "translations": "translations",
    "budget_lines": "budget_lines__band",
    "themes": "themes",
    "target_groups": "target_groups",
    "innovators": "innovators__consents",
}


def public_entry(number: str) -> Innovation | None:
    """Return the public entry of a registry number with its relations, ``None`` when there is none."""
    rows = Innovation.objects.public().select_related(*JOINED).filter(registry_number=number)
    entry = next(iter(rows.order_by()), None)
    if entry is not None:
        load_terms(entry)
        load_related(entry)
        share_training(entry)
    return entry


def load_terms(entry: Innovation) -> None:
    """Set the entry's vocabulary terms from one query."""
    ids = {name: getattr(entry, f"{name}_id") for name in TERMS}
    wanted = {pk for pk in ids.values() if pk}
    terms = Term.objects.in_bulk(wanted) if wanted else {}
    for name, pk in ids.items():
        if pk:
            setattr(entry, name, terms[pk])


def share_training(entry: Innovation) -> None:
    """Give the cohort the programme and institution that the entry already has: a cohort fixes both."""
    cohort = entry.cohort
    if cohort is None:
        return
    if cohort.programme_id == entry.programme_id:
        cohort.programme = entry.programme
    if cohort.institution_id == entry.institution_id:
        cohort.institution = entry.institution


def load_related(entry: Innovation) -> None:
    """Prefetch the related rows that exist, and remember of the others that there are none."""
    present = related_names(entry.pk)
    prefetch_related_objects([entry], *(RELATED[name] for name in present))
    known: dict[str, Any] = entry.__dict__.setdefault("_prefetched_objects_cache", {})
    for name in RELATED:
        if name not in present:
            known[name] = Innovation._meta.get_field(name).related_model.objects.none()


def related_names(pk: int) -> list[str]:
    """Return which relations of an entry have rows, with one query."""
    with connection.cursor() as cursor:
        cursor.execute(_existence_sql(connection.vendor), [pk] * len(RELATED))
        found = cursor.fetchone()
    return [name for name, exists in zip(RELATED, found, strict=True) if exists]


@lru_cache
def _existence_sql(vendor: str) -> str:
    """Return the question which related tables have rows of an entry; names come from the models alone."""
    quote = connection.ops.quote_name
    parts = []
    for name in RELATED:
        table, column = _table_of(Innovation._meta.get_field(name))
        # No value in it comes from outside: tables and columns are those of the models.
        parts.append(f"EXISTS(SELECT 1 FROM {quote(table)} WHERE {quote(column)} = %s)")  # noqa: S608
    return f"SELECT {', '.join(parts)}"


def _table_of(relation: Any) -> tuple[str, str]:
    """Return table and column in which a relation names the entry."""
    if isinstance(relation, models.ManyToManyField):
        return relation.remote_field.through._meta.db_table, relation.m2m_column_name()
    return relation.related_model._meta.db_table, relation.field.column
