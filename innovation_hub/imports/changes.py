"""Taking a changed row over into its entry, unless people have edited the entry since."""

from collections.abc import Sequence
from dataclasses import asdict

from django.utils import timezone

from innovation_hub.core.bulk import insert_rows
from innovation_hub.core.models import Term
from innovation_hub.innovations.models import Innovation, Innovator, TaggedInnovation

from .convert import EntryDraft
from .decisions import Decision
from .fingerprints import fingerprints_of
from .models import Outcome
from .problems import Problem
from .writing import EntryWriter

# What an import writes besides content; not versioned, so written to the row whatever becomes of the text.
_FACTS = ("title_source", "agency_raw", "unit_raw", "region_raw", "quality_flags")


def apply_changes(writer: EntryWriter, changed: Sequence[tuple[Decision, EntryDraft]]) -> list[int]:
    """Update the entries of changed rows; returns the ids written. Sets each decision's final outcome.

    An entry that nobody has touched is updated in place, as it was created. One that has versions gets a new version
    and is published through Wagtail. Text with people's data never becomes public: it waits as a draft.
    """
    entries = Innovation.objects.in_bulk([decision.entry_id for decision, _draft in changed])
    now_held = fingerprints_of(entries.values())
    writer.find_units([draft for _decision, draft in changed])
    written: list[int] = []
    for decision, draft in changed:
        entry = entries[decision.entry_id]
        problem = _obstacle(entry, decision, now_held[entry.pk])
        if problem:
            decision.outcome = Outcome.REFUSED
            decision.problems.append(Problem(problem))
            continue
        _take_over(writer, entry, draft)
        decision.outcome = Outcome.HELD_BACK if draft.held_back else Outcome.CHANGED
        written.append(entry.pk)
    return written


def _obstacle(entry: Innovation, decision: Decision, fingerprint: str) -> str:
    if entry.merged_into_id or entry.withdrawn_at:
        return "not-live"
    held_by_import = decision.known is not None and decision.known.entry_hash == fingerprint
    draft_by_person = entry.has_unpublished_changes and entry.latest_revision and entry.latest_revision.user_id
    return "" if held_by_import and not draft_by_person else "edited-since"


def _take_over(writer: EntryWriter, entry: Innovation, draft: EntryDraft) -> None:
    columns = writer.columns_of(draft)
    facts = {name: columns.pop(name) for name in _FACTS}
    if entry.live and not entry.latest_revision_id and not draft.held_back:
        _replace_row(writer, entry, draft, {**columns, **facts})
    else:
        Innovation.objects.filter(pk=entry.pk).update(**facts)
        for name, value in facts.items():
            setattr(entry, name, value)
        _save_version(writer, entry, draft, columns)
    _add_people(entry, draft)
    writer.write_log([(entry.pk, draft)], timezone.now())


def _replace_row(writer: EntryWriter, entry: Innovation, draft: EntryDraft, columns: dict[str, object]) -> None:
    """Rewrite the row and its relations, as if it had been imported like this."""
    completeness = writer.completeness_of(draft, columns)
    Innovation.objects.filter(pk=entry.pk).update(**columns, updated_at=timezone.now(), completeness=completeness)
    Innovation.themes.through.objects.filter(innovation_id=entry.pk).delete()
    Innovation.sdgs.through.objects.filter(innovation_id=entry.pk).delete()
    Innovation.kinds.through.objects.filter(innovation_id=entry.pk).delete()
    TaggedInnovation.objects.filter(content_object_id=entry.pk).delete()
    writer.write_relations([(entry.pk, draft)])


def _save_version(writer: EntryWriter, entry: Innovation, draft: EntryDraft, columns: dict[str, object]) -> None:
    """Save a version and publish it, unless it holds people's data; whoever ran the import is no author."""
    for name, value in columns.items():
        if name != "year":
            setattr(entry, name, value)
    entry.themes = [writer.relations.themes[pk] for pk in draft.themes]
    entry.sdgs = [writer.relations.sdgs[pk] for pk in draft.sdgs]
    entry.kinds = list(Term.objects.filter(pk__in=draft.kinds))
    entry.tags.set(draft.tags)
    revision = entry.save_revision(user=None, clean=False, log_action=True)
    if not draft.held_back:
        revision.publish(user=None, skip_permission_checks=True)


def _add_people(entry: Innovation, draft: EntryDraft) -> None:
    """Add people that the entry doesn't have yet; none is removed, a consent may hang on them."""
    there = set(Innovator.objects.filter(entry_id=entry.pk).values_list("role", "name"))
    new = [person for person in draft.people if (person.role, person.name) not in there]
    insert_rows(
        Innovator,
        [{"entry_id": entry.pk, "order": len(there) + order, **asdict(person)} for order, person in enumerate(new)],
    )
