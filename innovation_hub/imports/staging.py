"""The cheap half of reading a row: who it is. Decides whether a row is new, known, changed, doubled or refused."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from innovation_hub.agencies.models.agencies import fold_name
from innovation_hub.agencies.naming import AgencyMatch, Reason
from innovation_hub.agencies.naming_words import fold_agency_name
from innovation_hub.core.text import clean_line, has_lost_characters, is_formula, neutralise_formula

from .columns import ColumnMap
from .dates import Order, Parsed, is_nothing, order_of, parse_date, parse_year
from .fields import BY_CODE, Use
from .problems import Problem
from .readers import RawRow
from .reference import Reference

AGENCY_SIZE, UNIT_SIZE = 500, 300
KEY_SIZE = 150
DATE_FIELDS = ("implemented_on", "trial_start", "ended_on")
_AMBIGUOUS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the person said for rows that don't say it themselves."""

    agency_id: int | None = None
    programme_id: int | None = None
    language: str = ""


@dataclass(slots=True)
class StagedRow:
    """A row with its identity: everything that decides its outcome, before its texts are cleaned."""

    raw: RawRow
    values: dict[str, str]
    key: str
    content_hash: str
    identity: str = ""
    unit_fold: str = ""
    title: str = ""
    agency: AgencyMatch | None = None
    agency_id: int = 0
    agency_raw: str = ""
    dates: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """True when a problem refuses the row."""
        return any(problem.refuses for problem in self.problems)


class Stager:
    """Stages the rows of one file."""

    def __init__(self, columns: ColumnMap, reference: Reference, defaults: Defaults) -> None:
        self.columns, self.reference, self.defaults = columns, reference, defaults
        self.orders: dict[str, Order] = {}
        self.columns_of = {code: columns.columns_of(code) for code in BY_CODE}
        self._fold = cache(fold_agency_name)

    def learn(self, rows: Iterable[RawRow]) -> None:
        """Learn from a sample of rows how each column of dates is written."""
        rows = list(rows)
        for code in DATE_FIELDS:
            for column in self.columns_of[code]:
                self.orders[column] = order_of(row.values.get(column, "") for row in rows)

    def stage(self, row: RawRow) -> StagedRow:
        """Return the row with its key, content hash, identity and the problems found so far."""
        values, problems = self._checked_values(row)
        staged = StagedRow(row, values, "", content_hash(row.values, self.columns), problems=problems)
        if not staged.refused:
            self._find_title(staged)
        if staged.refused:
            staged.key = f"refused:{digest(row.sheet, staged.content_hash)[:40]}"
            return staged
        self._find_agency(staged)
        self._find_dates(staged)
        self._identify(staged)
        return staged

    def value(self, staged: StagedRow, code: str) -> tuple[str, str]:
        """Return the first filled value of a field, cleaned to one line, and its column."""
        for column in self.columns_of[code]:
            text = clean_line(staged.values.get(column, ""))
            if text and not is_nothing(text):
                return text, column
        return "", ""

    def cells(self, staged: StagedRow, code: str) -> list[tuple[str, str]]:
        """Return all filled raw values of a field with their columns."""
        found = ((column, staged.values.get(column, "")) for column in self.columns_of[code])
        return [(column, text) for column, text in found if text.strip()]

    def _checked_values(self, row: RawRow) -> tuple[dict[str, str], list[Problem]]:
        """Leave out dropped columns; make formulas harmless and say so."""
        problems = list(row.problems)
        values: dict[str, str] = {}
        for column, text in row.values.items():
            if column in self.columns.dropped:
                continue
            if text[:1] in "=+-@ \t" and is_formula(text):
                used = self.columns.fields.get(column, "")
                refuses = bool(used) and BY_CODE[used].use is Use.TITLE
                problems.append(Problem("title-is-formula" if refuses else "formula", column, refuses=refuses))
                text = neutralise_formula(text.strip())
            values[column] = text
        return values, problems

    def _find_title(self, staged: StagedRow) -> None:
        delivered = ""
        for column, text in self.cells(staged, "title"):
            delivered = text
            title = clean_line(text)
            if re.search(r"[^\W\d_]", title) and not is_nothing(title):
                staged.title = _without_outer_quotes(title)
                if has_lost_characters(text):
                    staged.problems.append(Problem("lost-characters", column))
                return
        column = self.columns_of["title"][0]
        code = "title-unreadable" if delivered and not is_nothing(delivered) else "no-title"
        staged.problems.append(Problem(code, column, refuses=True))

    def _find_agency(self, staged: StagedRow) -> None:
        agency, column = self.value(staged, "agency")
        unit, unit_column = self.value(staged, "unit")
        region = self.value(staged, "region")[0] or self.value(staged, "province")[0]
        match = self.reference.agencies.match(agency, unit=unit, region=region)
        staged.agency, staged.agency_raw = match, (agency or unit)[:AGENCY_SIZE]
        if match.agency_id is None and self.defaults.agency_id and match.reason is not Reason.AMBIGUOUS:
            unit_name = match.unit_name or agency or unit or None
            match = AgencyMatch(self.defaults.agency_id, unit_name, 1.0, Reason.EXACT)
            staged.agency = match
        if match.reason is Reason.EMPTY and region:
            staged.agency = match = self._government_of(region, match)
            staged.agency_raw = region[:AGENCY_SIZE]
        staged.agency_id = match.agency_id or self.reference.unknown_agency
        staged.problems += self._agency_problems(match, staged.agency_raw, column or unit_column)

    def _government_of(self, region: str, match: AgencyMatch) -> AgencyMatch:
        """A list without agencies whose rows name regencies is a list of these regencies' innovations."""
        found = self.reference.agencies.match(region)
        return found if found.agency_id else match

    def _agency_problems(self, match: AgencyMatch, raw: str, column: str) -> Iterable[Problem]:
        shown = raw[:80]
        if match.reason is Reason.EMPTY:
            yield Problem("no-agency", column)
        elif match.reason is Reason.AMBIGUOUS:
            names = ", ".join(match.candidates[:_AMBIGUOUS_SHOWN])
            yield Problem("agency-ambiguous", column, {"value": shown, "candidates": names})
        elif match.agency_id is None:
            yield Problem("agency-unknown", column, {"value": shown})
        elif match.reason is Reason.LIKENESS:
            name = self.reference.agency_names[match.agency_id]
            yield Problem("agency-by-likeness", column, {"value": shown, "name": name})

    def _find_dates(self, staged: StagedRow) -> None:
        for code in DATE_FIELDS:
            for column in self.columns_of[code]:
                text = clean_line(staged.values.get(column, ""))
                parsed = parse_date(text, self.orders.get(column, Order.DAY_FIRST), column=column) if text else Parsed()
                self._keep_date(staged, code, parsed)
        for column in self.columns_of["year"]:
            text = clean_line(staged.values.get(column, ""))
            self._keep_date(staged, "year", parse_year(text, column) if text else Parsed())

    def _keep_date(self, staged: StagedRow, code: str, parsed: Parsed) -> None:
        if parsed.problem:
            staged.problems.append(parsed.problem)
        if parsed.value:
            staged.dates.setdefault(code, parsed.value)

    def _identify(self, staged: StagedRow) -> None:
        """Fold agency, title and year; the key is the source's own where it has one."""
        year = next(
            (staged.dates[code][:4] for code in ("implemented_on", "trial_start", "year") if code in staged.dates), ""
        )
        unit = staged.agency.unit_name if staged.agency and staged.agency.unit_name else self.value(staged, "unit")[0]
        staged.unit_fold = fold_name(unit) if unit else ""
        known = staged.agency_id != self.reference.unknown_agency
        agency = str(staged.agency_id) if known else f"?{self._fold(staged.agency_raw)}"
        staged.identity = identity_hash(agency, staged.title, year)
        own = " ".join(self.value(staged, "key")[0].split())
        raw = [self._fold(self.value(staged, code)[0]) for code in ("agency", "unit", "region")]
        hashed = digest(*raw, fold_title(staged.title), year)[:40]
        staged.key = own if 0 < len(own) <= KEY_SIZE else f"hash:{digest(own)[:40]}" if own else f"hash:{hashed}"


def fold_title(title: str) -> str:
    """Return the form under which two spellings of a title meet: letters and digits, lower case, no accents."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(char for char in plain if not unicodedata.combining(char))))


def identity_hash(agency: str, title: str, year: str) -> str:
    """Return the hash under which the same entry from two sources meets."""
    return digest(agency, fold_title(title), year)


def content_hash(values: Mapping[str, str], columns: ColumnMap) -> str:
    """Return the hash of a row's values and of what they are taken for, marks left out."""
    return digest(
        *(
            f"{column}\x1e{columns.fields.get(column, '')}\x1e{text}"
            for column, text in sorted(values.items())
            if text and column not in columns.dropped
        )
    )


def digest(*parts: str) -> str:
    """Return a hash of texts, 64 hexadecimal digits."""
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=32).hexdigest()


def _without_outer_quotes(title: str) -> str:
    pairs = {'"': '"', "“": "”", "'": "'", "‘": "’", "«": "»"}
    if len(title) > 2 and pairs.get(title[0]) == title[-1] and title[0] not in title[1:-1]:
        return title[1:-1].strip()
    return title
