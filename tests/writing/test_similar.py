"""Similar public entries stand beside the title, with the reason, and one press names the original."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from innovation_hub.innovations.models import Innovation
from tests.factories import InnovationFactory

pytestmark = pytest.mark.django_db
TITLE = "Pasien puskesmas mengambil nomor antrean dari rumah lewat pesan"


@pytest.fixture
def original(world):
    """A public entry about the same thing."""
    found = InnovationFactory(live=True, title_plain=TITLE, summary="Nomor antrean pasien puskesmas lewat pesan.")
    for number in range(30):
        InnovationFactory(live=True, title_plain=f"Arsip surat kantor {number} disimpan rapi")
    call_command("rebuild_search_index", verbosity=0)
    return found


def test_similar_entries_stop_the_writer_once(world, writer, original):
    title = "Nomor antrean pasien puskesmas diambil lewat pesan"
    response = writer.save(world.entry, "judul", title_plain=title, dilihat="")
    assert response.headers["Location"].endswith("/judul/#saran")
    page = writer.open("write_step", world.entry.pk, "judul")
    assert original.get_absolute_url() in {link.get("href") for link in page.all("a")}
    assert page.all("p", class_="why")
    assert writer.save(world.entry, "judul").headers["Location"].endswith("/asal/")


def test_one_press_names_the_original_and_another_takes_it_away(world, writer, original):
    writer.save(world.entry, "judul", asal=str(original.pk))
    version = Innovation.objects.get(pk=world.entry.pk).get_latest_revision_as_object()
    assert version.replicated_from == original
    assert original.title_plain in writer.open("write_step", world.entry.pk, "judul").words
    writer.save(world.entry, "judul", asal="0")
    assert Innovation.objects.get(pk=world.entry.pk).get_latest_revision_as_object().replicated_from is None


def test_a_hidden_entry_is_no_original(world, writer):
    hidden = InnovationFactory(title_plain="Rahasia")
    writer.save(world.entry, "judul", asal=str(hidden.pk))
    assert Innovation.objects.get(pk=world.entry.pk).get_latest_revision_as_object().replicated_from is None
    assert writer.client.get(reverse("write_step", args=[world.entry.pk, "judul"])).status_code == 200
