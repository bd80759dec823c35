"""Completeness of an entry that is about to be written, without the database.

The requirements are those of ``innovations.requirements``; they only see, instead of an entry with its managers and
its long texts, a stand-in that answers the same questions at once. A test compares both.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations

from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.requirements import completeness_of


class _Related:
    """What a relation holds, asked for as a manager is."""

    def __init__(self, held: tuple = ()) -> None:
        self.held = held

    def all(self) -> tuple:
        """Return what is held."""
        return self.held


_NONE = _Related()
_SOME = _Related((True,))


class _Agency:
    def __init__(self, is_unknown: bool) -> None:
        self.is_unknown = is_unknown


class _Origin:
    def __init__(self, code: str) -> None:
        self.code = code


class StandIn:
    """Answers requirements about an entry from the columns of its draft."""

    _meta = Innovation._meta

    def __init__(self, columns: Mapping[str, Any], *, has_themes: bool, agency_known: bool, origin: str) -> None:
        self.__dict__.update(_defaults())
        self.__dict__.update(columns)
        self.life_status = Innovation._meta.get_field("life_status").default
        self.themes = _SOME if has_themes else _NONE
        self.agency = _Agency(not agency_known)
        self.origin_channel = _Origin(origin)


def completeness(columns: Mapping[str, Any], *, has_themes: bool, agency_known: bool, origin: str) -> int:
    """Return 0–100 for an entry with these columns, as ``completeness_of`` returns it for the saved entry.

    Requirements ask what is filled, and whether the brand name is written in capitals; entries that are alike in
    that are alike in completeness.
    """
    filled = tuple(name for name, value in columns.items() if value not in (None, ""))
    return _completeness(filled, str(columns.get("brand_name", "")).isupper(), has_themes, agency_known, origin)


@lru_cache(maxsize=4096)
def _completeness(
    filled: tuple[str, ...], brand_in_capitals: bool, has_themes: bool, agency_known: bool, origin: str
) -> int:
    columns = dict.fromkeys(filled, "x")
    if "brand_name" in columns:
        columns["brand_name"] = "XX" if brand_in_capitals else "Xx"
    face = StandIn(columns, has_themes=has_themes, agency_known=agency_known, origin=origin)
    return completeness_of(face)  # type: ignore[arg-type]


@cache
def _defaults() -> dict[str, Any]:
    """Return what an entry without anything holds."""
    empty = Innovation()
    held = {field.attname: getattr(empty, field.attname) for field in Innovation._meta.concrete_fields}
    for relation in get_all_child_relations(Innovation):
        held[relation.get_accessor_name()] = _NONE
    for field in get_all_child_m2m_relations(Innovation):
        held[field.name] = _NONE
    return held
