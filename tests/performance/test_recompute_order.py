"""Needs that arrive out of their order in time: the figures still say what is known in the end.

An action reads the clock when it begins and commits later than one that began after it. In demo mode the clock
also goes back: each new day begins the demo's one day again.
"""

from datetime import date, datetime, timedelta

import pytest

from contracts.audit import CONSOLE
from performance.actions.days import due_day
from performance.actions.deciding import accept
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import receive
from performance.models import Figure, RecomputeNeed, Version
from performance.needs import state_need
from performance.recompute import work_off
from tests.hostile_files.build import Changes, valid_content
from tests.kent import DEMO_MOMENT, LONDON, Kent, take_in
from tests.performance.test_recompute import correct, current
from tests.signing import signed_off

AUGUST = date(2019, 8, 1)
FEWER_LIAISONS: Changes = {("Activity", "D4"): 100, ("Activity", "F4"): 191}
EARLIER = DEMO_MOMENT - timedelta(hours=2)


def test_a_need_from_before_what_is_known_does_not_take_figures_back(kent: Kent) -> None:
    take_in(kent, [AUGUST])
    correct(kent, FEWER_LIAISONS, DEMO_MOMENT)
    work_off(kent.agreement)
    state_need(kent.agreement, AUGUST, None, reason="A target was changed", at=EARLIER)
    work_off(kent.agreement)
    assert current(kent, "early-help-liaisons").value == 191
    assert not RecomputeNeed.objects.filter(done_at=None).exists()


def test_a_correction_can_be_accepted_at_an_earlier_time_of_the_same_day(kent: Kent) -> None:
    take_in(kent, [AUGUST])
    second = correct(kent, FEWER_LIAISONS, DEMO_MOMENT)
    third = correct(kent, {}, EARLIER)
    work_off(kent.agreement)
    second.refresh_from_db()
    assert (second.state, third.state) == ("replaced", "accepted")
    liaisons = current(kent, "early-help-liaisons")
    assert liaisons.value == 205
    assert liaisons.sources[0]["version"] == 3


def test_no_two_rows_of_a_figure_are_known_at_once(kent: Kent) -> None:
    take_in(kent, [AUGUST])
    work_off(kent.agreement)
    for at, east in [(DEMO_MOMENT, 100), (EARLIER, 101), (DEMO_MOMENT, 102)]:
        correct(kent, {("Activity", "D4"): east, ("Activity", "F4"): east + 91}, at)
        work_off(kent.agreement)
    of_august = Figure.objects.filter(indicator__code="early-help-liaisons", area__code="kent", month=AUGUST)
    rows = list(of_august.order_by("known_from"))
    assert [row.value for row in rows] == [205, 191, 192, 193]
    assert [row.known_until for row in rows] == [*(row.known_from for row in rows[1:]), None]


def test_a_return_is_accepted_no_earlier_than_it_was_signed_off(kent: Kent) -> None:
    version = hand_in(kent, DEMO_MOMENT)
    assert accept(version, by=CONSOLE, at=EARLIER).accepted_at == DEMO_MOMENT


@pytest.mark.parametrize(("signed_off", "on_time"), [("2019-09-13 23:59", 1), ("2019-09-14 00:01", 0)])
def test_a_return_is_on_time_until_midnight_in_london(kent: Kent, signed_off: str, on_time: int) -> None:
    # 10 Operational Days from 1 September 2019, in British Summer Time: midnight is 11pm in UTC.
    assert due_day(kent.agreement, AUGUST) == date(2019, 9, 13)
    accept(hand_in(kent, datetime.fromisoformat(signed_off).replace(tzinfo=LONDON)), by=CONSOLE, at=DEMO_MOMENT)
    work_off(kent.agreement)
    figure = Figure.objects.get(indicator__code="returns-on-time", month=AUGUST, known_until=None)
    assert [figure.numerator, figure.denominator] == [on_time, 1]


def hand_in(kent: Kent, at: datetime) -> Version:
    """The return of August, signed off."""
    file = ReceivedFile(valid_content(AUGUST), "nelft-return-2019-08.xlsx")
    receipt = receive(judge(file, on=at.date(), expected=kent.agreement), by=CONSOLE, at=at)
    assert receipt.version is not None
    return signed_off(receipt.version, CONSOLE, at)
