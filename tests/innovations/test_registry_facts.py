"""A registry fact that changes while a draft is pending survives publishing that draft, and reverting to an old one."""

from datetime import date, datetime

import pytest
from django.db import models
from django.utils import timezone

from innovation_hub.innovations.models import REGISTRY_FACTS, Innovation
from innovation_hub.innovations.registry_numbers import format_number
from tests.factories import (
    AgencyFactory,
    InnovationFactory,
    InstitutionFactory,
    TermFactory,
    UserFactory,
    make_published,
)

pytestmark = pytest.mark.django_db

CHOSEN = {
    "registry_number": lambda: format_number(990_001),
    "publication_level": lambda: "unggulan",
    "life_status": lambda: "berlanjut",
    "life_status_since": lambda: "2024-05",
    "evidence_level": lambda: 3,
    "stop_reason": lambda: TermFactory(vocabulary="stop_reasons"),
    "quality_flags": lambda: ["year-unclear"],
    "agency_raw": lambda: "Dinas yang lama",
}
# Publishing itself decides these.
SETTLED = {"draft_agency", "draft_institution", "completeness"}
BY_MODEL = {"User": UserFactory, "Agency": AgencyFactory, "TrainingInstitution": InstitutionFactory}


def another_value(name: str):
    """Return a value for a fact that differs from what a new entry has."""
    if name in CHOSEN:
        return CHOSEN[name]()
    field = Innovation._meta.get_field(name)
    if isinstance(field, models.ForeignKey):
        return BY_MODEL.get(field.related_model.__name__, InnovationFactory)()
    if isinstance(field, models.BooleanField):
        return True
    if isinstance(field, models.DateTimeField):
        return timezone.make_aware(datetime(2024, 2, 3, 4, 5))
    if isinstance(field, models.DateField):
        return date(2024, 2, 3)
    return 7 if isinstance(field, models.IntegerField) else "nilai lain"


def fact(entry: Innovation, name: str):
    return getattr(Innovation.objects.get(pk=entry.pk), name)


@pytest.mark.parametrize("name", [one for one in REGISTRY_FACTS if one not in SETTLED])
def test_a_fact_changed_under_a_draft_survives_publishing_and_reverting(name):
    entry = make_published(title_plain="Judul pertama")
    first = entry.live_revision
    entry.title_plain = "Judul kedua"
    draft = entry.save_revision()
    value = another_value(name)
    Innovation.objects.filter(pk=entry.pk).update(**{name: value})

    draft.publish()
    assert fact(entry, name) == value
    assert fact(entry, "title_plain") == "Judul kedua"

    first.as_object().save_revision(previous_revision=first).publish()
    assert fact(entry, name) == value
    assert fact(entry, "title_plain") == "Judul pertama"


def test_the_form_offers_no_fact():
    from innovation_hub.innovations.admin.viewsets import viewsets

    assert not set(viewsets[0].get_form_class().base_fields) & set(REGISTRY_FACTS)
