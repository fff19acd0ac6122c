"""The page of the open book as its template reads it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from contracts.models import ServiceElement
from funding.money_sums import Total
from funding.open_book_page.period import Period


@dataclass(frozen=True, slots=True)
class CostRow:
    """One element, or all of them, in the period: spend by category, and against what was due and to pay.

    `amounts` has one for each category, None where not known; `why_not` says what was left out and why.
    """

    element: ServiceElement | None
    amounts: tuple[Decimal | None, ...]
    money: Total
    why_not: str


@dataclass(frozen=True, slots=True)
class UnitCost:
    """A cost for one of something: pounds spent over how many there were in `months` months.

    Without a value it says why there is none; with one, which months were left out.
    """

    name: str
    value: Decimal | None
    spent: Decimal | None
    count: Decimal | None
    unit: str
    months: int
    why_not: str


@dataclass(frozen=True, slots=True)
class ElementUnitCosts:
    """The unit costs of one element in the period."""

    element: ServiceElement
    costs: tuple[UnitCost, ...]


@dataclass(frozen=True, slots=True)
class CostMonth:
    """One month of the chart: the categories, their sum, and the version of the return they are from."""

    month: date
    amounts: tuple[Decimal | None, ...]
    total: Decimal | None
    version: int | None


@dataclass(frozen=True, slots=True)
class OpenBookPage:
    """Everything the page of the open book shows."""

    month: date
    period: Period
    period_words: str
    element: ServiceElement | None
    elements: tuple[ServiceElement, ...]
    headline: str
    reading: str
    categories: tuple[str, ...]
    rows: tuple[CostRow, ...]
    total: CostRow
    unit_costs: tuple[ElementUnitCosts, ...]
    figure: dict[str, Any] | None
    months: tuple[CostMonth, ...]
    months_reading: str
    version: int | None
