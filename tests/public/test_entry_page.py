"""The entry page: what is there is shown, what isn't leaves no trace, and numbers lead somewhere for ever."""

import pytest
from django.utils import timezone

from innovation_hub.innovations.models import Consent, Innovation, RegistryNumber, SourceCitation
from search import rebuild
from tests.factories import (
    AgencyFactory,
    AttachmentFactory,
    ClaimFactory,
    CohortFactory,
    InnovationFactory,
    InnovatorFactory,
    TermFactory,
    ThemeFactory,
    UnknownAgencyFactory,
    make_draft,
)

from .pages import read

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert('x')</script> \"judul\" & <b>tebal</b>"


def live(**fields) -> Innovation:
    """Return a public entry."""
    return InnovationFactory(live=True, **fields)


def rich(**fields) -> Innovation:
    """Return a public entry with something in every part of the page."""
    entry = live(
        publication_level="terkurasi",
        evidence_level=2,
        summary="Ringkasan yang menjelaskan apa yang berubah bagi warga.",
        problem="<p>Antrean panjang [a].</p>",
        design="<p>Nomor diambil dari rumah.</p>",
        challenges="<p>Operator cuti.</p>",
        replication_terms="<p>Terbuka bagi siapa pun.</p>",
        unknowns="Biaya tidak diketahui.",
        themes=[ThemeFactory()],
        cohort=CohortFactory(),
        life_status="berlanjut",
        status_checked_on=timezone.localdate(),
        **fields,
    )
    ClaimFactory(entry=entry, baseline="95", value="41", unit="menit", level=2, source_letters="a")
    entry.steps.create(title="Mendaftar", sort_order=1)
    entry.prerequisites.create(text="Buku catatan jam")
    entry.stakeholders.create(name="Kader desa")
    entry.sources.create(letter="a", title="Berita pertama", publisher="Koran", url="https://contoh.id/berita")
    entry.save()
    return entry


def test_a_sparse_entry_is_short_and_has_no_empty_heading(client):
    entry = live(title_plain="Kotak nomor antrean dari kayu bekas", year=2019)
    page = read(client.get(entry.get_absolute_url()))
    sections = [text for tag, text in page.headings if tag == "h2"]
    assert len(sections) <= 8  # facts, this page, and the footer's
    assert not page.all("section", id="hasil") and not page.all("table")
    assert not page.all("section", id="masalah") and "N/A" not in page.words
    assert not [text for tag, text in page.headings if not text]
    assert "<dd></dd>" not in page.html and "<dd>None</dd>" not in page.html


def test_a_rich_entry_shows_facts_claims_and_sources(client):
    entry = rich()
    page = read(client.get(entry.get_absolute_url()))
    for anchor in ("masalah", "cara", "hasil", "kendala", "tiru", "pihak", "belum-diketahui", "sumber", "asal"):
        assert page.all("section", id=anchor), anchor
    assert "95\xa0menit" in page.html and "41\xa0menit" in page.html
    assert page.all("rect", class_="bar-a")[0]["width"] == "100.0"
    assert page.all("li", id="sumber-a")
    assert len(page.all("a", href="#sumber-a")) == 2  # in the paragraph and at the claim
    assert entry.cohort.institution.name in page.words
    assert page.all("a", href=f"/pelatihan/{entry.cohort.programme.code}/")
    assert page.all("a", href=entry.agency.get_absolute_url())


def test_hostile_text_stays_text(client):
    entry = live(
        title_plain=HOSTILE[:255],
        brand_name=HOSTILE[:160],
        summary=HOSTILE,
        problem=f"<p onclick='x()'>{HOSTILE}<img src=x onerror=alert(1)><a href='javascript:x()'>a</a></p>",
        agency_raw=HOSTILE,
        agency=UnknownAgencyFactory(),
        publication_level="terkurasi",
        title_source=HOSTILE,
    )
    ClaimFactory(entry=entry, indicator=HOSTILE, value=HOSTILE, method=HOSTILE, evidence_url="https://contoh.id/")
    entry.sources.create(letter="a", title=HOSTILE, publisher=HOSTILE)
    entry.save()
    for path in (entry.get_absolute_url(), f"/en{entry.get_absolute_url()}"):
        html = client.get(path).content.decode()
        assert "<script>alert" not in html and "onerror" not in html and "javascript:" not in html
        assert "onclick" not in html and "&lt;script&gt;" in html


def test_the_address_has_one_form(client):
    entry = live(title_plain="Antrean dari rumah")
    address = entry.get_absolute_url()
    number = entry.registry_number
    for other in (f"/inovasi/{number}/salah/", f"/inovasi/{number}/", f"/inovasi/{number.lower()}/antrean-dari-rumah/"):
        response = client.get(other)
        assert (response.status_code, response.get("Location")) == (301, address)
    assert client.get(f"/en/inovasi/{number}/salah/")["Location"] == f"/en{address}"


def test_wrong_numbers_get_help_and_404(client):
    entry = live()
    wrong_letter = entry.registry_number[:-1] + ("B" if entry.registry_number[-1] == "A" else "A")
    for number in (wrong_letter, "IN-1", "apa-saja", "<script>"):
        response = client.get(f"/inovasi/{number}/x/")
        page = read(response)
        assert response.status_code == 404
        assert [form for form in page.all("form") if form["action"] == "/cari/"]
        assert "<script>" not in page.html.replace('<script src="', "")
    from innovation_hub.innovations.registry_numbers import format_number

    assert client.get(f"/inovasi/{format_number(987654)}/").status_code == 404


def test_a_merged_number_leads_to_the_entry_that_absorbed_it(client):
    kept, merged, first = live(), live(), live()
    for one, into in ((first, merged), (merged, kept)):
        Innovation.objects.filter(pk=one.pk).update(merged_into=into)
        target = RegistryNumber.objects.get(entry=into)
        RegistryNumber.objects.filter(entry=one).update(state="merged", merged_into=target)
    for one in (first, merged):
        response = client.get(f"/inovasi/{one.registry_number}/apa-pun/")
        assert (response.status_code, response["Location"]) == (301, kept.get_absolute_url())


def test_a_withdrawn_entry_leaves_a_tombstone_with_its_reason(client):
    entry = live(summary="Isi yang ditarik")
    Innovation.objects.filter(pk=entry.pk).update(withdrawn_at=timezone.now())
    RegistryNumber.objects.filter(entry=entry).update(
        state="withdrawn", reason="Diminta instansinya.", title="Judul yang ditarik"
    )
    response = client.get(entry.get_absolute_url())
    page = read(response)
    assert response.status_code == 410
    assert "Diminta instansinya." in page.words and "Judul yang ditarik" in page.words
    assert "Isi yang ditarik" not in page.words
    assert page.all("meta", name="robots")[0]["content"] == "noindex"


def test_an_unpublished_entry_says_nothing_of_itself(client):
    entry = live(title_plain="Judul rahasia sementara")
    Innovation.objects.filter(pk=entry.pk).update(live=False)
    response = client.get(entry.get_absolute_url())
    assert response.status_code == 404
    assert "Judul rahasia" not in response.content.decode().replace(entry.slug, "")


def test_readers_see_the_published_text_while_a_draft_waits(client):
    entry = live(title_plain="Judul yang terbit")
    entry.title_plain = "Judul dalam draf"
    entry.save_revision()
    html = client.get(f"/inovasi/{entry.registry_number}/judul-yang-terbit/").content.decode()
    assert "Judul yang terbit" in html and "Judul dalam draf" not in html


def test_sample_data_say_so_and_stay_out_of_web_search(client):
    entry = live(is_synthetic=True)
    page = read(client.get(entry.get_absolute_url()))
    assert page.all("div", class_="note-warn")
    assert page.all("meta", name="robots")[0]["content"] == "noindex"
    assert not read(client.get(live().get_absolute_url())).all("meta", name="robots")


def test_warnings_come_before_the_facts(client):
    page = read(client.get(rich(is_synthetic=True).get_absolute_url()))
    assert page.html.index("note-warn") < page.html.index('<aside class="side"')


def test_what_the_hub_loads_itself_is_named_in_words(client):
    words = read(client.get(live(source_system="kasus-nyata").get_absolute_url())).words
    assert "kasus nyata yang diceritakan" in words and "kasus-nyata" not in words
    assert "SINOVIK" in read(client.get(live(source_system="SINOVIK").get_absolute_url())).words


def test_a_heading_names_only_what_is_below_it(client):
    entry = rich()
    entry.stakeholders.all().delete()
    entry.awards.create(name="Top 99")
    entry.save()
    assert ("h2", "Penghargaan") in read(client.get(entry.get_absolute_url())).headings


def test_titles_of_ours_are_explained(client):
    entry = rich()
    assert "kurung siku" not in read(client.get(entry.get_absolute_url())).words
    entry.sources.create(letter="b", title="[Pasar tani]", publisher="Koran", date_note="tanggal perkiraan.")
    entry.save()
    page = read(client.get(entry.get_absolute_url()))
    assert "kurung siku" in page.words and "Koran\xa0· tanggal perkiraan" in page.html


@pytest.mark.parametrize(("summary", "tall"), [("Singkat.", False), ("Kalimat yang panjang sekali. " * 40, True)])
def test_the_side_follows_the_facts_whichever_column_begins_longer(client, summary, tall):
    entry = rich(target_groups=[TermFactory(vocabulary="target_groups", label_id=f"Kelompok {n}") for n in range(9)])
    entry.summary = summary
    entry.save()
    page = read(client.get(entry.get_absolute_url()))
    assert bool(page.all("article", class_="entry tall-head")) is tall


def test_clashing_figures_are_all_shown_and_named(client):
    entry = rich()
    for value in ("12 ton", "220 kg"):
        ClaimFactory(entry=entry, indicator="Plastik", value=value, level=1, conflict_group="plastik")
    page = read(client.get(entry.get_absolute_url()))
    assert "12 ton" in page.words and "220 kg" in page.words
    assert len(page.all("span", class_="clash")) == 2


def test_training_or_its_absence_is_said(client):
    with_training, without = rich(), live(publication_level="terkurasi", problem="<p>Masalah.</p>")
    assert (
        f"/pelatihan/{with_training.programme.code}/" in client.get(with_training.get_absolute_url()).content.decode()
    )
    page = read(client.get(f"/en{without.get_absolute_url()}"))
    assert "No training is recorded" in page.words


def test_texts_in_another_language_are_marked(client):
    entry = rich()
    entry.translations.create(language="en", title="Queue numbers from home", summary="What changed.")
    entry.save()
    address = entry.get_absolute_url()
    page = read(client.get(f"/en{address}"))
    assert ("h1", "Queue numbers from home") in page.headings
    assert [attrs for attrs in page.all("div") if attrs.get("lang") == "id"]
    assert not [attrs for attrs in read(client.get(address)).all("div") if attrs.get("lang")]


def test_only_people_who_agreed_are_named(client):
    entry = rich()
    agreed, silent = InnovatorFactory(entry=entry), InnovatorFactory(entry=entry, nip="198001012005011001")
    withdrawn = InnovatorFactory(entry=entry)
    Consent.objects.create(innovator=agreed, how="surat")
    Consent.objects.create(innovator=withdrawn, how="surat", withdrawn_at=timezone.now())
    html = client.get(entry.get_absolute_url()).content.decode()
    assert agreed.name in html
    assert silent.name not in html and withdrawn.name not in html and "198001012005011001" not in html


def test_an_unmatched_agency_is_quoted_as_delivered(client):
    entry = live(agency=UnknownAgencyFactory(), agency_raw="UPTD PKM KEC. RIMBA")
    page = read(client.get(entry.get_absolute_url()))
    assert "“UPTD PKM KEC. RIMBA”" in page.words


def test_a_stopped_entry_says_why_and_what_replaced_it(client):
    successor = live(title_plain="Penggantinya")
    entry = live(
        publication_level="terkurasi",
        life_status="berhenti",
        life_status_since="2023",
        stop_reason=TermFactory(vocabulary="stop_reasons", code="mutasi", label_id="Mutasi pegawai"),
        successor=successor,
        problem="<p>Masalah.</p>",
    )
    page = read(client.get(entry.get_absolute_url()))
    assert "2023: mutasi pegawai" in page.words
    assert page.all("a", href=successor.get_absolute_url())


def test_kits_and_documents_are_offered_and_reports_are_not(client):
    entry = rich()
    kit, document = AttachmentFactory(entry=entry, kind="paket"), AttachmentFactory(entry=entry, kind="dokumen")
    report = AttachmentFactory(entry=entry, kind="laporan-pelatihan", title="Laporan rahasia")
    page = read(client.get(entry.get_absolute_url()))
    for file in (kit, document):
        assert page.all("a", href=f"/berkas/lampiran/{file.pk}/")
    assert report.title not in page.words and client.get(f"/berkas/lampiran/{report.pk}/").status_code == 404
    assert client.get(f"/berkas/lampiran/{kit.pk}/").status_code == 200


def test_similar_entries_are_curated_and_share_words(client, settings, tmp_path):
    settings.SEARCH_URL = f"tantivy://{tmp_path}"
    entry = live(title_plain="Antrean puskesmas dari rumah")
    near = live(publication_level="terkurasi", title_plain="Antrean puskesmas lewat kader")
    live(title_plain="Antrean puskesmas yang mentah")
    rebuild.rebuild()
    html = client.get(entry.get_absolute_url()).content.decode()
    assert near.title_plain in html and "yang mentah" not in html


@pytest.mark.parametrize("make", [live, rich])
def test_few_queries_whatever_the_entry_holds(client, django_assert_max_num_queries, make):
    entry = make(agency=AgencyFactory())
    for _number in range(8):
        ClaimFactory(entry=entry)
        SourceCitation.objects.create(entry=entry, letter="b", title="Berita")
    with django_assert_max_num_queries(20):
        assert client.get(entry.get_absolute_url()).status_code == 200


def test_the_preview_of_a_draft_shows_the_page(rf):
    entry = make_draft(title_plain="Draf yang dipratinjau", summary="Belum terbit.")
    request = rf.get("/admin/")
    response = entry.serve_preview(request, "")
    response.render()
    html = response.content.decode()
    assert "Draf yang dipratinjau" in html and "note-warn" in html
