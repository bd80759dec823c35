"""Seeing whether people changed an entry since it was imported: a hash of everything that an import writes."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from innovation_hub.innovations.models import Innovation, TaggedInnovation

from .convert import RICH_FIELDS
from .staging import digest

#: Columns of content that an import writes.
COLUMNS = (
    "title_plain", "brand_name", "acronym_expansion", "summary", "language", "website", "agency_id", "unit_id",
    "region_id", "coverage_id", "initiator_id", "contact_channel", "origin_channel_id", "programme_id",
    "training_product_id", "institution_id", "cohort_id", "form_id", "digital", "tech_dependencies", "stage_id",
    "urusan_primary_id", "team_note", "beneficiaries_count", "latitude", "longitude", "trial_start", "implemented_on",
    "ended_on", *RICH_FIELDS,
)  # fmt: skip


def fingerprint(
    values: Mapping[str, Any], themes: Iterable[int], sdgs: Iterable[int], kinds: Iterable[int], tags: Iterable[str]
) -> str:
    """Return the hash of an entry's imported content."""
    related = (sorted(themes), sorted(sdgs), sorted(kinds), sorted(tag.casefold() for tag in tags))
    return digest(*(_plain(values.get(name)) for name in COLUMNS), repr(related))


def fingerprints_of(entries: Iterable[Innovation]) -> dict[int, str]:
    """Return the hash of each live row as it is now, with four queries for all of them."""
    entries = list(entries)
    ids = [entry.pk for entry in entries]
    themes = _grouped(
        Innovation.themes.through.objects.filter(innovation__in=ids).values_list("innovation_id", "theme_id")
    )
    sdgs = _grouped(Innovation.sdgs.through.objects.filter(innovation__in=ids).values_list("innovation_id", "sdg_id"))
    kinds = _grouped(
        Innovation.kinds.through.objects.filter(innovation__in=ids).values_list("innovation_id", "term_id")
    )
    tagged = TaggedInnovation.objects.filter(content_object__in=ids).values_list("content_object_id", "tag__name")
    tags = _grouped(tagged)
    return {
        entry.pk: fingerprint(
            {name: getattr(entry, name) for name in COLUMNS},
            themes.get(entry.pk, ()),
            sdgs.get(entry.pk, ()),
            kinds.get(entry.pk, ()),
            tags.get(entry.pk, ()),
        )
        for entry in entries
    }


def _grouped(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _plain(value: Any) -> str:
    """Return a value as text; nothing is nothing, however it is written."""
    if value is None:
        return ""
    return f"{value:.5f}" if isinstance(value, Decimal) else str(value)
