"""The page of money as its template reads it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from contracts.models import ServiceElement
from funding.charges import Reason
from funding.known_shares import KnownShare
from funding.money_sums import Entry, Total
from funding.shares import Share
from funding.spent import Spent


@dataclass(frozen=True, slots=True)
class FundingTerm:
    """A funding line as an instalment followed from it: pounds a year, what it made due, and its source."""

    payer: str
    annual: Decimal
    due: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class ElementRow:
    """One element in the month shown: its entry, what its numbers rest on, and its sum since the first month.

    An element that was paid for before and is not in this month has no entry.
    """

    element: ServiceElement
    entry: Entry | None
    spent: Spent
    terms: tuple[FundingTerm, ...]
    since: Total
    of_contract: KnownShare
    of_caseload: KnownShare


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment of a month, for those who may see it: how far it has come. `payer` where several councils pay."""

    number: int
    payer: str
    state: str
    colour: str


@dataclass(frozen=True, slots=True)
class MonthRow:
    """All elements in one month; `left_out` names those whose spend is not known."""

    month: date
    total: Total
    left_out: str
    payments: tuple[Payment, ...]


@dataclass(frozen=True, slots=True)
class RunningTotals:
    """What was funded and not spent, element by element: chart, reading, notes and table (newest month first)."""

    figure: dict[str, Any] | None
    reading: str
    notes: str
    names: tuple[str, ...]
    rows: tuple[tuple[date, tuple[Decimal | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class ValueRow:
    """What one organisation pays a year for one thing, and its share of all that is paid for the service."""

    funder: str
    what: str
    annual: Decimal
    share: Share
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class MoneyPage:
    """Everything the page of money shows. `to_correct` is what a later payment is to correct of the month."""

    month: date
    first_month: date
    headline: str
    lead: str
    rows: tuple[ElementRow, ...]
    total: Total
    since: Total
    left_out: tuple[str, ...]
    reasons: tuple[Reason, ...]
    to_correct: tuple[Reason, ...]
    running: RunningTotals
    months: tuple[MonthRow, ...]
    count_of_months: int
    value: tuple[ValueRow, ...]
    value_of_service: Decimal
    sees_payments: bool
    has_additions: bool
    has_illustrative: bool
    has_several_payers: bool
