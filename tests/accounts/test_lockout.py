"""After too many wrong passwords: a page in both languages, with a way on, and a code that says why."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory
from tests.public.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def locking(settings):
    """Lock after two wrong passwords, for a quarter of an hour."""
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 2
    settings.AXES_COOLOFF_TIME = 0.25
    return settings


def attempts(client: Client, email: str, count: int = 3):
    """Return the answer to the last of some wrong passwords."""
    for _number in range(count):
        response = client.post(reverse("wagtailadmin_login"), {"username": email, "password": "salah"})
    return response


def test_a_locked_account_gets_a_page_that_says_for_how_long(client, locking):
    person = UserFactory()
    assert attempts(client, person.email, count=1).status_code == 200
    response = attempts(client, person.email)
    page = read(response)
    assert response.status_code == 429
    assert ("h1", "Terlalu banyak kata sandi yang salah") in page.headings
    assert "Coba lagi dalam 15 menit." in page.words and "Try again in 15 minutes." in page.words
    assert page.all("div", lang="en")
    assert person.email not in page.html
    assert [a["href"] for a in page.all("a", hreflang="en")] == ["/en/"]


def test_without_an_end_the_page_names_who_can_help(client, locking):
    locking.AXES_COOLOFF_TIME = None
    page = read(attempts(client, UserFactory().email))
    assert "Akun ini terkunci." in page.words
    assert page.all("a", href=f"mailto:{locking.HUB_CONTACT_EMAIL}")
