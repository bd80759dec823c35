"""What search needs of entries: their documents, who sees them, and what to answer while the engine is down."""

import html
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from innovation_hub.agencies.models import Agency
from innovation_hub.core.cards import CardData
from innovation_hub.core.scopes import PUBLIC, STAFF, provider_filters, scopes_of_batch
from innovation_hub.innovations.cards import card_of, card_rows
from innovation_hub.innovations.index_rows import IndexRow, Names, read_rows
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.models.querysets import PUBLIC as PUBLIC_ENTRIES
from innovation_hub.innovations.search_facets import facet_values
from innovation_hub.innovations.search_facets import register as register_facets
from search.documents import SearchDocument
from search.sources import BaseSource, register_source

SOURCE = "innovation"
KIND = "inovasi"
BATCH = 750
_TAG = re.compile(r"<[^>]+>")

# Curated and living entries break ties; they never overtake a clearly better match.
_LEVEL_BOOST = {Innovation.Level.REGISTERED: 1.0, Innovation.Level.CURATED: 1.12, Innovation.Level.FEATURED: 1.2}
_LIFE_BOOST = {
    Innovation.Life.GROWING: 1.04,
    Innovation.Life.RUNNING: 1.04,
    Innovation.Life.STOPPED: 0.96,
    Innovation.Life.REPLACED: 0.96,
}

# Invented entries give way to real ones.
SAMPLE_BOOST = 0.7


class InnovationSource(BaseSource):
    """Entries as a source of search documents."""

    name = SOURCE
    label = _("innovations")

    def documents(self, ids: Sequence[int]) -> Iterator[SearchDocument]:
        """Yield the live face and, where it differs, the newest draft of each entry."""
        if not ids:
            return
        names, scopes_of = Names(), scopes_of_batch()
        for start in range(0, len(ids), BATCH):
            for row in read_rows(ids[start : start + BATCH], names):
                yield from self._faces(row, scopes_of(row))

    def _faces(self, row: IndexRow, inside: frozenset[str]) -> Iterator[SearchDocument]:
        has_draft = row.has_unpublished_changes and row.latest_revision_id is not None
        if row.is_public:
            yield document_of(row, "live", {PUBLIC} if has_draft else {PUBLIC, *inside})
        if not row.is_public or has_draft:
            draft = Innovation.objects.get(pk=row.pk).get_latest_revision_as_object() if row.live and has_draft else row
            yield document_of(draft, "draft", inside)

    def ids(self) -> Iterator[int]:
        """Yield the key of every entry."""
        return Innovation.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)

    def versions(self) -> Iterator[tuple[int, int]]:
        """Yield key and version of every entry, for comparing the index with the database."""
        rows = Innovation.objects.order_by("pk").values_list("pk", "updated_at")
        for pk, changed in rows.iterator(chunk_size=5000):
            yield pk, version_of(changed)

    def public_ids(self, ids: Collection[int]) -> set[int]:
        """Return which of ``ids`` every reader may see now."""
        return set(_public_keys().filter(pk__in=ids))

    def visible_ids(self, ids: Collection[int], scopes: frozenset[str]) -> set[int]:
        """Return which of ``ids`` a holder of ``scopes`` may see now."""
        found = Innovation.objects.filter(pk__in=ids)
        if STAFF not in scopes:
            found = found.filter(scopes_filter(scopes))
        return set(found.values_list("pk", flat=True))

    def cards(self, ids: Collection[int]) -> dict[int, CardData]:
        """Return id -> card of those that every reader may see now."""
        public = card_rows(Innovation.objects.public().filter(pk__in=ids))
        return {entry.pk: card_of(entry) for entry in public.order_by()}

    def fallback(self, text: str, limit: int, without: Sequence[str] = ()) -> tuple[list[dict[str, Any]], int]:
        """Answer from title words while the engine is down: the newest ``limit`` cards and the total."""
        words = text.split()[:8]
        found = Innovation.objects.public()
        for word in words:
            found = found.filter(Q(title_plain__icontains=word) | Q(brand_name__icontains=word))
        for word in without[:8]:
            found = found.exclude(Q(title_plain__icontains=word) | Q(brand_name__icontains=word))
        newest = card_rows(found).order_by("-last_published_at", "-pk")[:limit]
        return [{**card_of(entry), "id": entry.pk} for entry in newest], found.order_by().count()


@cache
def _public_keys() -> QuerySet[Innovation, int]:
    """Return the keys of public entries, to be filtered further; made once, since every page of results asks.

    What is public depends on the rows alone, neither on the time nor on the reader.
    """
    return Innovation.objects.public().order_by().values_list("pk", flat=True)


def scopes_filter(scopes: Iterable[str]) -> Q:
    """Return the condition that ``scopes`` open, as :meth:`InnovationQuerySet.visible_to` says it for a user."""
    condition = PUBLIC_ENTRIES if PUBLIC in scopes else Q(pk__in=[])
    return condition | provider_filters(scopes)


def version_of(changed) -> int:
    """Return a version that grows with every change of the row: its time in microseconds."""
    return int(changed.timestamp() * 1_000_000)


def plain(text: str) -> str:
    """Return stored rich text as words, quickly: it was cleaned when it was stored."""
    return html.unescape(_TAG.sub(" ", text)).strip() if text else ""


def document_of(entry: Innovation | IndexRow, face: str, scopes: Iterable[str]) -> SearchDocument:
    """Build the document of one face of an entry whose relations are loaded."""
    card = {**card_of(entry), "agency": entry.agency_name}
    english = [text for text in (card.get("title_en"), card.get("summary_en")) if text]
    return SearchDocument(
        key=f"{KIND}:{entry.pk}:{face}",
        kind=KIND,
        source=SOURCE,
        source_id=entry.pk,
        version=version_of(entry.updated_at),
        scopes=frozenset(scopes),
        title=entry.title_plain,
        brand_name=entry.brand_name,
        expansion=entry.acronym_expansion,
        summary=entry.summary,
        body=tuple(text for text in _body(entry) if text),
        names=tuple(dict.fromkeys(name for name in _names(entry) if name)),
        extra=(
            entry.registry_number or "",
            *english,
            *(tag.name for tag in entry.tags.all()),
            *(theme.label_id for theme in entry.themes.all()),
        ),
        facets=facet_values(entry),
        year=entry.year,
        published_at=int(entry.last_published_at.timestamp()) if entry.last_published_at else 0,
        evidence_level=entry.evidence_level,
        adoption_count=entry.adoption_count,
        boost=boost_of(entry),
        card=card,
    )


def boost_of(entry: Any) -> float:
    """Return how much an entry, or a row with its level, life status and whether it is invented, is raised."""
    boost = _LEVEL_BOOST[entry.publication_level] * _LIFE_BOOST.get(entry.life_status, 1.0)
    return boost * SAMPLE_BOOST if entry.is_synthetic else boost


def _body(entry: Innovation) -> Iterator[str]:
    for field in ("problem", "objectives", "design", "novelty", "results"):
        yield plain(getattr(entry, field))
    for claim in entry.claims.all():
        yield " ".join(part for part in (claim.indicator, claim.value, claim.unit, claim.method) if part)
    for step in entry.steps.all():
        yield f"{step.title} {step.text}".strip()
    for field in ("challenges", "lessons", "sustainability_strategy", "replication_terms", "context"):
        yield plain(getattr(entry, field))
    yield from (one.text for one in entry.prerequisites.all())
    yield from (award.name for award in entry.awards.all())
    yield entry.tech_dependencies


def other_names(agency: Agency) -> list[str]:
    """Return the other and earlier names of an agency that was not read by :mod:`index_rows`."""
    return list(agency.aliases.values_list("name", flat=True))


def _names(entry: Innovation) -> Iterator[str]:
    agency: Agency = entry.agency
    if not agency.is_unknown:
        yield agency.name
        yield agency.short_name
        yield from agency.other_names if hasattr(agency, "other_names") else other_names(agency)
    yield entry.agency_raw
    yield entry.unit.name if entry.unit_id else entry.unit_raw
    if entry.region_id:
        yield entry.region.name
        yield entry.region.parent.name if entry.region.parent_id else ""
    if entry.institution_id:
        yield entry.institution.name
    if entry.programme_id:
        yield entry.programme.label_id
        yield entry.programme.short_label
    if entry.cohort_id:
        yield f"Angkatan {entry.cohort.number}" if entry.cohort.number else entry.cohort.name


register_facets()
register_source(InnovationSource())
