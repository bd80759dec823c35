"""Rows inserted in bulk are those that ``save`` writes, keys and times included."""

import pytest
from django.db import models, transaction

from innovation_hub.core.bulk import insert_objects
from innovation_hub.core.models import HubDocument
from innovation_hub.innovations.models import Claim
from tests.factories import InnovationFactory

pytestmark = pytest.mark.django_db


def columns(one: models.Model) -> dict:
    return {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields if not field.primary_key}


def test_instances_get_their_keys_and_are_stored():
    entry = InnovationFactory()
    first = Claim.objects.create(entry=entry, indicator="Waktu tunggu", value="2", level=1)
    made = [Claim(entry=entry, indicator=f"Hasil {number}", level=number) for number in range(3)]
    with transaction.atomic():
        insert_objects(made)
    assert len({one.pk for one in (first, *made)}) == 4
    for one in made:
        assert not one._state.adding
        assert columns(Claim.objects.get(pk=one.pk)) == columns(one)
    later = Claim.objects.create(entry=entry, indicator="Sesudahnya", level=0)
    assert later.pk not in {one.pk for one in made}


def test_files_and_moments_are_stored_as_save_does():
    made = [HubDocument(title="Pedoman", file="documents/pedoman.pdf")]
    with transaction.atomic():
        insert_objects(made)
    stored = HubDocument.objects.get(pk=made[0].pk)
    assert stored.file.name == "documents/pedoman.pdf"
    assert stored.created_at is not None


def test_nothing_is_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_objects([])
