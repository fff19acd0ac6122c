"""Monthly instalments: exact pence, and twelve of them are the year."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.periods import add_months, financial_year_months, month_end
from funding.instalments import instalment, instalment_due

AUGUST, MARCH = date(2019, 8, 1), date(2020, 3, 1)
ANNUAL = st.decimals(min_value=0, max_value=100_000_000, places=2, allow_nan=False)
MONTHS = st.dates(min_value=date(2017, 4, 1), max_value=date(2027, 3, 31)).map(lambda day: day.replace(day=1))


@pytest.mark.parametrize(
    ("annual", "month", "pounds"),
    [
        ("1200000", AUGUST, "100000.00"),  # Early Help, 004 §1.8
        ("240000", AUGUST, "20000.00"),  # KHNES
        ("1000000", AUGUST, "83333.33"),  # LAC
        ("1000000", MARCH, "83333.37"),
        ("217000", AUGUST, "18083.33"),  # HSB
        ("217000", MARCH, "18083.37"),
        ("0", MARCH, "0.00"),
        ("0.11", AUGUST, "0.00"),
        ("0.11", MARCH, "0.11"),
        ("0.23", MARCH, "0.12"),
    ],
)
def test_instalments(annual: str, month: date, pounds: str) -> None:
    found = instalment(Decimal(annual), month)
    assert found == Decimal(pounds)
    assert str(found) == pounds  # always shown and stored to the penny


def test_seventeen_months_of_all_four_elements() -> None:
    months = [add_months(date(2018, 4, 1), number) for number in range(17)]
    lines = [Decimal(annual) for annual in (1_200_000, 240_000, 1_000_000, 217_000)]
    assert sum(instalment(line, month) for line in lines for month in months) == Decimal("3764083.30")


@pytest.mark.parametrize("annual", ["-1", "10.005"])
def test_amounts_that_cannot_be_paid_are_refused(annual: str) -> None:
    with pytest.raises(ValueError, match="zero or more in whole pence"):
        instalment(Decimal(annual), AUGUST)


def test_a_line_in_force_for_part_of_a_month_is_due_by_days() -> None:
    early_help, start = Decimal(1_200_000), date(2017, 9, 1)
    assert instalment_due(early_help, date(2019, 4, 1), date(2019, 4, 16)) == Decimal("50000.00")
    assert instalment_due(early_help, date(2019, 4, 1), start, date(2019, 4, 2)) == Decimal("3333.33")
    assert instalment_due(early_help, date(2019, 4, 1), start, date(2019, 4, 1)) == 0
    assert instalment_due(early_help, date(2019, 4, 1), date(2019, 5, 1)) == 0
    assert instalment_due(early_help, date(2019, 4, 1), start) == 100_000


@given(ANNUAL, MONTHS)
def test_twelve_months_add_to_the_year(annual: Decimal, month: date) -> None:
    parts = [instalment(annual, each) for each in financial_year_months(month)]
    assert sum(parts) == annual
    assert len(set(parts[:11])) == 1
    assert Decimal(0) <= parts[11] - parts[0] <= Decimal("0.11")


@given(ANNUAL, MONTHS, st.integers(0, 31))
def test_a_month_cut_in_two_adds_to_the_whole(annual: Decimal, month: date, after_days: int) -> None:
    cut = min(month + timedelta(days=after_days), month_end(month) + timedelta(days=1))
    before = instalment_due(annual, month, date(2000, 1, 1), cut)
    after = instalment_due(annual, month, cut, None)
    assert before + after == instalment(annual, month)
    assert before >= 0
    assert after >= 0


@given(ANNUAL, MONTHS, st.lists(st.integers(0, 366), max_size=6))
def test_a_year_cut_at_any_days_adds_to_the_year(annual: Decimal, month: date, cuts: list[int]) -> None:
    year = financial_year_months(month)
    first, end = year[0], add_months(year[-1], 1)
    days = sorted({first, end, *(min(end, first + timedelta(days=cut)) for cut in cuts)})
    lines = list(pairwise(days))
    by_month = [sum(instalment_due(annual, each, *line) for line in lines) for each in year]
    # No day is paid twice and none is left out, whichever month a line begins or ends in.
    assert by_month == [instalment(annual, each) for each in year]
    assert sum(by_month) == annual


@given(ANNUAL, ANNUAL, MONTHS, st.integers(0, 31))
def test_a_change_within_a_month_is_by_days(before: Decimal, after: Decimal, month: date, days: int) -> None:
    cut = min(month + timedelta(days=days), month_end(month) + timedelta(days=1))
    due = instalment_due(before, month, date(2000, 1, 1), cut) + instalment_due(after, month, cut)
    ends = sorted([instalment(before, month), instalment(after, month)])
    # Each part is rounded down to the penny at its two ends.
    assert ends[0] - Decimal("0.01") <= due <= ends[1] + Decimal("0.01")
    assert due == due.quantize(Decimal("0.01"))
