"""Results, files and prerequisites: one empty row more each time, and nothing of a row is lost that isn't shown."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from innovation_hub.innovations.models import Claim, Innovation

pytestmark = pytest.mark.django_db


def claims_of(entry) -> list[Claim]:
    return list(Innovation.objects.get(pk=entry.pk).get_latest_revision_as_object().claims.all())


def test_every_saving_gives_one_empty_row_more(world, writer):
    response = writer.save(world.entry, "hasil", **{"claims-0-indicator": "Waktu tunggu", "aksi": "tambah-claims"})
    assert response.headers["Location"].endswith("/hasil/#claims-baru")
    fields = writer.fields(world.entry, "hasil")
    assert (fields["claims-jumlah"], fields["claims-0-di"], fields["claims-1-di"]) == (["2"], ["0"], [""])
    writer.save(world.entry, "hasil", **{"claims-1-indicator": "Warga dilayani", "claims-1-value": "40"})
    assert [(one.indicator, one.value) for one in claims_of(world.entry)] == [
        ("Waktu tunggu", ""),
        ("Warga dilayani", "40"),
    ]


def test_what_a_row_holds_beside_the_page_stays(world, writer):
    draft = world.entry.get_latest_revision_as_object()
    draft.claims = [Claim(indicator="Waktu tunggu", level=2, verifier="Inspektorat", source_letters="a")]
    draft.save_revision(user=world.submitter)
    writer.save(world.entry, "hasil", **{"claims-0-value": "15 menit"})
    (claim,) = claims_of(world.entry)
    assert (claim.value, claim.level, claim.verifier, claim.source_letters) == ("15 menit", 2, "Inspektorat", "a")


def test_a_row_goes_only_where_its_box_is_ticked(world, writer):
    for number in range(3):
        writer.save(world.entry, "hasil", **{f"claims-{number}-indicator": f"Hasil {number}"})
    writer.save(world.entry, "hasil", **{"claims-1-hapus": "on"})
    assert [one.indicator for one in claims_of(world.entry)] == ["Hasil 0", "Hasil 2"]


def test_a_row_without_its_words_is_named(world, writer):
    response = writer.save(world.entry, "hasil", **{"claims-0-value": "15 menit"})
    assert 'href="#claims-0"' in response.content.decode()
    assert claims_of(world.entry) == []


def test_files_are_private_and_checked(world, writer, settings, tmp_path):
    file = SimpleUploadedFile("sop.pdf", b"%PDF-1.4")
    writer.save(world.entry, "lampiran", **{"attachments-0-title": "SOP", "attachments-0-file": file})
    entry = Innovation.objects.get(pk=world.entry.pk)
    (attachment,) = entry.get_latest_revision_as_object().attachments.all()
    assert (attachment.title, attachment.kind) == ("SOP", "dokumen")
    wrong = SimpleUploadedFile("alat.exe", b"MZ")
    response = writer.save(world.entry, "lampiran", **{"attachments-1-title": "Alat", "attachments-1-file": wrong})
    assert 'href="#attachments-1"' in response.content.decode()


def test_an_empty_row_is_no_row(world, writer):
    before = world.entry.latest_revision_id
    writer.save(world.entry, "lampiran", **{"prerequisites-0-text": ""})
    assert Innovation.objects.get(pk=world.entry.pk).latest_revision_id == before
