"""What the filters of the queue offer: only what occurs in the tab at hand, in two queries for all of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Task

from innovation_hub.agencies.models import Agency
from innovation_hub.curation.models import ReviewTaskState
from innovation_hub.training.models import Cohort, TrainingInstitution, TrainingProgramme

from .filters import PARAMETERS, QueueFilters

# More cohorts than this are offered only once a programme or an institution is chosen.
COHORT_LIMIT = 100


@dataclass(frozen=True, slots=True)
class FilterField:
    """One list to choose from: parameter of the address, label, the words for "any", (value, label) pairs, choice."""

    name: str
    label: str | Promise
    any_label: str | Promise
    options: list[tuple[int, str]]
    chosen: int
    hint: str | Promise = ""


def filter_fields(reviews: QuerySet[ReviewTaskState], filters: QueueFilters) -> list[FilterField]:
    """Return the filters for the tab whose ``reviews`` are given, with what occurs in it and what is chosen now."""
    found = _occurring(reviews, filters)
    hint = _without_too_many(found, filters)
    labels = _labels(found)
    fields = (
        ("step", _("Step"), _("All steps")),
        ("programme", _("Programme"), _("All programmes")),
        ("institution", _("Institution"), _("All institutions")),
        ("cohort", _("Cohort"), _("All cohorts")),
        ("agency", _("Agency"), _("All agencies")),
    )
    return [
        FilterField(
            PARAMETERS[name],
            label,
            any_label,
            sorted(labels[name].items(), key=lambda option: option[1], reverse=name == "cohort"),
            getattr(filters, name),
            hint if name == "cohort" else "",
        )
        for name, label, any_label in fields
    ]


def _occurring(reviews: QuerySet[ReviewTaskState], filters: QueueFilters) -> dict[str, set[int]]:
    """Return field -> keys that occur in the tab; cohorts only of the chosen programme and institution."""
    columns = ("task", "entry__programme", "entry__institution", "entry__cohort", "entry__agency")
    found: dict[str, set[int]] = {name: set() for name in ("step", "programme", "institution", "cohort", "agency")}
    for step, programme, institution, cohort, agency in reviews.order_by().values_list(*columns):
        found["step"].add(step)
        found["programme"].add(programme)
        found["institution"].add(institution)
        found["agency"].add(agency)
        if filters.programme in (0, programme) and filters.institution in (0, institution):
            found["cohort"].add(cohort)
    for name, keys in found.items():
        keys.discard(None)
        chosen = getattr(filters, name)
        if chosen:
            keys.add(chosen)
    return found


def _without_too_many(found: dict[str, set[int]], filters: QueueFilters) -> str:
    """Take hundreds of cohorts out of what is offered, and return the words that say how to get at them."""
    if len(found["cohort"]) <= COHORT_LIMIT or filters.programme or filters.institution:
        return ""
    found["cohort"] &= {filters.cohort}
    return _("Choose a programme or an institution first.")


def _labels(found: dict[str, set[int]]) -> dict[str, dict[int, str]]:
    """Return field -> {key: label}, all looked up in one query."""
    english = (get_language() or "id").startswith("en")
    programme = Coalesce(NullIf("label_en", Value("")), "label_id") if english else F("label_id")
    parts = (
        _named(Task.objects.all(), "step", found["step"], F("name")),
        _named(TrainingProgramme.objects.all(), "programme", found["programme"], programme),
        _named(TrainingInstitution.objects.all(), "institution", found["institution"], F("name")),
        _named(Agency.objects.all(), "agency", found["agency"], F("name")),
        _named(Cohort.objects.all(), "cohort", found["cohort"], F("name"), F("number"), F("year")),
    )
    labels: dict[str, dict[int, str]] = {name: {} for name in found}
    for kind, key, label, number, year in parts[0].union(*parts[1:], all=True):
        labels[kind][key] = Cohort(number=number, year=year, name=label).label if kind == "cohort" else label
    return labels


def _named(rows: QuerySet, kind: str, keys: Iterable[int], label, number=None, year=None) -> QuerySet:
    none = Cast(None, IntegerField())
    columns = (Value(kind, output_field=CharField()), F("pk"), label, number or none, year or none)
    return rows.filter(pk__in=sorted(keys)).order_by().values_list(*columns)
