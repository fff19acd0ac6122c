"""Working an indicator out: named sums over named sums, month by month. Pure.

An input that is missing stays missing: no term, month or area is ever taken as zero because nothing was said.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, localcontext
from enum import StrEnum
from typing import Any

from contracts.periods import add_months, count_months, financial_year_start


class Aggregation(StrEnum):
    """Which months an indicator's value of a month is made of."""

    MONTH_END = "month end"
    MONTH_TOTAL = "month total"
    ROLLING_12 = "rolling 12 months"
    YEAR_TO_DATE = "year to date"
    YEAR = "year"
    ANNUAL_RATE = "annual rate in force"


class Part(StrEnum):
    """The two parts of a formula."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


@dataclass(frozen=True, slots=True)
class FormulaTerm:
    """One named sum: `element` None is the whole service; `is_own_element` is the one a figure is worked out for."""

    source: str
    sheet: str = ""
    element: str | None = None
    pathway: str | None = None
    label: str = ""
    is_own_element: bool = False
    is_subtracted: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """An indicator's formula: without denominator terms the value is the numerator itself."""

    aggregation: Aggregation
    numerator: tuple[FormulaTerm, ...]
    denominator: tuple[FormulaTerm, ...] = ()
    is_percentage: bool = False


@dataclass(frozen=True, slots=True)
class Input:
    """One input of one month: a value with where it stands, or None with the reason it is missing."""

    value: Decimal | None
    reason: str = ""
    sources: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Worked:
    """What a formula came to: `value` None always has a `reason`; the sources are kept either way."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    reason: str = ""
    sources: tuple[dict[str, Any], ...] = field(default=())


Lookup = Callable[[FormulaTerm, date], Input]

# Digits carried through sums and divisions: more than any column holds, so that nothing is rounded on the way.
PRECISION = 60


def months_of(aggregation: Aggregation, month: date, returns_from: date = date.min) -> list[date]:
    """The months whose inputs make up the value of `month` (first days, in order).

    A year to date begins with the first month that returns are required for, where that is after 1 April; a month
    before it stands by itself. Rolling 12 months are twelve, or there is no value
    (docs/decisions/first-year-of-returns.md).
    """
    if aggregation is Aggregation.ROLLING_12:
        return [add_months(month, back) for back in range(-11, 1)]
    if aggregation is Aggregation.YEAR_TO_DATE:
        start = min(max(financial_year_start(month), returns_from), month)
        return [add_months(start, ahead) for ahead in range(count_months(start, month) + 1)]
    return [month]


def work_out(formula: Formula, month: date, lookup: Lookup, returns_from: date = date.min) -> Worked:
    """The value of `formula` in `month`, in the indicator's unit, unrounded.

    A denominator that is missing or zero leaves no value, with the reason said. Sums and divisions carry
    `PRECISION` digits. `returns_from` is the first month that returns are required for.
    """
    with localcontext(prec=PRECISION):
        return _worked(formula, months_of(formula.aggregation, month, returns_from), lookup)


def _worked(formula: Formula, months: list[date], lookup: Lookup) -> Worked:
    top = _sum(formula.numerator, months, lookup)
    if not formula.denominator:
        return Worked(top.value, top.value, None, top.reason, top.sources)
    bottom = _sum(formula.denominator, months, lookup)
    sources = (*top.sources, *bottom.sources)
    reason = top.reason or bottom.reason
    if not reason and bottom.value == 0:
        reason = "Nothing to divide by: the denominator is 0."
    if reason:
        return Worked(None, top.value, bottom.value, reason, sources)
    return Worked(_quotient(top, bottom, formula), top.value, bottom.value, "", sources)


def _quotient(top: Input, bottom: Input, formula: Formula) -> Decimal | None:
    if top.value is None or not bottom.value:
        return None
    return top.value * (100 if formula.is_percentage else 1) / bottom.value


def _sum(terms: Iterable[FormulaTerm], months: list[date], lookup: Lookup) -> Input:
    """Add terms over months; one missing input leaves the sum missing."""
    total = Decimal(0)
    sources: list[dict[str, Any]] = []
    missing: list[tuple[date, str]] = []
    for month in months:
        for term in terms:
            given = lookup(term, month)
            sources.extend(given.sources)
            if given.value is None:
                missing.append((month, given.reason))
            else:
                total += -given.value if term.is_subtracted else given.value
    if missing:
        return Input(None, _reason(missing, months), tuple(sources))
    return Input(total, "", tuple(sources))


def _reason(missing: list[tuple[date, str]], months: list[date]) -> str:
    """Say what is missing: of one month plainly, of several with how many lack it."""
    first = missing[0][1]
    if len(months) == 1:
        return first
    lacking = len({month for month, _ in missing})
    return f"Needs {len(months)} months, and {lacking} of them cannot be used. {first}"
