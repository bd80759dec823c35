"""Entries in the index: both faces, who finds which, and no word of a foreign draft anywhere."""

import json

import pytest
from django.core.management import call_command

from innovation_hub.core.scopes import staff_scopes
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.services import lifecycle
from search import indexer
from search.facets import open_facets
from search.query import SearchQuery
from search.service import search
from search.suggest import suggest
from tests.factories import (
    AdministratorFactory,
    AgencyFactory,
    AgencyMembershipFactory,
    ClaimFactory,
    CohortFactory,
    InnovationFactory,
    InstitutionMembershipFactory,
    LabFactory,
    LabMembershipFactory,
    make_draft,
    make_published,
)

pytestmark = pytest.mark.django_db

PLANTED = "kwetiaurahasia"


@pytest.fixture(autouse=True)
def own_index(settings, tmp_path):
    """An index of this test's own."""
    settings.SEARCH_URL = f"tantivy://{tmp_path}/search"
    settings.DATA_DIR = tmp_path


def found(text: str, scopes: frozenset[str] = frozenset({"public"})) -> list[int]:
    page = search(SearchQuery(text, scopes=scopes, facets=open_facets()))
    assert not page.limited
    return [hit.source_id for hit in page.hits]


@pytest.fixture
def drafts():
    """A draft of one agency and institution, and a published entry with a pending draft; the word is in both drafts."""
    cohort = CohortFactory()
    draft = make_draft(title_plain=f"Antrean {PLANTED}", agency=AgencyFactory(), cohort=cohort)
    published = make_published(title_plain="Antrean biasa", agency=draft.agency, cohort=cohort)
    published.summary = f"Ringkasan dengan {PLANTED}."
    published.save_revision()
    make_published(title_plain="Antrean lain", agency=AgencyFactory())
    people = {
        "institution": InstitutionMembershipFactory(institution=cohort.institution).user,
        "agency": AgencyMembershipFactory(agency=draft.agency, role="reviewer").user,
        "lab": LabMembershipFactory(lab=LabFactory(is_default=True)).user,
        "administrator": AdministratorFactory(),
    }
    indexer.drain()
    return draft, published, people


def test_those_who_may_see_the_drafts_find_them_once_each(drafts):
    draft, published, people = drafts
    for name, user in people.items():
        assert sorted(found(PLANTED, staff_scopes(user))) == sorted([draft.pk, published.pk]), name


def test_no_word_of_a_draft_reaches_anybody_else(drafts):
    foreign = (
        InstitutionMembershipFactory().user,
        AgencyMembershipFactory(role="reviewer").user,
        LabMembershipFactory(lab=LabFactory()).user,
        AgencyMembershipFactory().user,
    )
    for scopes in (frozenset({"public"}), *(staff_scopes(user) for user in foreign)):
        page = search(SearchQuery(PLANTED, scopes=scopes, facets=open_facets()))
        assert (page.hits, page.total, page.did_you_mean) == ([], 0, None)
        assert all(not value.count for values in page.facets.values() for value in values)
        near = search(SearchQuery(PLANTED[:-1] + "x", scopes=scopes))
        assert (near.total, near.did_you_mean) == (0, None)
    assert suggest(PLANTED[:5]) == []
    assert suggest("antrean kwe") == []


def test_totals_and_facets_are_those_of_the_caller(drafts):
    draft, _published, people = drafts
    public = search(SearchQuery("antrean", facets=open_facets()))
    inside = search(SearchQuery("antrean", scopes=staff_scopes(people["agency"]), facets=open_facets()))
    assert (public.total, inside.total) == (2, 2)
    counts = {value.value: value.count for value in public.facets["agency"]}
    assert counts[str(draft.agency_id)] == 1
    assert {value.value: value.count for value in inside.facets["agency"]} == {str(draft.agency_id): 2}


def test_the_public_finds_the_live_words_while_a_draft_waits(drafts):
    _draft, published, people = drafts
    assert found("antrean biasa")[0] == published.pk
    assert published.pk in found("antrean biasa", staff_scopes(people["lab"]))


def test_a_withdrawal_holds_at_once_though_the_index_lags():
    entry = make_published(title_plain="Loket keliling")
    indexer.drain()
    assert found("loket keliling") == [entry.pk]
    lifecycle.withdraw(entry, actor=AdministratorFactory(), reason="Permintaan.")
    assert found("loket keliling") == []
    indexer.drain()
    assert search(SearchQuery("loket keliling")).total == 0


def test_renaming_an_agency_reaches_its_entries():
    agency = AgencyFactory(name="Kabupaten Lama")
    entry = make_published(agency=agency, title_plain="Loket keliling")
    indexer.drain()
    assert found("melati") == []
    agency.name = "Kabupaten Melati"
    agency.save()
    indexer.drain()
    assert found("melati") == [entry.pk]


def test_a_document_needs_the_same_number_of_queries_for_one_and_for_many(django_assert_max_num_queries):
    entries = [make_published() for _ in range(30)]
    ClaimFactory(entry=entries[0])
    from search.sources import get_source

    source = get_source("innovation")
    with django_assert_max_num_queries(30):
        documents = list(source.documents([entry.pk for entry in entries]))
    assert len(documents) == 30
    assert all(document.card["agency"] for document in documents)


def test_the_command_prints_number_title_agency_year_and_total(capsys):
    entry = make_published(title_plain="Belanja pasar tani lewat ojek daring", implemented_on="2020")
    indexer.drain()
    call_command("search_innovations", "ojek pasar", "--json")
    answer = json.loads(capsys.readouterr().out.strip().splitlines()[-1])
    assert answer["total"] == 1
    [hit] = answer["hits"]
    assert hit["number"] == entry.registry_number
    assert (hit["title"], hit["agency"], hit["year"]) == (entry.title_plain, entry.agency.name, 2020)
    assert hit["score"] > 0


def test_while_the_engine_is_down_titles_still_answer(settings):
    InnovationFactory(live=True, title_plain="Loket keliling desa")
    settings.SEARCH_URL = "tantivy:///nowhere/that/can/be/read"
    page = search(SearchQuery("loket"))
    assert page.limited
    assert page.total == 1
    assert Innovation.objects.count() == 1
