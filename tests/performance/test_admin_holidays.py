"""A bank holiday announced late moves what is still due, and nothing that was handed in."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import AddedHoliday, Event, Role
from performance.actions.days import make_obligations
from performance.models import RecomputeNeed
from tests.admin_pages import add_address, sent, signed_in
from tests.kent import Kent, take_in

AUGUST, SEPTEMBER, OCTOBER = date(2019, 8, 1), date(2019, 9, 1), date(2019, 10, 1)


@pytest.fixture
def administrator(client: Client, kent: Kent) -> Client:
    make_obligations(kent.agreement, until=date(2019, 12, 1))
    return signed_in(client, kent.people[Role.ADMINISTRATOR])


def due_days(kent: Kent) -> dict[date, date]:
    return dict(kent.agreement.returns.values_list("month", "due_on"))


def test_an_added_holiday_moves_open_returns_only(administrator: Client, kent: Kent) -> None:
    take_in(kent, [AUGUST])
    before = due_days(kent)
    assert before[SEPTEMBER] == date(2019, 10, 14), "the tenth Operational Day after September 2019"
    sent(administrator, add_address(AddedHoliday), {"day": "2019-10-03", "name": "Day of thanks"})
    sent(administrator, add_address(AddedHoliday), {"day": "2019-09-03", "name": "Another"})
    assert due_days(kent) == before | {SEPTEMBER: date(2019, 10, 15)}
    event = Event.objects.get(action="due days worked out again")
    assert (event.agreement, event.before, event.after) == (
        kent.agreement,
        {"2019-09": "2019-10-14"},
        {"2019-09": "2019-10-15"},
    )
    need = RecomputeNeed.objects.get(done_at=None, reason__startswith="Bank holiday")
    assert need.from_month == SEPTEMBER


def test_a_holiday_taken_away_moves_them_back(administrator: Client, kent: Kent) -> None:
    before = due_days(kent)
    sent(administrator, add_address(AddedHoliday), {"day": "2019-10-03", "name": "Day of thanks"})
    assert due_days(kent) != before
    holiday = AddedHoliday.objects.get()
    administrator.post(reverse("admin:contracts_addedholiday_delete", args=[holiday.pk]), {"post": "yes"})
    assert not AddedHoliday.objects.exists()
    assert due_days(kent) == before
    assert Event.objects.get(action="added holiday deleted").before is not None
