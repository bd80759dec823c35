"""The real cases of the demo collection, read from ``data/real_cases/*.json``.

Every fact in them names the sources that state it, by letter. :func:`load_real_cases` refuses a file that
breaks a rule, so a figure without a source can't reach a page. Plain Python without models: whoever loads the
cases maps them to records.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .real_cases_decoding import RealCaseError, decode
from .real_cases_records import (
    Adopter,
    Award,
    Claim,
    DateStatement,
    LegalBasis,
    LifeStatus,
    Prose,
    RealCase,
    Replication,
    Source,
    Step,
    Training,
)

__all__ = [
    "CASES_DIR",
    "Adopter",
    "Award",
    "Claim",
    "DateStatement",
    "LegalBasis",
    "LifeStatus",
    "Prose",
    "RealCase",
    "RealCaseError",
    "Replication",
    "Source",
    "Statement",
    "Step",
    "Training",
    "load_real_cases",
    "read_case",
    "statements",
]

CASES_DIR = Path(__file__).parent / "data" / "real_cases"
SUMMARY_WORDS = 200  # domain.md 4a, KIPP
FILE_NAME = re.compile(r"\d\d-(.+)\.json")
PROSE_FIELDS = ("problem", "design", "steps", "challenges", "lessons", "replication_prerequisites", "context")
RECORD_FIELDS = ("implemented_on", "ended_on", "legal_basis", "awards", "claims")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Statement:
    """A piece of a case that states facts: where it stands, all its words, the letters of its sources."""

    field: str
    text: str
    sources: tuple[str, ...]
    editorial: bool = False

    @property
    def has_figure(self) -> bool:
        """Whether there is a digit in it."""
        return bool(_DIGIT.search(self.text))


def load_real_cases(directory: Path = CASES_DIR) -> list[RealCase]:
    """Return all cases in the order of their file names.

    Raises :class:`RealCaseError`, naming file and field, if a file breaks a rule or a key occurs twice.
    """
    cases: dict[str, RealCase] = {}
    for path in sorted(directory.glob("*.json")):
        case = read_case(path)
        if case.key in cases:
            raise RealCaseError(path.name, "key", f"{case.key!r} is also in {cases[case.key].file}")
        cases[case.key] = case
    return list(cases.values())


def read_case(path: Path) -> RealCase:
    """Read and check one file. Raises :class:`RealCaseError`."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise RealCaseError(path.name, "", f"not readable as JSON ({error})") from error
    if isinstance(data, dict):
        data["file"] = path.name
    case = decode(RealCase, data, path.name)
    _check_whole(case)
    _check_sources(case)
    _check_conflicts(case)
    return case


def statements(case: RealCase) -> Iterator[Statement]:
    """Yield everything in ``case`` that states a fact and so has to name a source."""
    yield Statement("summary", _words(case.summary.text, case.summary_en), case.summary.sources)
    names = (case.title_plain, case.title_en, case.brand_name, case.acronym_expansion, case.agency, case.unit)
    yield Statement("identity_sources", _words(*names), case.identity_sources)
    if case.training:
        yield Statement("training", f"{_texts(case.training)} {case.training.year}", case.training.sources)
    for field, items in _lists(case):
        for number, item in enumerate(items):
            yield Statement(f"{field}[{number}]", _texts(item), item.sources, getattr(item, "editorial", False))


def _lists(case: RealCase) -> Iterator[tuple[str, tuple]]:
    """Yield the lists whose items have sources, with the name of the field."""
    for field in PROSE_FIELDS + RECORD_FIELDS:
        yield field, getattr(case, field)
    for field in ("kit", "spread", "adopters"):
        yield f"replication.{field}", getattr(case.replication, field)
    yield "life_status.text", case.life_status.text


def _texts(item: Any) -> str:
    """All texts of a record, whatever their fields are called."""
    return _words(*(value for value in (getattr(item, name) for name in item.__slots__) if isinstance(value, str)))


def _words(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _check_whole(case: RealCase) -> None:
    """File name, length of the summary, and no figures where no source can stand."""
    name = FILE_NAME.fullmatch(case.file)
    if not name or name[1] != case.key:
        raise RealCaseError(case.file, "key", f"the file must be called NN-{case.key}.json")
    for field, text in (("summary", case.summary.text), ("summary_en", case.summary_en)):
        if len(text.split()) > SUMMARY_WORDS:
            raise RealCaseError(case.file, field, f"more than {SUMMARY_WORDS} words")
    for number, text in enumerate(case.unknowns):
        if _DIGIT.search(text):
            raise RealCaseError(case.file, f"unknowns[{number}]", "has a figure, for which there is no source")


def _check_sources(case: RealCase) -> None:
    """Every statement names sources that exist, and every source supports a statement."""
    letters = [source.letter for source in case.sources]
    if letters != sorted(set(letters)):
        raise RealCaseError(case.file, "sources", "letters must be in order, each once")
    used: set[str] = set()
    for statement in statements(case):
        if unknown := sorted(set(statement.sources) - set(letters)):
            raise RealCaseError(case.file, statement.field, f"there is no source {unknown[0]!r}")
        if not statement.sources and statement.has_figure:
            raise RealCaseError(case.file, statement.field, "a figure without a source")
        if not statement.sources and not statement.editorial:
            raise RealCaseError(case.file, statement.field, "names no source")
        used.update(statement.sources)
    if idle := sorted(set(letters) - used):
        raise RealCaseError(case.file, "sources", f"nothing refers to {', '.join(idle)}")
    for number, source in enumerate(case.sources):
        if (source.date is None) != (source.date_note == "n.d."):
            raise RealCaseError(case.file, f"sources[{number}].date_note", "must be n.d. if there is no date, else not")


def _check_conflicts(case: RealCase) -> None:
    """Keys of claims occur once; a conflict needs two sides."""
    keys = Counter(claim.key for claim in case.claims)
    groups = Counter(claim.conflict_group for claim in case.claims)
    for number, claim in enumerate(case.claims):
        if keys[claim.key] > 1:
            raise RealCaseError(case.file, f"claims[{number}].key", f"{claim.key!r} occurs twice")
        if claim.conflict_group and groups[claim.conflict_group] < 2:
            raise RealCaseError(case.file, f"claims[{number}].conflict_group", "a conflict needs at least two claims")
