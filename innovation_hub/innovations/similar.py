"""Entries like another one, or like what somebody is writing, and why, in the reader's language."""

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup, escape

from innovation_hub.agencies.models.agencies import UNKNOWN_CODE
from innovation_hub.core.cards import Card, present
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.search import SOURCE, boost_of, plain
from search.similarity import Profile, Reason, Trait, make_profile
from search.similarity.comparing import PROBLEM, WORDS
from search.similarity.finding import Records, Similar, related, similar

CURATED = (Innovation.Level.CURATED.value, Innovation.Level.FEATURED.value)
#: Reasons named beside the words. That agencies or units are of one type is said only where nothing else is.
MOST_TRAITS = 2
TYPES = ("unit-type", "agency-type")

# In the order in which they are named.
TRAITS = (
    Trait("urusan", 0.35),
    Trait("theme", 0.2, unless="urusan"),
    Trait("programme", 0.15),
    Trait("region", 0.1, unless="agency"),
    Trait("agency", 0.05),
    Trait("unit-type", 0.1),
    Trait("agency-type", 0.05, unless="agency"),
)

WORD_REASONS = {PROBLEM: _("similar problem: %(words)s"), WORDS: _("similar topic: %(words)s")}
TRAIT_WORDS = {
    "urusan": _("same government affair"),
    "theme": _("same theme"),
    "programme": _("same programme"),
    "region": _("same place"),
    "agency": _("same agency"),
    "unit-type": _("same kind of unit"),
    "agency-type": _("same type of agency"),
}

_COLUMNS = (
    "pk", "title_plain", "brand_name", "acronym_expansion", "summary", "problem", "publication_level", "life_status",
    "evidence_level", "is_synthetic", "agency_id", "agency__code", "agency__name", "agency__kind_id", "unit__name",
    "unit__kind_id", "region_id", "programme_id", "urusan_primary_id", "themes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SimilarEntry:
    """An entry like another one: its card, why it is alike, and how much, from 0 to 1."""

    pk: int
    card: Card
    why: str
    score: float


def read_profiles(ids: Sequence[int], only: Set[str] | None = None) -> dict[int, Profile]:
    """Return id -> profile of those entries that every reader may see now, with one query.

    ``only`` is as in :func:`search.similarity.make_profile`.
    """
    rows: dict[int, Any] = {}
    themes: dict[int, list[int]] = {}
    for row in _public_rows().filter(pk__in=ids):
        rows[row.pk] = row
        themes.setdefault(row.pk, []).append(row.themes)
    return {pk: _profile_of_row(row, themes[pk], only) for pk, row in rows.items()}


@cache
def _public_rows() -> QuerySet[Innovation, Any]:
    """Return the rows of public entries, to be filtered further; made once, as that takes as long as the query.

    What is public may therefore depend on the rows alone, neither on the time nor on the reader.
    """
    return Innovation.objects.public().order_by().values_list(*_COLUMNS, named=True)


def _profile_of_row(row: Any, themes: Iterable[int | None], only: Set[str] | None) -> Profile:
    known = row.agency__code != UNKNOWN_CODE
    return _profile(
        row,
        places=(row.agency__name if known else "", row.unit__name or ""),
        theme=themes,
        agency=row.agency_id if known else None,
        agency_type=row.agency__kind_id if known else None,
        unit_type=row.unit__kind_id,
        only=only,
    )


def profile_of_entry(entry: Innovation) -> Profile:
    """Return the profile of an entry whose relations are loaded, of a draft or of the public version."""
    agency, unit, region = entry.agency, entry.unit, entry.region
    known = not agency.is_unknown
    names = [unit.name if unit else entry.unit_raw, region.name if region else entry.region_raw]
    return _profile(
        entry,
        places=[*names, agency.name, agency.short_name] if known else names,
        theme=[theme.pk for theme in entry.themes.all()],
        agency=agency.pk if known else None,
        agency_type=agency.kind_id if known else None,
        unit_type=unit.kind_id if unit else None,
    )


def _profile(
    entry: Any,
    *,
    places: Iterable[str],
    theme: Iterable[int | None],
    agency: int | None,
    agency_type: int | None,
    unit_type: int | None,
    only: Set[str] | None = None,
) -> Profile:
    """Return the profile of an entry or a row with the same columns; what is shared is told by keys."""
    facets = {
        "urusan": [entry.urusan_primary_id],
        "theme": theme,
        "programme": [entry.programme_id],
        "region": [entry.region_id],
        "agency": [agency],
        "agency-type": [agency_type],
        "unit-type": [unit_type],
    }
    return make_profile(
        entry.title_plain,
        brand_name=entry.brand_name,
        expansion=entry.acronym_expansion,
        summary=entry.summary,
        problem=plain(entry.problem),
        places=places,
        facets={code: tuple(str(key) for key in keys if key) for code, keys in facets.items()},
        boost=boost_of(entry),
        evidence_level=entry.evidence_level,
        only=only,
    )


RECORDS = Records(source=SOURCE, read=read_profiles, traits=TRAITS, owner="agency")


def similar_to(entry: Innovation, *, curated: bool = False) -> list[SimilarEntry]:
    """Return the public entries most like ``entry``, best first, only curated ones if asked.

    Where no words meet, the best evidenced ones of the same affair or themes stand in. Empty while the engine is down.
    """
    given = profile_of_entry(entry)
    level = {"level": CURATED} if curated else {}
    exclude = [pk for pk in (entry.pk, entry.successor_id) if pk]
    found = similar(RECORDS, given, filters=level, exclude=exclude)
    if not found:
        found = related(RECORDS, given, filters={**level, **_subject(entry)}, exclude=exclude)
    return [_shown(one, entry.language) for one in found]


def _subject(entry: Innovation) -> dict[str, tuple[str, ...]]:
    """Return the filter by which entries on the same subject are found."""
    affair = entry.urusan_primary
    if affair:
        return {"urusan": (affair.code,)}
    return {"theme": tuple(theme.code for theme in entry.themes.all())}


def similar_to_text(
    title: str, summary: str = "", problem: str = "", *, exclude: Collection[int] = ()
) -> list[SimilarEntry]:
    """Return the public entries most like one that is being written, from its plain title on."""
    given = make_profile(title, summary=summary, problem=problem)
    return [_shown(one, "id") for one in similar(RECORDS, given, exclude=exclude)]


def _shown(found: Similar, language: str) -> SimilarEntry:
    words = why(found.reasons, language)
    return SimilarEntry(found.source_id, present(found.card, why=capfirst(words)), words, found.similarity.score)


def why(reasons: Sequence[Reason], language: str = "id") -> str:
    """Return "masalah serupa: antrean; urusan sama; program sama" in the active language.

    ``language`` is that of the words; where the page has another one, they are marked.
    """
    words = [_shared_words(reason, language) for reason in reasons if reason.words]
    kinds = [reason.kind for reason in reasons if reason.kind in TRAIT_WORDS]
    told = [kind for kind in kinds if kind not in TYPES][:MOST_TRAITS] or kinds[:1]
    return Markup("; ").join([*words, *(str(TRAIT_WORDS[kind]) for kind in told)])


def _shared_words(reason: Reason, language: str) -> Markup:
    words = ", ".join(reason.words)
    if language != (get_language() or "id")[:2]:
        words = Markup('<span lang="{}">{}</span>').format(language, words)
    return escape(WORD_REASONS[reason.kind]) % {"words": words}
