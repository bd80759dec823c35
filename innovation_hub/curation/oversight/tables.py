"""The figures as tables: the same rows for the page and for a spreadsheet."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from innovation_hub.core.models import Term
from innovation_hub.curation.oversight import figures
from innovation_hub.curation.oversight.scope import Scope
from innovation_hub.training.models import Cohort, TrainingProgramme

#: Cohorts shown on the page; the spreadsheet has all.
SHOWN_COHORTS = 20


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of a row is its heading."""

    code: str
    title: str
    headings: list[str]
    rows: list[list[Any]]
    empty: str
    note: str = ""
    links: dict[int, int] = field(default_factory=dict)
    """Row -> review at whose desk it is decided."""


def tables(scope: Scope, shown_cohorts: int | None = SHOWN_COHORTS) -> list[Table]:
    """Return all tables of the page."""
    return [by_programme(scope), by_cohort(scope, shown_cohorts), pace(scope), reasons(scope), late(scope)]


def by_programme(scope: Scope) -> Table:
    """Return how far entries are, by training programme."""
    found = figures.ways(scope, "programme")
    language = (get_language() or "id")[:2]
    names = {one.pk: one.short_label or one.label_for(language) for one in TrainingProgramme.objects.all()}
    lines = {_("Without training") if key is None else names.get(key, str(key)): way for key, way in found.items()}
    return _ways(scope, "program", _("By training programme"), _("Programme"), sorted(lines.items()))


def by_cohort(scope: Scope, shown: int | None) -> Table:
    """Return the same by cohort; those with most on the way first."""
    found = figures.ways(scope, "cohort")
    found.pop(None, None)
    ordered = sorted(found.items(), key=lambda one: (-one[1].new_on_the_way, -one[1].drafts, -one[0]))[:shown]
    cohorts = Cohort.objects.select_related("programme", "institution").in_bulk([key for key, _way in ordered])
    lines = [(str(cohorts[key]), way) for key, way in ordered if key in cohorts]
    note = ""
    if shown is not None and len(found) > shown:
        note = _("The %(shown)s cohorts with most on the way, of %(count)s; the spreadsheet has all.") % {
            "shown": shown,
            "count": len(found),
        }
    return _ways(scope, "angkatan", _("By cohort"), _("Cohort"), lines, note)


def _ways(
    scope: Scope, code: str, title: str, first: str, lines: list[tuple[str, figures.Way]], note: str = ""
) -> Table:
    names = scope.steps
    tasks = [task for task in names if task in figures.used(way for _name, way in lines)]
    headings = [
        first, _("Entries"), _("Drafts"), *(names[task] for task in tasks), _("Sent back"), _("Public"),
        _("of which curated"),
    ]  # fmt: skip
    rows = [
        [name, way.total, way.drafts, *(way.waiting[task] for task in tasks), way.returned, way.published,
         _share(way.curated, way.published)]
        for name, way in lines
    ]  # fmt: skip
    return Table(code, title, headings, rows, _("There are no entries here yet."), note)


def _share(part: int, whole: int) -> str:
    return f"{part} ({round(100 * part / whole)} %)" if part else "0"


def pace(scope: Scope) -> Table:
    """Return how long reviews took."""
    names = scope.steps
    rows = [
        [names.get(one.task, ""), one.reviews, round(one.median, 1), round(one.nine_of_ten, 1), one.late]
        for one in figures.paces(scope)
    ]
    headings = [_("Step"), _("Decided"), _("Median (days)"), _("Nine of ten within (days)"), _("Decided late")]
    return Table("langkah", _("How long decisions take"), headings, rows, _("Nothing was decided in this period."))


def reason_labels() -> dict[str, str]:
    """Return code -> words of the reasons for sending back."""
    language = (get_language() or "id")[:2]
    return {term.code: term.label_for(language) for term in Term.objects.filter(vocabulary="return_reasons")}


def reasons(scope: Scope) -> Table:
    """Return why entries were sent back."""
    labels = reason_labels()
    rows = [[labels.get(code, code) or _("no reason given"), count] for code, count in figures.return_reasons(scope)]
    return Table(
        "alasan", _("Why entries were sent back"), [_("Reason"), _("Times")], rows,
        _("Nothing was sent back in this period."),
    )  # fmt: skip


def late(scope: Scope) -> Table:
    """Return what waits too long."""
    names = scope.steps
    found, count = figures.late_reviews(scope)
    today = timezone.localdate()
    rows = [
        [one.title, names.get(one.task, ""), date_format(one.due_on, "j M Y"), (today - one.due_on).days]
        for one in found
    ]
    note = ""
    if count > len(found):
        note = _("The %(shown)s latest of %(count)s.") % {"shown": len(found), "count": count}
    headings = [_("Innovation"), _("Waits at"), _("Was due"), _("Days late")]
    links = {row: one.review for row, one in enumerate(found)}
    return Table("terlambat", _("Late"), headings, rows, _("Nothing is late."), note, links)


#: Code of a table -> what makes it, whole.
MAKERS: dict[str, Callable[[Scope], Table]] = {
    "program": by_programme,
    "angkatan": lambda scope: by_cohort(scope, None),
    "langkah": pace,
    "alasan": reasons,
    "terlambat": late,
}
