"""Saving by itself: the same page with a flag, answered in JSON; a person's own newest version is written over."""

import pytest
from django.urls import reverse

from innovation_hub.agencies.models import Unit
from innovation_hub.innovations.models import Innovation

from .conftest import Writer

pytestmark = pytest.mark.django_db


def test_it_saves_and_says_when(world, writer):
    answer = writer.save(world.entry, "judul", summary="Ditulis sendiri.", otomatis="1").json()
    assert answer["message"]
    assert answer["stamp"] != "0"
    assert Innovation.objects.get(pk=world.entry.pk).get_latest_revision_as_object().summary == "Ditulis sendiri."


def test_saving_again_writes_over_its_own_version_only(world, writer):
    sent = writer.fields(world.entry, "judul")
    first = writer.save(world.entry, "judul", sent=sent, summary="Satu.", otomatis="1").json()["stamp"]
    versions = world.entry.revisions.count()
    again = {"versi": first, "versi_otomatis": first, "otomatis": "1"}
    second = writer.save(world.entry, "judul", sent=sent, summary="Dua.", **again).json()["stamp"]
    assert (world.entry.revisions.count(), second != first) == (versions, True)
    writer.save(world.entry, "judul", sent=sent, summary="Tiga.", versi=second, versi_otomatis=second)
    assert world.entry.revisions.count() == versions + 1


def test_half_typed_units_are_not_made(world, writer):
    writer.save(world.entry, "asal", unit_name="Pusk", otomatis="1")
    assert not Unit.objects.filter(name="Pusk").exists()
    assert Innovation.objects.get(pk=world.entry.pk).get_latest_revision_as_object().unit == world.unit


def test_new_rows_are_not_made_twice(world, writer):
    sent = writer.fields(world.entry, "hasil")
    row = {"claims-0-indicator": "Waktu tunggu", "otomatis": "1"}
    answer = writer.save(world.entry, "hasil", sent=sent, **row).json()
    assert answer["rows"] == {"claims": [0]}
    again = {"versi": answer["stamp"], "versi_otomatis": answer["stamp"], "claims-0-di": "0", "claims-0-value": "9"}
    writer.save(world.entry, "hasil", sent=sent, **row, **again)
    claims = Innovation.objects.get(pk=world.entry.pk).get_latest_revision_as_object().claims.all()
    assert [(one.indicator, one.value) for one in claims] == [("Waktu tunggu", "9")]


def test_what_is_not_valid_is_named_and_the_rest_saved(world, writer):
    answer = writer.save(world.entry, "gagasan", implemented_on="kema", problem="Baru.", otomatis="1").json()
    assert list(answer["problems"]) == ["implemented_on"]
    version = Innovation.objects.get(pk=world.entry.pk).get_latest_revision_as_object()
    assert (version.implemented_on, version.problem) == ("2024", "<p>Baru.</p>")


def test_who_was_signed_out_is_told_so(world, writer):
    address = reverse("write_step", args=[world.entry.pk, "judul"])
    response = Writer(None).client.post(address, {"otomatis": "1"})
    assert (response.status_code, response.json()) == (403, {"signed_out": True})
