"""The committee's comparison of a month with the year before (003 §3.2)."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from contracts.periods import add_months, months_between
from performance.comparison import against_the_year_before, percentage_change

YEAR = months_between(date(2018, 4, 1), date(2019, 4, 1))
APRIL = date(2019, 4, 1)
CASELOAD = dict(zip(YEAR, map(Decimal, [88, 92, 95, 97, 99, 101, 104, 108, 112, 118, 126, 132]), strict=True))


def series_of(**changes: Decimal | None) -> dict[date, Decimal | None]:
    return {**CASELOAD, APRIL: Decimal(187), **{date.fromisoformat(day): v for day, v in changes.items()}}


def test_early_help_caseload_of_april_2019_is_76_percent_above_the_year_before() -> None:
    found = against_the_year_before(series_of(), APRIL)
    assert found is not None
    assert found.mean == 106
    assert found.value == 187
    assert found.change_percent is not None
    assert found.change_percent.quantize(Decimal(1), rounding=ROUND_HALF_UP) == 76
    assert found.months_used == YEAR
    assert found.missing == ()


@pytest.mark.parametrize(
    ("mean", "value", "published"),
    [(106, 187, 76), (84, 105, 25), (174, 198, 14)],  # caseload, consultations, liaisons: 003 §3.2
)
def test_published_changes(mean: int, value: int, published: int) -> None:
    change = percentage_change(Decimal(mean), Decimal(value))
    assert change is not None
    assert change.quantize(Decimal(1), rounding=ROUND_HALF_UP) == published


def test_later_months_and_the_month_itself_are_not_in_the_mean() -> None:
    series = series_of(**{"2019-05-01": Decimal(900), "2018-03-01": Decimal(900)})
    found = against_the_year_before(series, APRIL)
    assert found is not None
    assert found.mean == 106


def test_any_day_of_the_month_names_the_month() -> None:
    series = series_of()
    assert against_the_year_before(series, date(2019, 4, 30)) == against_the_year_before(series, APRIL)


def test_a_missing_month_leaves_no_mean_and_is_named() -> None:
    found = against_the_year_before(series_of(**{"2018-09-01": None}), APRIL)
    assert found is not None
    assert (found.mean, found.change_percent) == (None, None)
    assert found.missing == (date(2018, 9, 1),)
    assert len(found.months_used) == 11


def test_zero_is_a_value_and_not_missing() -> None:
    found = against_the_year_before(series_of(**{"2018-04-01": Decimal(0)}), APRIL)
    assert found is not None
    assert found.mean == Decimal(1272 - 88) / 12
    assert found.missing == ()


def test_without_a_value_there_is_nothing_to_compare() -> None:
    assert against_the_year_before(CASELOAD, APRIL) is None
    assert against_the_year_before(series_of(**{"2019-04-01": None}), APRIL) is None


def test_a_mean_of_zero_has_no_percentage() -> None:
    series: dict[date, Decimal | None] = {add_months(APRIL, -back): Decimal(0) for back in range(1, 13)}
    found = against_the_year_before({**series, APRIL: Decimal(5)}, APRIL)
    assert found is not None
    assert (found.mean, found.change_percent) == (Decimal(0), None)


def test_a_fall_is_negative_even_from_a_negative_mean() -> None:
    assert percentage_change(Decimal(100), Decimal(83)) == -17
    assert percentage_change(Decimal(-10), Decimal(-15)) == -50
