"""When the terms of a contract lever are met: runs of months, and what a missing month does to them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.operational_days import OperationalCalendar, england_holidays
from contracts.periods import add_months
from performance.lever_signals import MonthRead, Run, below_running, late_by, missed_running, not_reported_running
from performance.verdicts import Verdict

FIRST = date(2018, 4, 1)
CALENDAR = OperationalCalendar(england_holidays([2019, 2020]))
# R red, A amber, G green, N no target agreed, "-" no value though the return came, "." no return.
VERDICTS = {"R": Verdict.RED, "A": Verdict.AMBER, "G": Verdict.GREEN, "N": Verdict.NONE}


def months(letters: str) -> list[MonthRead]:
    """A month for each letter, from April 2018."""
    return [_month(add_months(FIRST, number), letter) for number, letter in enumerate(letters)]


def _month(month: date, letter: str) -> MonthRead:
    if letter in VERDICTS:
        return MonthRead(month, Decimal(1), VERDICTS[letter])
    return MonthRead(month, None, Verdict.NOT_AVAILABLE, has_return=letter == "-")


def valued(values: Sequence[int | None]) -> list[MonthRead]:
    return [
        MonthRead(add_months(FIRST, number), None if value is None else Decimal(value))
        for number, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("letters", "running", "counted"),
    [
        ("RRR", 3, 3),
        ("RRR", 4, None),
        ("RAR", 3, 3),  # The floor achieved is still the target missed.
        ("GRR", 3, None),
        ("GRRR", 3, 3),
        ("RRRG", 1, None),  # What was missed before it was met is over.
        ("RRNR", 2, None),  # Without a target there is nothing to miss.
        ("R-RR", 3, 3),  # A missing month is passed over,
        ("R.RR", 3, 3),  # whyever it is missing,
        ("R-RR", 4, None),  # and is not counted.
        ("RRR--", 3, 3),
        ("---", 1, None),
        ("", 1, None),
    ],
)
def test_a_target_is_missed_so_many_months_running(letters: str, running: int, counted: int | None) -> None:
    run = missed_running(months(letters), running)
    assert (len(run.months) if run else None) == counted


@pytest.mark.parametrize(
    ("letters", "running", "counted"),
    [
        ("---", 3, 3),
        ("R--", 3, None),
        ("--R", 1, None),  # It is reported now.
        ("-.-", 2, 2),  # A return that has not come is passed over,
        ("...", 1, None),  # and is a signal of its own.
    ],
)
def test_a_figure_is_not_reported_so_many_months_running(letters: str, running: int, counted: int | None) -> None:
    run = not_reported_running(months(letters), running)
    assert (len(run.months) if run else None) == counted


def test_nought_reported_is_reported() -> None:
    assert not_reported_running(valued([None, None, 0]), 1) is None


@pytest.mark.parametrize(
    ("values", "counted"),
    [([79, 79, 79], 3), ([80, 79, 79], None), ([79, None, 79, 79], 3), ([79, 79, 79, 80], None), ([0, 0, 0], 3)],
)
def test_staff_are_below_a_threshold_so_many_months_running(values: list[int | None], counted: int | None) -> None:
    run = below_running(valued(values), Decimal(80), 3)
    assert (len(run.months) if run else None) == counted


def test_a_run_says_since_when_and_what_it_passed_over() -> None:
    run = missed_running(months("G-RR-R-"), 3)
    assert run is not None
    assert (run.since, run.latest.month) == (date(2018, 6, 1), date(2018, 9, 1))
    assert run.passed_over == (date(2018, 8, 1), date(2018, 10, 1))
    assert run.length == 5


@pytest.mark.parametrize(
    ("on", "days", "late"),
    [
        (date(2019, 10, 14), 1, None),  # On the day it is due nothing is late.
        (date(2019, 10, 15), 1, 1),
        (date(2019, 10, 17), 1, 3),
        (date(2019, 10, 17), 4, None),
        (date(2019, 10, 20), 4, 4),  # A Sunday: no Operational Day after Friday.
    ],
)
def test_a_return_is_so_many_operational_days_late(on: date, days: int, late: int | None) -> None:
    assert late_by(date(2019, 10, 14), on, days, CALENDAR) == late


@given(st.text("RAGN-.", max_size=30), st.integers(1, 12))
def test_a_missing_month_put_in_anywhere_changes_no_verdict(letters: str, running: int) -> None:
    without = missed_running(months(letters.replace("-", "").replace(".", "")), running)
    with_them = missed_running(months(letters), running)
    assert _counted(without) == _counted(with_them)


@given(st.text("RAGN-.", max_size=30), st.integers(1, 12))
def test_a_met_target_at_the_end_always_ends_the_run(letters: str, running: int) -> None:
    assert missed_running(months(letters + "G"), running) is None


@given(st.text("RAGN-.", max_size=30), st.integers(1, 11))
def test_what_is_met_for_more_months_is_met_for_fewer(letters: str, running: int) -> None:
    if missed_running(months(letters), running + 1) is not None:
        assert missed_running(months(letters), running) is not None


@given(st.text("RAGN-.", max_size=30), st.text("RAGN-.", max_size=30), st.integers(1, 6))
def test_what_lies_before_a_met_target_is_forgotten(before: str, after: str, running: int) -> None:
    assert _counted(missed_running(months(before + "G" + after), running)) == _counted(
        missed_running(months(after), running)
    )


@given(st.text("RAGN-.", max_size=30), st.integers(1, 12))
def test_a_run_holds_every_month_since_its_first(letters: str, running: int) -> None:
    series = months(letters)
    for run in (missed_running(series, running), not_reported_running(series, running)):
        if run is not None:
            since = [one.month for one in series if one.month >= run.since]
            assert sorted([*(one.month for one in run.months), *run.passed_over]) == since
            assert len(run.months) >= running


def _counted(run: Run | None) -> int:
    return len(run.months) if run else 0
