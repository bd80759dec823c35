"""One word of a sparse registered entry can be corrected and published; nothing else has to be filled in for that."""

import pytest
from django.urls import reverse
from django.utils import timezone

from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.services.numbering import issue_registry_numbers
from search.models import OutboxEntry
from tests.admin_forms import messages_of, open_entry, save_entry
from tests.factories import (
    LabFactory,
    LabMembershipFactory,
    UnknownAgencyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported():
    """An entry as an import writes it: in bulk, public, without a version, with next to nothing filled in."""
    agency = UnknownAgencyFactory()
    now = timezone.now()
    entry = Innovation(
        title_plain="Layanan antrian daring",
        agency=agency,
        agency_raw="Dinkes X",
        live=True,
        first_published_at=now,
        last_published_at=now,
    )
    Innovation.objects.bulk_create([entry])
    issue_registry_numbers([entry])
    return Innovation.objects.get(pk=entry.pk)


@pytest.fixture
def editor(client):
    person = UserFactory()
    LabMembershipFactory(user=person, lab=LabFactory(is_default=True), role="editor")
    client.force_login(person)
    return person


def test_one_word_is_corrected_and_published(imported, editor, client):
    number = imported.registry_number
    OutboxEntry.objects.all().delete()
    response = save_entry(client, imported, action="action-publish", title_plain="Layanan antrean daring")
    assert response.status_code == 302, messages_of(response)
    entry = Innovation.objects.get(pk=imported.pk)
    assert (entry.title_plain, entry.live, entry.registry_number) == ("Layanan antrean daring", True, number)
    assert entry.publication_level == "terdaftar"
    assert entry.latest_revision == entry.live_revision
    assert OutboxEntry.objects.filter(source="innovation", source_id=entry.pk).exists()


def test_saving_without_a_change_is_no_writing(imported, editor, client):
    Innovation.objects.filter(pk=imported.pk).update(problem="<p>Antre <b>sejak subuh</b>.</p><ul><li>satu</li></ul>")
    response = save_entry(client, imported)
    assert response.status_code == 302, messages_of(response)
    entry = Innovation.objects.get(pk=imported.pk)
    assert entry.latest_revision is not None
    assert not entry.authorships.exists()


def test_a_draft_beside_the_live_version_leaves_readers_alone(imported, editor, client):
    save_entry(client, imported, summary="Ringkasan baru")
    entry = Innovation.objects.get(pk=imported.pk)
    assert entry.summary == ""
    assert entry.get_latest_revision_as_object().summary == "Ringkasan baru"
    assert "Ringkasan baru" in open_entry(client, entry).content.decode()


def test_submitting_says_what_is_missing_and_keeps_the_draft(imported, editor, client):
    response = save_entry(client, imported, action="action-submit", summary="Ringkasan baru")
    assert response.status_code == 302
    entry = Innovation.objects.get(pk=imported.pk)
    assert entry.get_latest_revision_as_object().summary == "Ringkasan baru"
    assert entry.current_workflow_state is None
    page = client.get(reverse("hub_innovations:edit", args=[entry.pk])).content.decode()
    assert "hub-need" in page
