"""A draft that names something ended opens in the form, says what replaced it, and can be published."""

from datetime import timedelta

import pytest
from django.db import models
from django.utils import timezone

from innovation_hub.agencies.models import Agency, Region, Unit
from innovation_hub.core.models import Endable, Term
from innovation_hub.innovations.models import SDG, Innovation, Theme, Urusan
from innovation_hub.training.models import Cohort, TrainingInstitution, TrainingProgramme
from tests.admin_forms import open_entry, save_entry
from tests.factories import (
    AdministratorFactory,
    AgencyFactory,
    CohortFactory,
    InstitutionFactory,
    ProgrammeFactory,
    RegionFactory,
    SDGFactory,
    TermFactory,
    ThemeFactory,
    UnitFactory,
    UrusanFactory,
    make_draft,
)

pytestmark = pytest.mark.django_db

FACTORIES = {
    Agency: AgencyFactory,
    Unit: UnitFactory,
    Region: RegionFactory,
    TrainingProgramme: ProgrammeFactory,
    TrainingInstitution: InstitutionFactory,
    Cohort: CohortFactory,
    Theme: ThemeFactory,
    Urusan: UrusanFactory,
    SDG: SDGFactory,
}


def naming_fields() -> list[str]:
    """Return every content field of an entry that names a record which can end."""
    return [
        field.name
        for field in Innovation._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.editable
        and issubclass(field.related_model, Endable)
    ]


def named_record(field: models.Field) -> Endable:
    """Return a record that ``field`` may name."""
    if field.related_model is Term:
        return TermFactory(vocabulary=field.get_limit_choices_to()["vocabulary"], code=f"akan-berakhir-{field.name}")
    return FACTORIES[field.related_model]()


def end(record: Endable) -> Endable:
    """End ``record`` yesterday; returns what replaced it."""
    changes = {"valid_until": timezone.localdate() - timedelta(days=1)}
    if isinstance(record, Term):
        successor = TermFactory(vocabulary=record.vocabulary)
    else:
        successor = FACTORIES[type(record)]()
    type(record).objects.filter(pk=record.pk).update(replaced_by=successor, **changes)
    return successor


def draft_naming(field: models.Field, record: Endable, author) -> Innovation:
    entry = make_draft(author)
    if field.many_to_many:
        getattr(entry, field.name).set([record])
    else:
        setattr(entry, field.name, record)
        if isinstance(record, Unit):
            entry.agency = record.agency
    entry.save_revision(user=author)
    return Innovation.objects.get(pk=entry.pk)


def test_every_kind_of_record_is_covered():
    assert {"agency", "unit", "cohort", "stage", "themes", "kinds"} <= set(naming_fields())


@pytest.mark.parametrize("name", naming_fields())
def test_a_draft_that_names_something_ended_opens_and_is_published(name, client):
    administrator = AdministratorFactory()
    client.force_login(administrator)
    field = Innovation._meta.get_field(name)
    record = named_record(field)
    entry = draft_naming(field, record, administrator)
    successor = end(record)

    page = open_entry(client, entry)
    assert f"“{successor}”" in page.content.decode(), "the form doesn't say what replaced it"

    response = save_entry(client, entry, action="action-publish", page=page)
    assert response.status_code == 302, response.content.decode()[:2000]
    entry.refresh_from_db()
    assert entry.live
    kept = getattr(Innovation.objects.get(pk=entry.pk), name)
    assert record in (list(kept.all()) if field.many_to_many else [kept])


def test_an_ended_record_is_not_offered_to_an_entry_that_does_not_name_it(client):
    client.force_login(AdministratorFactory())
    ended = TermFactory(vocabulary="stages", code="usang", label_id="Tahap usang")
    end(ended)
    entry = make_draft()
    page = open_entry(client, entry)
    assert "Tahap usang" not in page.content.decode()
    response = save_entry(client, entry, page=page, stage=str(ended.pk))
    assert response.status_code == 200
    entry = Innovation.objects.get(pk=entry.pk)
    assert entry.stage is None


@pytest.mark.parametrize("model", [*list(FACTORIES), Term])
def test_nothing_that_others_name_is_deleted(model):
    record = TermFactory() if model is Term else FACTORIES[model]()
    with pytest.raises(models.ProtectedError):
        record.delete()
    with pytest.raises(models.ProtectedError):
        model.objects.filter(pk=record.pk).delete()
    assert model.objects.filter(pk=record.pk).exists()
