"""The five steps without JavaScript: each shows what the draft holds, saves it, and goes on."""

import pytest
from django.urls import reverse

from innovation_hub.curation.writing.steps import STEPS
from innovation_hub.innovations.models import Authorship, Innovation
from tests.factories import CohortFactory, TermFactory, UnitFactory

pytestmark = pytest.mark.django_db
CODES = [step.code for step in STEPS]


def newest(entry) -> Innovation:
    return Innovation.objects.get(pk=entry.pk).get_latest_revision_as_object()


def test_begin_makes_the_writers_draft(world, writer):
    origin = TermFactory(vocabulary="origin_channels", code="mandiri")
    sent = {
        "title_plain": "Warga mengurus surat dari rumah",
        "agency": world.unit.agency_id,
        "origin_channel": origin.pk,
    }
    response = writer.client.post(reverse("write_start"), sent)
    entry = Innovation.objects.get(title_plain="Warga mengurus surat dari rumah")
    assert response.headers["Location"] == reverse("write_step", args=[entry.pk, "judul"])
    assert (entry.created_by, entry.steward, entry.live) == (world.submitter, world.submitter, False)
    assert entry.region_id == world.unit.agency.region_id
    assert entry.latest_revision.user == world.submitter


def test_begin_needs_its_three_answers(writer):
    response = writer.client.post(reverse("write_start"), {"title_plain": ""})
    assert response.status_code == 200
    assert "e-title_plain" in response.content.decode()


@pytest.mark.parametrize("code", CODES)
def test_a_step_that_is_sent_unchanged_changes_nothing(world, writer, code):
    before = world.entry.latest_revision_id
    response = writer.save(world.entry, code)
    assert response.status_code == 302
    assert Innovation.objects.get(pk=world.entry.pk).latest_revision_id == before


@pytest.mark.parametrize("code", CODES)
def test_a_step_is_one_well_formed_page(world, writer, code):
    page = writer.open("write_step", world.entry.pk, code)
    assert [tag for tag, _words in page.headings].count("h1") == 1
    assert [step for step in page.all("li") if step.get("aria-current") == "step"]
    labelled = {label["for"] for label in page.all("label") if label.get("for")}
    fields = [*page.all("input"), *page.all("textarea"), *page.all("select")]
    unnamed = [f for f in fields if f.get("type") not in ("hidden", "search") and f.get("id") not in labelled]
    assert not unnamed


def test_answers_are_saved_in_a_new_version_of_the_same_record(world, writer):
    writer.save(world.entry, "judul", title_plain="Ibu hamil mendaftar periksa dari rumah", summary="Baru.")
    version = newest(world.entry)
    assert (version.title_plain, version.summary) == ("Ibu hamil mendaftar periksa dari rumah", "Baru.")
    assert version.problem == "<p>Antre lama.</p>"
    assert Authorship.objects.filter(entry=world.entry, user=world.submitter).exists()


def test_buttons_lead_on_back_and_out(world, writer):
    pk = world.entry.pk
    assert writer.save(world.entry, "asal", aksi="lanjut").headers["Location"] == f"/tulis/{pk}/gagasan/"
    assert writer.save(world.entry, "asal", aksi="kembali").headers["Location"] == f"/tulis/{pk}/judul/"
    assert writer.save(world.entry, "asal", aksi="keluar").headers["Location"] == "/inovasi-saya/"
    assert writer.save(world.entry, "lampiran", aksi="lanjut").headers["Location"] == f"/tulis/{pk}/periksa/"


def test_what_is_not_valid_is_named_and_the_rest_is_saved(world, writer):
    response = writer.save(world.entry, "gagasan", implemented_on="kemarin", problem="Antre sejak subuh.")
    html = response.content.decode()
    assert response.status_code == 200
    assert 'value="kemarin"' in html
    assert 'href="#implemented_on"' in html
    version = newest(world.entry)
    assert (version.implemented_on, version.problem) == ("2024", "<p>Antre sejak subuh.</p>")


def test_a_unit_is_found_by_its_name_or_made(world, writer):
    writer.save(world.entry, "asal", unit_name=f"  {world.unit.name.upper()} ")
    assert newest(world.entry).unit == world.unit
    writer.save(world.entry, "asal", unit_name="Puskesmas Toili")
    unit = newest(world.entry).unit
    assert (unit.name, unit.agency) == ("Puskesmas Toili", world.unit.agency)


def test_a_cohort_of_another_programme_is_let_go(world, writer):
    other = CohortFactory()
    writer.save(
        world.entry, "asal", programme=str(other.programme_id), institution=str(other.institution_id), aksi="muat"
    )
    version = newest(world.entry)
    assert (version.cohort, version.programme, version.institution) == (None, other.programme, other.institution)
    writer.save(world.entry, "asal", cohort=str(other.pk))
    assert newest(world.entry).cohort == other


def test_the_mentor_stands_in_the_private_record_and_not_in_the_version(world, writer):
    writer.save(world.entry, "asal", mentor_name="Ibu Mentor", mentor_email="mentor@contoh.go.id")
    person = world.entry.innovators.get()
    assert (person.role, person.name, person.email) == ("mentor", "Ibu Mentor", "mentor@contoh.go.id")
    assert "Ibu Mentor" not in str(Innovation.objects.get(pk=world.entry.pk).latest_revision.content)
    response = writer.save(world.entry, "asal", mentor_email="mentor@gmail.com")
    assert "e-mentor_email" in response.content.decode()


def test_registry_facts_stay(world, writer):
    Innovation.objects.filter(pk=world.entry.pk).update(completeness=1, publication_level="terkurasi", view_count=7)
    writer.save(world.entry, "judul", summary="Lain.", publication_level="unggulan", view_count="99")
    entry = Innovation.objects.get(pk=world.entry.pk)
    assert (entry.publication_level, entry.view_count) == ("terkurasi", 7)


def test_the_agencies_offered_are_the_writers_own(world, writer):
    foreign = UnitFactory().agency
    for words in (writer.open("write_start").words, writer.open("write_step", world.entry.pk, "asal").words):
        assert world.unit.agency.name in words
        assert foreign.name not in words
    writer.save(world.entry, "asal", agency=str(foreign.pk))
    assert newest(world.entry).agency == world.unit.agency
