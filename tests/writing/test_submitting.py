"""From the last look to a review: what is missing is named with its step, and the same service submits."""

import pytest
from django.urls import reverse

from innovation_hub.curation.models import Transition
from innovation_hub.curation.services.reviews import send_back
from innovation_hub.curation.services.workflow import state_of
from innovation_hub.innovations.models import Innovation, Innovator
from tests.curation.world import review_of

from .conftest import Writer

pytestmark = pytest.mark.django_db


def with_mentor(entry) -> None:
    """Name a mentor, for workflows that ask for one."""
    Innovator.objects.create(entry=entry, role="mentor", name="Mentor", email="mentor@contoh.go.id")


def submit_by_page(writer, entry):
    return writer.client.post(reverse("write_check", args=[entry.pk]))


def test_what_is_missing_leads_to_its_step(world, writer):
    writer.save(world.entry, "gagasan", problem="", stage=[])
    writer.save(world.entry, "judul", summary="")
    page = writer.open("write_check", world.entry.pk)
    addresses = {link["href"] for link in page.all("a")}
    assert reverse("write_step", args=[world.entry.pk, "gagasan"]) + "#problem" in addresses
    assert reverse("write_step", args=[world.entry.pk, "judul"]) + "#summary" in addresses
    submit_by_page(writer, world.entry)
    assert not Innovation.objects.get(pk=world.entry.pk).workflow_in_progress


def test_a_draft_goes_on_where_something_is_missing(world, writer):
    writer.save(world.entry, "gagasan", problem="")
    response = writer.client.get(reverse("write_overview", args=[world.entry.pk]))
    assert response.headers["Location"] == reverse("write_step", args=[world.entry.pk, "gagasan"])


def test_submitting_tells_who_has_it_and_how_long(world, writer):
    with_mentor(world.entry)
    response = submit_by_page(writer, world.entry)
    assert response.headers["Location"] == reverse("write_overview", args=[world.entry.pk])
    review = review_of(world.entry)
    page = writer.open("write_overview", world.entry.pk)
    heading = next(words for tag, words in page.headings if tag == "h1")
    assert heading
    assert review.task.name in page.words
    assert str(review.due_on.year) in page.words


def test_under_review_it_is_read_only_here(world, writer):
    with_mentor(world.entry)
    submit_by_page(writer, world.entry)
    overview = reverse("write_overview", args=[world.entry.pk])
    before = Innovation.objects.get(pk=world.entry.pk).latest_revision_id
    for name, args in (("write_step", [world.entry.pk, "judul"]), ("write_check", [world.entry.pk])):
        assert writer.client.get(reverse(name, args=args)).headers["Location"] == overview
    response = writer.client.post(reverse("write_step", args=[world.entry.pk, "judul"]), {"title_plain": "Lain"})
    assert response.status_code == 403
    assert Innovation.objects.get(pk=world.entry.pk).latest_revision_id == before


def test_it_can_be_taken_back(world, writer):
    with_mentor(world.entry)
    submit_by_page(writer, world.entry)
    response = writer.client.post(reverse("write_overview", args=[world.entry.pk]))
    assert response.headers["Location"] == reverse("write_check", args=[world.entry.pk])
    assert not Innovation.objects.get(pk=world.entry.pk).workflow_in_progress


def test_a_returned_entry_opens_at_the_reason(world, writer):
    with_mentor(world.entry)
    submit_by_page(writer, world.entry)
    send_back(
        review_of(world.entry), actor=world.administrator, reason="data-kurang", comment="Tulis angka <b>awal</b>."
    )
    page = writer.open("write_overview", world.entry.pk)
    assert "Data kurang" in page.words
    assert "Tulis angka <b>awal</b>." in page.words
    steps = {reverse("write_step", args=[world.entry.pk, step]) for step in ("judul", "asal", "gagasan", "hasil")}
    assert steps <= {link["href"] for link in page.all("a")}
    assert "Data kurang" in writer.open("write_step", world.entry.pk, "hasil").words
    writer.save(world.entry, "hasil", results="Dari 41 menit menjadi 15 menit.")
    submit_by_page(writer, world.entry)
    entry = Innovation.objects.get(pk=world.entry.pk)
    assert entry.workflow_in_progress
    assert state_of(entry) != Transition.State.RETURNED


def test_personal_data_is_pointed_out(world, writer):
    writer.save(world.entry, "gagasan", problem="Hubungi Budi di 081234567890.")
    assert "08••••••90" in writer.open("write_check", world.entry.pk).words


def test_a_reviewer_does_not_write_here(world):
    reviewer = Writer(world.institution)
    response = reviewer.client.get(reverse("write_step", args=[world.entry.pk, "judul"]))
    assert response.status_code == 403
