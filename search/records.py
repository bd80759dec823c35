"""From ids to encoded records, record by record where one of them can't be built."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import InterfaceError, OperationalError

from search.documents import IndexRecord, link_faces, prepare
from search.sources import SearchSource

logger = logging.getLogger(__name__)

Encode = Callable[[IndexRecord], Any]
#: The database is away: nothing is wrong with the record.
PASSING = (OperationalError, InterfaceError)


@dataclass(slots=True)
class Batch:
    """What some ids of one source gave."""

    encoded: list[Any] = field(default_factory=list)
    errors: dict[tuple[str, int], str] = field(default_factory=dict)
    """(source, id) -> why it can't be indexed."""


def build(source: SearchSource, ids: Sequence[int], encode: Encode) -> Batch:
    """Return the encoded records of ``ids``; one that can't be built doesn't spoil the others.

    Raises the database's own errors when it can't be reached.
    """
    try:
        return Batch(_encoded(source, ids, encode))
    except PASSING:
        raise
    except Exception as error:
        if len(ids) == 1:
            logger.exception("%s %s can't be indexed", source.name, ids[0])
            return Batch(errors={(source.name, ids[0]): f"{type(error).__name__}: {error}"})
    half = len(ids) // 2
    first, second = build(source, ids[:half], encode), build(source, ids[half:], encode)
    return Batch(first.encoded + second.encoded, first.errors | second.errors)


def _encoded(source: SearchSource, ids: Sequence[int], encode: Encode) -> list[Any]:
    if not ids:
        return []
    return [encode(prepare(document)) for document in link_faces(source.documents(ids))]
