"""Writing a chunk of new entries in bulk: the same rows that the services would write one by one.

A test publishes one entry through Wagtail and compares it with an imported one, field by field.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from modelcluster.models import get_all_child_m2m_relations
from wagtail.models import Revision

from innovation_hub.agencies.models import Unit
from innovation_hub.agencies.models.agencies import fold_name
from innovation_hub.core.bulk import insert_rows
from innovation_hub.core.models import Term
from innovation_hub.core.partial_dates import year_of
from innovation_hub.innovations.models import (
    SDG,
    Innovation,
    InnovationLogEntry,
    Innovator,
    RegistryNumber,
    TaggedInnovation,
    Theme,
)
from innovation_hub.innovations.registry_numbers import format_number
from innovation_hub.innovations.services.numbering import take_serials

from .completeness import completeness
from .convert import EntryDraft
from .fingerprints import fingerprint
from .keywords import keyword_ids
from .models import ImportBatch
from .reference import Reference

LOG_ACTION = "innovation.import"


@dataclass(slots=True)
class Relations:
    """Objects that entries name, kept for a run."""

    themes: dict[int, Theme] = field(default_factory=lambda: Theme.objects.in_bulk())
    sdgs: dict[int, SDG] = field(default_factory=lambda: SDG.objects.in_bulk())
    origins: dict[object, str] = field(
        default_factory=lambda: dict(Term.objects.filter(vocabulary="origin_channels").values_list("pk", "code"))
    )
    content_type: ContentType = field(default_factory=lambda: ContentType.objects.get_for_model(Innovation))


@dataclass(frozen=True, slots=True)
class Created:
    """An entry that was written."""

    pk: int
    live: bool


class EntryWriter:
    """Creates entries, their relations, numbers, people, revisions and log lines; inside the caller's transaction."""

    def __init__(self, batch: ImportBatch, reference: Reference) -> None:
        self.batch, self.reference = batch, reference
        self.relations = Relations()

    def create(self, drafts: Sequence[EntryDraft]) -> list[Created]:
        """Write new entries: live as *terdaftar* with a number each, held back ones as drafts with a revision."""
        now = timezone.now()
        self.find_units(drafts)
        rows = [self.row_of(draft, now) for draft in drafts]
        live = [row for row in rows if row["live"]]
        for row, serial in zip(live, take_serials(len(live)), strict=True):
            row["registry_number"] = format_number(serial)
        keys = insert_rows(Innovation, rows)
        created = [Created(key, bool(row["live"])) for key, row in zip(keys, rows, strict=True)]
        pairs = list(zip(keys, drafts, strict=True))
        self.write_relations(pairs)
        self.write_people(pairs)
        numbers = zip(keys, rows, strict=True)
        insert_rows(
            RegistryNumber, [{"number": row["registry_number"], "entry_id": key} for key, row in numbers if row["live"]]
        )
        self._write_revisions([one.pk for one in created if not one.live], now)
        self.write_log(pairs, now)
        return created

    def row_of(self, draft: EntryDraft, now: datetime) -> dict[str, object]:
        """Return the columns of a draft's entry as publishing it would leave them."""
        live = not draft.held_back
        columns = self.columns_of(draft)
        return {
            **columns,
            "completeness": self.completeness_of(draft, columns),
            "source_system": self.batch.source,
            "source_key": draft.staged.key,
            "live": live,
            "has_unpublished_changes": not live,
            "first_published_at": now if live else None,
            "last_published_at": now if live else None,
        }

    def completeness_of(self, draft: EntryDraft, columns: dict[str, object]) -> int:
        """Return the completeness of the entry that these columns make."""
        return completeness(
            columns,
            has_themes=bool(draft.themes),
            agency_known=columns["agency_id"] != self.reference.unknown_agency,
            origin=self.relations.origins.get(columns["origin_channel_id"], ""),
        )

    def columns_of(self, draft: EntryDraft) -> dict[str, object]:
        """Return the columns of a draft, the unit found and the year derived as ``Innovation.save`` derives it."""
        values = {name: value for name, value in draft.values.items() if not name.startswith("_")}
        agency = int(str(values["agency_id"]))
        values["unit_id"] = self.reference.units.get((agency, fold_name(draft.unit_name))) if draft.unit_name else None
        values["quality_flags"] = draft.flags
        values["year"] = (
            year_of(str(values["implemented_on"]))
            or year_of(str(values["trial_start"]))
            or draft.values.get("_cohort_year")
        )
        return values

    def find_units(self, drafts: Iterable[EntryDraft]) -> None:
        """Create the units that are named and not there yet, each under its known agency."""
        missing: dict[tuple[int, str], str] = {}
        for draft in drafts:
            folded = fold_name(draft.unit_name) if draft.unit_name else ""
            key = (int(str(draft.values["agency_id"])), folded)
            if folded and key not in self.reference.units:
                missing.setdefault(key, draft.unit_name or "")
        if not missing:
            return
        rows = [{"agency_id": agency, "folded": folded, "name": name} for (agency, folded), name in missing.items()]
        self.reference.units.update(zip(missing, insert_rows(Unit, rows), strict=True))

    def write_relations(self, pairs: Sequence[tuple[int, EntryDraft]]) -> None:
        """Write themes, development goals, kinds and keywords."""
        themes = [{"innovation_id": key, "theme_id": pk} for key, draft in pairs for pk in draft.themes]
        insert_rows(Innovation.themes.through, themes)
        sdgs = [{"innovation_id": key, "sdg_id": pk} for key, draft in pairs for pk in draft.sdgs]
        insert_rows(Innovation.sdgs.through, sdgs)
        kinds = [{"innovation_id": key, "term_id": pk} for key, draft in pairs for pk in draft.kinds]
        insert_rows(Innovation.kinds.through, kinds)
        keywords = keyword_ids(tag for _key, draft in pairs for tag in draft.tags)
        tagged = [
            {"content_object_id": key, "tag_id": pk}
            for key, draft in pairs
            for pk in dict.fromkeys(keywords[tag.casefold()] for tag in draft.tags)
        ]
        insert_rows(TaggedInnovation, tagged)

    def write_people(self, pairs: Sequence[tuple[int, EntryDraft]]) -> None:
        """Write the people as private records."""
        people = [
            {"entry_id": key, "order": order, **asdict(person)}
            for key, draft in pairs
            for order, person in enumerate(draft.people)
        ]
        insert_rows(Innovator, people)

    def _write_revisions(self, keys: Sequence[int], now: datetime) -> None:
        """Give drafts their first revision: without one no workflow can start on them."""
        kind = self.relations.content_type
        related = [field.name for field in get_all_child_m2m_relations(Innovation)]
        entries = list(Innovation.objects.filter(pk__in=keys).prefetch_related(*related, "tagged_items"))
        revisions = Revision.objects.bulk_create(
            [
                Revision(
                    content_type=kind,
                    base_content_type=kind,
                    object_id=str(entry.pk),
                    object_str=str(entry)[:255],
                    created_at=now,
                    content=entry.serializable_data(),
                )
                for entry in entries
            ]
        )
        for entry, revision in zip(entries, revisions, strict=True):
            entry.latest_revision = revision
        Innovation.objects.bulk_update(entries, ["latest_revision"])

    def write_log(self, pairs: Sequence[tuple[int, EntryDraft]], now: datetime) -> None:
        """Write one line into each entry's history: from which source and row it came."""
        lines = [
            {
                "entry_id": key,
                "content_type_id": self.relations.content_type.pk,
                "label": str(draft.values["title_plain"])[:200],
                "action": LOG_ACTION,
                "timestamp": now,
                "user_id": self.batch.actor_id,
                "content_changed": True,
                "data": {"source": self.batch.source, "row": draft.staged.raw.number, "batch": self.batch.pk},
            }
            for key, draft in pairs
        ]
        insert_rows(InnovationLogEntry, lines)

    def fingerprint_of(self, draft: EntryDraft) -> str:
        """Return the hash of what the entry holds now, to see later whether people changed it."""
        return fingerprint(self.columns_of(draft), draft.themes, draft.sdgs, draft.kinds, draft.tags)
