"""The committee's comparison: a month against the mean of the twelve months before it (003 §3.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.periods import add_months, month_start

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Comparison:
    """A month's value beside the mean of the twelve months before it.

    `mean` is None where one of the twelve months has no value (`missing` says which); `change_percent` is
    None then, and where the mean is zero. Nothing is rounded.
    """

    month: date
    value: Decimal
    mean: Decimal | None
    change_percent: Decimal | None
    months_used: tuple[date, ...]
    missing: tuple[date, ...]


def against_the_year_before(series: Mapping[date, Decimal | None], month: date) -> Comparison | None:
    """Compare `month` with the mean of the twelve months before it (003 §3.2: 106 to 187 is +76 %).

    `series` holds values by first day of month, in one unit; None or no entry is a month without a value,
    which is never taken as zero. None when `month` itself has no value.
    """
    month = month_start(month)
    value = series.get(month)
    if value is None:
        return None
    months = tuple(add_months(month, -back) for back in range(MONTHS_OF_A_YEAR, 0, -1))
    known = {each: known_value for each in months if (known_value := series.get(each)) is not None}
    mean = sum(known.values(), Decimal(0)) / MONTHS_OF_A_YEAR if len(known) == MONTHS_OF_A_YEAR else None
    return Comparison(
        month=month,
        value=value,
        mean=mean,
        change_percent=percentage_change(mean, value),
        months_used=tuple(known),
        missing=tuple(each for each in months if each not in known),
    )


def percentage_change(before: Decimal | None, after: Decimal) -> Decimal | None:
    """Change in percent of the size of `before`, unrounded; None where `before` is missing or zero."""
    return None if not before else (after - before) / abs(before) * 100
