"""A forgotten password: one answer to all, a link for two hours that works once, and every session ends."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.accounts.mailbox import delivered, link_in
from tests.factories import UserFactory
from tests.factories.accounts import PASSWORD
from tests.public.pages import read

pytestmark = pytest.mark.django_db

NEW = {"password": "empat kata yang baru", "again": "empat kata yang baru"}


def ask(client, address: str):
    return client.post(reverse("password_forgotten"), {"address": address})


def test_the_link_changes_the_password_and_ends_sessions(client):
    user = UserFactory()
    elsewhere = Client()
    elsewhere.force_login(user)
    ask(client, user.email.upper())
    path = link_in(delivered()[0])
    assert client.get(path).status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert client.post(path, NEW).status_code == 200
    user.refresh_from_db()
    assert user.check_password(NEW["password"])
    assert elsewhere.get(reverse("account")).status_code == 302
    assert client.post(path, NEW).status_code == 410
    (notice,) = delivered()
    assert notice.to == [user.email]


def test_known_and_unknown_addresses_get_the_same_answer(client):
    known = UserFactory()
    answers = [(address, ask(client, address)) for address in (known.email, "tak.ada@contoh.go.id", "x@gmail.com")]
    assert len({read(answer).words.replace(address, "") for address, answer in answers}) == 1
    assert {answer.status_code for _address, answer in answers} == {200}
    to_known, to_unknown = delivered()
    assert "/sandi/baru/" in to_known.body and "/sandi/baru/" not in to_unknown.body
    assert to_unknown.to == ["tak.ada@contoh.go.id"]


def test_both_cost_the_same_queries(client):
    UserFactory(email="ada@contoh.go.id")
    ask(client, "lain@contoh.go.id")
    counts = set()
    for address in ("ada@contoh.go.id", "belum@contoh.go.id"):
        with CaptureQueriesContext(connection) as queries:
            ask(client, address)
        counts.add(len(queries))
    assert len(counts) == 1


def test_a_newer_sign_in_or_address_spoils_the_link(client):
    user = UserFactory()
    ask(client, user.email)
    path = link_in(delivered()[0])
    user.last_login = timezone.now()
    user.save()
    assert client.post(path, NEW).status_code == 410


def test_the_link_expires(client):
    user = UserFactory()
    ask(client, user.email)
    path = link_in(delivered()[0])
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        assert client.post(path, NEW).status_code == 410


def test_a_link_of_one_person_is_no_link_of_another(client):
    one, other = UserFactory(), UserFactory()
    ask(client, one.email)
    client.post(link_in(delivered()[0]), NEW)
    other.refresh_from_db()
    assert other.check_password(PASSWORD)


def test_a_locked_account_is_open_again_after_a_new_password(client, settings):
    settings.AXES_ENABLED, settings.AXES_FAILURE_LIMIT = True, 1
    user = UserFactory()
    for _number in range(2):
        response = client.post(reverse("wagtailadmin_login"), {"username": user.email, "password": "salah"})
    assert response.status_code == 429
    ask(client, user.email)
    client.post(link_in(delivered()[0]), NEW)
    response = client.post(reverse("wagtailadmin_login"), {"username": user.email, "password": NEW["password"]})
    assert response.status_code == 302


def test_the_sign_in_page_leads_to_our_pages(client):
    page = read(client.get(reverse("wagtailadmin_login")))
    assert page.all("a", href=reverse("password_forgotten")) and page.all("a", href=reverse("register"))
    assert client.get(reverse("wagtailadmin_password_reset")).status_code == 404
