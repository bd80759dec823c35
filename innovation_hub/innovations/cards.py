"""The card of an entry: built once for the search index and, the same, for lists read from the database."""

from collections.abc import Iterable
from functools import cache

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import strip_tags
from django.utils.text import Truncator

from innovation_hub.core.cards import CardData
from innovation_hub.core.formatting import lower_first
from innovation_hub.core.models import Term
from innovation_hub.innovations.models import Innovation, InnovationTranslation

LANGUAGES = ("id", "en")
SUMMARY_LENGTH = 400
PROBLEM_LENGTH = 160
IMPORTED = "impor"


def card_rows(entries: QuerySet[Innovation]) -> QuerySet[Innovation]:
    """Return ``entries`` with all that :func:`card_of` reads, in two queries whatever their number."""
    return entries.select_related(
        "agency", "unit", "region", "programme", "institution", "cohort",
        "training_product", "origin_channel", "stop_reason",
    ).prefetch_related(
        Prefetch("translations", InnovationTranslation.objects.filter(language="en"), to_attr="english")
    )  # fmt: skip


def cards_of(entries: Iterable[Innovation]) -> list[CardData]:
    """Return the cards of entries read with :func:`card_rows`."""
    return [card_of(entry) for entry in entries]


def card_of(entry: Innovation) -> CardData:
    """Return the stored card of one entry; the words of both languages are in it."""
    english = _english(entry)
    return {
        "kind": "inovasi",
        "path": public_path(entry),
        "number": entry.registry_number or "",
        "lang": entry.language,
        "title": entry.title_plain,
        "title_en": english.title if english else "",
        "brand": entry.brand_name,
        "expansion": entry.acronym_expansion,
        "summary": entry.summary[:SUMMARY_LENGTH] or Truncator(strip_tags(entry.problem)).chars(PROBLEM_LENGTH),
        "summary_en": english.summary[:SUMMARY_LENGTH] if english else "",
        "level": entry.publication_level,
        "life": entry.life_status,
        "life_since": entry.life_status_since or _ended(entry),
        "checked": entry.status_checked_on.isoformat() if entry.status_checked_on else "",
        "stop": _labels(entry.stop_reason) if entry.stop_reason_id else {},
        "evidence": entry.evidence_level,
        "adoptions": entry.adoption_count,
        "where": where_parts(entry),
        "agency_raw": unmatched_agency(entry),
        "year": entry.year or 0,
        "origin": origin_words(entry),
        "synthetic": entry.is_synthetic,
        "published": timezone.localdate(entry.first_published_at).isoformat() if entry.first_published_at else "",
    }


def public_path(entry: Innovation) -> str:
    """Return the address in Indonesian, whatever language is active."""
    return _path(entry.registry_number, entry.slug) if entry.registry_number else ""


def _path(number: str, slug: str) -> str:
    before, between, after = _path_parts()
    return f"{before}{number}{between}{slug}{after}"


@cache
def _path_parts() -> list[str]:
    """Return what stands around number and slug: asking the resolver for each of 36,000 cards takes seconds."""
    with translation.override("id"):
        return reverse("innovation", args=["NOMOR", "judul"]).replace("judul", "NOMOR").split("NOMOR")


def _english(entry: Innovation) -> InnovationTranslation | None:
    """Return the English title and summary, prefetched or not."""
    found = getattr(entry, "english", None)
    if found is None:
        found = [one for one in entry.translations.all() if one.language == "en"]
    return found[0] if found else None


def _ended(entry: Innovation) -> str:
    """Return when it stopped, for badges of what no longer runs."""
    return entry.ended_on if entry.life_status in ("berhenti", "digantikan") else ""


def plain_label(term: Term, language: str) -> str:
    """Return a term's label without the examples in brackets that its form entry carries."""
    return term.label_for(language).split(" (")[0]


def _labels(term: Term) -> dict[str, str]:
    return {language: lower_first(plain_label(term, language)) for language in LANGUAGES}


def unmatched_agency(entry: Innovation) -> str:
    """Return the delivered name of an agency that nobody has matched yet, else nothing."""
    return (entry.agency_raw or entry.unit_raw) if entry.agency.is_unknown else ""


def agency_short(entry: Innovation) -> str:
    """Return the agency as lists show it: "Kab. Banggai", "Kemenkes" beside a unit, else its name."""
    agency = entry.agency
    name = agency.name.replace("Kabupaten ", "Kab. ", 1)
    return agency.short_name if agency.short_name and not agency.region_id and entry.unit_id else name


def where_parts(entry: Innovation) -> list[str]:
    """Return unit, agency and, where it says more, the region, nearest first; without an unmatched agency."""
    parts = []
    if not unmatched_agency(entry):
        parts.append(entry.unit.name if entry.unit_id else entry.unit_raw)
    if not entry.agency.is_unknown:
        parts.append(agency_short(entry))
    if entry.region_id and entry.region_id != entry.agency.region_id:
        parts.append(entry.region.short_name)
    elif entry.region_raw and not entry.region_id:
        parts.append(entry.region_raw)
    return [part for part in dict.fromkeys(parts) if part]


def origin_words(entry: Innovation) -> dict[str, str]:
    """Return "Aksi perubahan, PKP Angkatan XII 2024, BPSDM Jawa Barat" in both languages, if known."""
    return {language: _origin(entry, language) for language in LANGUAGES}


def _origin(entry: Innovation, language: str) -> str:
    if not entry.programme_id:
        imported = entry.origin_channel_id is not None and entry.origin_channel.code == IMPORTED
        return entry.origin_channel.label_for(language) if imported else ""
    programme = entry.programme.short_label or entry.programme.label_for(language)
    if entry.cohort_id:
        programme = f"{programme} {entry.cohort.labels[language]}"
    parts = [plain_label(entry.training_product, language) if entry.training_product_id else "", programme]
    if entry.institution_id:
        parts.append(entry.institution.short_name or entry.institution.name)
    return ", ".join(part for part in parts if part)
