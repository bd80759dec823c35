"""What one sample entry carries; every code is a code of the vocabularies, every date may be a year or a month."""

from dataclasses import dataclass

from .training import SyntheticCohort


@dataclass(frozen=True, slots=True)
class SyntheticClaim:
    """A stated result; ``baseline`` and ``value`` are written as readers see them, empty when not measured."""

    indicator: str
    baseline: str
    value: str
    unit: str
    period: str
    method: str
    verifier: str
    level: int


@dataclass(frozen=True, slots=True)
class SyntheticStep:
    """One step of putting it into practice."""

    title: str
    text: str
    period: str


@dataclass(frozen=True, slots=True)
class SyntheticPartner:
    """A body that takes part; ``role`` is a code of ``stakeholder_roles``."""

    role: str
    name: str
    part: str


@dataclass(frozen=True, slots=True)
class SyntheticEntry:
    """One invented innovation. Long texts are plain; paragraphs are parted by an empty line."""

    key: str
    index: int
    title_plain: str
    brand_name: str
    acronym_expansion: str
    summary: str
    agency: str
    region: str
    unit_name: str
    unit_type: str
    coverage: str
    initiator: str
    origin_channel: str
    programme: str
    training_product: str
    institution: str
    cohort: SyntheticCohort | None
    form: str
    kinds: tuple[str, ...]
    digital: str
    tech_dependencies: str
    stage: str
    urusan_primary: str
    urusan_related: tuple[str, ...]
    themes: tuple[str, ...]
    tematik: str
    sdgs: tuple[str, ...]
    asta_cita: tuple[str, ...]
    target_groups: tuple[str, ...]
    tags: tuple[str, ...]
    problem: str
    objectives: str
    design: str
    novelty: str
    results: str
    challenges: str
    lessons: str
    sustainability_strategy: str
    steps: tuple[SyntheticStep, ...]
    partners: tuple[SyntheticPartner, ...]
    claims: tuple[SyntheticClaim, ...]
    prerequisites: tuple[str, ...]
    team_size: int | None
    budget_year: int | None
    budget_source: str
    budget_band: str
    beneficiaries_count: int | None
    beneficiaries_basis: str
    replication_openness: str
    trial_start: str
    implemented_on: str
    ended_on: str
    life_status: str
    status_checked_on: str
    stop_reason: str
    publication_level: str
    evidence_level: int
    licence: str
    title_en: str
    summary_en: str
    published_on: str

    def texts(self) -> tuple[str, ...]:
        """All written text of the entry, for counting words and for tests."""
        return (
            self.title_plain, self.brand_name, self.acronym_expansion, self.summary, self.problem, self.objectives,
            self.design, self.novelty, self.results, self.challenges, self.lessons, self.sustainability_strategy,
            *(f"{step.title}. {step.text}" for step in self.steps),
            *(f"{partner.name}: {partner.part}" for partner in self.partners),
            *(f"{claim.indicator} {claim.method}" for claim in self.claims),
            *self.prerequisites,
        )  # fmt: skip

    def words(self) -> int:
        """How many words the entry has."""
        return sum(len(text.split()) for text in self.texts())
