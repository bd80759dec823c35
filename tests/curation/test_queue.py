"""The review queue: who sees what waits, in which order, with which words, at which cost."""

import pytest
from django.test import Client
from django.urls import reverse

from innovation_hub.curation import working_days
from innovation_hub.curation.models import ReviewTaskState
from innovation_hub.curation.queue import Queue, QueueFilters, Tab
from innovation_hub.curation.services import reviews
from innovation_hub.curation.services.workflow import submit, take_back
from innovation_hub.innovations.models import Innovation
from innovation_hub.innovations.services.numbering import issue_registry_numbers
from tests.curation.world import MARKER, make_older, make_world, review_of
from tests.factories import CohortFactory, ProgrammeFactory, UnitFactory

pytestmark = pytest.mark.django_db
QUEUE = "curation_queue"


@pytest.fixture
def world():
    return make_world()


def get(user, query: str = "", name: str = QUEUE):
    client = Client()
    client.force_login(user)
    return client.get(f"{reverse(name)}{query}")


def titles(response) -> list[str]:
    return [row["title"] for row in response.context["rows"]]


def found(user, **filters) -> list[int]:
    reviews_found = Queue(user).reviews(QueueFilters(**filters))
    return list(reviews_found.values_list("entry", flat=True))


def test_reviewers_see_what_waits_for_them_and_nobody_elses(world):
    submit(world.entry, actor=world.submitter)
    page = get(world.institution)
    assert titles(page) == [world.entry.title_plain]
    assert page.context["tabs"][0].count == 1
    for user in (world.other, world.agency_reviewer):
        for tab in Tab:
            assert MARKER not in get(user, f"?bagian={tab}").content.decode()


def test_a_curator_sees_an_entry_at_the_institution_under_all_but_not_as_theirs(world):
    submit(world.entry, actor=world.submitter)
    assert titles(get(world.curator)) == []
    page = get(world.curator, "?bagian=semua")
    assert titles(page) == [world.entry.title_plain]
    assert not page.context["rows"][0]["can_take"]
    assert "Tinjauan lembaga pelatihan" in page.content.decode()


def test_only_reviewers_have_a_queue(world):
    for user in (world.submitter, world.reader):
        response = get(user)
        assert response.status_code == 403
    for user in (world.institution, world.agency_reviewer, world.curator, world.editor, world.administrator):
        assert get(user).status_code == 200
    anonymous = Client().get(reverse(QUEUE))
    assert anonymous.status_code == 302
    assert reverse("wagtailadmin_login") in anonymous["Location"]


def test_what_was_taken_leaves_the_others_lists_and_comes_back_when_released(world):
    review = world.submitted()
    client = Client()
    client.force_login(world.institution)
    answer = client.post(reverse("curation_take", args=[review.pk]))
    assert answer["Location"] == reverse(QUEUE)
    assert found(world.institution, tab=Tab.TAKEN) == [review.entry_id]
    assert found(world.colleague) == []
    assert found(world.colleague, tab=Tab.ALL) == [review.entry_id]
    client.post(reverse("curation_release", args=[review.pk]))
    assert found(world.colleague) == [review.entry_id]


def test_taking_needs_the_right_and_a_post(world):
    review = world.submitted(title_plain=f"Satu lagi {MARKER}")
    address = reverse("curation_take", args=[review.pk])
    client = Client()
    client.force_login(world.institution)
    assert client.get(address).status_code == 405
    for user in (world.other, world.curator, world.submitter):
        client.force_login(user)
        response = client.post(address)
        assert response.status_code == 403
        assert MARKER not in response.content.decode()
    assert not ReviewTaskState.objects.get(pk=review.pk).taken_by


def test_the_way_back_is_the_look_at_the_queue_and_never_another_site(world):
    review = world.submitted()
    client = Client()
    client.force_login(world.institution)
    address = reverse("curation_take", args=[review.pk])
    answer = client.post(f"{address}?bagian=semua&q=antre&next=https://example.org/", {"from": "queue"})
    assert answer["Location"] == f"{reverse(QUEUE)}?bagian=semua&q=antre"


def test_the_oldest_come_first_twenty_a_page(world):
    reviews_made = [world.submitted(title_plain=f"Entri nomor {n}") for n in range(23)]
    for days, review in enumerate(reviews_made):
        make_older(review, days)
    first, second = get(world.institution), get(world.institution, "?p=2")
    assert titles(first)[:2] == ["Entri nomor 22", "Entri nomor 21"]
    assert len(titles(first)) == 20
    assert titles(second) == ["Entri nomor 2", "Entri nomor 1", "Entri nomor 0"]
    assert titles(get(world.institution, "?p=99")) == titles(second)


def test_age_and_deadline_are_said_in_words_and_late_ones_have_a_tab(world):
    make_older(world.submitted(title_plain="Lama sekali"), 19)
    world.submitted(title_plain="Baru saja")
    page = get(world.institution)
    old, new = page.context["rows"]
    assert (old["age"], old["deadline"], old["is_late"]) == ("19 days", "5 days late", True)
    left = (working_days.deadline(14) - working_days.today()).days
    assert (new["age"], new["deadline"], new["is_late"]) == ("since today", f"{left} days left", False)
    assert titles(get(world.institution, "?bagian=lewat")) == ["Lama sekali"]
    assert titles(get(world.institution, "?terlambat=1")) == ["Lama sekali"]


@pytest.mark.parametrize("number_of_entries", [3, 30])
def test_the_number_of_queries_does_not_grow(world, number_of_entries, django_assert_max_num_queries):
    for n in range(number_of_entries):
        cohort = CohortFactory(programme=world.cohort.programme, institution=world.cohort.institution, number=20 + n)
        world.submitted(cohort=cohort, agency=UnitFactory().agency)
    client = Client()
    client.force_login(world.institution)
    client.get(reverse(QUEUE))
    with django_assert_max_num_queries(20) as queries:
        page = client.get(f"{reverse(QUEUE)}?bagian=semua&lembaga={world.cohort.institution_id}")
    assert len(page.context["rows"]) == min(number_of_entries, 20)
    assert len(queries) <= 19, "3 rows and 30 rows must stay below the same line"


def test_filters_narrow_by_step_training_and_agency(world):
    here = world.submitted(title_plain="Di sini").entry
    cohort = CohortFactory(programme=world.cohort.programme, number=40)
    there = world.submitted(title_plain="Di sana", cohort=cohort, agency=UnitFactory().agency).entry
    reviews.approve(review_of(there), actor=world.administrator)
    look = {"tab": Tab.ALL}
    task = {one: review_of(one).task_id for one in (here, there)}
    assert found(world.administrator, step=task[there], **look) == [there.pk]
    assert found(world.administrator, institution=here.institution_id, **look) == [here.pk]
    assert found(world.administrator, cohort=cohort.pk, **look) == [there.pk]
    assert found(world.administrator, agency=here.agency_id, **look) == [here.pk]
    assert found(world.administrator, programme=here.programme_id, **look) == [here.pk, there.pk]
    assert found(world.administrator, programme=ProgrammeFactory().pk, **look) == []


def test_only_what_occurs_is_offered_and_cohorts_follow_the_institution(world):
    world.submitted()
    cohort = CohortFactory(programme=world.cohort.programme, number=40)
    world.submitted(cohort=cohort)
    ProgrammeFactory()
    fields = {field.name: field for field in get(world.administrator).context["fields"]}
    assert [label for _value, label in fields["program"].options] == ["Latsar CPNS"]
    assert len(fields["lembaga"].options) == len(fields["angkatan"].options) == 2
    chosen = get(world.administrator, f"?lembaga={cohort.institution_id}").context["fields"]
    assert next([key for key, _label in one.options] for one in chosen if one.name == "angkatan") == [cohort.pk]


def test_words_find_titles_numbers_and_cohorts(world):
    review = world.submitted(title_plain="Kartu warna imunisasi")
    other = world.submitted(title_plain="Arsip desa", cohort=CohortFactory(programme=world.cohort.programme, number=7))
    issue_registry_numbers([Innovation.objects.get(pk=other.entry_id)])
    number = Innovation.objects.get(pk=other.entry_id).registry_number
    look = {"tab": Tab.ALL}
    for text, expected in (
        ("warna", [review.entry_id]),
        ("WARNA IMUN", [review.entry_id]),
        (number.lower(), [other.entry_id]),
        ("angkatan XII", [review.entry_id]),
        ("Latsar angkatan 7 2024", [other.entry_id]),
        ("angkatan 7 1999", []),
        ("tidak ada", []),
    ):
        assert found(world.administrator, text=text, **look) == expected, text


def test_nonsense_in_the_address_counts_as_not_asked():
    query = {"bagian": "x", "tahap": "-1", "lembaga": "9" * 40, "p": "0", "program": "²", "q": " a  b ", "instansi": ""}
    filters = QueueFilters.from_query(query)
    assert filters == QueueFilters(text="a b")
    assert QueueFilters.from_query({"tab": "x"}).query() == ""
    assert QueueFilters(tab=Tab.LATE, late=True, page=3).query() == "bagian=lewat&terlambat=1&p=3"


def test_marks_say_what_is_worth_a_look(world):
    world.submitted(problem="<p>Hubungi 081234567890.</p>", title_plain="LAYANAN CEPAT UNTUK SEMUA WARGA")
    page = get(world.institution)
    assert page.context["rows"][0]["flags"] == ["Personal data 1", "Title in capitals"]
    assert "081234567890" not in page.content.decode()


def test_an_empty_queue_says_so_and_how_long_others_wait(world):
    assert "Nothing is waiting" in get(world.curator).content.decode()
    make_older(world.submitted(), 2)
    assert "2 days" in get(world.curator).content.decode()
    assert "fits these filters" in get(world.curator, "?q=tidakada").content.decode()


def test_whoever_wrote_it_is_offered_nothing(world):
    review = world.submitted()
    draft = review.entry.get_latest_revision_as_object()
    draft.summary = "Ditulis ulang."
    draft.save_revision(user=world.institution)
    row = get(world.institution).context["rows"][0]
    assert row["wrote"]
    assert not row["can_take"]


def test_the_menu_carries_the_number_and_the_start_page_three(world):
    make_older(world.submitted(), 20)
    world.submitted()
    page = get(world.institution, name="wagtailadmin_home")
    content = page.content.decode()
    assert "data-hub-count" in content
    panel = next(one for one in page.context["panels"] if one.name == "hub_queue")
    assert [count for _tab, count, _address in panel.get_context_data()["numbers"]] == [2, 0, 1]
    panels = get(world.submitter, name="wagtailadmin_home").context["panels"]
    assert "hub_queue" not in [getattr(one, "name", "") for one in panels]


def test_what_ends_leaves_the_queue_whatever_ended_it(world):
    approved, returned, taken_back, disabled = (world.submitted() for _n in range(4))
    reviews.approve(approved, actor=world.institution)
    reviews.send_back(returned, actor=world.institution, reason="data-kurang", comment="Lengkapi.")
    take_back(taken_back.entry, actor=world.submitter)
    disabled.task.deactivate(user=world.administrator)
    for review in (approved, returned, taken_back, disabled):
        row = ReviewTaskState.objects.get(pk=review.pk)
        assert (row.is_open, row.sides.filter(is_open=True).exists()) == (False, False)
    assert found(world.institution) == []
    assert set(found(world.curator, tab=Tab.ALL)) == {approved.entry_id, disabled.entry_id}


def test_next_is_the_one_after_in_the_same_look_then_the_oldest_left(world):
    made = [world.submitted(title_plain=f"Entri {n}") for n in range(3)]
    for review, days in zip(made, (9, 6, 3), strict=True):
        make_older(review, days)
    queue, look = Queue(world.institution), QueueFilters()
    fresh = [ReviewTaskState.objects.get(pk=review.pk) for review in made]
    assert [queue.next_after(one, look).pk for one in fresh] == [made[1].pk, made[2].pk, made[0].pk]
    assert queue.next_after(fresh[0], QueueFilters(text="Entri 2")).pk == made[2].pk
    assert queue.next_after(fresh[0], QueueFilters(text="tidak ada")) is None
