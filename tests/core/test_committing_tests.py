"""Tests that commit find, and leave behind, the database as migrations made it (``tests/database.py``)."""

from urllib.request import urlopen

import pytest
from wagtail.models import Locale, Page


@pytest.mark.parametrize("run", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_what_a_committing_test_deletes_is_back_for_the_next(run):
    assert Page.objects.exists()
    assert Locale.objects.exists()
    Page.objects.all().delete()
    assert not Page.objects.exists()


def test_a_live_server_sees_the_same_database(live_server, settings):
    assert Page.objects.exists()
    with urlopen(f"{live_server.url}/healthz") as response:
        assert response.status == 200
