"""The months that the open book's page adds up. Pure."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from contracts.formatting import month_name
from contracts.periods import financial_year, financial_year_start


class Period(StrEnum):
    """How far back from its month a page looks."""

    MONTH = "month"
    YEAR = "year"
    ALL = "all"


def period_of(text: str) -> Period:
    """The period that an address names; the month alone for anything else."""
    return Period(text) if text in list(Period) else Period.MONTH


def months_in(period: Period, months: Sequence[date]) -> tuple[date, ...]:
    """Of `months`, in order, those that `period` up to the last of them has."""
    last = months[-1]
    first = {Period.MONTH: last, Period.YEAR: financial_year_start(last), Period.ALL: months[0]}[period]
    return tuple(month for month in months if month >= first)


def when(months: Sequence[date]) -> str:
    """ "in August 2019"; "from April 2018 to August 2019"."""
    first, last = month_name(months[0]), month_name(months[-1])
    return f"in {last}" if len(months) == 1 else f"from {first} to {last}"


def in_words(period: Period, months: Sequence[date]) -> str:
    """ "August 2019"; "April 2019 to August 2019, the year 2019/20 to date"; "April 2018 to August 2019"."""
    if period is Period.MONTH:
        return month_name(months[-1])
    span = f"{month_name(months[0])} to {month_name(months[-1])}" if len(months) > 1 else month_name(months[-1])
    return f"{span}, the year {financial_year(months[-1])} to date" if period is Period.YEAR else span
