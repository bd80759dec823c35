"""What happens around versions: authorship, the draft's new side, the row of an entry that isn't live yet."""

import re
from typing import Any

from django.utils import timezone

from innovation_hub.innovations.models import REGISTRY_FACTS, Authorship, Innovation
from innovation_hub.innovations.requirements import completeness_of
from innovation_hub.innovations.services.numbering import issue_registry_numbers
from search.outbox import enqueue

# Written by Wagtail or derived: a difference in one of these is no change of content.
_BOOKKEEPING = {
    "pk", "id", "live", "has_unpublished_changes", "first_published_at", "last_published_at", "live_revision",
    "latest_revision", "go_live_at", "expire_at", "expired", "locked", "locked_at", "locked_by", "updated_at", "year",
}  # fmt: skip
# Curatorial acts, which don't count as writing (DESIGN section 4).
_CURATORIAL = {"themes"}
# In rows: database keys, the order, and the evidence level of a claim (a curatorial act).
_NOT_WRITTEN = {"pk", "id", "entry", "sort_order", "level"}
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
NOT_CONTENT = _BOOKKEEPING | set(REGISTRY_FACTS)


def content_of(data: dict[str, Any]) -> dict[str, Any]:
    """Return the content fields of serialised entry data, child records without their database ids."""
    return {name: _as_written(value) for name, value in data.items() if name not in NOT_CONTENT}


def _as_written(value: Any) -> Any:
    """Return a value without what the editor adds to it: keys of text blocks and rows, and the grade of a claim."""
    if isinstance(value, str):
        return _BLOCK_KEY.sub("", value)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [{key: _as_written(part) for key, part in row.items() if key not in _NOT_WRITTEN} for row in value]
    return value


def changed_fields(before: dict[str, Any] | None, after: dict[str, Any]) -> set[str]:
    """Return the names of the content fields that differ between two serialised versions (all, without a first)."""
    old, new = content_of(before or {}), content_of(after)
    return {name for name in old.keys() | new.keys() if not _same(old.get(name), new.get(name))}


def _same(one: Any, other: Any) -> bool:
    return one == other or (one in (None, "", []) and other in (None, "", []))


def record_draft(entry: Innovation, revision, *, user) -> None:
    """Note after a save who changed content, and where the draft moves the entry; then tell the other apps."""
    from innovation_hub.innovations.signals import draft_saved

    previous = _content_before(entry, revision)
    written = changed_fields(previous, revision.content) - _CURATORIAL
    if user is not None and written:
        Authorship.objects.create(entry=entry, user=user, revision=revision)
    facts = {"completeness": completeness_of(entry)}
    row = Innovation.objects.filter(pk=entry.pk).values("live", "agency_id", "institution_id").get()
    if row["live"]:
        facts["draft_agency_id"] = entry.agency_id if entry.agency_id != row["agency_id"] else None
        facts["draft_institution_id"] = entry.institution_id if entry.institution_id != row["institution_id"] else None
    else:
        entry.save()
    for name, value in facts.items():
        setattr(entry, name, value)
    Innovation.objects.filter(pk=entry.pk).update(**facts)
    enqueue("innovation", [entry.pk])
    draft_saved.send(sender=Innovation, entry=entry, revision=revision, user=user, written=written)


def _content_before(entry: Innovation, revision) -> dict[str, Any] | None:
    """Return the version that the one just saved was made from: the last, else the live row if there is none."""
    earlier = entry.revisions.exclude(pk=revision.pk).order_by("-created_at", "-pk").values_list("content", flat=True)
    content = earlier.first()
    if content is None and entry.first_published_at:
        content = Innovation.objects.get(pk=entry.pk).serializable_data()
    return content


def settle_published(pk: int) -> None:
    """After a version went live: give the number, forget the draft's side, close the authorships, queue the index."""
    entry = Innovation.objects.get(pk=pk)
    if entry.live:
        if not entry.registry_number:
            issue_registry_numbers([entry])
        Innovation.objects.filter(pk=pk).update(
            draft_agency=None, draft_institution=None, completeness=completeness_of(entry)
        )
        entry.authorships.filter(closed_at__isnull=True).update(closed_at=timezone.now())
    enqueue("innovation", [pk])
