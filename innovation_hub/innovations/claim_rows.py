"""Claims as the entry page shows them: before, after, how it was measured, and how well it is supported."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from markupsafe import Markup

from innovation_hub.innovations.models import Claim
from innovation_hub.innovations.rich_text import letter_links, split_letters

MEASURED = 2  # from this evidence level on, before and after were both measured
SHORT_UNIT = 6
LONGEST_FIGURE = 20
_THOUSANDS = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_DECIMAL_COMMA = re.compile(r"-?\d+(?:,\d+)?")
_NOTED = re.compile(r"(-?[\d.,]+) (\([^()]+\))")  # a figure and a remark behind it
_DECIMAL_POINT = re.compile(r"-?\d+\.\d+")


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One row.

    ``bars`` are the widths (0–100) of before and after, where both are figures of one unit; the looks are CSS classes.
    """

    indicator: str
    notes: list[str]
    before: str
    after: str
    before_look: str
    after_look: str
    level: int
    bars: tuple[float, float] | None
    letters: Markup
    conflicting: bool
    evidence: str
    evidence_url: str


def read_figure(text: str) -> Decimal | None:
    """Return a figure written the Indonesian way (``1.234,5``) or with a decimal point, else ``None``."""
    value = text.strip().removesuffix("%").strip()
    if _THOUSANDS.fullmatch(value) or _DECIMAL_COMMA.fullmatch(value):
        return Decimal(value.replace(".", "").replace(",", "."))
    return Decimal(value) if _DECIMAL_POINT.fullmatch(value) else None


def bar_widths(claim: Claim) -> tuple[float, float] | None:
    """Return how long the bars before and after are in one scale, or ``None`` where a pair would mislead."""
    before, after = read_figure(claim.baseline), read_figure(claim.value)
    if claim.level < MEASURED or before is None or after is None or before < 0 or after < 0:
        return None
    longest = max(before, after)
    if not longest:
        return None
    return round(float(100 * before / longest), 1), round(float(100 * after / longest), 1)


def with_unit(value: str, unit: str) -> str:
    """Return "95 menit" or "95 menit (2019)" from value and unit; only a short unit holds on to its value."""
    if not value or not unit or unit.casefold() in value.casefold():
        return value
    noted = _NOTED.fullmatch(value)
    if noted:
        return f"{with_unit(noted[1], unit)} {noted[2]}"
    short = len(unit) <= SHORT_UNIT and " " not in value
    return f"{value}\N{NO-BREAK SPACE}{unit}" if short else f"{value} {unit}"


def look_of(value: str) -> str:
    """Return the class of a cell: ``none`` for what is absent, ``words`` for what is told instead of counted."""
    if not value:
        return "none"
    return "" if len(value) <= LONGEST_FIGURE else "words"


def claim_rows(claims: Iterable[Claim], known_letters: Collection[str]) -> list[ClaimRow]:
    """Return the rows of an entry's claims in their order; clashing ones say so, none is picked."""
    rows = list(claims)
    groups = Counter(claim.conflict_group for claim in rows if claim.conflict_group)
    return [_row(claim, known_letters, groups[claim.conflict_group] > 1) for claim in rows]


def _sentence(notes: list[str]) -> list[str]:
    """Return notes with a capital where their line begins."""
    return [capfirst(note) if at == 0 else note for at, note in enumerate(notes)]


def _row(claim: Claim, known_letters: Collection[str], conflicting: bool) -> ClaimRow:
    absent = _("not stated") if claim.level else _("not measured")
    notes = [claim.method, claim.period]
    if claim.verifier:
        notes.append(_("according to %(name)s") % {"name": claim.verifier})
    return ClaimRow(
        indicator=claim.indicator,
        notes=_sentence([note for note in notes if note]),
        before=with_unit(claim.baseline, claim.unit) or absent,
        after=with_unit(claim.value, claim.unit) or absent,
        before_look=look_of(claim.baseline),
        after_look=look_of(claim.value),
        level=min(claim.level, 4),
        bars=bar_widths(claim),
        letters=letter_links(split_letters(claim.source_letters, known_letters)),
        conflicting=conflicting,
        evidence=claim.evidence_note,
        evidence_url=claim.evidence_url,
    )
