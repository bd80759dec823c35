"""Loads reference rows without ever overwriting what staff edited.

A loaded row remembers in ``source_hash`` what was last written to it. If its present values still give that hash,
nobody touched it and a newer file may change it; if not, staff edited it and it is kept as it is. A row that staff
created themselves has no hash and is kept too. Rows that a file no longer has are never deleted: staff end them.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

BATCH = 500


@dataclass(slots=True)
class Loaded:
    """What happened to the rows of one kind; every row of the file counts once."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, int]:
        """The counts, for reports."""
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "kept": len(self.kept),
        }


@dataclass(frozen=True, slots=True)
class Related:
    """Values of a row that stand in other tables (aliases, themes' urusan).

    ``read`` returns them for all rows, by primary key and in a fixed order; ``write`` replaces those of one row.
    """

    name: str
    read: Callable[[], dict[int, list]]
    write: Callable[[Any, list], None]


def digest(values: dict[str, Any]) -> str:
    """Return a hash of values that is the same in every process."""
    text = json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def load_rows(
    model: type[models.Model],
    rows: Iterable[dict[str, Any]],
    *,
    key: Sequence[str],
    related: Related | None = None,
    on_create: Callable[[Any], None] | None = None,
) -> Loaded:
    """Create, update or leave alone the rows of ``model``; every dict has the same column names.

    ``key`` names the columns that identify a row. ``on_create`` may complete a new instance before it is written,
    because new rows are written in bulk without ``save()``. Foreign keys are given as ``…_id``.
    """
    result = Loaded()
    stored: Iterable[Any] = model._default_manager.all()
    present = {tuple(getattr(one, name) for name in key): one for one in stored}
    others = related.read() if related else {}
    new: list[tuple[Any, list]] = []
    for row in rows:
        values = dict(row)
        linked = values.pop(related.name, []) if related else []
        wanted = digest(row)
        one = present.get(tuple(values[name] for name in key))
        if one is None:
            one = model(**values, source_hash=wanted)
            if on_create:
                on_create(one)
            new.append((one, linked))
            continue
        now = {name: getattr(one, name) for name in values}
        if related:
            now[related.name] = others.get(one.pk, [])
        current = digest(now)
        if current != one.source_hash:
            result.kept.append(str(one))
        elif current == wanted:
            result.unchanged += 1
        else:
            for name, value in values.items():
                setattr(one, name, value)
            one.source_hash = wanted
            one.save()
            if related and linked != now[related.name]:
                related.write(one, linked)
            result.updated += 1
    model._default_manager.bulk_create([one for one, _linked in new], batch_size=BATCH)
    for one, linked in new:
        if related and linked:
            related.write(one, linked)
    result.created = len(new)
    return result
