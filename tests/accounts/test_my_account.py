"""My account: name and language, another address, another password, what I may do, and the way out."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from innovation_hub.accounts.models import User
from tests.accounts.mailbox import delivered, link_in
from tests.factories import AgencyMembershipFactory, UserFactory
from tests.factories.accounts import PASSWORD
from tests.public.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    """Somebody without a role, signed in."""
    user = UserFactory(email="siti@contoh.go.id")
    client.force_login(user)
    return user


@pytest.mark.parametrize("name", ["account", "account_address", "account_password", "account_close"])
def test_others_are_led_to_sign_in(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 302 and reverse("wagtailadmin_login") in response.headers["Location"]


def test_name_and_language(client, user):
    response = client.post(reverse("account"), {"name": "Siti  A.", "language": "en"})
    assert response.headers["Location"].startswith("/en/akun/")
    user.refresh_from_db()
    assert (user.name, user.language) == ("Siti A.", "en")


def test_memberships_are_shown_past_ones_too(client, user):
    now = AgencyMembershipFactory(user=user)
    past = AgencyMembershipFactory(user=user, valid_until=timezone.localdate().replace(year=2020))
    words = read(client.get(reverse("account"))).words
    assert now.agency.name in words and past.agency.name in words


def test_another_address_holds_once_it_is_confirmed(client, user):
    client.post(reverse("account_address"), {"address": "siti@lain.go.id", "current": PASSWORD})
    (message,) = delivered()
    assert message.to == ["siti@lain.go.id"]
    path, reader = link_in(message), Client()
    assert reader.get(path).status_code == 200
    user.refresh_from_db()
    assert user.email == "siti@contoh.go.id"
    assert reader.post(path).status_code == 200
    user.refresh_from_db()
    assert user.email == "siti@lain.go.id"
    assert reader.post(path).status_code == 410
    assert [mail.to for mail in delivered()] == [["siti@contoh.go.id"]]


def test_a_taken_address_gets_the_same_answer(client, user):
    other = UserFactory(email="ada@contoh.go.id")
    answers = [
        read(client.post(reverse("account_address"), {"address": address, "current": PASSWORD})).words.replace(
            address, ""
        )
        for address in (other.email, "bebas@contoh.go.id")
    ]
    assert answers[0] == answers[1]
    taken, free = delivered()
    assert "/akun/alamat/" not in taken.body and "/akun/alamat/" in free.body


def test_an_address_taken_meanwhile_is_refused(client, user):
    client.post(reverse("account_address"), {"address": "siti@lain.go.id", "current": PASSWORD})
    path = link_in(delivered()[0])
    UserFactory(email="siti@lain.go.id")
    assert client.post(path).status_code == 409
    user.refresh_from_db()
    assert user.email == "siti@contoh.go.id"


@pytest.mark.parametrize("name", ["account_address", "account_password", "account_close"])
def test_each_asks_for_the_present_password(client, user, name):
    data = {"address": "siti@lain.go.id", "password": "kata baru panjang", "again": "kata baru panjang"}
    assert client.post(reverse(name), {**data, "current": "salah"}).status_code == 200
    user.refresh_from_db()
    assert user.is_active and user.check_password(PASSWORD) and not delivered()


def test_guessing_the_password_ends(client, user):
    for _number in range(20):
        client.post(reverse("account_close"), {"current": "salah"})
    client.post(reverse("account_close"), {"current": PASSWORD})
    assert User.objects.get(pk=user.pk).is_active


def test_another_password_keeps_this_session_and_ends_the_others(client, user):
    elsewhere = Client()
    elsewhere.force_login(user)
    new = "kata baru yang panjang"
    client.post(reverse("account_password"), {"current": PASSWORD, "password": new, "again": new})
    assert client.get(reverse("account")).status_code == 200
    assert elsewhere.get(reverse("account")).status_code == 302


def test_closing_ends_the_session_and_the_account(client, user):
    membership = AgencyMembershipFactory(user=user)
    assert client.post(reverse("account_close"), {"current": PASSWORD}).status_code == 200
    user.refresh_from_db()
    membership.refresh_from_db()
    assert not user.is_active and user.deactivated_at and not user.has_usable_password()
    assert not membership.is_active
    assert client.get(reverse("account")).status_code == 302


def test_the_last_administrator_stays(client, user):
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    client.post(reverse("account_close"), {"current": PASSWORD})
    user.refresh_from_db()
    assert user.is_active
