"""Extensions and pauses on a notice's page: one side proposes, the other agrees or refuses."""

from datetime import date
from http import HTTPStatus
from typing import Any

import pytest

from contracts.models import ClockAnswer, ClockChange, Notice, NoticeClock
from tests.kent import Kent
from tests.notice_visits import COMMISSIONER, COUNCIL, PROVIDER, day_sent, page_of, read, take_step
from tests.notices import asked_notice, served_notice
from tests.visiting import visitor

pytestmark = pytest.mark.django_db
SERVED = date(2019, 10, 8)
PAUSE: dict[str, Any] = {
    **day_sent(date(2019, 10, 21), "first"),
    **day_sent(date(2019, 10, 26), "until"),
    "reason": "Half term",
}


def due(notice: Notice) -> date:
    """The day on which the notice's clock runs out."""
    return NoticeClock.objects.get(notice=notice).due_on


def proposed(kent: Kent, notice: Notice) -> ClockChange:
    """Three more days, as NELFT proposes them on the page."""
    assert "It is proposed." in take_step(kent, notice, "clock/extension/", PROVIDER, extra="3", reason="Half term")
    return ClockChange.objects.get(clock__notice=notice, answer="")


def test_an_extension_is_agreed_by_the_other_side(kent: Kent) -> None:
    notice = served_notice(kent, on=SERVED)
    change = proposed(kent, notice)
    assert "Take the proposal back" in read(visitor(kent, PROVIDER), notice)
    assert "West Kent CCG may agree what NELFT proposed for the clock." in read(visitor(kent, COUNCIL), notice)
    own = take_step(kent, notice, f"clock/changes/{change.pk}/", PROVIDER, answer="agree")
    assert "There is a problem" in own
    said = take_step(kent, notice, f"clock/changes/{change.pk}/", answer="agree")
    assert "It is agreed. The clock has its new day." in said
    assert due(notice) == date(2019, 10, 25)
    assert "This proposal was agreed" in take_step(kent, notice, f"clock/changes/{change.pk}/", answer="refuse")


def test_a_refused_proposal_leaves_the_clock_and_says_why(kent: Kent) -> None:
    notice = served_notice(kent, on=SERVED)
    change = proposed(kent, notice)
    said = take_step(kent, notice, f"clock/changes/{change.pk}/", answer="refuse", reason="There is time enough")
    assert "It is refused." in said
    assert "‘There is time enough’" in said
    assert due(notice) == date(2019, 10, 22)


def test_a_proposal_is_taken_back_by_its_own_side(kent: Kent) -> None:
    notice = served_notice(kent, on=SERVED)
    change = proposed(kent, notice)
    assert "It is taken back." in take_step(kent, notice, f"clock/changes/{change.pk}/", PROVIDER, answer="take-back")
    change.refresh_from_db()
    assert change.answer == ClockAnswer.TAKEN_BACK


def test_a_pause_is_proposed_and_agreed(kent: Kent) -> None:
    notice = served_notice(kent, on=SERVED)
    assert "It is proposed." in take_step(kent, notice, "clock/pause/", COMMISSIONER, **PAUSE)
    change = ClockChange.objects.get(clock__notice=notice)
    take_step(kent, notice, f"clock/changes/{change.pk}/", PROVIDER, answer="agree")
    assert due(notice) == date(2019, 10, 29)


@pytest.mark.parametrize("extra", ["", "0", "-1", "251", "three", "1e9", "9" * 400, "\x00"])
def test_an_extension_is_by_a_whole_number(kent: Kent, extra: str) -> None:
    notice = served_notice(kent, on=SERVED)
    said = take_step(kent, notice, "clock/extension/", PROVIDER, extra=extra, reason="Half term")
    assert "Give a whole number of operational days from 1 to 250" in said
    assert ClockChange.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": " "}, "Say why it is paused"),
        (day_sent(None, "first"), "Give the first day"),
        (day_sent(date(2019, 10, 21), "until"), "Give a day after the first day that does not count"),
        (day_sent(date(2019, 10, 8), "first"), "A pause begins on 9 October 2019 or later"),
        (day_sent(date(2101, 1, 1), "until"), "Give a year from 1990 to 2100"),
    ],
)
def test_a_pause_that_cannot_be_is_refused(kent: Kent, wrong: dict[str, Any], said: str) -> None:
    notice = served_notice(kent, on=SERVED)
    assert said in take_step(kent, notice, "clock/pause/", PROVIDER, **(PAUSE | wrong))
    assert ClockChange.objects.count() == 0


def test_without_a_clock_nothing_is_proposed(kent: Kent) -> None:
    notice = asked_notice(kent)
    assert "No clock runs on" in take_step(kent, notice, "clock/extension/", extra="1", reason="Early")


def test_a_proposal_of_another_notice_is_not_there(kent: Kent) -> None:
    change = proposed(kent, served_notice(kent, on=SERVED))
    other = served_notice(kent, on=SERVED)
    answer = visitor(kent, COMMISSIONER).post(page_of(other, f"clock/changes/{change.pk}/"), {"answer": "agree"})
    assert answer.status_code == HTTPStatus.NOT_FOUND
