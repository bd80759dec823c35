"""Service levels: Monday to Friday in Jakarta, without the days off that staff keep."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from innovation_hub.curation import working_days
from innovation_hub.curation.models import Holiday, ReviewTaskState
from innovation_hub.curation.services.deadlines import recount_deadlines
from tests.curation.world import make_world
from tests.factories import HolidayFactory

FRIDAY, MONDAY = date(2026, 6, 5), date(2026, 6, 8)


@pytest.mark.parametrize(
    ("start", "days", "holidays", "due"),
    [
        (FRIDAY, 1, (), MONDAY),
        (date(2026, 6, 6), 1, (), MONDAY),
        (FRIDAY, 5, (), date(2026, 6, 12)),
        (FRIDAY, 14, (), date(2026, 6, 25)),
        (FRIDAY, 1, (MONDAY,), date(2026, 6, 9)),
        (FRIDAY, 1, (date(2026, 6, 6),), MONDAY),
        (FRIDAY, 0, (), FRIDAY),
    ],
)
def test_days_are_counted_from_the_day_after(start, days, holidays, due):
    assert working_days.working_days_after(start, days, holidays) == due


def test_the_day_is_that_of_jakarta(time_machine):
    time_machine.move_to(datetime(2026, 6, 4, 17, 30, tzinfo=UTC))
    assert working_days.today() == FRIDAY


@pytest.fixture
def world(db, time_machine):
    time_machine.move_to(datetime(2026, 6, 5, 3, 0, tzinfo=UTC), tick=False)
    return make_world()


def test_a_new_holiday_moves_the_deadlines_of_what_waits(world):
    review = world.submitted()
    assert review.due_on == date(2026, 6, 25)
    holiday = HolidayFactory(date=MONDAY)
    review.refresh_from_db()
    assert review.due_on == date(2026, 6, 26)
    holiday.is_active = False
    holiday.save()
    review.refresh_from_db()
    assert review.due_on == date(2026, 6, 25)
    ReviewTaskState.objects.update(due_on=None)
    assert recount_deadlines() == 1


def test_editors_keep_the_list_and_curators_read_it(world, client):
    address = reverse("hub_holidays:add")
    client.force_login(world.editor)
    data = {"date": "2026-08-17", "name": "Contoh", "is_active": "on"}
    assert client.post(address, data).status_code == 302
    assert Holiday.objects.get().name == "Contoh"
    assert client.get(reverse("hub_holidays:index")).status_code == 200
    client.force_login(world.curator)
    assert "Contoh" in client.get(reverse("hub_holidays:index")).content.decode()
    assert client.post(address, {**data, "date": "2026-08-18"}).status_code == 403
    client.force_login(world.submitter)
    assert client.get(reverse("hub_holidays:index")).status_code == 403
