"""The list of payments: every month by financial year, newest first, with what it comes to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import Http404

from contracts.access import Standing
from contracts.agreement_months import months_of
from contracts.models import Agreement
from contracts.periods import financial_year, month_start, months_between
from funding.models.payments import Payment
from funding.payment_direction import why_no_payment_under
from funding.payment_pages.held import address_of_year, first_months, of_year, payments_held
from funding.payment_pages.rows import PaymentRow, earlier_months, payment_rows
from funding.payment_pages.sums import Sums, counted, left, to_come_back


@dataclass(frozen=True, slots=True)
class YearOfPayments:
    """A financial year's rows, newest first. `counted` leaves out what was stopped; `left` is what was paid."""

    name: str
    address: str
    rows: tuple[PaymentRow, ...]
    counted: Sums
    left: Sums


@dataclass(frozen=True, slots=True)
class PaymentsPage:
    """Everything the page shows; `chosen` is the year as the address has it, empty for all."""

    years: tuple[YearOfPayments, ...]
    choices: tuple[tuple[str, str], ...]
    chosen: str
    counted: Sums
    left: Sums
    to_come_back: Decimal
    earlier: tuple[date, ...]
    has_several_payers: bool
    has_illustrative: bool
    waiting: int
    why_none: str


def payments_page(standing: Standing, *, year: str, on: date) -> PaymentsPage:
    """The payments of the agreement for the year that the address names, empty for all; 404 for no such year."""
    rows = payment_rows(standing, on)
    every = first_months(row.month for row in rows)
    chosen = {year: first_month(every, year)} if year else every
    shown = [row for row in rows if address_of_year(row.month) in chosen]
    payments = [row.payment for row in shown if row.payment]
    return PaymentsPage(
        years=tuple(_year(address, first, shown) for address, first in chosen.items()),
        choices=tuple((address, financial_year(first)) for address, first in every.items()),
        chosen=year,
        counted=counted(payments),
        left=left(payments),
        to_come_back=to_come_back(payments),
        earlier=earlier_months(standing, rows),
        has_several_payers=len({row.payer for row in rows}) > 1,
        has_illustrative=any(one.is_illustrative for one in payments),
        waiting=len(shown) - len(payments),
        why_none=_why_none(standing.agreement, rows, on),
    )


def _why_none(agreement: Agreement, rows: Iterable[PaymentRow], on: date) -> str:
    """Why there is neither a payment nor a month that waits for one; empty where there is."""
    if any(rows):
        return ""
    if why_not := why_no_payment_under(agreement.power):
        return why_not
    months = months_of(agreement)
    if months.required(months.ended(on)):
        return "There is nothing to pay: no council has an instalment in the months that have ended."
    return "There is nothing to pay yet: no month of the agreement has ended."


def payments_of_year(agreement: Agreement, year: str, on: date) -> list[Payment]:
    """The payments that the list shows for `year`, as the address has it, in its order."""
    held = payments_held(agreement)
    if not year:
        return list(held)
    months = months_of(agreement)
    of_agreement = first_months(months_between(months.first, max(months.end, month_start(on))))
    return list(of_year(held, first_month(of_agreement, year)))


def first_month(years: dict[str, date], year: str) -> date:
    """April of a year that the address names; 404 where the list has no such year."""
    if year not in years:
        raise Http404("There are no payments of that year.")
    return years[year]


def _year(address: str, first: date, rows: Iterable[PaymentRow]) -> YearOfPayments:
    own = tuple(row for row in rows if address_of_year(row.month) == address)
    payments = [row.payment for row in own if row.payment]
    return YearOfPayments(
        name=financial_year(first),
        address=address,
        rows=own,
        counted=counted(payments),
        left=left(payments),
    )
