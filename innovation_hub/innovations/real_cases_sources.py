"""``docs/sources.md``: which texts the real cases stand on, and how much of each was read.

Write it anew with ``python -m innovation_hub.innovations.real_cases_sources`` after changing a case.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from .real_cases import RealCase, Source, load_real_cases

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "sources.md"
READING = {"F": "read in full", "P": "read in part", "A": "abstract only"}
INTRODUCTION = """\
# Sources of the real cases

The demo collection holds {cases} real cases beside its sample data. Each of their facts names the texts that
state it by letter; this page lists those {sources} texts. They were read in stored public copies, not on the live
web: in full, in part (usually the opening, so that results further down may exist unseen) or as an abstract.
Nothing was added from memory: what no text says is not known, and stays empty.

A title in square brackets is read off the address or describes the text, for want of a printed title.
"n.d." means that the copy has no date; "inferred" that its year follows from the weekday or the text. Reports
that hold personal data are cited by title and year, without a link.

The data are in `innovation_hub/innovations/data/real_cases/`. This page is generated from them:
`python -m innovation_hub.innovations.real_cases_sources`.
"""


def render_sources_markdown(cases: Iterable[RealCase]) -> str:
    """Return the page: a heading for each case, a line for each of its sources."""
    cases = list(cases)
    parts = [INTRODUCTION.format(cases=len(cases), sources=sum(len(case.sources) for case in cases))]
    parts += ["\n".join(_case_lines(number, case)) + "\n" for number, case in enumerate(cases, 1)]
    return "\n".join(parts)


def _case_lines(number: int, case: RealCase) -> Iterator[str]:
    brand = f" ({case.brand_name})" if case.brand_name else ""
    yield f"## {number}. {case.title_plain}{brand}"
    yield ""
    yield f"{case.title_en}. {case.agency}."
    yield ""
    for source in case.sources:
        yield f"- **{source.letter}** {_citation(source)}"


def _citation(source: Source) -> str:
    """One source as a sentence: title, place in it, publisher, date, address, reading, note."""
    title = f"*{source.title}*" if source.title_basis == "printed" else f"[{source.title}]"
    where = f"{title}, {source.locator}" if source.locator else title
    when = source.date or "n.d"
    if source.date_note == "inferred":
        when += " (inferred)"
    address = f"<{source.url}>" if source.url else "cited by title and year"
    note = f" {source.note}" if source.note else ""
    return f"{where}. {source.publisher}, {when}. {address}. {READING[source.read].capitalize()}.{note}"


if __name__ == "__main__":
    DOCUMENT.write_text(render_sources_markdown(load_real_cases()), encoding="utf-8")
