"""How a month's return stands against the day it is due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.operational_days import OperationalCalendar, england_holidays
from contracts.periods import add_months
from performance.lateness import ReturnState, days_late, is_late, is_outstanding, lateness, state_of_return, time_left

CALENDAR = OperationalCalendar(england_holidays([2019, 2020]))
SEPTEMBER, DUE = date(2019, 9, 1), date(2019, 10, 14)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2019, 9, 30), ReturnState.NOT_DUE),
        (date(2019, 10, 1), ReturnState.DUE),
        (date(2019, 10, 14), ReturnState.DUE),
        (date(2019, 10, 15), ReturnState.LATE),
    ],
)
def test_without_a_version_the_day_decides(today, state):
    assert state_of_return(SEPTEMBER, DUE, today, []) is state


@pytest.mark.parametrize(
    ("versions", "state"),
    [
        (["draft"], ReturnState.DRAFT),
        (["submitted"], ReturnState.SUBMITTED),
        (["sent-back"], ReturnState.SENT_BACK),
        (["sent-back", "draft"], ReturnState.DRAFT),
        (["sent-back", "submitted"], ReturnState.SUBMITTED),
        (["accepted", "submitted"], ReturnState.ACCEPTED),
        (["accepted", "sent-back"], ReturnState.ACCEPTED),
        (["replaced", "accepted"], ReturnState.ACCEPTED),
        (["withdrawn"], ReturnState.LATE),
    ],
)
def test_versions_decide_before_the_day(versions, state):
    assert state_of_return(SEPTEMBER, DUE, date(2019, 10, 17), versions) is state


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2019, 10, 17), "3 Operational Days late"),
        (date(2019, 10, 15), "1 Operational Day late"),
        (date(2019, 10, 14), "on the day it was due"),
        (date(2019, 10, 11), "1 Operational Day early"),
        (date(2019, 10, 10), "2 Operational Days early"),
    ],
)
def test_lateness_is_counted_in_operational_days(on, words):
    assert lateness(DUE, on, CALENDAR) == words


def test_a_saturday_after_the_due_friday_is_late_by_less_than_a_day():
    friday = date(2019, 9, 13)
    assert is_late(friday, friday + timedelta(days=1))
    assert lateness(friday, friday + timedelta(days=1), CALENDAR) == "less than 1 Operational Day late"


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2019, 10, 10), "due in 2 Operational Days"),
        (date(2019, 10, 14), "due today"),
        (date(2019, 10, 17), "3 Operational Days late"),
    ],
)
def test_the_time_left_is_counted_in_operational_days(today, words):
    assert time_left(DUE, today, CALENDAR) == words


@pytest.mark.parametrize(
    ("versions", "today", "outstanding"),
    [
        ([], DUE, False),
        ([], DUE + timedelta(days=1), True),
        (["sent-back"], DUE, False),
        (["sent-back"], DUE + timedelta(days=1), True),
        (["sent-back", "submitted"], DUE + timedelta(days=1), False),
        (["sent-back", "accepted"], DUE + timedelta(days=1), False),
    ],
)
def test_what_was_sent_back_is_outstanding_since_its_day(versions, today, outstanding):
    state = state_of_return(SEPTEMBER, DUE, today, versions)
    assert is_outstanding(state, DUE, today) is outstanding


@given(today=st.dates(date(2019, 8, 1), date(2020, 6, 1)))
def test_the_states_follow_each_other_and_agree_with_the_words(today):
    state = state_of_return(SEPTEMBER, DUE, today, [])
    assert (state is ReturnState.LATE) == is_late(DUE, today) == lateness(DUE, today, CALENDAR).endswith("late")
    assert (state is ReturnState.NOT_DUE) == (today < add_months(SEPTEMBER, 1))


@pytest.mark.parametrize(
    ("first_signed_on", "today", "days"),
    [
        (None, date(2019, 10, 14), None),
        (None, date(2019, 10, 16), 2),
        (date(2019, 10, 14), date(2019, 12, 1), 0),
        (date(2019, 10, 17), date(2019, 12, 1), 3),
    ],
)
def test_days_late_are_whole_and_unknown_while_it_may_yet_come_in_time(first_signed_on, today, days):
    assert days_late(DUE, first_signed_on, today, CALENDAR) == days


def test_a_day_late_that_is_no_operational_day_counts_none():
    friday = date(2019, 10, 18)
    assert days_late(friday, date(2019, 10, 19), date(2019, 10, 19), CALENDAR) == 0
