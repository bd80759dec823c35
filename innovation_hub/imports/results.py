"""What a run did: counts, and every message with the rows it concerns."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext

from .models import Outcome
from .problems import Problem, sentence

COUNTS = ("rows", *(outcome.value for outcome in Outcome))
_RUNS_SHOWN = 400


@dataclass(slots=True)
class Notice:
    """One message and the rows of which it is true."""

    code: str
    column: str
    params: Mapping[str, object]
    sheet: str = ""
    rows: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The sentence in the active language."""
        return sentence(self.code, self.params)

    @property
    def row_text(self) -> str:
        """The rows as "2–5, 9, 11"."""
        return ", ".join(compressed(self.rows))


@dataclass(slots=True)
class FileResult:
    """What became of one file."""

    name: str
    source: str = ""
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    notes: list[tuple[str, Mapping[str, object]]] = field(default_factory=list)
    error: str = ""
    stopped: bool = False
    batch_id: int | None = None
    seconds: float = 0.0
    _notices: dict[tuple, Notice] = field(default_factory=dict)

    def add_row(self, outcome: str, number: int, sheet: str, problems: Iterable[Problem]) -> None:
        """Count a row and keep its messages."""
        self.counts["rows"] += 1
        self.counts[outcome] += 1
        for problem in problems:
            key = (problem.code, problem.column, sheet, tuple(sorted((k, str(v)) for k, v in problem.params.items())))
            notice = self._notices.get(key)
            if notice is None:
                notice = self._notices[key] = Notice(problem.code, problem.column, problem.params, sheet)
            if not notice.rows or notice.rows[-1] != number:
                notice.rows.append(number)

    def notices(self) -> Iterator[Notice]:
        """Yield the messages in the order of the rows they first concern."""
        yield from sorted(self._notices.values(), key=lambda notice: notice.rows[0])


@dataclass(slots=True)
class ImportResult:
    """What became of all files of a run."""

    files: list[FileResult] = field(default_factory=list)
    indexed: bool = True

    @property
    def counts(self) -> dict[str, int]:
        """The sums over all files: rows, and each outcome; the outcomes add up to the rows."""
        return {name: sum(one.counts[name] for one in self.files) for name in COUNTS}

    @property
    def errors(self) -> list[str]:
        """The files that could not go in, each with its reason."""
        return [one.error for one in self.files if one.error]


def compressed(numbers: Iterable[int]) -> Iterator[str]:
    """Yield runs of numbers ("2–5", "9"), the last one telling how many more there are if they are very many."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    for first, last in runs[:_RUNS_SHOWN]:
        yield str(first) if first == last else f"{first}–{last}"
    if len(runs) > _RUNS_SHOWN:
        more = sum(last - first + 1 for first, last in runs[_RUNS_SHOWN:])
        yield gettext("and %(count)s more") % {"count": more}
