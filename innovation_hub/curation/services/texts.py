"""The words of a version, field by field, and the personal data found among them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst
from modelcluster.models import get_all_child_relations

from innovation_hub.core.personal_data import KIND_LABELS, find_personal_data
from innovation_hub.core.text import to_plain
from innovation_hub.innovations.models import Innovation


@dataclass(frozen=True, slots=True)
class PersonalFinding:
    """One place with personal data: in which field, of what kind, and a masked excerpt that may be shown."""

    field: str
    kind: str
    excerpt: str


def personal_data_in(version: Innovation) -> list[PersonalFinding]:
    """Return the personal data found in the text of ``version``, in the order of its fields."""
    return [
        PersonalFinding(label, str(KIND_LABELS[finding.kind]), finding.excerpt)
        for label, text in text_parts(version)
        for finding in find_personal_data(text)
    ]


def text_parts(version: Innovation) -> Iterator[tuple[str, str]]:
    """Yield (label, plain text) of every written field of ``version`` and of its child records; nothing empty."""
    yield from _texts_of(version, "")
    for relation in get_all_child_relations(Innovation):
        for child in getattr(version, relation.get_accessor_name()).all():
            yield from _texts_of(child, capfirst(str(child._meta.verbose_name)))


def _texts_of(record: models.Model, prefix: str) -> Iterator[tuple[str, str]]:
    for field in record._meta.concrete_fields:
        if _is_written(field):
            text = _words(getattr(record, field.attname))
            if text:
                label = capfirst(str(field.verbose_name))
                yield (f"{prefix}: {label}" if prefix else label), text


def _is_written(field: models.Field) -> bool:
    """True for fields that hold words people type; registry facts are not editable, choices are no words."""
    words = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.URLField)
    return words and field.editable and not field.choices


def _words(value: Any) -> str:
    text = str(value or "")
    return to_plain(text) if "<" in text else text.strip()
