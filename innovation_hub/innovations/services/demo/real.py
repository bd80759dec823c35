"""The sixteen real cases become entries: figures keep their letters, unknown things stay empty."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from innovation_hub.agencies.models import Agency, Unit
from innovation_hub.core.partial_dates import format_partial_date
from innovation_hub.innovations.models import (
    Award,
    Claim,
    ImplementationStep,
    Innovation,
    InnovationTranslation,
    LegalBasis,
    Prerequisite,
    SourceCitation,
)
from innovation_hub.innovations.models.facts import REAL_SOURCE
from innovation_hub.innovations.real_cases import load_real_cases
from innovation_hub.innovations.real_cases_records import Adopter, DateStatement, Prose, RealCase, Source, Training
from innovation_hub.innovations.requirements import Need, missing
from innovation_hub.training.models import Cohort

from .lookups import Lookups, found


def load_real(lookups: Lookups) -> int:
    """Publish the real cases that aren't there yet; returns how many were added."""
    present = set(Innovation.objects.filter(source_system=REAL_SOURCE).values_list("source_key", flat=True))
    new = [case for case in load_real_cases() if case.key not in present]
    for case in new:
        _publish(case, lookups)
    return len(new)


@transaction.atomic
def _publish(case: RealCase, lookups: Lookups) -> None:
    entry = Innovation(**_columns(case, lookups))
    _relate(entry, case, lookups)
    entry.save()
    entry.save_revision(clean=False).publish(skip_permission_checks=True)
    entry = Innovation.objects.get(pk=entry.pk)
    if not missing(entry, Need.CURATED):
        Innovation.objects.filter(pk=entry.pk).update(publication_level=Innovation.Level.CURATED)


def _columns(case: RealCase, lookups: Lookups) -> dict[str, Any]:
    agency = found(lookups.agencies, case.agency_code, case.file)
    start, end = case.settled_start, _settled(case.ended_on)
    return {
        "title_plain": case.title_plain,
        "brand_name": case.brand_name or "",
        "acronym_expansion": case.acronym_expansion or "",
        "summary": case.summary.text,
        "agency": agency,
        "unit": _unit(agency, case.unit, lookups) if case.unit else None,
        "region": found(lookups.regions, case.region, case.file) if case.region else None,
        "coverage": lookups.term("coverage", case.coverage),
        "origin_channel": lookups.term("origin_channels", case.origin_channel),
        **_training_columns(case, lookups),
        "urusan_primary": found(lookups.urusan, case.urusan_primary, case.file),
        "problem": rich(case.problem),
        "design": rich(case.design),
        "challenges": rich(case.challenges),
        "lessons": rich(case.lessons),
        "context": rich(case.context) + _training_words(case.training),
        "replication_openness": lookups.term("replication_openness", case.replication.openness),
        "replication_terms": rich((*case.replication.kit, *case.replication.spread))
        + "".join(_adopter(one) for one in case.replication.adopters),
        "implemented_on": start.value if start else "",
        "ended_on": end.value if end else "",
        "unknowns": "\n".join(case.unknowns),
        "licence": lookups.term("licences", "cc-by-4.0"),
        "live": False,
        "source_system": REAL_SOURCE,
        "source_key": case.key,
        "evidence_level": case.highest_claim_level,
        **_life(case, lookups),
    }


def _settled(statements: Iterable[DateStatement]) -> DateStatement | None:
    """Return the first date, unless sources disagree."""
    dates = list(statements)
    return dates[0] if dates and not any(one.disputed for one in dates) else None


def _unit(agency: Agency, name: str, lookups: Lookups) -> Unit:
    key = lookups.unit_key(agency, name)
    if key not in lookups.units:
        lookups.units[key] = Unit.objects.create(agency=agency, name=name)
    return lookups.units[key]


def _training_columns(case: RealCase, lookups: Lookups) -> dict[str, Any]:
    training = case.training
    if training is None:
        return {}
    programme = found(lookups.programmes, training.programme, case.file)
    institution = lookups.institutions.get(training.institution_code or "")
    columns: dict[str, Any] = {
        "programme": programme,
        "institution": institution,
        "training_product": lookups.term("training_products", training.product),
    }
    if institution and training.cohort_number:
        columns["cohort"], _created = Cohort.objects.get_or_create(
            programme=programme, institution=institution, year=training.year, number=training.cohort_number, name=""
        )
    return columns


def _training_words(training: Training | None) -> str:
    """Return the training in the words of its source, which may say more than our lists do."""
    if training is None:
        return ""
    parts = (
        training.product,
        training.programme_as_printed,
        training.cohort_as_printed,
        training.institution_as_printed,
        str(training.year),
    )
    words = "Pelatihan menurut sumber: " + ", ".join(dict.fromkeys(part for part in parts if part)) + "."
    return rich([Prose(f"{words} {training.note or ''}".strip(), training.sources)])


def _adopter(adopter: Adopter) -> str:
    since = f" ({format_partial_date(adopter.since)})" if adopter.since else ""
    return rich([Prose(f"{adopter.name}{since}: {adopter.text}", adopter.sources)])


def _life(case: RealCase, lookups: Lookups) -> dict[str, Any]:
    life = case.life_status
    notes = [prose.text for prose in life.text]
    if life.successor:
        notes.append(f"Diganti oleh {life.successor}.")
    ended = _settled(case.ended_on)
    return {
        "life_status": life.code,
        "life_status_since": ended.value if ended and life.code in ("berhenti", "digantikan") else "",
        "status_checked_on": _first_day(life.as_of),
        "stop_reason": lookups.term("stop_reasons", life.stop_reason),
        "life_note": " ".join(notes),
    }


def _first_day(value: str | None) -> date | None:
    """Return the first day of a month that a source names; a bare year is no date of a check."""
    parts = [int(part) for part in value.split("-")] if value else []
    return date(*parts, *([1] * (3 - len(parts)))) if len(parts) > 1 else None


def _relate(entry: Innovation, case: RealCase, lookups: Lookups) -> None:
    """Give the unsaved entry its vocabulary terms and child records."""
    entry.themes = [found(lookups.themes, code, case.file) for code in case.themes]
    entry.sdgs = [found(lookups.sdgs, code, case.file) for code in case.sdgs]
    entry.urusan_related = [found(lookups.urusan, code, case.file) for code in case.urusan_related]
    entry.target_groups = [lookups.term("target_groups", code) for code in case.target_groups]
    entry.claims = [_claim(one) for one in case.claims]
    entry.steps = [
        ImplementationStep(
            title=step.text,
            period=format_partial_date(step.when or ""),
            source_letters=letters(step.sources),
        )
        for step in case.steps
    ]
    entry.prerequisites = [
        Prerequisite(text=prose.text[:400], source_letters=letters(prose.sources))
        for prose in case.replication_prerequisites
    ]
    entry.legal_bases = [
        LegalBasis(
            kind=one.kind,
            number=one.number or "",
            year=one.year,
            title=one.about or "",
            note=one.note or "",
            source_letters=letters(one.sources),
        )
        for one in case.legal_basis
    ]
    entry.awards = [
        Award(
            name=one.name,
            giver=one.giver or "",
            year=one.year,
            note=one.note or "",
            source_letters=letters(one.sources),
        )
        for one in case.awards
    ]
    entry.sources = [_citation(one) for one in case.sources]
    entry.translations = [InnovationTranslation(language="en", title=case.title_en, summary=case.summary_en)]


def _claim(claim) -> Claim:
    return Claim(
        indicator=claim.indicator,
        baseline=claim.baseline_text,
        value=claim.value or "",
        unit=claim.unit or "",
        period=claim.period or "",
        method=claim.method or "",
        verifier=claim.verifier,
        level=claim.level,
        evidence_note=claim.note or "",
        source_letters=letters(claim.sources),
        conflict_group=claim.conflict_group or "",
    )


def _citation(source: Source) -> SourceCitation:
    title = source.title if source.title_basis == "printed" else f"[{source.title}]"
    notes = (_("no date") if source.date_note == "n.d." else "", source.locator, source.note)
    if source.date_note == "inferred":
        notes = (_("date inferred"), *notes[1:])
    return SourceCitation(
        letter=source.letter,
        title=title[:400],
        publisher=source.publisher,
        published_on=source.date or "",
        date_note="; ".join(str(note) for note in notes if note)[:120],
        url=source.url or "",
        reading=source.read,
    )


def letters(sources: Iterable[str]) -> str:
    """Return letters as the form writes them: ``a, c``."""
    return ", ".join(sources)


def rich(paragraphs: Iterable[Prose]) -> str:
    """Return paragraphs as rich text, each ending with the letters of its sources: ``[a, c]``."""
    return "".join(
        f"<p>{escape(prose.text)}{f' [{letters(prose.sources)}]' if prose.sources else ''}</p>" for prose in paragraphs
    )
