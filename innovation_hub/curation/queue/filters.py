"""What a reader of the queue asked for, as it stands in the address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from wagtail.models import TaskState

from innovation_hub.curation.working_days import today
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.registry_numbers import parse_number
from innovation_hub.training.models import roman

TEXT_LIMIT = 120
MAX_COHORT_NUMBER = 400


class Tab(StrEnum):
    """The parts of the queue, as they stand in the address."""

    WAITING = "menunggu"
    TAKEN = "saya"
    LATE = "lewat"
    ALL = "semua"


# Field of QueueFilters -> parameter of the address.
PARAMETERS = {
    "tab": "bagian",
    "text": "q",
    "step": "tahap",
    "programme": "program",
    "institution": "lembaga",
    "cohort": "angkatan",
    "agency": "instansi",
    "late": "terlambat",
    "page": "p",
}


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """One look at the queue; 0 means "any". Made from an address, where anything unreadable counts as not asked."""

    tab: Tab = Tab.WAITING
    text: str = ""
    step: int = 0
    programme: int = 0
    institution: int = 0
    cohort: int = 0
    agency: int = 0
    late: bool = False
    page: int = 1

    @classmethod
    def from_query(cls, data: Mapping[str, str]) -> "QueueFilters":
        """Read the parameters of an address."""
        tab = data.get(PARAMETERS["tab"], "")
        numbers = {name: _number(data.get(PARAMETERS[name], "")) for name in _NUMBERS}
        return cls(
            tab=Tab(tab) if tab in set(Tab) else Tab.WAITING,
            text=" ".join(data.get(PARAMETERS["text"], "").split())[:TEXT_LIMIT],
            late=data.get(PARAMETERS["late"]) == "1",
            page=_number(data.get(PARAMETERS["page"], "")) or 1,
            **numbers,
        )

    def query(self, **changes: object) -> str:
        """Return the parameters of the same look with ``changes``; usual values are left out."""
        asked, usual = replace(self, **changes), QueueFilters()
        pairs = []
        for field in fields(self):
            value = getattr(asked, field.name)
            if value != getattr(usual, field.name):
                pairs.append((PARAMETERS[field.name], "1" if value is True else str(value)))
        return urlencode(pairs)

    @property
    def is_filtered(self) -> bool:
        """True when less than the whole tab is asked for."""
        return bool(self.text or self.late or any(getattr(self, name) for name in _NUMBERS))

    def condition(self) -> Q:
        """Return the condition on reviews; the tab is not part of it."""
        found = Q()
        if self.late:
            found &= Q(due_on__lt=today())
        if self.step:
            found &= Q(Exists(TaskState.objects.filter(pk=OuterRef("pk"), task=self.step)))
        about_entry = self._about_entry()
        if about_entry:
            found &= Q(entry_is(about_entry))
        return found & text_condition(self.text) if self.text else found

    def _about_entry(self) -> Q:
        """Return what is asked of the entries."""
        found = Q()
        if self.programme:
            found &= Q(programme=self.programme)
        if self.institution:
            found &= Q(institution=self.institution) | Q(draft_institution=self.institution)
        if self.cohort:
            found &= Q(cohort=self.cohort)
        if self.agency:
            found &= Q(agency=self.agency) | Q(draft_agency=self.agency)
        return found


def entry_is(condition: Q) -> Exists:
    """Return that a review's entry meets ``condition``.

    As a question about one row, not as a join: databases without statistics would begin with every entry of a
    programme, and the few thousand that wait are looked for among hundreds of thousands.
    """
    return Exists(Innovation.objects.order_by().filter(condition, pk=OuterRef("entry_id")))


_NUMBERS = ("step", "programme", "institution", "cohort", "agency")


def _number(value: str) -> int:
    """Return a key of the address; 0 for what is none (longer than any key: 18 digits)."""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 18 else 0


_COHORT = re.compile(r"(?:angkatan|cohort|batch)\s+([0-9]{1,3}|[ivxlc]+)\b(?:\s+((?:19|20)[0-9]{2}))?", re.IGNORECASE)
_ROMAN = {roman(number): number for number in range(1, MAX_COHORT_NUMBER)}


def text_condition(text: str) -> Q:
    """Return the condition for typed words: a registry number, "angkatan XII 2024", or part of a title or name."""
    number = parse_number(text)
    if number:
        return Q(entry_is(Q(registry_number=number)))
    named = Q(brand_name__icontains=text) | Q(cohort__name__icontains=text) | _cohort_condition(text)
    return Q(title__icontains=text) | Q(entry_is(named))


def _cohort_condition(text: str) -> Q:
    found = _COHORT.search(text)
    if not found:
        return Q(pk__in=[])
    typed, year = found[1].upper(), found[2]
    number = int(typed) if typed.isdigit() else _ROMAN.get(typed, 0)
    condition = Q(cohort__number=number)
    return condition & Q(cohort__year=int(year)) if year else condition
