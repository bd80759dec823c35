"""Every path by which Wagtail publishes gives the number, ends the draft and tells the index."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from innovation_hub.innovations.models import Authorship, Innovation
from search.models import OutboxEntry
from tests.factories import AgencyFactory, InnovationFactory, UserFactory, make_draft, make_published

pytestmark = pytest.mark.django_db


def queued(entry) -> bool:
    return OutboxEntry.objects.filter(source="innovation", source_id=entry.pk).exists()


def test_an_embargo_is_scheduled_publishing():
    entry = make_draft()
    entry.go_live_at = timezone.now() + timedelta(days=1)
    entry.save_revision().publish()
    assert not Innovation.objects.public().exists()
    Innovation.objects.get(pk=entry.pk).revisions.update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    revision = Innovation.objects.get(pk=entry.pk).latest_revision
    revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    revision.save()
    OutboxEntry.objects.all().delete()
    call_command("publish_scheduled")
    published = Innovation.objects.public().get()
    assert published.registry_number
    assert queued(published)


def test_an_expired_entry_leaves_public_view_and_the_index_hears_of_it():
    entry = make_published()
    Innovation.objects.update(expire_at=timezone.now() - timedelta(minutes=1))
    OutboxEntry.objects.all().delete()
    call_command("publish_scheduled")
    assert not Innovation.objects.public().exists()
    assert queued(entry)


def test_reverting_publishes_the_old_words_and_keeps_the_facts():
    entry = make_published(title_plain="Judul pertama")
    first = entry.live_revision
    entry.title_plain = "Judul kedua"
    entry.save_revision().publish()
    Innovation.objects.update(evidence_level=3)
    Innovation.objects.get(pk=entry.pk).get_latest_revision()
    old = first.as_object()
    old.save_revision(previous_revision=first).publish(previous_revision=first)
    entry = Innovation.objects.get(pk=entry.pk)
    assert (entry.title_plain, entry.evidence_level) == ("Judul pertama", 3)


def test_a_draft_that_moves_a_live_entry_shows_its_new_side_until_it_is_published():
    entry = make_published()
    agency = AgencyFactory()
    entry.agency = agency
    revision = entry.save_revision()
    assert Innovation.objects.get(pk=entry.pk).draft_agency == agency
    revision.publish()
    entry = Innovation.objects.get(pk=entry.pk)
    assert (entry.agency, entry.draft_agency) == (agency, None)


def test_the_row_of_an_entry_that_is_not_live_is_its_newest_draft():
    entry = make_draft(title_plain="Lama")
    entry.title_plain = "Baru"
    entry.save_revision()
    assert Innovation.objects.get(pk=entry.pk).title_plain == "Baru"


def test_the_row_of_a_live_entry_keeps_what_readers_see():
    entry = make_published(title_plain="Lama")
    entry.title_plain = "Baru"
    entry.save_revision()
    assert Innovation.objects.get(pk=entry.pk).title_plain == "Lama"


def test_authorship_ends_with_publication_and_an_unchanged_save_is_none():
    writer, other = UserFactory(), UserFactory()
    entry = make_draft(writer)
    entry.save_revision(user=other)
    assert list(Authorship.objects.values_list("user", flat=True)) == [writer.pk]
    Innovation.objects.get(pk=entry.pk).latest_revision.publish()
    assert not Authorship.objects.filter(closed_at__isnull=True).exists()


def test_an_imported_entry_without_versions_is_corrected_by_one_word():
    editor = UserFactory()
    row = InnovationFactory(live=True, title_plain="Loket antrian")
    draft = Innovation.objects.get(pk=row.pk)
    draft.title_plain = "Loket antrean"
    draft.save_revision(user=editor).publish(user=editor, skip_permission_checks=True)
    published = Innovation.objects.public().get()
    assert published.title_plain == "Loket antrean"
    assert published.registry_number == row.registry_number
    assert Authorship.objects.get().user == editor
