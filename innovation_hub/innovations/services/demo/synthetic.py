"""Synthetic entries in bulk: labelled, deterministic; a batch is one transaction with its numbers and outbox rows."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape
from modelcluster.models import get_all_child_relations

from innovation_hub.agencies.models import Unit
from innovation_hub.core.bulk import insert_objects, insert_rows
from innovation_hub.core.partial_dates import year_of
from innovation_hub.innovations.models import (
    BudgetLine,
    Claim,
    ImplementationStep,
    Innovation,
    InnovationTranslation,
    Keyword,
    Prerequisite,
    RegistryNumber,
    Stakeholder,
    TaggedInnovation,
)
from innovation_hub.innovations.models.facts import SYNTHETIC_SOURCE
from innovation_hub.innovations.registry_numbers import format_number
from innovation_hub.innovations.requirements import completeness_of
from innovation_hub.innovations.services.numbering import take_serials
from innovation_hub.innovations.synthetic import make_many
from innovation_hub.innovations.synthetic_data.entry import SyntheticEntry
from innovation_hub.training.models import Cohort
from search.outbox import enqueue

from .lookups import Lookups, found

BATCH = 500
PROCESSES = 2
# Batches made before they can be written: memory doesn't grow with the collection.
AHEAD = 6
# Below this many, starting another process takes longer than making the entries.
WORTH_PROCESSES = 2000

Progress = Callable[[int, int], None]


def load_synthetic(count: int, lookups: Lookups, progress: Progress = lambda done, total: None) -> int:
    """Bring the collection up to ``count`` entries; returns how many were added. What is there is kept."""
    present = Innovation.objects.filter(source_system=SYNTHETIC_SOURCE).values_list("source_key", flat=True)
    wanted = _missing_indexes(count, set(present))
    keywords = {one.name: one.pk for one in Keyword.objects.all()}
    done = 0
    for batch in _made(wanted):
        with transaction.atomic():
            _write(batch, lookups, keywords)
        done += len(batch)
        progress(done, len(wanted))
    return done


def _missing_indexes(count: int, present: set[str]) -> list[int]:
    """Return the indexes whose entry isn't there; keys end with the index."""
    there = {int(key.rsplit(":", 1)[1]) for key in present}
    return [index for index in range(count) if index not in there]


def _made(indexes: Sequence[int]) -> Iterator[list[SyntheticEntry]]:
    """Yield batches of entries; many are made in further processes while this one writes."""
    batches = [indexes[start : start + BATCH] for start in range(0, len(indexes), BATCH)]
    if len(indexes) < WORTH_PROCESSES:
        yield from map(make_many, batches)
        return
    context = multiprocessing.get_context("spawn")
    waiting: deque[Future[list[SyntheticEntry]]] = deque()
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        for batch in batches:
            waiting.append(pool.submit(make_many, batch))
            if len(waiting) >= AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _write(batch: Sequence[SyntheticEntry], lookups: Lookups, keywords: dict[str, int]) -> None:
    _ensure_units(batch, lookups)
    _ensure_cohorts(batch, lookups)
    _ensure_keywords(batch, keywords)
    entries = [_entry(made, lookups) for made in batch]
    for entry, serial in zip(entries, take_serials(len(entries)), strict=True):
        entry.registry_number = format_number(serial)
    insert_objects(entries)
    insert_rows(RegistryNumber, [{"number": entry.registry_number, "entry_id": entry.pk} for entry in entries])
    _write_children(entries)
    _write_relations(entries, batch, keywords)
    enqueue("innovation", [entry.pk for entry in entries])


def _ensure_units(batch: Iterable[SyntheticEntry], lookups: Lookups) -> None:
    new: dict[tuple[int, str], Unit] = {}
    for made in batch:
        agency = found(lookups.agencies, made.agency, "agency")
        key = lookups.unit_key(agency, made.unit_name)
        if made.unit_name and key not in lookups.units and key not in new:
            kind = lookups.term("unit_types", made.unit_type)
            new[key] = Unit(agency=agency, name=made.unit_name, folded=key[1], kind=kind)
    insert_objects(list(new.values()))
    lookups.units.update(new)


def _ensure_cohorts(batch: Iterable[SyntheticEntry], lookups: Lookups) -> None:
    new: dict[tuple, Cohort] = {}
    for made in batch:
        if made.cohort is None:
            continue
        key = _cohort_key(made, lookups)
        if key not in lookups.cohorts and key not in new:
            new[key] = Cohort(
                programme_id=key[0],
                institution_id=key[1],
                year=made.cohort.year,
                number=made.cohort.number,
                starts_on=made.cohort.starts_on,
                ends_on=made.cohort.ends_on,
                modality=made.cohort.modality,
                form=lookups.term("training_forms", made.cohort.form),
                is_synthetic=True,
            )
    insert_objects(list(new.values()))
    lookups.cohorts.update(new)


def _cohort_key(made: SyntheticEntry, lookups: Lookups) -> tuple[int, int, int, int | None]:
    cohort = made.cohort
    programme = found(lookups.programmes, cohort.programme, "programme")
    institution = found(lookups.institutions, cohort.institution, "institution")
    return programme.pk, institution.pk, cohort.year, cohort.number


def _ensure_keywords(batch: Iterable[SyntheticEntry], keywords: dict[str, int]) -> None:
    names = sorted({tag for made in batch for tag in made.tags} - keywords.keys())
    taken = set(Keyword.objects.filter(name__in=names).values_list("slug", flat=True))
    new = [Keyword(name=name, slug=_free_slug(name, taken)) for name in names]
    insert_objects(new)
    keywords.update({one.name: one.pk for one in new})


def _free_slug(name: str, taken: set[str]) -> str:
    slug = Keyword().slugify(name)
    while slug in taken or Keyword.objects.filter(slug=slug).exists():
        slug += "-"
    taken.add(slug)
    return slug


def _entry(made: SyntheticEntry, lookups: Lookups) -> Innovation:
    """Build one unsaved live entry with its child records in memory."""
    agency = found(lookups.agencies, made.agency, "agency")
    published = timezone.make_aware(datetime.combine(date.fromisoformat(made.published_on), time(9)))
    cohort = lookups.cohorts[_cohort_key(made, lookups)] if made.cohort else None
    checked = date.fromisoformat(made.status_checked_on) if made.status_checked_on else None
    entry = Innovation(
        title_plain=made.title_plain,
        brand_name=made.brand_name,
        acronym_expansion=made.acronym_expansion,
        summary=made.summary,
        agency=agency,
        unit=lookups.units[lookups.unit_key(agency, made.unit_name)] if made.unit_name else None,
        region=found(lookups.regions, made.region, "region") if made.region else None,
        coverage=lookups.term("coverage", made.coverage),
        initiator=lookups.term("initiators", made.initiator),
        origin_channel=lookups.term("origin_channels", made.origin_channel),
        programme=found(lookups.programmes, made.programme, "programme") if made.programme else None,
        institution=found(lookups.institutions, made.institution, "institution") if made.institution else None,
        training_product=lookups.term("training_products", made.training_product),
        cohort=cohort,
        form=lookups.term("forms", made.form),
        digital=made.digital,
        tech_dependencies=made.tech_dependencies,
        stage=lookups.term("stages", made.stage),
        urusan_primary=found(lookups.urusan, made.urusan_primary, "urusan"),
        problem=paragraphs(made.problem),
        objectives=paragraphs(made.objectives),
        design=paragraphs(made.design),
        novelty=paragraphs(made.novelty),
        results=paragraphs(made.results),
        challenges=paragraphs(made.challenges),
        lessons=paragraphs(made.lessons),
        sustainability_strategy=paragraphs(made.sustainability_strategy),
        beneficiaries_count=made.beneficiaries_count,
        beneficiaries_basis=made.beneficiaries_basis,
        team_size=made.team_size,
        replication_openness=lookups.term("replication_openness", made.replication_openness),
        trial_start=made.trial_start,
        implemented_on=made.implemented_on,
        ended_on=made.ended_on,
        licence=lookups.term("licences", made.licence),
        publication_level=made.publication_level,
        evidence_level=made.evidence_level,
        life_status=made.life_status,
        life_status_since=made.ended_on,
        status_checked_on=checked,
        next_check_due=checked + timedelta(days=365) if checked else None,
        stop_reason=lookups.term("stop_reasons", made.stop_reason),
        is_synthetic=True,
        source_system=SYNTHETIC_SOURCE,
        source_key=made.key,
        live=True,
        first_published_at=published,
        last_published_at=published,
        year=year_of(made.implemented_on) or year_of(made.trial_start) or (cohort.year if cohort else None),
    )
    entry._cluster_related_objects = _children(made, lookups)
    entry.completeness = completeness_of(entry)
    return entry


def _children(made: SyntheticEntry, lookups: Lookups) -> dict[str, list]:
    """Return the child records and vocabulary terms by accessor; every other relation is empty."""
    children: dict[str, list] = {relation.get_accessor_name(): [] for relation in get_all_child_relations(Innovation)}
    children |= {
        "claims": [
            Claim(
                indicator=one.indicator,
                baseline=one.baseline,
                value=one.value,
                unit=one.unit,
                period=one.period,
                method=one.method,
                verifier=one.verifier,
                level=one.level,
            )
            for one in made.claims
        ],
        "steps": [ImplementationStep(title=one.title, text=one.text, period=one.period) for one in made.steps],
        "stakeholders": [Stakeholder(name=one.name, role=one.role, part=one.part) for one in made.partners],
        "prerequisites": [Prerequisite(text=text) for text in made.prerequisites],
        "budget_lines": _budget(made, lookups),
        "translations": [InnovationTranslation(language="en", title=made.title_en, summary=made.summary_en)]
        if made.title_en
        else [],
        "themes": [found(lookups.themes, code, "theme") for code in made.themes],
        "sdgs": [found(lookups.sdgs, code, "sdg") for code in made.sdgs],
        "urusan_related": [found(lookups.urusan, code, "urusan") for code in made.urusan_related],
        "kinds": [lookups.term("kinds", code) for code in made.kinds],
        "target_groups": [lookups.term("target_groups", code) for code in made.target_groups],
        "asta_cita": [lookups.term("asta_cita", code) for code in made.asta_cita],
        "tematik": [lookups.term("tematik", made.tematik)] if made.tematik else [],
    }
    return children


def _budget(made: SyntheticEntry, lookups: Lookups) -> list[BudgetLine]:
    if not (made.budget_year or made.budget_band):
        return []
    band = lookups.term("budget_bands", made.budget_band)
    return [BudgetLine(year=made.budget_year, source=made.budget_source, band=band)]


_CHILD_NAMES = ("claims", "steps", "stakeholders", "prerequisites", "budget_lines", "translations")


def _write_children(entries: Sequence[Innovation]) -> None:
    for name in _CHILD_NAMES:
        children = []
        for entry in entries:
            for order, child in enumerate(entry._cluster_related_objects[name]):
                child.entry_id, child.sort_order = entry.pk, order
                children.append(child)
        insert_objects(children)


def _write_relations(entries: Sequence[Innovation], batch: Sequence[SyntheticEntry], keywords: dict[str, int]) -> None:
    for name in ("themes", "sdgs", "urusan_related", "kinds", "target_groups", "asta_cita", "tematik"):
        field = Innovation._meta.get_field(name)
        through = getattr(Innovation, name).through
        column = through._meta.get_field(field.m2m_reverse_field_name()).attname
        insert_rows(
            through,
            [
                {"innovation_id": entry.pk, column: one.pk}
                for entry in entries
                for one in entry._cluster_related_objects[name]
            ],
        )
    insert_rows(
        TaggedInnovation,
        [
            {"content_object_id": entry.pk, "tag_id": keywords[tag]}
            for entry, made in zip(entries, batch, strict=True)
            for tag in dict.fromkeys(made.tags)
        ],
    )


def paragraphs(text: str) -> str:
    """Return plain text, whose paragraphs are parted by an empty line, as rich text."""
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n") if part.strip())
