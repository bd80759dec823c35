"""Lists of agencies, themes and trainings: paged in twenties, true counts, a constant number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innovation_hub.agencies.models import Agency
from innovation_hub.innovations.counts import counted_in_database, registry_counts
from innovation_hub.innovations.training_addresses import cohort_address
from search import rebuild
from tests.factories import (
    AgencyAliasFactory,
    AgencyFactory,
    CohortFactory,
    InnovationFactory,
    ProgrammeFactory,
    RegionFactory,
    ThemeFactory,
    UnitFactory,
    UnknownAgencyFactory,
    make_draft,
)

from .pages import read

pytestmark = pytest.mark.django_db


def fill(count: int, **fields) -> list:
    """Make public entries."""
    return [InnovationFactory(live=True, **fields) for _number in range(count)]


def titles(page) -> list[str]:
    """Return the titles of the rows."""
    return [text for tag, text in page.headings if tag == "h3"]


@pytest.mark.parametrize("kind", ["agency", "theme", "cohort"])
def test_a_list_shows_twenty_of_its_own_public_entries(client, kind):
    agency, theme, cohort = AgencyFactory(), ThemeFactory(), CohortFactory()
    fill(23, agency=agency, themes=[theme], cohort=cohort)
    fill(2)
    make_draft(agency=agency, cohort=cohort, title_plain="Draf yang belum terbit")
    address = {
        "agency": agency.get_absolute_url(),
        "theme": theme.get_absolute_url(),
        "cohort": cohort_address(cohort),
    }[kind]
    first, second = read(client.get(address)), read(client.get(f"{address}?hal=2"))
    assert len(titles(first)) == 20 and len(titles(second)) == 3
    assert not set(titles(first)) & set(titles(second))
    assert "23" in first.words and "Draf yang belum terbit" not in first.words + second.words
    assert client.get(f"{address}?hal=3").status_code == 404
    for wrong in ("0", "-1", "x", "٣", "9" * 30):
        assert client.get(address, {"hal": wrong}).status_code == 404
    assert second.all("link", rel="canonical")[0]["href"].endswith("?hal=2")


def test_levels_narrow_a_list(client):
    agency = AgencyFactory()
    fill(3, agency=agency)
    curated = fill(1, agency=agency, publication_level="terkurasi")[0]
    page = read(client.get(agency.get_absolute_url(), {"tingkat": "terkurasi"}))
    assert titles(page) == [curated.title_plain]
    assert len(titles(read(client.get(agency.get_absolute_url(), {"tingkat": "apa-saja"})))) == 4


def listed(kind: str, count: int) -> str:
    """Make a list of ``count`` entries, each with a unit and an English title, and return its address."""
    agency, theme, cohort = AgencyFactory(), ThemeFactory(), CohortFactory()
    for number in range(count):
        unit = UnitFactory(agency=agency, name=f"Unit {number}")
        entry = InnovationFactory(live=True, agency=agency, unit=unit, themes=[theme], cohort=cohort)
        entry.translations.create(language="en", title=f"Title {number}")
        entry.save()
    address = {"agency": agency.get_absolute_url(), "theme": theme.get_absolute_url()}
    return address.get(kind) or cohort_address(cohort)


@pytest.mark.parametrize("kind", ["agency", "theme", "cohort"])
def test_queries_do_not_grow_with_the_entries(client, django_assert_num_queries, kind):
    few, many = listed(kind, 2), listed(kind, 20)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(few).status_code == 200
    assert len(captured) <= 8
    with django_assert_num_queries(len(captured)):
        assert len(titles(read(client.get(many)))) == 20


def test_an_agency_without_entries_says_who_could_fill_it(client):
    agency = AgencyFactory()
    page = read(client.get(agency.get_absolute_url()))
    assert not titles(page) and page.all("a", class_="btn")


def test_agencies_are_found_by_name_alias_and_kind(client):
    known = AgencyFactory(name="Kabupaten Banggai")
    AgencyAliasFactory(agency=known, name="Pemkab Banggai")
    AgencyFactory(name="Kota Palu")
    for words in ("banggai", "pemkab"):
        page = read(client.get("/instansi/", {"cari": words}))
        assert page.all("a", href=known.get_absolute_url())
        assert "Kota Palu" not in page.words
    nothing = read(client.get("/instansi/", {"cari": "<b>tiada</b>"}))
    assert "<b>tiada</b>" not in nothing.html


def test_agencies_are_listed_in_twenties_with_true_counts(client, django_assert_max_num_queries):
    busy = AgencyFactory(name="Kabupaten Sibuk")
    fill(2, agency=busy)
    make_draft(agency=busy)
    AgencyFactory.create_batch(25)
    with django_assert_max_num_queries(6):
        page = read(client.get("/instansi/"))
    rows = [
        link for link in page.all("a") if (link["href"] or "").startswith("/instansi/") and link["href"].count("/") == 3
    ]
    assert len(rows) == 20
    assert rows[0]["href"] == busy.get_absolute_url()
    assert "Kabupaten Sibuk2" in page.words


def test_the_collecting_agency_has_no_page(client):
    unknown = UnknownAgencyFactory()
    assert client.get(reverse("agency", args=[unknown.slug])).status_code == 404
    assert unknown.name not in read(client.get("/instansi/")).words


def test_a_replaced_agency_leads_to_its_successor_once_it_is_empty(client):
    new = AgencyFactory()
    old = AgencyFactory(replaced_by=new, valid_until="2020-01-01")
    response = client.get(old.get_absolute_url())
    assert (response.status_code, response["Location"]) == (301, new.get_absolute_url())
    fill(1, agency=old)
    assert client.get(old.get_absolute_url()).status_code == 200
    assert Agency.objects.filter(pk=old.pk).exists()


def test_themes_with_true_counts_in_few_queries(client, django_assert_max_num_queries):
    theme = ThemeFactory(label_id="Kesehatan dan gizi", label_en="Health and nutrition")
    fill(3, themes=[theme])
    with django_assert_max_num_queries(6):
        assert "Kesehatan dan gizi3" in read(client.get("/tema/")).words
    assert "Health and nutrition3" in read(client.get("/en/tema/")).words


def test_cohorts_of_a_programme_in_twenties(client, django_assert_max_num_queries):
    programme = ProgrammeFactory()
    cohorts = CohortFactory.create_batch(22, programme=programme)
    fill(2, cohort=cohorts[0])
    address = reverse("programme", args=[programme.code])
    with django_assert_max_num_queries(6):
        page = read(client.get(address))
    rows = [link["href"] for link in page.all("a") if link["href"].startswith(address)]
    assert len([href for href in rows if href != address and "?" not in href]) == 20


def test_a_cohort_is_found_by_its_key_and_has_one_address(client):
    cohort = CohortFactory(number=12, year=2024)
    address = cohort_address(cohort)
    assert f"/{cohort.pk}-angkatan-xii-2024-" in address
    assert client.get(address).status_code == 200
    response = client.get(f"/pelatihan/lain/{cohort.pk}-apa-saja/")
    assert (response.status_code, response["Location"]) == (301, address)
    for wrong in ("x-1", "999999", "9" * 40):
        assert client.get(f"/pelatihan/{cohort.programme.code}/{wrong}/").status_code == 404


def test_sample_data_are_labelled_in_lists(client):
    agency = AgencyFactory()
    fill(1, agency=agency, is_synthetic=True)
    assert "sample data" in read(client.get(f"/en{agency.get_absolute_url()}")).words


def test_counts_are_the_same_from_index_and_database(settings, tmp_path):
    settings.SEARCH_URL = f"tantivy://{tmp_path}"
    theme, region, programme = ThemeFactory(), RegionFactory(), ProgrammeFactory()
    cohort = CohortFactory(programme=programme)
    fill(3, themes=[theme], region=region)
    fill(2, cohort=cohort, publication_level="terkurasi")
    make_draft(region=region)
    rebuild.rebuild()
    facets = ("level", "theme", "region", "agency", "programme")
    indexed, stored = registry_counts(*facets), counted_in_database(facets)
    assert indexed.total == stored.total == 5
    indexed.by["programme"].pop("tanpa")  # the index names those without a training, too
    assert indexed.by == stored.by
    assert indexed.of("region", region.parent.code) == 3 and indexed.of("theme", "tidak-ada") == 0
