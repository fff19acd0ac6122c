"""Months, financial years and half-open ranges of days.

A month is the date of its first day. A range runs from its first day up to, but without, its last;
None as last day means that no end is agreed.
"""

from calendar import monthrange
from datetime import date, timedelta

MONTHS_OF_A_YEAR = 12
FIRST_MONTH_OF_FINANCIAL_YEAR = 4
# A day that somebody types lies between these two; any other is a slip of the finger.
EARLIEST_DAY, LATEST_DAY = date(1990, 1, 1), date(2100, 12, 31)


def month_start(day: date) -> date:
    """The first day of the month that `day` is in."""
    return date(day.year, day.month, 1)


def month_end(day: date) -> date:
    """The last day of the month that `day` is in."""
    return date(day.year, day.month, monthrange(day.year, day.month)[1])


def add_months(month: date, count: int) -> date:
    """The first day of the month `count` months after (before, if negative) that of `month`."""
    years, months = divmod(month.year * MONTHS_OF_A_YEAR + month.month - 1 + count, MONTHS_OF_A_YEAR)
    return date(years, months + 1, 1)


def add_calendar_months(day: date, count: int) -> date:
    """The corresponding day `count` months on, or the last day of that month if it has none.

    The corresponding date rule of English law (Dodds v Walker [1981] 1 WLR 1027): two months after
    31 December is 28 or 29 February.
    """
    first = add_months(day, count)
    return min(first + timedelta(days=day.day - 1), month_end(first))


def count_months(first: date, second: date) -> int:
    """How many months the month of `second` is after that of `first`; negative if it is before."""
    return (second.year - first.year) * MONTHS_OF_A_YEAR + second.month - first.month


def months_between(first: date, end: date) -> tuple[date, ...]:
    """The months that have a day in the half-open range from `first` to `end`, in order."""
    if end <= first:
        return ()
    last = end - timedelta(days=1)
    return tuple(add_months(first, count) for count in range(count_months(first, last) + 1))


def end_month(until: date) -> date:
    """The first month that has no day before `until`: the end, in months, of a range of days."""
    return month_start(until) if until.day == 1 else add_months(until, 1)


def parse_month(text: str) -> date:
    """The month written as "2019-08". Raises ValueError with a plain sentence for anything else."""
    year, dash, month = text.strip().partition("-")
    is_written_so = dash and len(year) == len("2019") and len(month) == len("08") and (year + month).isascii()
    try:
        if not is_written_so or not (year + month).isdigit():
            raise ValueError
        return date(int(year), int(month), 1)
    except ValueError:
        message = f'"{text}" is no month: write the year and the month as in 2019-08.'
        raise ValueError(message) from None


def financial_year_start(day: date) -> date:
    """1 April of the financial year that `day` is in (1 April to 31 March)."""
    is_before_april = day.month < FIRST_MONTH_OF_FINANCIAL_YEAR
    return date(day.year - is_before_april, FIRST_MONTH_OF_FINANCIAL_YEAR, 1)


def financial_year(day: date) -> str:
    """The financial year that `day` is in, as "2019/20"."""
    first = financial_year_start(day)
    return f"{first.year}/{(first.year + 1) % 100:02d}"


def financial_year_months(day: date) -> tuple[date, ...]:
    """The twelve months, April to March, of the financial year that `day` is in."""
    first = financial_year_start(day)
    return tuple(add_months(first, count) for count in range(MONTHS_OF_A_YEAR))


def is_in_force(on: date, in_force_from: date, in_force_until: date | None) -> bool:
    """Whether `on` is in the half-open range: its first day is, its last is not."""
    return in_force_from <= on and (in_force_until is None or on < in_force_until)


def ranges_overlap(first: date, first_until: date | None, second: date, second_until: date | None) -> bool:
    """Whether two half-open ranges share a day. Ranges that only touch do not; an empty one never does."""
    begins = max(first, second)
    ends = [until for until in (first_until, second_until) if until is not None]
    return not ends or begins < min(ends)


def days_in_force(month: date, in_force_from: date, in_force_until: date | None) -> range:
    """The days of the month in force, as the half-open range of days gone by since its first day.

    The whole of April is `range(0, 30)`; in force from the 16th, `range(15, 30)`.
    """
    first, after = month_start(month), add_months(month, 1)
    begins = max(first, in_force_from)
    ends = after if in_force_until is None else min(after, in_force_until)
    return range((begins - first).days, max((ends - first).days, (begins - first).days))
