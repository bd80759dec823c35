"""Registering oneself: an office address, confirmed by mail; the same answer to everybody who asks."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from innovation_hub.accounts.models import OfficeDomain, User
from innovation_hub.core.models import QueuedMail
from tests.accounts.mailbox import delivered, link_in
from tests.factories import UserFactory
from tests.public.pages import read

pytestmark = pytest.mark.django_db

PASSWORD = {"password": "empat kata yang panjang", "again": "empat kata yang panjang"}


def ask(client, address: str, **more):
    return client.post(reverse("register"), {"name": "Siti", "address": address, **more})


def words_without(response, address: str) -> str:
    return read(response).words.replace(address, "")


def test_the_form_says_what_it_wants_and_looking_changes_nothing(client):
    page = read(client.get(reverse("register")))
    assert page.all("input", name="address", type="email")
    assert not QueuedMail.objects.exists()


def test_from_the_form_to_an_account_that_is_signed_in(client):
    assert ask(client, "Siti.Aminah@BKPSDM.Banggai.go.id").status_code == 200
    assert not User.objects.exists()
    (message,) = delivered()
    assert message.to == ["siti.aminah@bkpsdm.banggai.go.id"]
    path = link_in(message)
    assert client.get(path).status_code == 200 and not User.objects.exists()
    response = client.post(path, PASSWORD)
    assert response.headers["Location"] == reverse("account")
    user = User.objects.get()
    assert (user.name, user.email, user.is_active) == ("Siti", "siti.aminah@bkpsdm.banggai.go.id", True)
    assert client.get(reverse("account")).status_code == 200


def test_a_known_address_gets_the_same_answer_and_another_mail(client):
    known = UserFactory(email="ada@contoh.go.id")
    first, second = ask(client, known.email), ask(client, "baru@contoh.go.id")
    assert first.status_code == second.status_code == 200
    assert words_without(first, known.email) == words_without(second, "baru@contoh.go.id")
    to_known, to_new = delivered()
    assert to_known.to == [known.email]
    assert "/daftar/konfirmasi/" not in to_known.body and "/daftar/konfirmasi/" in to_new.body
    assert User.objects.count() == 1


def test_both_cost_the_same_queries(client):
    UserFactory(email="ada@contoh.go.id")
    ask(client, "lain@contoh.go.id")
    counts = set()
    for address in ("ada@contoh.go.id", "belum@contoh.go.id"):
        with CaptureQueriesContext(connection) as queries:
            ask(client, address)
        counts.add(len(queries))
    assert len(counts) == 1


def test_a_closed_account_is_told_so_in_the_mail_only(client):
    user = UserFactory(email="tutup@contoh.go.id", is_active=False, deactivated_at=timezone.now())
    assert ask(client, user.email).status_code == 200
    (message,) = delivered()
    assert "/daftar/" not in message.body and "/undangan/" not in message.body


def test_a_link_works_once(client):
    ask(client, "siti@contoh.go.id")
    path = link_in(delivered()[0])
    client.post(path, PASSWORD)
    client.logout()
    for response in (client.get(path), client.post(path, PASSWORD)):
        assert response.status_code == 410
    assert User.objects.count() == 1


def test_a_link_expires(client):
    ask(client, "siti@contoh.go.id")
    path = link_in(delivered()[0])
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert client.post(path, PASSWORD).status_code == 410
    assert not User.objects.exists()


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "eyJhIjoxfQ:1abcde:x" * 3])
def test_a_broken_link_says_so(client, token):
    response = client.get(f"/daftar/konfirmasi/{token}/")
    assert response.status_code == 404
    assert read(response).headings[0][0] == "h1"


def test_a_token_for_one_thing_opens_no_other(client):
    ask(client, "siti@contoh.go.id")
    token = link_in(delivered()[0]).rstrip("/").rpartition("/")[2]
    for name in ("invitation", "password_new", "address_confirm"):
        assert client.post(reverse(name, args=[token]), PASSWORD).status_code == 404


@pytest.mark.parametrize(
    "address", ["siti@gmail.com", "siti@jahatgo.id", "siti@go.id.jahat.com", "siti@universitas.ac.id"]
)
def test_other_domains_are_refused_with_what_to_do(client, address):
    page = read(ask(client, address))
    assert not QueuedMail.objects.exists()
    assert page.all("input", aria_invalid="true", name="address")


def test_staff_add_a_domain(client):
    OfficeDomain.objects.create(domain="universitas.ac.id", note="PTN")
    ask(client, "siti@fk.universitas.ac.id")
    assert QueuedMail.objects.count() == 1


def test_a_domain_that_has_ended_no_longer_counts(client):
    yesterday = timezone.localdate() - timedelta(days=1)
    OfficeDomain.objects.create(domain="universitas.ac.id", note="PTN", valid_until=yesterday)
    ask(client, "siti@universitas.ac.id")
    assert not QueuedMail.objects.exists()


def test_a_robot_gets_the_same_answer_and_no_mail(client):
    assert ask(client, "siti@contoh.go.id", website="http://x").status_code == 200
    assert not QueuedMail.objects.exists()


def test_one_address_gets_three_mails_an_hour(client):
    answers = [ask(client, "siti@contoh.go.id") for _number in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert QueuedMail.objects.count() == 3


def test_one_machine_asks_sixty_times_an_hour(client):
    statuses = [ask(client, f"siti{number}@contoh.go.id").status_code for number in range(62)]
    assert statuses == [200] * 60 + [429] * 2


def test_a_name_cant_write_headers_or_lines(client):
    client.post(reverse("register"), {"name": "Siti\r\nBcc: x@y.go.id\u202e", "address": "siti@contoh.go.id"})
    (message,) = delivered()
    assert "\nBcc" not in message.body and "\n" not in message.subject
    assert message.recipients() == ["siti@contoh.go.id"]


@pytest.mark.parametrize("password", ["pendek", "1234567890123", "siti@contoh.go.id"])
def test_weak_passwords_are_refused(client, password):
    ask(client, "siti@contoh.go.id")
    path = link_in(delivered()[0])
    assert client.post(path, {"password": password, "again": password}).status_code == 200
    assert not User.objects.exists()


def test_the_mail_speaks_the_language_of_the_page(client):
    client.post("/en/daftar/", {"name": "Siti", "address": "siti@contoh.go.id"})
    (message,) = delivered()
    assert message.subject == "Confirm your address"
    assert link_in(message).startswith("/en/daftar/konfirmasi/")


def test_pages_are_private(client):
    ask(client, "siti@contoh.go.id")
    for path in (reverse("register"), link_in(delivered()[0]), "/undangan/x/"):
        response = client.get(path)
        assert response.headers["Referrer-Policy"] == "strict-origin"
        assert "no-store" in response.headers["Cache-Control"]
        assert "noindex" in response.headers["X-Robots-Tag"]
