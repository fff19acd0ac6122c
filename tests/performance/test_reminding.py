"""Which reminder is due on which day, also when days were missed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.operational_days import OperationalCalendar, england_holidays
from performance.reminding import CAUGHT_UP_WITHIN, reminder_day, reminder_due, rule_in_words

CALENDAR = OperationalCalendar(england_holidays(range(2018, 2023)))
DUE = date(2019, 10, 14)  # a Monday
rules = st.sets(st.integers(-20, 60), min_size=1, max_size=6)
operational = st.dates(date(2018, 6, 1), date(2021, 12, 1)).filter(CALENDAR.is_operational)


@given(operational, st.integers(0, 60))
def test_days_before_are_days_after_the_other_way_round(day: date, count: int) -> None:
    earlier = CALENDAR.before(day, count)
    assert CALENDAR.add(earlier, count) == day
    assert CALENDAR.is_operational(earlier)


def test_days_before_a_day_cannot_be_negative() -> None:
    with pytest.raises(ValueError, match="give 0 or more"):
        CALENDAR.before(DUE, -1)


@pytest.mark.parametrize(
    ("rule", "day"),
    [(-3, date(2019, 10, 9)), (-1, date(2019, 10, 11)), (0, DUE), (1, date(2019, 10, 15)), (5, date(2019, 10, 21))],
)
def test_the_day_of_a_reminder(rule: int, day: date) -> None:
    assert reminder_day(DUE, rule, CALENDAR) == day


def reminded(on_days: list[date], of: set[int], due_on: date) -> list[tuple[date, int]]:
    """What a worker that runs on these days, and sends a reminder once, sends when."""
    sent: list[tuple[date, int]] = []
    for on in sorted(on_days):
        rule = reminder_due(of, due_on, on, CALENDAR)
        if rule is not None and rule not in [held for _, held in sent]:
            sent.append((on, rule))
    return sent


def every_day_about(due_on: date) -> list[date]:
    return [due_on + timedelta(days=number) for number in range(-40, 120)]


@given(rules, operational)
def test_a_worker_that_runs_every_day_sends_each_reminder_on_its_day(of: set[int], due_on: date) -> None:
    expected = [(reminder_day(due_on, rule, CALENDAR), rule) for rule in sorted(of)]
    assert reminded(every_day_about(due_on), of, due_on) == expected


@given(rules, operational, st.data())
def test_missed_days_are_caught_up_with_by_the_latest_reminder_only(
    of: set[int], due_on: date, data: st.DataObject
) -> None:
    runs = data.draw(st.lists(st.sampled_from(every_day_about(due_on)), unique=True))
    sent = reminded(runs, of, due_on)
    assert len({on for on, _ in sent}) == len(sent), "never two on one day"
    assert [rule for _, rule in sent] == sorted(rule for _, rule in sent), "never an earlier one after a later"
    for on, rule in sent:
        day = reminder_day(due_on, rule, CALENDAR)
        assert day <= on
        assert CALENDAR.between(day, on) <= CAUGHT_UP_WITHIN
        assert not [later for later in of if later > rule and reminder_day(due_on, later, CALENDAR) <= on]


def test_a_weekend_without_a_worker_is_one_reminder_and_months_long_past_are_none() -> None:
    of = {-3, 0, 1}
    assert reminder_due(of, DUE, date(2019, 10, 8), CALENDAR) is None
    assert reminder_due(of, DUE, date(2019, 10, 9), CALENDAR) == -3
    assert reminder_due(of, DUE, date(2019, 10, 17), CALENDAR) == 1
    assert reminder_due(of, DUE, date(2019, 10, 29), CALENDAR) == 1, "ten Operational Days after the 15th"
    assert reminder_due(of, DUE, date(2019, 10, 30), CALENDAR) is None
    assert reminder_due([], DUE, DUE, CALENDAR) is None


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (-3, "3 Operational Days before the day the return is due"),
        (0, "on the day the return is due"),
        (1, "1 Operational Day after the day the return is due"),
    ],
)
def test_a_rule_in_words(rule: int, words: str) -> None:
    assert rule_in_words(rule) == words
