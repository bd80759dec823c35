"""*Inovasi saya*: a person's entries with their state, who has them, and what to do next."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innovation_hub.curation.services.reviews import send_back
from innovation_hub.curation.services.workflow import submit
from innovation_hub.innovations.models import Innovation, Innovator
from tests.curation.world import draft_in, review_of
from tests.factories import UserFactory, make_draft, make_published

from .conftest import Writer
from .test_submitting import with_mentor

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


def titles_of(page) -> list[str]:
    return [words for tag, words in page.headings if tag == "h3"]


def test_what_came_back_is_first_and_foreign_entries_are_missing(world, writer):
    for title in ("Terkirim", "Kembali"):
        entry = draft_in(world.cohort, world.unit, world.submitter, title_plain=title)
        with_mentor(entry)
        submit(entry, actor=world.submitter)
    send_back(review_of(entry), actor=world.administrator, reason="data-kurang", comment="Angka.")
    make_published(world.submitter, title_plain="Terbit")
    make_draft(world.reader, title_plain="Milik orang lain")
    page = writer.open("my_innovations")
    assert titles_of(page) == ["Kembali", world.entry.title_plain, "Terkirim", "Terbit"]
    assert "Data kurang" in page.words


def test_who_has_it_is_said(world, writer):
    with_mentor(world.entry)
    submit(world.entry, actor=world.submitter)
    review = review_of(world.entry)
    from innovation_hub.curation.services.checks import sides_of

    assert sides_of(review)[0].name in writer.open("my_innovations").words


def test_people_named_behind_a_public_entry_see_it_there(world):
    person = UserFactory()
    public = make_published(world.submitter, title_plain="Terbit")
    hidden = make_draft(world.submitter, title_plain="Belum terbit")
    for entry in (public, hidden):
        Innovator.objects.create(entry=entry, name="Nama", account=person)
    page = Writer(person).open("my_innovations")
    assert titles_of(page) == ["Terbit"]
    assert reverse("write_overview", args=[public.pk]) not in {link.get("href") for link in page.all("a")}


def test_nothing_yet_says_how_to_begin(world):
    assert reverse("write_start") in {a.get("href") for a in Writer(world.submitter).open("my_innovations").all("a")}
    page = Writer(UserFactory()).open("my_innovations")
    assert titles_of(page) == []
    assert reverse("search") in {a.get("href") for a in page.all("a")}


def test_a_long_list_is_paged_and_costs_no_more(world, writer):
    for number in range(24):
        entry = draft_in(world.cohort, world.unit, world.submitter, title_plain=f"Entri {number}")
        if number % 3 == 0:
            with_mentor(entry)
            submit(entry, actor=world.submitter)
        if number % 6 == 0:
            send_back(review_of(entry), actor=world.administrator, reason="data-kurang", comment="Angka.")
    address = reverse("my_innovations")
    writer.client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = writer.client.get(address)
    assert len(queries) <= MOST_QUERIES, [one["sql"][:150] for one in queries]
    assert "?hal=2" in response.content.decode()
    assert len(titles_of(writer.open("my_innovations"))) == 20
    assert Innovation.objects.count() >= 25
    assert writer.client.get(address, {"hal": "9"}).status_code == 404
