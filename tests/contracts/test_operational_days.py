"""Operational Days against gov.uk's bank holidays and the reference calendar."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.operational_days import OperationalCalendar, england_holidays
from contracts.periods import parse_month

VECTORS = Path(__file__).parents[1] / "vectors" / "calendar"
YEARS = range(2017, 2029)
CALENDAR = OperationalCalendar(england_holidays(YEARS))
DAYS = st.dates(min_value=date(2017, 1, 1), max_value=date(2027, 12, 31))


def rows(name: str) -> list[dict[str, str]]:
    with (VECTORS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_the_library_knows_exactly_the_bank_holidays_of_gov_uk() -> None:
    published = {day(row["date"]) for row in rows("bank_holidays_england_wales.csv")}
    assert len(published) == 99
    assert england_holidays(YEARS) == published


@pytest.mark.parametrize("row", rows("operational_days.csv"), ids=lambda row: row["month"])
@pytest.mark.parametrize("count", [5, 10, 15, 20])
def test_operational_days_after_each_month(row: dict[str, str], count: int) -> None:
    assert CALENDAR.due_after_month(parse_month(row["month"]), count) == day(row[f"od{count}"])


@pytest.mark.parametrize("row", rows("notice_clock_examples.csv"), ids=lambda row: row["start_date"])
def test_notice_clocks(row: dict[str, str]) -> None:
    start, count, due = day(row["start_date"]), int(row["operational_days"]), day(row["due_date"])
    assert CALENDAR.add(start, count) == due
    assert CALENDAR.between(start, due) == count
    assert CALENDAR.between(due, start) == -count


def test_there_are_as_many_reference_rows_as_were_copied() -> None:
    assert len(rows("operational_days.csv")) == 132
    assert len(rows("notice_clock_examples.csv")) == 12


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2019-04-18", True),
        ("2019-04-19", False),  # Good Friday
        ("2019-04-20", False),  # Saturday
        ("2019-04-22", False),  # Easter Monday
        ("2020-05-04", True),  # the early May holiday was moved
        ("2020-05-08", False),  # to VE day
        ("2020-12-28", False),  # substitute for Boxing Day
    ],
)
def test_what_is_an_operational_day(on: str, expected: bool) -> None:
    assert CALENDAR.is_operational(day(on)) is expected


def test_a_holiday_added_later_moves_a_clock() -> None:
    before = OperationalCalendar(CALENDAR.holidays - {date(2022, 9, 19)})
    assert before.add(date(2022, 9, 16), 5) == date(2022, 9, 23)
    assert CALENDAR.add(date(2022, 9, 16), 5) == date(2022, 9, 26)


def test_no_days_are_the_start_itself_and_negative_ones_are_refused() -> None:
    assert CALENDAR.add(date(2019, 6, 8), 0) == date(2019, 6, 8)
    with pytest.raises(ValueError, match="give 0 or more"):
        CALENDAR.add(date(2019, 6, 8), -1)


@given(DAYS, st.integers(0, 60))
def test_between_takes_back_what_add_adds(start: date, count: int) -> None:
    assert CALENDAR.between(start, CALENDAR.add(start, count)) == count


@given(DAYS, st.integers(1, 60))
def test_a_clock_ends_on_an_operational_day_after_its_start(start: date, count: int) -> None:
    end = CALENDAR.add(start, count)
    assert end > start
    assert CALENDAR.is_operational(end)


@given(DAYS, st.integers(0, 30), st.integers(0, 30))
def test_two_clocks_in_a_row_are_one_long_clock(start: date, first: int, second: int) -> None:
    assert CALENDAR.add(CALENDAR.add(start, first), second) == CALENDAR.add(start, first + second)


@given(DAYS, DAYS, DAYS)
def test_days_between_add_up(a: date, b: date, c: date) -> None:
    assert CALENDAR.between(a, b) + CALENDAR.between(b, c) == CALENDAR.between(a, c)
