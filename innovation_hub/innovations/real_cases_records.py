"""What a file of a real case holds; ``data/real_cases/README.md`` says what each field is for."""

import re
from dataclasses import dataclass
from typing import Annotated

from .real_cases_decoding import at_most, one_of, partial_date, shaped

PartialDate = Annotated[str, partial_date]
Slug = Annotated[str, shaped(re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")), at_most(40)]
Letter = Annotated[str, shaped(re.compile(r"[a-z]"))]
Letters = tuple[Letter, ...]
RegionCode = Annotated[str, shaped(re.compile(r"\d\d(\.\d\d)?"))]
Url = Annotated[str, shaped(re.compile(r"https://[^\s<>]+")), at_most(500)]
Text120 = Annotated[str, at_most(120)]
Text200 = Annotated[str, at_most(200)]
Text300 = Annotated[str, at_most(300)]


@dataclass(frozen=True, slots=True)
class Prose:
    """One paragraph with the letters of its sources; an editorial remark of the hub's own may have none."""

    text: str
    sources: Letters
    editorial: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done, and when."""

    when: PartialDate | None
    text: Annotated[str, at_most(255)]
    sources: Letters


@dataclass(frozen=True, slots=True)
class DateStatement:
    """A date as a source gives it: year, month or day; ``value_to`` ends a range."""

    value: PartialDate
    value_to: PartialDate | None
    inferred: bool
    disputed: bool
    note: Text300 | None
    sources: Letters


@dataclass(frozen=True, slots=True)
class Training:
    """The training that a text ties to the case: ``*_as_printed`` in its words, codes from our lists."""

    programme: str
    programme_as_printed: str
    product: str
    institution: str
    institution_as_printed: str
    institution_code: str | None
    cohort_number: int | None
    cohort_as_printed: str | None
    year: int
    note: Text300 | None
    sources: Letters


@dataclass(frozen=True, slots=True)
class Adopter:
    """Who is on record as using it too; ``called_replication`` only where a text uses that word."""

    name: Text200
    since: PartialDate | None
    called_replication: bool
    text: str
    sources: Letters


@dataclass(frozen=True, slots=True)
class Replication:
    """Openness (code), the kit and its terms, spread inside the same agency, and known adopters elsewhere."""

    openness: str | None
    kit: tuple[Prose, ...]
    spread: tuple[Prose, ...]
    adopters: tuple[Adopter, ...]


@dataclass(frozen=True, slots=True)
class LifeStatus:
    """Whether it lives; ``last_seen_running`` is when a source last says so, which is no status of today."""

    code: str
    as_of: PartialDate | None
    stop_reason: str | None
    successor: Text200 | None
    last_seen_running: PartialDate | None
    text: tuple[Prose, ...]


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A regulation, decree or agreement."""

    kind: Text120
    number: Text120 | None
    date: PartialDate | None
    about: Text300 | None
    note: Text300 | None
    sources: Letters

    @property
    def year(self) -> int | None:
        """The year of its date."""
        return int(self.date[:4]) if self.date else None


@dataclass(frozen=True, slots=True)
class Award:
    """A prize (``award``), or a mention in someone's list or publication (``listing``)."""

    name: Text300
    giver: Text200 | None
    date: PartialDate | None
    kind: Annotated[str, one_of("award", "listing")]
    note: Text300 | None
    sources: Letters

    @property
    def year(self) -> int | None:
        """The year of its date."""
        return int(self.date[:4]) if self.date else None


@dataclass(frozen=True, slots=True)
class Claim:
    """A stated result with its evidence level (0 to 4); those of one ``conflict_group`` clash."""

    key: Slug
    indicator: str
    baseline: Text120 | None
    baseline_period: Annotated[str, at_most(60)] | None
    value: Text200 | None
    unit: Annotated[str, at_most(80)] | None
    period: Text120 | None
    method: str | None
    level: Annotated[int, one_of(0, 1, 2, 3, 4)]
    verifier: Text200
    sources: Letters
    conflict_group: Slug | None
    note: str | None

    @property
    def baseline_text(self) -> str:
        """The value before, with its period in brackets: ``9,2 (2006)``; empty if there is none."""
        if not self.baseline:
            return ""
        return f"{self.baseline} ({self.baseline_period})" if self.baseline_period else self.baseline


@dataclass(frozen=True, slots=True)
class Source:
    """A text from which facts come; ``read`` is F (in full), P (in part) or A (abstract only)."""

    letter: Letter
    title: Annotated[str, at_most(400)]
    title_basis: Annotated[str, one_of("printed", "address", "described")]
    publisher: Text200
    date: PartialDate | None
    date_note: Annotated[str, one_of("n.d.", "inferred")] | None
    locator: Text200 | None
    url: Url | None
    read: Annotated[str, one_of("F", "P", "A")]
    note: Text300 | None


@dataclass(frozen=True, slots=True)
class RealCase:
    """One case, in the order of the file's fields; ``file`` is its name."""

    file: str
    key: Slug
    title_plain: Text120
    title_en: Text120
    brand_name: Text120 | None
    acronym_expansion: Text300 | None
    summary: Prose
    summary_en: str
    agency: str
    agency_code: Slug
    unit: Text200 | None
    region: RegionCode | None
    coverage: str | None
    identity_sources: Letters
    origin_channel: str | None
    training: Training | None
    urusan_primary: str
    urusan_related: tuple[str, ...]
    themes: Annotated[tuple[str, ...], at_most(3)]
    sdgs: Annotated[tuple[str, ...], at_most(3)]
    target_groups: tuple[str, ...]
    problem: tuple[Prose, ...]
    design: tuple[Prose, ...]
    steps: tuple[Step, ...]
    challenges: tuple[Prose, ...]
    lessons: tuple[Prose, ...]
    replication_prerequisites: tuple[Prose, ...]
    context: tuple[Prose, ...]
    replication: Replication
    life_status: LifeStatus
    implemented_on: tuple[DateStatement, ...]
    ended_on: tuple[DateStatement, ...]
    legal_basis: tuple[LegalBasis, ...]
    awards: tuple[Award, ...]
    claims: tuple[Claim, ...]
    unknowns: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def settled_start(self) -> DateStatement | None:
        """When it began, or ``None`` if no source says so or the sources disagree."""
        if not self.implemented_on or any(statement.disputed for statement in self.implemented_on):
            return None
        return self.implemented_on[0]

    @property
    def highest_claim_level(self) -> int:
        """The best-supported claim's level: a grade of the evidence, not of success."""
        return max((claim.level for claim in self.claims), default=0)
