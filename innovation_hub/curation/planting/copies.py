"""Copies of entries with all that hangs on them, made in memory and written in bulk with numbers and outbox rows."""

import html
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast

from django.db.models import Model, QuerySet
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations

from innovation_hub.core.bulk import insert_objects, insert_rows
from innovation_hub.curation.planting.wording import Wording
from innovation_hub.innovations.models import Innovation, RegistryNumber, TaggedInnovation
from innovation_hub.innovations.registry_numbers import format_number
from innovation_hub.innovations.requirements import completeness_of
from innovation_hub.innovations.services.demo.synthetic import paragraphs
from innovation_hub.innovations.services.numbering import take_serials
from search.outbox import enqueue

RICH = (
    "problem", "objectives", "design", "novelty", "results", "challenges", "lessons", "sustainability_strategy",
)  # fmt: skip
_PARAGRAPH = re.compile(r"<p[^>]*>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
#: Facts that a second entry of the same thing begins without.
_FRESH: dict[str, Any] = {
    "registry_number": None,
    "publication_level": Innovation.Level.REGISTERED.value,
    "successor_id": None,
    "steward_id": None,
    "created_by_id": None,
    "latest_revision_id": None,
    "live_revision_id": None,
    "has_unpublished_changes": False,
    "quality_flags": [],
    "view_count": 0,
    "adoption_count": 0,
}
_LATER = timedelta(days=1)
#: Words of child records that name places and figures; those of other records are neither.
_CHILD_TEXTS = {
    "claims": ("indicator", "baseline", "value"),
    "steps": ("title", "text"),
    "stakeholders": ("name", "part"),
    "prerequisites": ("text",),
}


@dataclass
class Copy:
    """An unsaved second entry: its columns, its words, its child records and its vocabulary terms."""

    columns: dict[str, Any]
    wording: Wording
    children: dict[str, list[Model]] = field(default_factory=dict)
    terms: dict[str, list[Model]] = field(default_factory=dict)
    tags: list[int] = field(default_factory=list)

    def map_children(self, change: Callable[[str], str]) -> None:
        """Put the words of the child records through ``change``."""
        for name, columns in _CHILD_TEXTS.items():
            for child in self.children.get(name, []):
                for column in columns:
                    limit = getattr(child._meta.get_field(column), "max_length", None)
                    setattr(child, column, change(getattr(child, column))[:limit])

    def entry(self) -> Innovation:
        """Return the unsaved entry."""
        wording, columns = self.wording, dict(self.columns)
        for name in RICH:
            columns[name] = paragraphs("\n\n".join(wording.prose.get(name, [])))
        columns |= {
            "title_plain": wording.title[:255],
            "brand_name": wording.brand[:160],
            "acronym_expansion": wording.expansion[:300],
            "summary": " ".join(wording.prose.get("summary", [])),
        }
        made = Innovation(**columns)
        empty: dict[str, list] = {one.get_accessor_name(): [] for one in get_all_child_relations(Innovation)}
        made._cluster_related_objects = {**empty, **self.children, **self.terms}
        made.completeness = completeness_of(made)
        return made


def wording_of(columns: dict[str, Any]) -> Wording:
    """Return the words of an entry's row."""
    prose = {"summary": [columns["summary"]] if columns["summary"] else []}
    for name in RICH:
        found = [html.unescape(_TAG.sub("", text)) for text in _PARAGRAPH.findall(columns[name])]
        if found:
            prose[name] = found
    return Wording(columns["title_plain"], columns["brand_name"], columns["acronym_expansion"], prose)


def rows_of(entries: QuerySet[Innovation]) -> Iterator[dict[str, Any]]:
    """Yield the columns of entries."""
    return cast(Iterator[dict[str, Any]], entries.values().iterator(chunk_size=250))


def copies_of(keys: Sequence[int]) -> dict[int, Copy]:
    """Return key -> copy of the entries, with a fixed number of queries."""
    copies = {}
    for row in rows_of(Innovation.objects.filter(pk__in=keys)):
        key = row.pop("id")
        row |= _FRESH
        for name in ("first_published_at", "last_published_at"):
            row[name] = row[name] and row[name] + _LATER
        copies[key] = Copy(row, wording_of(row))
    _read_children(copies)
    _read_terms(copies)
    for key, tag in TaggedInnovation.objects.filter(content_object__in=keys).values_list("content_object_id", "tag_id"):
        copies[key].tags.append(tag)
    return copies


def _child_models() -> dict[str, type[Model]]:
    models = {one.get_accessor_name(): one.related_model for one in get_all_child_relations(Innovation)}
    return {
        name: model for name, model in models.items() if hasattr(model, "entry_id") and hasattr(model, "sort_order")
    }


def _read_children(copies: dict[int, Copy]) -> None:
    for name, model in _child_models().items():
        for row in model._default_manager.filter(entry__in=copies).order_by("sort_order", "pk").values():
            del row["id"]
            copies[row.pop("entry_id")].children.setdefault(name, []).append(model(**row))


def _term_fields() -> list[ParentalManyToManyField]:
    return [one for one in Innovation._meta.many_to_many if isinstance(one, ParentalManyToManyField)]


def _read_terms(copies: dict[int, Copy]) -> None:
    for relation in _term_fields():
        through, term = relation.remote_field.through, f"{relation.m2m_reverse_field_name()}_id"
        rows = through._default_manager.filter(innovation__in=copies).order_by("pk")
        pairs = list(rows.values_list("innovation_id", term))
        terms = relation.related_model._default_manager.in_bulk({key for _entry, key in pairs})
        for entry, key in pairs:
            copies[entry].terms.setdefault(relation.name, []).append(terms[key])


def write_copies(copies: Sequence[Copy]) -> list[Innovation]:
    """Write copies inside the caller's transaction, published, with registry numbers and outbox rows."""
    entries = [copy.entry() for copy in copies]
    for entry, serial in zip(entries, take_serials(len(entries)), strict=True):
        entry.registry_number = format_number(serial)
    insert_objects(entries)
    insert_rows(RegistryNumber, [{"number": entry.registry_number, "entry_id": entry.pk} for entry in entries])
    pairs = list(zip(entries, copies, strict=True))
    _write_children(pairs)
    _write_terms(pairs)
    tags = [{"content_object_id": entry.pk, "tag_id": tag} for entry, copy in pairs for tag in copy.tags]
    insert_rows(TaggedInnovation, tags)
    enqueue("innovation", [entry.pk for entry in entries])
    return entries


def _write_children(pairs: Iterable[tuple[Innovation, Copy]]) -> None:
    found: defaultdict[str, list[Model]] = defaultdict(list)
    for entry, copy in pairs:
        for name, children in copy.children.items():
            for child in children:
                child.entry_id = entry.pk  # type: ignore[attr-defined]
            found[name].extend(children)
    for children in found.values():
        insert_objects(children)


def _write_terms(pairs: Sequence[tuple[Innovation, Copy]]) -> None:
    for relation in _term_fields():
        column = f"{relation.m2m_reverse_field_name()}_id"
        insert_rows(
            relation.remote_field.through,
            [
                {"innovation_id": entry.pk, column: term.pk}
                for entry, copy in pairs
                for term in copy.terms.get(relation.name, [])
            ],
        )
