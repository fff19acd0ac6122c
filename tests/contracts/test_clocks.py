"""Clocks of notices against the reference calendar, at the edges of the year, and by their properties."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from contracts.levers.clocks import Clock, Pause, Unit, due_day, last_year_of, read
from contracts.operational_days import OperationalCalendar, england_holidays
from contracts.periods import parse_month

VECTORS = Path(__file__).parents[1] / "vectors" / "calendar"
CALENDAR = OperationalCalendar(england_holidays(range(2017, 2032)))
ONE_DAY = timedelta(days=1)

days = st.dates(min_value=date(2017, 9, 1), max_value=date(2026, 12, 31))
counts = st.integers(1, 60)
pauses = st.builds(lambda first, length: Pause(first, first + timedelta(days=length)), days, st.integers(1, 40))
day_clocks = st.builds(Clock, days, counts, extra=st.integers(0, 20), pauses=st.lists(pauses, max_size=3).map(tuple))
clocks = day_clocks | st.builds(
    Clock, days, st.integers(1, 6), st.just(Unit.CALENDAR_MONTHS), pauses=st.lists(pauses, max_size=3).map(tuple)
)


def rows(name: str) -> list[dict[str, str]]:
    with (VECTORS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def months(started_on: date, count: int, **changes: object) -> date:
    return due_day(Clock(started_on, count, Unit.CALENDAR_MONTHS, **changes), CALENDAR)  # type: ignore[arg-type]  # of a clock


@pytest.mark.parametrize("row", rows("notice_clock_examples.csv"), ids=lambda row: row["start_date"])
def test_every_reference_clock(row: dict[str, str]) -> None:
    clock = Clock(date.fromisoformat(row["start_date"]), int(row["operational_days"]))
    due = date.fromisoformat(row["due_date"])
    assert due_day(clock, CALENDAR) == due
    first, last = read(clock, CALENDAR, clock.started_on), read(clock, CALENDAR, due)
    assert (first.days_left, first.due_on, first.overdue_since) == (clock.count, due, None)
    assert (last.days_left, last.overdue_since) == (0, None)
    assert read(clock, CALENDAR, due + ONE_DAY).overdue_since == due + ONE_DAY


@pytest.mark.parametrize("row", rows("operational_days.csv"), ids=lambda row: row["month"])
def test_clocks_from_the_last_day_of_every_month(row: dict[str, str]) -> None:
    last = date.fromisoformat(row["month_end"])
    assert (last + ONE_DAY).day == 1
    assert last.replace(day=1) == parse_month(row["month"])
    assert [due_day(Clock(last, count), CALENDAR).isoformat() for count in (5, 10, 15, 20)] == [
        row[f"od{count}"] for count in (5, 10, 15, 20)
    ]


@pytest.mark.parametrize(
    ("started_on", "count", "due"),
    [
        (date(2019, 12, 24), 1, date(2019, 12, 27)),  # Christmas Day and Boxing Day
        (date(2019, 12, 31), 1, date(2020, 1, 2)),  # a month that ends before New Year's Day
        (date(2020, 2, 28), 1, date(2020, 3, 2)),  # 29 February 2020 was a Saturday
        (date(2024, 2, 28), 1, date(2024, 2, 29)),  # 29 February 2024 counts
        (date(2018, 3, 29), 1, date(2018, 4, 3)),  # Good Friday to Easter Monday over the end of a month
        (date(2019, 10, 25), 1, date(2019, 10, 28)),  # the clocks went back on 27 October
        (date(2020, 3, 27), 1, date(2020, 3, 30)),  # and forward on 29 March
        (date(2021, 5, 28), 1, date(2021, 6, 1)),  # a month that ends on a bank holiday
    ],
)
def test_edges_of_the_year(started_on: date, count: int, due: date) -> None:
    assert due_day(Clock(started_on, count), CALENDAR) == due


@pytest.mark.parametrize(
    ("started_on", "count", "due"),
    [
        (date(2019, 10, 8), 2, date(2019, 12, 8)),  # a Sunday: months end on the corresponding day
        (date(2019, 12, 31), 2, date(2020, 2, 29)),  # Dodds v Walker, in a leap year
        (date(2018, 12, 31), 2, date(2019, 2, 28)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2019, 8, 31), 1, date(2019, 9, 30)),
        (date(2019, 10, 25), 2, date(2019, 12, 25)),
    ],
)
def test_clocks_of_calendar_months(started_on: date, count: int, due: date) -> None:
    assert months(started_on, count) == due


def test_a_clock_of_months_is_put_off_by_each_day_of_a_pause() -> None:
    pause = Pause(date(2019, 11, 1), date(2019, 11, 11))
    assert months(date(2019, 10, 8), 2, pauses=(pause,)) == date(2019, 12, 18)
    assert months(date(2019, 10, 8), 2, pauses=(pause, pause)) == date(2019, 12, 18), "a day is paused once"
    later = Pause(date(2019, 12, 10), date(2019, 12, 12))
    assert months(date(2019, 10, 8), 2, pauses=(pause, later)) == date(2019, 12, 20), "it reaches into the next pause"


def test_days_left_on_a_paused_clock_are_those_that_count() -> None:
    clock = Clock(date(2019, 10, 8), 10, pauses=(Pause(date(2019, 10, 15), date(2019, 11, 15)),))
    on = read(clock, CALENDAR, date(2019, 10, 17))
    assert (on.is_paused, on.days_left) == (True, 6), "four days were used before the pause"
    assert on.due_on == date(2019, 11, 22)
    assert read(clock, CALENDAR, date(2019, 11, 15)).is_paused is False


def test_the_day_that_is_kept_counts_before_the_one_worked_out() -> None:
    clock = Clock(date(2019, 10, 8), 10)
    with_holiday = OperationalCalendar(CALENDAR.holidays | {date(2019, 10, 18)})
    assert read(clock, with_holiday, date(2019, 10, 17)).due_on == date(2019, 10, 23)
    kept = read(clock, with_holiday, date(2019, 10, 17), due_on=date(2019, 10, 22))
    assert (kept.due_on, kept.days_used, kept.days_left) == (date(2019, 10, 22), 7, 2)
    assert read(clock, with_holiday, date(2019, 10, 23), due_on=date(2019, 10, 22)).overdue_since == date(2019, 10, 23)


def test_an_ended_clock_says_what_it_said_on_the_day_it_ended() -> None:
    ended = Clock(date(2019, 10, 8), 5, ended_on=date(2019, 10, 10))
    late = Clock(date(2019, 10, 8), 5, ended_on=date(2019, 10, 17))
    on = date(2019, 12, 2)
    assert (read(ended, CALENDAR, on).days_left, read(ended, CALENDAR, on).overdue_since) == (3, None)
    assert (read(late, CALENDAR, on).days_left, read(late, CALENDAR, on).overdue_since) == (-2, date(2019, 10, 16))
    assert read(late, CALENDAR, on).is_running is False


def test_a_clock_that_never_runs_out_is_refused() -> None:
    with pytest.raises(ValueError, match="never runs out"):
        due_day(Clock(date(2019, 10, 8), 5, pauses=(Pause(date(2019, 10, 9), date(2100, 1, 1)),)), CALENDAR)
    with pytest.raises(ValueError, match="never runs out"):
        months(date(2019, 10, 8), 1, pauses=(Pause(date(2019, 10, 9), date(2100, 1, 1)),))


@given(day_clocks)
def test_a_day_clock_is_due_on_an_operational_day_that_is_not_paused(clock: Clock) -> None:
    due = due_day(clock, CALENDAR)
    assert CALENDAR.is_operational(due)
    assert not any(pause.covers(due) for pause in clock.pauses)
    assert due > clock.started_on


@given(clocks, st.integers(1, 20))
def test_a_longer_clock_is_due_later_and_an_extension_is_as_good_as_a_longer_count(clock: Clock, more: int) -> None:
    longer = Clock(clock.started_on, clock.count + more, clock.unit, clock.extra, clock.pauses)
    extended = Clock(clock.started_on, clock.count, clock.unit, clock.extra + more, clock.pauses)
    assert due_day(longer, CALENDAR) > due_day(clock, CALENDAR)
    assert due_day(extended, CALENDAR) == due_day(longer, CALENDAR)


@given(clocks, pauses)
def test_a_pause_never_makes_a_clock_due_earlier(clock: Clock, pause: Pause) -> None:
    paused = Clock(clock.started_on, clock.count, clock.unit, clock.extra, (*clock.pauses, pause))
    before, after = due_day(clock, CALENDAR), due_day(paused, CALENDAR)
    assert after >= before
    if pause.first > before:
        assert after == before


@given(clocks, days)
def test_a_holiday_never_makes_a_clock_due_earlier(clock: Clock, holiday: date) -> None:
    with_holiday = OperationalCalendar(CALENDAR.holidays | {holiday})
    before, after = due_day(clock, CALENDAR), due_day(clock, with_holiday)
    assert after == before if clock.unit == Unit.CALENDAR_MONTHS else after >= before


@given(day_clocks)
def test_the_days_of_a_clock_are_all_left_when_it_starts_and_none_when_it_is_due(clock: Clock) -> None:
    assume(not any(pause.covers(clock.started_on) for pause in clock.pauses))
    assert read(clock, CALENDAR, clock.started_on).days_left == clock.count + clock.extra
    assert read(clock, CALENDAR, due_day(clock, CALENDAR)).days_left == 0
    assert read(clock, CALENDAR, due_day(clock, CALENDAR)).days_used == clock.count + clock.extra


@given(day_clocks, st.integers(0, 200))
def test_from_day_to_day_a_clock_loses_a_day_or_none(clock: Clock, later: int) -> None:
    on = clock.started_on + timedelta(days=later)
    today, tomorrow = read(clock, CALENDAR, on), read(clock, CALENDAR, on + ONE_DAY)
    assert today.days_left - tomorrow.days_left in (0, 1)
    assert (today.overdue_since is None) is (on <= today.due_on)


@given(clocks)
def test_the_calendar_of_a_clock_reaches_to_its_end(clock: Clock) -> None:
    assert due_day(clock, CALENDAR).year <= last_year_of(clock)


def test_the_calendar_of_the_longest_clock_ends_somewhere() -> None:
    forever = Clock(date(2019, 10, 8), 5, pauses=(Pause(date(2019, 10, 9), date(9999, 1, 1)),))
    assert last_year_of(forever) <= 2080
