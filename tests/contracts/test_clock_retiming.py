"""Open clocks timed anew: a holiday added, changed or deleted in the admin site, and every night."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from contracts.actions.clock_changes import ProposedChange, agree_clock_change, propose_clock_change
from contracts.actions.clock_retiming import retime_open_clocks
from contracts.audit import WORKER, first_broken_link
from contracts.calendar import calendar_for
from contracts.levers.ladder import NoticeStage as S
from contracts.models import (
    AddedHoliday,
    ClockChange,
    ClockChangeKind,
    ClockRetiming,
    Event,
    Notice,
    NoticeClock,
    Organisation,
    Role,
)
from contracts.tasks import retime_clocks
from tests.admin_pages import add_address, change_address, sent, signed_in
from tests.contracts.test_clocks import rows
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.notices import CPN, IBN, acting, moved, served_notice

THANKS = {"day": "2019-10-18", "name": "Day of thanks"}
MONDAY, TUESDAY, WEDNESDAY = date(2019, 10, 21), date(2019, 10, 22), date(2019, 10, 23)
REFERENCE = [row for row in rows("notice_clock_examples.csv") if row["start_date"].startswith("2019-")]


@pytest.fixture
def notice(kent: Kent) -> Notice:
    return served_notice(kent, CPN, on=date(2019, 10, 8))


@pytest.fixture
def administrator(client: Client, kent: Kent) -> Client:
    return signed_in(client, kent.people[Role.ADMINISTRATOR])


def due(notice: Notice) -> date:
    return notice.clocks.get(ended_on=None).due_on


def test_an_added_holiday_moves_open_clocks_and_says_why(administrator: Client, kent: Kent, notice: Notice) -> None:
    remedy = served_notice(kent, IBN, on=date(2019, 10, 14), element=None)
    assert (due(notice), due(remedy)) == (TUESDAY, MONDAY)
    sent(administrator, add_address(AddedHoliday), THANKS)
    assert (due(notice), due(remedy)) == (WEDNESDAY, TUESDAY)
    events = Event.objects.filter(action="clock timed anew")
    assert events.count() == 2, "one for each clock that moved"
    assert events[0].after == {"due on": "2019-10-23", "because": "Bank holiday added: Day of thanks, 18 October 2019"}
    board = signed_in(Client(), kent.people[Role.PROVIDER_EDITOR]).get(
        reverse("notices", args=[kent.agreement.reference])
    )
    said = "Moved from 22 October 2019 to 23 October 2019 because: Bank holiday added: Day of thanks, 18 October 2019"
    assert said in " ".join(board.content.decode().split())
    assert first_broken_link(kent.agreement) is None


def test_a_holiday_changed_or_deleted_moves_them_again(administrator: Client, notice: Notice) -> None:
    sent(administrator, add_address(AddedHoliday), THANKS)
    holiday = AddedHoliday.objects.get()
    sent(administrator, change_address(holiday), {"day": "2019-11-18"})
    assert due(notice) == TUESDAY
    sent(administrator, change_address(holiday), {"day": "2019-10-22"})
    assert due(notice) == WEDNESDAY
    administrator.post(reverse("admin:contracts_addedholiday_delete", args=[holiday.pk]), {"post": "yes"})
    assert due(notice) == TUESDAY
    assert [row.reason.split(":")[0] for row in ClockRetiming.objects.order_by("pk")] == [
        "Bank holiday added",
        "Bank holiday changed",
        "Bank holiday changed",
        "Bank holiday deleted",
    ]


@pytest.mark.parametrize("row", REFERENCE, ids=lambda row: f"{row['start_date']}+{row['operational_days']}")
def test_a_clock_moves_to_where_the_reference_calendar_says(
    administrator: Client, kent: Kent, row: dict[str, str]
) -> None:
    """A reference clock whose due day becomes a holiday is due on the next Operational Day."""
    start, expected = date.fromisoformat(row["start_date"]), date.fromisoformat(row["due_date"])
    notice = served_notice(kent, CPN, on=start)
    clock = notice.clocks.get()
    # What runs has the term's ten days; of a reference clock with fewer, the rest is added to its due day.
    calendar = calendar_for(2017, 2020)
    expected = calendar.add(expected, clock.count - int(row["operational_days"]))
    assert clock.due_on == expected
    sent(administrator, add_address(AddedHoliday), {"day": expected.isoformat(), "name": "Proclaimed"})
    assert due(notice) == calendar.add(expected, 1)


def test_an_ended_clock_and_a_clock_of_months_stay(administrator: Client, kent: Kent, notice: Notice) -> None:
    moved(kent, notice, S.INVESTIGATION, on=DEMO_DAY)
    months = due(notice)
    sent(administrator, add_address(AddedHoliday), THANKS)
    assert due(notice) == months == date(2019, 12, 17)
    assert NoticeClock.objects.get(stage=S.MEETING).due_on == TUESDAY


def test_what_was_agreed_still_counts(administrator: Client, kent: Kent, notice: Notice) -> None:
    extension = ProposedChange(ClockChangeKind.EXTENSION, "More time", extra=2)
    by, other = acting(kent, Role.PROVIDER_EDITOR), acting(kent, Role.COORDINATING_COMMISSIONER)
    change = propose_clock_change(notice.clocks.get(), proposed=extension, by=by, at=DEMO_MOMENT)
    agree_clock_change(change, by=other, at=DEMO_MOMENT)
    assert due(notice) == date(2019, 10, 24)
    sent(administrator, add_address(AddedHoliday), THANKS)
    assert due(notice) == date(2019, 10, 25)


def test_the_night_finds_what_a_new_list_of_holidays_moves_and_twice_does_nothing(kent: Kent, notice: Notice) -> None:
    AddedHoliday.objects.create(day=date(2019, 10, 18), name="In the new list")
    retime_clocks()
    assert due(notice) == WEDNESDAY
    assert ClockRetiming.objects.get().reason == "The list of bank holidays in England changed"
    retime_clocks()
    assert ClockRetiming.objects.count() == 1
    assert Event.objects.filter(action="clock timed anew").count() == 1


def test_a_clock_that_never_runs_out_keeps_its_day_and_stops_no_other(
    administrator: Client, kent: Kent, notice: Notice, caplog: pytest.LogCaptureFixture
) -> None:
    """Such a pause may have been agreed before pauses were held to the agreement's term."""
    endless = served_notice(kent, IBN, on=date(2019, 10, 14), element=None)
    nelft = kent.people[Role.PROVIDER_EDITOR]
    change = ClockChange.objects.create(
        clock=endless.clocks.get(),
        kind=ClockChangeKind.PAUSE,
        paused_from=date(2019, 10, 15),
        paused_until=date(2079, 11, 20),
        reason="Until further notice",
        proposed_by=nelft,
        proposed_by_name="Sam Ellis",
        proposed_for=Organisation.objects.get(short_name="NELFT"),
        proposed_at=DEMO_MOMENT,
    )
    agree_clock_change(change, by=acting(kent, Role.COORDINATING_COMMISSIONER), at=DEMO_MOMENT)
    kept = due(endless)
    AddedHoliday.objects.bulk_create(AddedHoliday(day=date(2079, 11, n), name="Not known yet") for n in range(1, 31))
    sent(administrator, add_address(AddedHoliday), THANKS)
    assert AddedHoliday.objects.filter(name=THANKS["name"]).exists()
    assert (due(notice), due(endless)) == (WEDNESDAY, kept)
    assert f"The clock of {endless.title} ({kent.agreement.reference}, notice {endless.pk})" in caplog.text
    retime_clocks()
    assert ClockRetiming.objects.filter(cause="holiday").count() == 1
    board = signed_in(Client(), nelft).get(reverse("notices", args=[kent.agreement.reference]))
    assert "Paused" in board.content.decode(), "it can still be looked at"


def test_only_the_agreements_asked_for_are_timed(notice: Notice) -> None:
    AddedHoliday.objects.create(day=date(2019, 10, 18), name="Day of thanks")
    assert retime_open_clocks(agreements=[], by=WORKER, at=DEMO_MOMENT, reason="None") == []
    assert due(notice) == TUESDAY


def test_a_refused_save_moves_no_clock(administrator: Client, notice: Notice) -> None:
    sent(administrator, add_address(AddedHoliday), THANKS)
    sent(administrator, add_address(AddedHoliday), THANKS)
    assert due(notice) == WEDNESDAY
    assert ClockRetiming.objects.count() == 1
