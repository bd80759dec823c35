"""The log of decisions is found by entry, person and time, and says nothing of what its reader may not see."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from innovation_hub.curation.models import Transition
from innovation_hub.curation.oversight.log import LogFilters, log_rows
from innovation_hub.curation.services import decisions, reviews
from innovation_hub.innovations.models import Innovation
from tests.curation.world import MARKER, make_world, review_of

pytestmark = pytest.mark.django_db
LOG = reverse("curation_log")


@pytest.fixture
def world():
    made = make_world()
    review = made.submitted(title_plain=f"Obat {MARKER}")
    decisions.approve(review, actor=made.institution)
    reviews.send_back(review_of(review.entry), actor=made.curator, reason="data-kurang", comment="Sumber <b>angka</b>?")
    return made


def page(user, **data) -> str:
    client = Client()
    client.force_login(user)
    return client.get(LOG, data).content.decode()


def states(user, **data) -> list[str]:
    return [row.to_state for row in log_rows(user, LogFilters.from_query(data))]


def test_the_newest_step_comes_first_with_who_and_why(world):
    html = page(world.institution)
    assert states(world.institution) == ["perlu-perbaikan", "kurasi", "menunggu-lembaga"]
    assert str(world.curator) in html and "Sumber &lt;b&gt;angka&lt;/b&gt;?" in html


def test_it_is_found_by_entry_person_state_and_day(world):
    entry = Innovation.objects.get(title_plain__contains="Obat")
    Innovation.objects.filter(pk=entry.pk).update(registry_number="IN-000426-N")
    assert len(states(world.administrator, entri="in000426n")) == 3
    assert len(states(world.administrator, entri=MARKER.upper())) == 3
    assert states(world.administrator, entri="IN-000427-Q") == []
    assert states(world.administrator, orang=world.institution.email.upper()) == ["kurasi"]
    assert states(world.administrator, keadaan="kurasi") == ["kurasi"]
    today, yesterday = timezone.localdate(), timezone.localdate() - timedelta(days=1)
    assert len(states(world.administrator, dari=str(today), sampai=str(today))) == 3
    assert states(world.administrator, sampai=str(yesterday)) == []


@pytest.mark.parametrize("day", ["2021-02-30", "kemarin", "0001-01-01", "9999-12-31", "1" * 200])
def test_an_unreadable_day_is_no_day(world, day):
    assert len(states(world.administrator, dari=day, sampai=day)) == 3
    assert MARKER in page(world.administrator, dari=day)


def test_nobody_reads_the_log_of_other_peoples_entries(world):
    assert Transition.objects.count() == 3
    assert states(world.other) == [] and MARKER not in page(world.other)
    assert "Nothing has happened yet." in page(world.other)
    assert "Nothing in the log fits." in page(world.curator, entri="tidak ada")


def test_late_pages_are_pages(world):
    entry = Innovation.objects.get(title_plain__contains="Obat")
    Transition.objects.bulk_create(Transition(entry=entry, to_state="draft") for _number in range(60))
    assert 'p=2"' in page(world.administrator)
    assert "Page 2 of 2" in page(world.administrator, p="99")
