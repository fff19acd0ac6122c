"""Months, financial years and half-open ranges."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.periods import (
    add_calendar_months,
    add_months,
    count_months,
    days_in_force,
    financial_year,
    financial_year_months,
    financial_year_start,
    is_in_force,
    month_end,
    month_start,
    months_between,
    parse_month,
    ranges_overlap,
)

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))
ENDS = st.one_of(st.none(), DAYS)
COUNTS = st.integers(-600, 600)


def test_the_ends_of_a_month() -> None:
    assert month_start(date(2020, 2, 29)) == date(2020, 2, 1)
    assert month_end(date(2020, 2, 1)) == date(2020, 2, 29)
    assert month_end(date(2019, 2, 1)) == date(2019, 2, 28)


@pytest.mark.parametrize(
    ("month", "count", "expected"),
    [
        (date(2019, 1, 31), 1, date(2019, 2, 1)),
        (date(2019, 12, 1), 1, date(2020, 1, 1)),
        (date(2019, 1, 1), -1, date(2018, 12, 1)),
        (date(2019, 4, 1), -12, date(2018, 4, 1)),
        (date(2019, 4, 9), 0, date(2019, 4, 1)),
    ],
)
def test_add_months(month: date, count: int, expected: date) -> None:
    assert add_months(month, count) == expected


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2018, 12, 31), 2, date(2019, 2, 28)),
        (date(2019, 12, 31), 2, date(2020, 2, 29)),
        (date(2019, 8, 15), 2, date(2019, 10, 15)),
        (date(2019, 2, 28), 1, date(2019, 3, 28)),
        (date(2019, 3, 31), -1, date(2019, 2, 28)),
    ],
)
def test_the_corresponding_date(day: date, count: int, expected: date) -> None:
    assert add_calendar_months(day, count) == expected


def test_months_of_a_half_open_range() -> None:
    assert months_between(date(2018, 11, 1), date(2019, 2, 1)) == (
        date(2018, 11, 1),
        date(2018, 12, 1),
        date(2019, 1, 1),
    )
    assert months_between(date(2018, 11, 30), date(2018, 12, 2)) == (date(2018, 11, 1), date(2018, 12, 1))
    assert months_between(date(2018, 11, 1), date(2018, 11, 1)) == ()
    assert months_between(date(2018, 11, 2), date(2018, 11, 1)) == ()


def test_the_agreement_runs_for_sixty_months() -> None:
    months = months_between(date(2017, 9, 1), date(2022, 9, 1))
    assert len(months) == 60
    assert (months[0], months[-1]) == (date(2017, 9, 1), date(2022, 8, 1))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2019, 3, 31), "2018/19"),
        (date(2019, 4, 1), "2019/20"),
        (date(2017, 9, 1), "2017/18"),
        (date(2000, 1, 1), "1999/00"),
        (date(2099, 4, 1), "2099/00"),
    ],
)
def test_the_name_of_a_financial_year(day: date, name: str) -> None:
    assert financial_year(day) == name


def test_a_financial_year_runs_from_april_to_march() -> None:
    months = financial_year_months(date(2019, 8, 20))
    assert (months[0], months[-1], len(months)) == (date(2019, 4, 1), date(2020, 3, 1), 12)


@pytest.mark.parametrize("text", ["2019-08", " 2019-08 "])
def test_parse_month(text: str) -> None:
    assert parse_month(text) == date(2019, 8, 1)


@pytest.mark.parametrize(
    "text", ["", "2019", "2019-13", "2019-00", "2019-8", "19-08", "2019-08-01", "0000-01", "²019-08"]
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write the year and the month as in 2019-08"):
        parse_month(text)


def test_the_first_day_is_in_force_and_the_last_is_not() -> None:
    first, until = date(2019, 4, 1), date(2019, 7, 1)
    in_force = [is_in_force(day, first, until) for day in (first, date(2019, 6, 30), until)]
    assert in_force == [True, True, False]
    assert not is_in_force(date(2019, 3, 31), first, None)
    assert is_in_force(date(2099, 1, 1), first, None)


def test_ranges_that_touch_do_not_overlap() -> None:
    a, b, c = date(2019, 4, 1), date(2019, 7, 1), date(2019, 10, 1)
    assert not ranges_overlap(a, b, b, c)
    assert ranges_overlap(a, b + timedelta(days=1), b, c)
    assert ranges_overlap(a, None, c, None)
    assert not ranges_overlap(a, a, a, c)


def test_days_of_a_month_in_force() -> None:
    assert days_in_force(date(2019, 4, 1), date(2017, 9, 1), None) == range(30)
    assert days_in_force(date(2019, 4, 1), date(2019, 4, 16), None) == range(15, 30)
    assert days_in_force(date(2019, 4, 1), date(2017, 9, 1), date(2019, 4, 16)) == range(15)
    assert len(days_in_force(date(2019, 4, 1), date(2019, 5, 1), None)) == 0
    assert len(days_in_force(date(2019, 4, 1), date(2017, 9, 1), date(2019, 4, 1))) == 0


@given(DAYS, COUNTS)
def test_months_round_trip(day: date, count: int) -> None:
    there = add_months(day, count)
    assert add_months(there, -count) == month_start(day)
    assert count_months(day, there) == count


@given(DAYS, st.integers(0, 60))
def test_corresponding_dates_are_in_the_right_month_and_never_later_in_it(day: date, count: int) -> None:
    found = add_calendar_months(day, count)
    assert month_start(found) == add_months(day, count)
    assert found.day == min(day.day, month_end(found).day)


@given(DAYS)
def test_a_month_is_read_as_it_is_written(day: date) -> None:
    assert parse_month(f"{day:%Y-%m}") == month_start(day)


@given(DAYS)
def test_every_day_is_in_its_financial_year(day: date) -> None:
    first = financial_year_start(day)
    assert first <= day < date(first.year + 1, 4, 1)
    assert month_start(day) in financial_year_months(day)


@given(DAYS, DAYS)
def test_months_between_hold_every_day_of_the_range(first: date, end: date) -> None:
    months = months_between(first, end)
    if first >= end:
        assert months == ()
        return
    assert months[0] == month_start(first)
    assert months[-1] <= end - timedelta(days=1) <= month_end(months[-1])
    assert all(count_months(a, b) == 1 for a, b in pairwise(months))


@given(DAYS, ENDS, DAYS, ENDS)
def test_overlap_means_a_shared_day(first: date, until: date | None, second: date, other: date | None) -> None:
    begins = max(first, second)
    shares = is_in_force(begins, first, until) and is_in_force(begins, second, other)
    assert ranges_overlap(first, until, second, other) == shares
    assert ranges_overlap(second, other, first, until) == shares


@given(DAYS, DAYS, ENDS)
def test_days_in_force_counts_the_days(month: date, first: date, until: date | None) -> None:
    days = [month_start(month) + timedelta(days=number) for number in range(month_end(month).day)]
    in_force = [number for number, day in enumerate(days) if is_in_force(day, first, until)]
    assert list(days_in_force(month, first, until)) == in_force
