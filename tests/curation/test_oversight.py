"""The overview: true figures of the reader's part, nobody else's, as tables and spreadsheets, at a fixed cost."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from innovation_hub.curation.models import ReviewTaskState
from innovation_hub.curation.oversight import figures
from innovation_hub.curation.oversight.scope import MONTHS, Scope
from innovation_hub.curation.oversight.tables import MAKERS
from innovation_hub.curation.services import decisions, reviews
from innovation_hub.innovations.models import Innovation
from tests.curation.world import MARKER, make_world, review_of
from tests.factories import AdministratorFactory, CohortFactory, InnovationFactory, InstitutionMembershipFactory

pytestmark = pytest.mark.django_db
OVERVIEW = reverse("curation_overview")


@pytest.fixture
def world():
    return make_world()


def get(user, address: str = OVERVIEW, **data):
    client = Client()
    client.force_login(user)
    return client.get(address, data)


def scope(user, **data) -> Scope:
    return Scope.of(user, data)


def rows(user, code: str, **data) -> list[list[str]]:
    """Return a table's spreadsheet, without its headings."""
    response = get(user, reverse("curation_overview_csv", args=[code]), **data)
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))[1:]


def returned(world) -> ReviewTaskState:
    review = world.submitted(title_plain="Arsip dipindai")
    reviews.send_back(review, actor=world.institution, reason="data-kurang", comment="Angkanya?")
    return ReviewTaskState.objects.get(pk=review.pk)


def test_every_entry_is_counted_where_it_stands(world):
    at_institution = world.submitted(title_plain="Obat diantar")
    at_lab = world.submitted(title_plain="Surat daring")
    decisions.approve(at_lab, actor=world.institution)
    returned(world)
    for level in (Innovation.Level.REGISTERED, Innovation.Level.CURATED):
        InnovationFactory(live=True, cohort=world.cohort, publication_level=level)
    way = figures.ways(scope(world.administrator), "programme")[world.cohort.programme_id]
    assert (way.total, way.drafts, way.returned, way.published, way.curated) == (6, 1, 1, 2, 1)
    assert way.waiting == {at_institution.task_id: 1, review_of(at_lab.entry).task_id: 1}


def test_a_public_entry_with_a_new_version_on_its_way_is_no_draft(world):
    entry = InnovationFactory(live=True, cohort=world.cohort)
    review = world.submitted()
    ReviewTaskState.objects.filter(pk=review.pk).update(entry=entry)
    way = figures.ways(scope(world.administrator), "programme")[world.cohort.programme_id]
    assert (way.published, way.new_on_the_way, sum(way.waiting.values())) == (1, 0, 1)


def test_a_reader_sees_the_figures_of_their_part_only(world):
    world.submitted()
    InnovationFactory(live=True, cohort=CohortFactory(programme=world.cohort.programme))
    assert figures.ways(scope(world.administrator), "programme")[world.cohort.programme_id].total == 3
    assert figures.ways(scope(world.institution), "programme")[world.cohort.programme_id].total == 2
    assert figures.ways(scope(world.other), "programme") == {}
    for address in (OVERVIEW, *(reverse("curation_overview_csv", args=[code]) for code in MAKERS)):
        assert MARKER not in get(world.other, address).content.decode()


def test_one_of_several_organisations_can_be_chosen_and_no_foreign_one(world):
    second = InstitutionMembershipFactory(user=world.institution).institution
    InnovationFactory(live=True, cohort=CohortFactory(institution=second))
    key = f"institution:{second.pk}"
    assert get(world.institution).content.decode().count("<option") >= 3
    assert sum(way.total for way in figures.ways(scope(world.institution, organisasi=key), "programme").values()) == 1
    foreign = scope(world.other, organisasi=key)
    assert foreign.organisation == "" and figures.ways(foreign, "programme") == {}


def test_how_long_decisions_take_and_why_entries_came_back(world):
    now = timezone.now()
    for days in (1, 3, 8):
        review = world.submitted(title_plain=f"Antrean {days}")
        decisions.approve(review, actor=world.institution)
        ReviewTaskState.objects.filter(pk=review.pk).update(
            started_at=now - timedelta(days=days),
            finished_at=now,
            due_on=timezone.localdate() - timedelta(days=days < 8),
        )
    review = returned(world)
    [institution] = [pace for pace in figures.paces(scope(world.administrator)) if pace.task == review.task_id]
    assert institution.reviews == 4 and institution.late == 2
    assert 1 < institution.median < 3.1
    assert figures.return_reasons(scope(world.institution)) == [("data-kurang", 1)]
    assert rows(world.institution, "alasan") == [["Data kurang", "1"]]
    ReviewTaskState.objects.update(finished_at=now - timedelta(days=400))
    assert figures.return_reasons(scope(world.institution)) == []
    assert figures.return_reasons(scope(world.institution, bulan="36")) == [("data-kurang", 1)]


def test_what_is_late_leads_to_its_desk(world):
    review = world.submitted(title_plain="Obat diantar")
    ReviewTaskState.objects.filter(pk=review.pk).update(due_on=timezone.localdate() - timedelta(days=5))
    page = get(world.institution).content.decode()
    assert reverse("curation_desk", args=[review.pk]) in page and "Obat diantar" in page
    assert rows(world.institution, "terlambat")[0][-1] == "5"


def test_a_formula_in_a_title_is_text_in_the_spreadsheet(world):
    review = world.submitted()
    ReviewTaskState.objects.filter(pk=review.pk).update(title="=cmd()", due_on=timezone.localdate() - timedelta(days=5))
    assert rows(world.institution, "terlambat")[0][0] == "'=cmd()"


@pytest.mark.parametrize("months", ["0", "x", "99999999999999999999", ""])
def test_unreadable_addresses_are_the_usual_look(world, months):
    assert scope(world.institution, bulan=months).months == MONTHS[0]
    assert get(world.institution, bulan=months, organisasi="institution:x").status_code == 200
    assert get(world.institution, reverse("curation_overview_csv", args=["tidak-ada"])).status_code == 404


def test_only_reviewers_have_an_overview(world):
    for user in (world.submitter, world.reader):
        for address in (OVERVIEW, reverse("curation_overview_csv", args=["program"]), reverse("curation_log")):
            assert get(user, address).status_code in (302, 403)


def test_the_cost_does_not_grow(world, django_assert_max_num_queries):
    for number in range(6):
        world.submitted(title_plain=f"Entri {number}", cohort=CohortFactory(programme=world.cohort.programme))
    client = Client()
    client.force_login(AdministratorFactory())
    client.get(OVERVIEW)
    with django_assert_max_num_queries(40):
        client.get(OVERVIEW)
