"""Two people, one entry: whoever saves second sees both texts, and neither is lost."""

import pytest

from innovation_hub.innovations.models import Innovation

pytestmark = pytest.mark.django_db


def newest(entry) -> Innovation:
    return Innovation.objects.get(pk=entry.pk).get_latest_revision_as_object()


def test_the_second_does_not_write_over_the_first(world, writer):
    sent = writer.fields(world.entry, "judul")
    writer.save(world.entry, "judul", sent=sent, summary="Tulisan pertama.")
    response = writer.save(world.entry, "judul", sent=sent, summary="Tulisan kedua.")
    html = response.content.decode()
    assert response.status_code == 409
    assert "Tulisan pertama." in html
    assert "Tulisan kedua." in html
    assert newest(world.entry).summary == "Tulisan pertama."


def test_after_looking_at_both_it_can_be_saved(world, writer):
    sent = writer.fields(world.entry, "judul")
    writer.save(world.entry, "judul", sent=sent, summary="Tulisan pertama.")
    response = writer.save(world.entry, "judul", sent=sent, summary="Tulisan kedua.")
    from .conftest import Fields

    both = Fields(response.content.decode()).values
    assert both["summary"][0].strip() == "Tulisan kedua."
    writer.save(world.entry, "judul", sent=both)
    assert newest(world.entry).summary.strip() == "Tulisan kedua."


def test_rows_of_both_stay(world, writer):
    sent = writer.fields(world.entry, "hasil")
    writer.save(world.entry, "hasil", sent=sent, **{"claims-0-indicator": "Dari yang pertama"})
    response = writer.save(world.entry, "hasil", sent=sent, **{"claims-0-indicator": "Dari yang kedua"})
    html = response.content.decode()
    assert "Dari yang pertama" in html
    from .conftest import Fields

    writer.save(world.entry, "hasil", sent=Fields(html).values)
    assert [one.indicator for one in newest(world.entry).claims.all()] == ["Dari yang pertama", "Dari yang kedua"]


def test_the_admin_counts_too(world, writer):
    sent = writer.fields(world.entry, "judul")
    draft = newest(world.entry)
    draft.summary = "Dari formulir lengkap."
    draft.save_revision(user=world.submitter)
    assert writer.save(world.entry, "judul", sent=sent, summary="Dari sini.").status_code == 409
    answer = writer.save(world.entry, "judul", sent=sent, summary="Dari sini.", otomatis="1")
    assert answer.status_code == 409
    assert newest(world.entry).summary == "Dari formulir lengkap."
