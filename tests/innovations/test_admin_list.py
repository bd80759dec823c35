"""The staff list: columns, filters and search, in a number of queries that doesn't grow with the rows."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from innovation_hub.core.admin.paginator import CappedPaginator
from innovation_hub.innovations.admin import searching
from innovation_hub.innovations.models import Innovation
from tests.factories import (
    AdministratorFactory,
    AgencyFactory,
    AgencyMembershipFactory,
    CohortFactory,
    InnovationFactory,
    InstitutionMembershipFactory,
    LabFactory,
    LabMembershipFactory,
    RegionFactory,
    ThemeFactory,
    make_draft,
    make_published,
)

pytestmark = pytest.mark.django_db

LIST = "hub_innovations:list"


def titles(response) -> list[str]:
    return [entry.title_plain for entry in response.context["object_list"]]


@pytest.fixture
def administrator(client):
    person = AdministratorFactory()
    client.force_login(person)
    return person


def lab_of(region):
    lab = LabFactory()
    lab.regions.add(region)
    return lab


@pytest.mark.parametrize("role", ["administrator", "submitter", "institution", "agency", "curator"])
def test_a_page_takes_at_most_twenty_queries_for_every_role(client, role, django_assert_max_num_queries):
    agency, region, cohort = AgencyFactory(), RegionFactory(), CohortFactory()
    person = {
        "administrator": AdministratorFactory,
        "submitter": lambda: AgencyMembershipFactory(agency=agency).user,
        "institution": lambda: InstitutionMembershipFactory(institution=cohort.institution).user,
        "agency": lambda: AgencyMembershipFactory(agency=agency, role="reviewer").user,
        "curator": lambda: LabMembershipFactory(lab=lab_of(region)).user,
    }[role]()
    for _number in range(25):
        InnovationFactory(agency=agency, region=region, cohort=cohort, steward=person, live=True)
    client.force_login(person)
    client.get(reverse(LIST))
    with django_assert_max_num_queries(20):
        response = client.get(reverse(LIST))
    assert len(response.context["object_list"]) == 20


def test_the_count_stops_at_its_limit(monkeypatch):
    monkeypatch.setattr("innovation_hub.core.admin.paginator.COUNT_LIMIT", 3)
    for _number in range(5):
        InnovationFactory()
    paginator = CappedPaginator(Innovation.objects.all(), 2)
    assert (paginator.count, paginator.is_capped, paginator.num_pages) == (3, True, 2)
    assert str(3) in paginator.items_count_label


def test_filters_narrow_the_list(client, administrator):
    theme, cohort = ThemeFactory(), CohortFactory()
    wanted = InnovationFactory(title_plain="Dicari", themes=[theme], cohort=cohort, year=2021, implemented_on="2021")
    InnovationFactory(title_plain="Lain")
    for parameters in (
        {"agency": wanted.agency_id},
        {"programme": cohort.programme.code},
        {"institution": cohort.institution_id},
        {"theme": theme.code},
        {"year": 2021},
        {"agency": wanted.agency_id, "year": 2021, "level": "terdaftar"},
    ):
        assert titles(client.get(reverse(LIST), parameters)) == ["Dicari"], parameters


def test_states_are_told_apart(client, administrator):
    make_draft(title_plain="Draf")
    make_published(title_plain="Terbit")
    changed = make_published(title_plain="Berubah")
    changed.summary = "Baru"
    changed.save_revision()
    archived = make_published(title_plain="Arsip")
    archived.unpublish()
    Innovation.objects.filter(pk=InnovationFactory(title_plain="Ditarik").pk).update(withdrawn_at="2024-01-01T00:00Z")
    expected = {
        "draf": {"Draf", "Ditarik"},
        "terbit": {"Terbit", "Berubah"},
        "ada-perubahan": {"Berubah"},
        "arsip": {"Arsip"},
        "ditarik": {"Ditarik"},
        "menunggu": set(),
        "duplikat": set(),
    }
    for state, found in expected.items():
        assert set(titles(client.get(reverse(LIST), {"status": state}))) == found, state


@pytest.fixture
def indexed(settings, tmp_path):
    settings.SEARCH_URL = f"tantivy://{tmp_path}/search"
    make_draft(title_plain="Antrean dari rumah")
    make_published(title_plain="Nomor antrean", summary="Warga mengambil nomor antrean")
    make_published(title_plain="Bank sampah")
    call_command("rebuild_search_index", verbosity=0)


def test_words_are_found_by_the_search_service_drafts_included(client, administrator, indexed):
    assert set(titles(client.get(reverse(LIST), {"q": "antrian"}))) == {"Antrean dari rumah", "Nomor antrean"}
    response = client.get(reverse(LIST), {"q": "antrean", "status": "draf"})
    assert titles(response) == ["Antrean dari rumah"]
    assert response.context["items_count"] == 1


def test_a_search_takes_no_more_queries_than_the_list(client, administrator, indexed, django_assert_max_num_queries):
    client.get(reverse(LIST), {"q": "antrean"})
    with django_assert_max_num_queries(20):
        client.get(reverse(LIST), {"q": "antrean"})


def test_what_the_index_still_holds_but_the_reader_may_no_longer_see_is_not_shown(client, indexed):
    keeper = AgencyMembershipFactory().user
    client.force_login(keeper)
    assert titles(client.get(reverse(LIST), {"q": "antrean"})) == []


def test_titles_are_searched_while_the_engine_is_down(client, administrator, monkeypatch):
    make_draft(title_plain="Antrean dari rumah")
    monkeypatch.setattr(searching.service, "ids", lambda *args, **kwargs: None)
    assert titles(client.get(reverse(LIST), {"q": "antrean"})) == ["Antrean dari rumah"]


def test_a_reader_who_may_not_edit_is_led_to_the_reading_view(client):
    agency = AgencyFactory()
    reviewer = AgencyMembershipFactory(agency=agency, role="reviewer").user
    entry = make_published(agency=agency, title_plain="Bank sampah", problem="<p>Sampah menumpuk</p>")
    client.force_login(reviewer)
    response = client.get(reverse("hub_innovations:edit", args=[entry.pk]))
    assert response.headers["Location"] == reverse("hub_innovations:inspect", args=[entry.pk])
    page = client.get(response.headers["Location"]).content.decode()
    assert "Sampah menumpuk" in page
    assert entry.registry_number in page


def test_entries_are_not_deleted_by_anyone(client, administrator):
    entry = make_published()
    for method in (client.get, client.post):
        assert method(reverse("hub_innovations:delete", args=[entry.pk])).status_code == 403
    bulk = reverse("wagtail_bulk_action", args=["innovations", "innovation", "delete"])
    assert client.post(f"{bulk}?id={entry.pk}").status_code == 403
    assert Innovation.objects.filter(pk=entry.pk).exists()
