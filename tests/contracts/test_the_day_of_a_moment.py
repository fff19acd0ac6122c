"""What happens in the first hour of a summer's day is of that day, though it is the day before in UTC."""

from datetime import UTC, date, datetime

import pytest

from contracts.action_moves import ActionState
from contracts.actions.agreed_actions import drop_action, record_done
from contracts.actions.decisions import record_taken, withdraw_decision
from contracts.actions.meetings import hold_meeting
from contracts.meeting_moves import MeetingState
from tests.decisions import agreed, alex, called, proposed
from tests.kent import Kent

pytestmark = pytest.mark.django_db
TODAY = date(2019, 10, 18)
HALF_PAST_MIDNIGHT = datetime(2019, 10, 17, 23, 30, tzinfo=UTC)


def test_a_decision_is_taken_or_withdrawn_on_the_day_that_has_begun(kent: Kent) -> None:
    taken, withdrawn = proposed(kent), proposed(kent, number="19/00101")
    record_taken(taken, on=TODAY, by=alex(kent), at=HALF_PAST_MIDNIGHT)
    withdraw_decision(withdrawn, reason="Not needed", by=alex(kent), at=HALF_PAST_MIDNIGHT)
    assert [one.moves.order_by("-pk")[0].on for one in (taken, withdrawn)] == [TODAY, TODAY]


def test_a_meeting_is_held_on_the_day_that_has_begun(kent: Kent) -> None:
    held = hold_meeting(called(kent, TODAY), agenda=(), by=alex(kent), at=HALF_PAST_MIDNIGHT)
    assert held.state == MeetingState.HELD


def test_an_action_is_done_or_dropped_on_the_day_that_has_begun(kent: Kent) -> None:
    done, dropped = agreed(kent), agreed(kent, owner="KCC")
    assert record_done(done, on=TODAY, evidence="The report", by=alex(kent), at=HALF_PAST_MIDNIGHT).state == (
        ActionState.DONE
    )
    drop_action(dropped, reason="Not needed", by=alex(kent), at=HALF_PAST_MIDNIGHT)
    assert dropped.moves.order_by("-pk")[0].on == TODAY
