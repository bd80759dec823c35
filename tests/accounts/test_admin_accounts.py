"""Administrators switch accounts off and on; office domains are a short list."""

import pytest
from django.urls import reverse

from innovation_hub.accounts.models import OfficeDomain
from tests.accounts.mailbox import delivered
from tests.factories import AdministratorFactory, AgencyMembershipFactory, LabMembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def save(client, user, **changed):
    values = {"name": user.name, "email": user.email, "language": user.language, "is_active": "on", **changed}
    data = {name: value for name, value in values.items() if value is not None}
    return client.post(reverse("hub_accounts:edit", args=[user.pk]), data)


def test_deactivating_closes_with_all_that_follows(client):
    client.force_login(AdministratorFactory())
    membership = AgencyMembershipFactory()
    user = membership.user
    assert save(client, user, is_active=None).status_code == 302
    user.refresh_from_db()
    membership.refresh_from_db()
    assert not user.is_active and user.deactivated_at and not membership.is_active


def test_activating_opens_again_and_mails_a_link(client):
    client.force_login(AdministratorFactory())
    user = UserFactory()
    save(client, user, is_active=None)
    save(client, user)
    user.refresh_from_db()
    assert user.is_active and user.deactivated_at is None and not user.has_usable_password()
    assert "/sandi/baru/" in delivered()[-1].body


def test_an_invited_account_is_no_closed_one(client):
    client.force_login(AdministratorFactory())
    user = UserFactory(is_active=False)
    assert save(client, user, is_active=None, name="Nama Baru").status_code == 302
    user.refresh_from_db()
    assert user.is_pending and user.name == "Nama Baru"


def test_editors_keep_the_office_domains(client):
    client.force_login(LabMembershipFactory(role="editor").user)
    data = {"domain": "@Universitas.ac.id", "note": "PTN"}
    assert client.post(reverse("hub_office_domains:add"), data).status_code == 302
    assert OfficeDomain.objects.get().domain == "universitas.ac.id"
    for wrong in ("id", "x y.id", "contoh"):
        assert client.post(reverse("hub_office_domains:add"), {"domain": wrong, "note": "x"}).status_code == 200


def test_curators_do_not(client):
    client.force_login(LabMembershipFactory().user)
    assert client.get(reverse("hub_office_domains:index")).status_code == 403
