"""Files of entries come only from the view that asks the entry, and browsers never interpret them."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from innovation_hub.innovations.files import file_address
from innovation_hub.innovations.models import Attachment, Claim, Innovation, LegalBasis
from tests.factories import AttachmentFactory, UserFactory, make_draft, make_published

pytestmark = pytest.mark.django_db


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_a_public_kit_is_saved_not_shown(client):
    attachment = AttachmentFactory(entry=make_published(), kind="paket")
    response = client.get(file_address(attachment))
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert body(response).startswith(b"%PDF")


@pytest.mark.parametrize("kind", ["bukti", "laporan-pelatihan"])
def test_evidence_and_training_reports_are_never_public(client, kind):
    keeper = UserFactory()
    attachment = AttachmentFactory(entry=make_published(keeper, steward=keeper), kind=kind)
    assert client.get(file_address(attachment)).status_code == 404
    client.force_login(keeper)
    response = client.get(file_address(attachment))
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]


def test_a_file_is_public_only_while_its_entry_is(client):
    entry = make_published()
    attachment = AttachmentFactory(entry=entry)
    assert client.get(file_address(attachment)).status_code == 200
    entry.unpublish()
    assert client.get(file_address(attachment)).status_code == 404


def test_files_of_claims_are_private_and_of_legal_bases_public(client):
    entry = make_published()
    claim = Claim.objects.create(entry=entry, indicator="Waktu", evidence_file=ContentFile(b"x", name="bukti.pdf"))
    basis = LegalBasis.objects.create(entry=entry, kind="Perbup", file=ContentFile(b"x", name="perbup.pdf"))
    assert client.get(file_address(claim)).status_code == 404
    assert client.get(file_address(basis)).status_code == 200


def test_a_file_that_is_only_in_a_draft_is_for_those_who_see_the_draft(client):
    keeper = UserFactory()
    entry = make_published(keeper, steward=keeper)
    draft = Innovation.objects.get(pk=entry.pk)
    stored = AttachmentFactory.build(entry=None).file
    draft.attachments.add(Attachment(title="Baru", file=ContentFile(stored.read(), name="baru.pdf")))
    draft.attachments.all()[0].file.save("baru.pdf", ContentFile(b"isi baru"), save=False)
    draft.save_revision(user=keeper)
    address = file_address(Innovation.objects.get(pk=entry.pk).get_latest_revision_as_object().attachments.all()[0])
    assert address.startswith(reverse("entry_draft_file", args=[entry.pk, "lampiran", 0]))
    assert client.get(address).status_code == 404
    client.force_login(keeper)
    assert body(client.get(address)) == b"isi baru"


@pytest.mark.parametrize("path", ["/berkas/lampiran/999/", "/berkas/apa-saja/1/", "/berkas/draf/1/lampiran/7/"])
def test_what_is_not_there_is_not_there(client, path):
    make_draft()
    assert client.get(path).status_code == 404


def test_a_missing_file_is_a_404_and_no_error(client):
    attachment = AttachmentFactory(entry=make_published())
    attachment.file.storage.delete(attachment.file.name)
    assert client.get(file_address(attachment)).status_code == 404
