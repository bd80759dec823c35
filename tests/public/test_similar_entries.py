"""Similar entries below an entry: the reasons in the reader's language, nothing that readers may not see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.text import capfirst

from innovation_hub.innovations.entry_loading import public_entry
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.similar import similar_to, similar_to_text
from search import rebuild
from tests.factories import (
    AgencyFactory,
    InnovationFactory,
    ProgrammeFactory,
    ThemeFactory,
    UnknownAgencyFactory,
    UrusanFactory,
    make_draft,
)

from .pages import read

pytestmark = pytest.mark.django_db
PROBLEM = "<p>Antrean mengular sejak subuh di loket puskesmas.</p>"


@pytest.fixture(autouse=True)
def index(settings, tmp_path):
    """An index of its own."""
    settings.SEARCH_URL = f"tantivy://{tmp_path}"


def curated(**fields) -> Innovation:
    """Return a public, curated entry."""
    return InnovationFactory(live=True, **{"publication_level": "terkurasi", **fields})


@pytest.fixture
def pair():
    """Two entries about queues, with affair and programme in common."""
    shared = {"urusan_primary": UrusanFactory(), "programme": ProgrammeFactory(), "problem": PROBLEM}
    first = curated(title_plain="Nomor antrean puskesmas diambil dari rumah", **shared)
    second = curated(title_plain="Pasien mengantre dari rumah", **shared)
    curated(title_plain="Bank sampah memilah plastik")
    rebuild.rebuild()
    return first, second


def why(language: str, address: str, client) -> list[str]:
    """Return the reasons that the page shows."""
    prefix = "" if language == "id" else f"/{language}"
    html = client.get(prefix + address).content.decode()
    return [part.split("</p>")[0] for part in html.split('<p class="meta why">')[1:]]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_says_why(client, pair, language):
    [reason] = why(language, pair[0].get_absolute_url(), client)
    with translation.override(language):
        said = translation.gettext("similar problem: %(words)s").split("%")[0]
        assert reason.startswith(capfirst(said))
        for words in ("same government affair", "same programme"):
            assert f"; {translation.gettext(words)}" in reason
    assert "antrean" in reason and "loket" in reason
    assert ('<span lang="id">' in reason) is (language == "en")


def test_the_reason_stands_in_the_row_of_the_entry(client, pair):
    page = read(client.get(pair[0].get_absolute_url()))
    assert ("h3", pair[1].title_plain) in page.headings
    assert page.all("section", aria_labelledby="h-serupa")
    assert "Bank sampah" not in page.words


def test_the_entry_itself_its_twins_and_its_successor_are_left_out(client):
    successor = curated(title_plain="Antrean puskesmas digital", problem=PROBLEM)
    merged = curated(title_plain="Antrean puskesmas gabungan", problem=PROBLEM)
    entry = curated(title_plain="Antrean puskesmas", problem=PROBLEM, successor=successor)
    twin = curated(title_plain="ANTREAN PUSKESMAS", problem=PROBLEM, agency=entry.agency)
    elsewhere = curated(title_plain="Antrean puskesmas", problem=PROBLEM)
    rebuild.rebuild()
    Innovation.objects.filter(pk=merged.pk).update(merged_into=entry)
    found = {one.pk for one in similar_to(entry)}
    assert found == {elsewhere.pk}
    assert twin.pk not in found


@pytest.mark.parametrize("change", [{"live": False}, {"withdrawn_at": timezone.now()}])
def test_what_left_the_public_a_moment_ago_is_gone(client, pair, change):
    Innovation.objects.filter(pk=pair[1].pk).update(**change)
    page = read(client.get(pair[0].get_absolute_url()))
    assert pair[1].title_plain not in page.words
    assert not page.all("section", aria_labelledby="h-serupa")


def test_drafts_and_what_only_a_draft_says_stay_inside(client):
    entry = curated(title_plain="Antrean puskesmas dari rumah", problem=PROBLEM)
    make_draft(title_plain="Antrean puskesmas rahasia", problem=PROBLEM)
    public = curated(title_plain="Sampah dipilah di rumah", problem="<p>Sampah menumpuk.</p>")
    public.problem = PROBLEM.replace("subuh", "rahasia")
    public.title_plain = "Antrean puskesmas rahasia"
    public.save_revision()
    rebuild.rebuild()
    html = client.get(entry.get_absolute_url()).content.decode()
    assert "rahasia" not in html


def test_without_the_engine_the_page_has_no_such_band(client, pair, settings):
    settings.SEARCH_URL = "tantivy:///nowhere/that/can/be/read"
    response = client.get(pair[0].get_absolute_url())
    assert response.status_code == 200
    assert not read(response).all("section", aria_labelledby="h-serupa")


def test_a_registered_entry_leads_to_curated_ones(client):
    entry = InnovationFactory(live=True, title_plain="Antrean puskesmas dari rumah")
    near = curated(title_plain="Antrean puskesmas lewat kader")
    raw = InnovationFactory(live=True, title_plain="Antrean puskesmas yang mentah")
    rebuild.rebuild()
    page = read(client.get(entry.get_absolute_url()))
    assert near.title_plain in page.words and raw.title_plain not in page.words
    assert {one.pk for one in similar_to(near)} == {entry.pk, raw.pk}


def test_without_shared_words_the_best_of_the_same_affair_stand_in():
    affair = UrusanFactory()
    entry = InnovationFactory(live=True, title_plain="SIPEDAS", urusan_primary=affair)
    good = curated(title_plain="Bank sampah", evidence_level=3, urusan_primary=affair)
    curated(title_plain="Arsip surat", urusan_primary=UrusanFactory())
    InnovationFactory(live=True, title_plain="Pasar tani", urusan_primary=affair)
    rebuild.rebuild()
    [found] = similar_to(entry, curated=True)
    assert found.pk == good.pk
    assert found.why == translation.gettext("same government affair")


def test_a_theme_alone_makes_nothing_similar():
    theme, programme = ThemeFactory(), ProgrammeFactory()
    entry = InnovationFactory(live=True, title_plain="SIPEDAS", themes=[theme], programme=programme)
    curated(title_plain="Bank sampah", themes=[theme])
    tied = curated(title_plain="Arsip surat", themes=[theme], programme=programme)
    rebuild.rebuild()
    assert [one.pk for one in similar_to(entry)] == [tied.pk]


def test_a_title_alone_without_a_theme_leads_nowhere(client):
    entry = InnovationFactory(live=True, title_plain="SIPEDAS")
    curated(title_plain="Bank sampah", evidence_level=3)
    rebuild.rebuild()
    assert similar_to(entry) == []
    assert not read(client.get(entry.get_absolute_url())).all("section", aria_labelledby="h-serupa")


def test_at_most_two_of_one_agency(client):
    agency = AgencyFactory()
    entry = curated(title_plain="Antrean puskesmas dari rumah", problem=PROBLEM)
    for place in "abcde":
        curated(title_plain=f"Antrean puskesmas {place * 3}", problem=PROBLEM, agency=agency)
    other = curated(title_plain="Loket antrean", problem=PROBLEM)
    rebuild.rebuild()
    found = similar_to(entry)
    assert len(found) == 3 and other.pk in {one.pk for one in found}


def test_agencies_that_nobody_matched_are_not_the_same():
    unknown = UnknownAgencyFactory()
    fields = {"agency": unknown, "title_plain": "Antrean puskesmas", "problem": PROBLEM}
    entry, *others = (curated(agency_raw=f"UPTD {name}", **fields) for name in ("Satu", "Dua", "Tiga", "Empat"))
    rebuild.rebuild()
    found = similar_to(entry)
    assert translation.gettext("same agency") not in " ".join(one.why for one in found)
    assert {one.pk for one in found} <= {one.pk for one in others}


def test_curated_living_and_evidenced_entries_come_first_among_equals():
    entry = curated(title_plain="Antrean puskesmas dari rumah", problem=PROBLEM)
    raw = InnovationFactory(live=True, title_plain="Antrean puskesmas aaa", problem=PROBLEM)
    good = curated(title_plain="Antrean puskesmas bbb", problem=PROBLEM, evidence_level=3, life_status="berlanjut")
    rebuild.rebuild()
    assert [one.pk for one in similar_to(entry)] == [good.pk, raw.pk]


def test_hostile_texts_stay_text(client):
    hostile = "Antrean <script>alert(1)</script> & “puskesmas”"
    entry = curated(title_plain=hostile, summary=hostile, problem=f"<p>{hostile}</p>")
    curated(title_plain=hostile, summary=hostile)
    rebuild.rebuild()
    for path in (entry.get_absolute_url(), f"/en{entry.get_absolute_url()}"):
        html = client.get(path).content.decode()
        assert "<script>alert" not in html and 'class="meta why"' in html


def test_similar_entries_cost_one_query(pair):
    entry = public_entry(pair[0].registry_number)
    with CaptureQueriesContext(connection) as captured:
        assert similar_to(entry)
    assert len(captured) == 1


@pytest.mark.parametrize("others", [1, 9])
def test_few_queries_whatever_is_similar(client, others, django_assert_max_num_queries):
    entry = curated(
        title_plain="Antrean puskesmas dari rumah", problem=PROBLEM, themes=[ThemeFactory(), ThemeFactory()]
    )
    for number in range(others):
        curated(title_plain=f"Antrean puskesmas {'abcdefghi'[number] * 3}", problem=PROBLEM, themes=[ThemeFactory()])
    rebuild.rebuild()
    with django_assert_max_num_queries(20):
        assert client.get(entry.get_absolute_url()).status_code == 200


def test_what_somebody_is_writing_finds_what_is_there(pair):
    by_title = similar_to_text("Antrean puskesmas dari rumah")
    assert [one.pk for one in by_title] == [pair[0].pk, pair[1].pk]
    assert by_title[0].why and by_title[0].card.url == pair[0].get_absolute_url()
    by_problem = similar_to_text("Layanan baru", problem="Loket puskesmas penuh, antrean mengular.")
    assert {one.pk for one in by_problem} == {pair[0].pk, pair[1].pk}
    assert [one.pk for one in similar_to_text("Antrean puskesmas", exclude=[pair[0].pk])] == [pair[1].pk]


@pytest.mark.parametrize("title", ["", "   ", "?!", "yang di", "2024", "x" * 5000, "\x00\ud800"])
def test_half_written_titles_do_no_harm(pair, title):
    assert similar_to_text(title) == []
