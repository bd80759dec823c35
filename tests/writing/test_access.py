"""Who comes in: writers. Nobody else sees that an entry is there; everyone is told why they may not write."""

import pytest
from django.urls import reverse

from innovation_hub.innovations.models import Innovation
from tests.factories import AgencyMembershipFactory, UserFactory

from .conftest import Writer

pytestmark = pytest.mark.django_db


def addresses_of(entry) -> list[str]:
    steps = [reverse("write_step", args=[entry.pk, code]) for code in ("judul", "asal", "gagasan", "hasil", "lampiran")]
    return [*steps, reverse("write_overview", args=[entry.pk]), reverse("write_check", args=[entry.pk])]


def test_nobody_is_sent_to_sign_in_and_back(world):
    visitor = Writer(None)
    for address in (reverse("write_start"), reverse("my_innovations"), *addresses_of(world.entry)):
        response = visitor.client.get(address)
        assert response.status_code == 302
        assert response.headers["Location"].startswith(reverse("wagtailadmin_login"))
        assert f"next={address}" in response.headers["Location"]


@pytest.mark.parametrize("who", ["reader", "stranger"])
def test_a_foreign_entry_is_not_there(world, who):
    user = UserFactory() if who == "reader" else AgencyMembershipFactory().user
    other = Writer(user)
    before = Innovation.objects.get(pk=world.entry.pk).latest_revision_id
    for address in addresses_of(world.entry):
        assert other.client.get(address).status_code == 404
        assert other.client.post(address, {"title_plain": "Dirusak", "otomatis": "1"}).status_code == 404
    assert Innovation.objects.get(pk=world.entry.pk).latest_revision_id == before


def test_an_account_without_a_role_is_told_why(world):
    response = Writer(UserFactory()).client.get(reverse("write_start"))
    assert response.status_code == 403
    assert response.content.decode().count("<h1>") == 1


def test_a_forged_request_is_refused(world):
    writer = Writer(world.submitter)
    writer.client.handler.enforce_csrf_checks = True
    for address in (reverse("write_start"), *addresses_of(world.entry)):
        assert writer.client.post(address, {"title_plain": "Dirusak"}).status_code == 403


def test_a_step_that_does_not_exist(world, writer):
    assert writer.client.get(reverse("write_step", args=[world.entry.pk, "tujuh"])).status_code == 404


def test_pages_are_not_kept_by_caches(world, writer):
    response = writer.client.get(reverse("write_step", args=[world.entry.pk, "judul"]))
    assert "no-store" in response.headers["Cache-Control"]


def test_a_locked_entry_is_not_written_in(world, writer):
    Innovation.objects.filter(pk=world.entry.pk).update(locked=True, locked_by=world.curator)
    assert writer.client.get(reverse("write_step", args=[world.entry.pk, "judul"])).status_code == 403
