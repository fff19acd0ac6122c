"""The list of payments: every month by financial year, newest first, with what it comes to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import Http404

from contracts.access import Permission, Standing
from contracts.agreement_months import months_of
from contracts.models import Agreement, Organisation
from contracts.periods import financial_year
from funding.models.payments import Payment, PaymentKind
from funding.payers import councils_of, own_council
from funding.payment_moves import LEFT, LIVE, PaymentState
from funding.payment_pages.held import address_of_year, first_months, of_year, payments_held
from funding.payment_pages.wording import colour_of, is_counted, state_words
from funding.queries.schedule import instalments

NOUGHT = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment, or a month that waits for one: then `payment` is None and only what is due is known."""

    month: date
    payer: str
    due: Decimal
    state: str
    colour: str
    payment: Payment | None = None
    may_certify: bool = False

    @property
    def taken(self) -> Decimal | None:
        """What was deducted with the sign it has in what is to pay; None for a month that waits."""
        return -self.payment.deducted if self.payment else None

    @property
    def order(self) -> tuple[date, int]:
        """By month, a month that waits for its payment above what it had before."""
        return self.month, self.payment.number if self.payment else 2**31


@dataclass(frozen=True, slots=True)
class Sums:
    """What payments come to, in pounds."""

    due: Decimal
    deducted: Decimal
    added: Decimal
    to_pay: Decimal

    @property
    def taken(self) -> Decimal:
        """What was deducted with the sign it has in what is to pay."""
        return -self.deducted


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
    has_several_payers: bool
    has_illustrative: bool
    waiting: int


def payments_page(standing: Standing, *, year: str, on: date) -> PaymentsPage:
    """The payments of the agreement for the year that the address names, empty for all; 404 for no such year."""
    agreement = standing.agreement
    held = list(payments_held(agreement))
    waiting = _waiting(standing, held, on)
    rows = sorted((*map(_row, held), *waiting), key=lambda row: row.order, reverse=True)
    every = first_months(row.month for row in rows)
    chosen = {year: first_month(every, year)} if year else every
    shown = [row for row in rows if address_of_year(row.month) in chosen]
    payments = [row.payment for row in shown if row.payment]
    return PaymentsPage(
        years=tuple(_year(address, first, shown) for address, first in chosen.items()),
        choices=tuple((address, financial_year(first)) for address, first in every.items()),
        chosen=year,
        counted=_sums(one for one in payments if is_counted(one)),
        left=_sums(one for one in payments if PaymentState(one.state) in LEFT),
        has_several_payers=len({row.payer for row in rows}) > 1,
        has_illustrative=any(one.is_illustrative for one in payments),
        waiting=sum(row.payment is None for row in shown),
    )


def payments_of_year(agreement: Agreement, year: str) -> list[Payment]:
    """The payments that the list shows for `year`, as the address has it, in its order."""
    held = payments_held(agreement)
    if not year:
        return list(held)
    return list(of_year(held, first_month(first_months(one.month for one in held), year)))


def first_month(years: dict[str, date], year: str) -> date:
    """April of a year that the address names; 404 where the list has no such year."""
    if year not in years:
        raise Http404("There are no payments of that year.")
    return years[year]


def _waiting(standing: Standing, held: Iterable[Payment], on: date) -> list[PaymentRow]:
    """The months that have ended, that a council owes an instalment for, and that have no live payment."""
    months = months_of(standing.agreement)
    ended = months.required(months.ended(on))
    own = own_council(standing.agreement, standing.user) if standing.may(Permission.CERTIFY_PAYMENT) else None
    paid = {(one.payer_id, one.month) for one in held if one.kind == PaymentKind.PAYMENT and one.state in LIVE}
    return [
        PaymentRow(month, council.short_name, due, "Not certified", "grey", may_certify=council == own)
        for council in councils_of(standing.agreement)
        for month, due in _due(standing.agreement, ended, council).items()
        if (council.pk, month) not in paid
    ]


def _due(agreement: Agreement, months: Sequence[date], payer: Organisation) -> dict[date, Decimal]:
    """What each month is due in all from one council."""
    due: dict[date, Decimal] = {}
    for one in instalments(agreement, months, [payer]):
        due[one.month] = due.get(one.month, NOUGHT) + one.due
    return due


def _row(payment: Payment) -> PaymentRow:
    return PaymentRow(
        payment.month, payment.payer.short_name, payment.due, state_words(payment), colour_of(payment), payment
    )


def _year(address: str, first: date, rows: Iterable[PaymentRow]) -> YearOfPayments:
    own = tuple(row for row in rows if address_of_year(row.month) == address)
    payments = [row.payment for row in own if row.payment]
    return YearOfPayments(
        name=financial_year(first),
        address=address,
        rows=own,
        counted=_sums(one for one in payments if is_counted(one)),
        left=_sums(one for one in payments if PaymentState(one.state) in LEFT),
    )


def _sums(payments: Iterable[Payment]) -> Sums:
    held = list(payments)
    return Sums(
        due=sum((one.due for one in held), NOUGHT),
        deducted=sum((one.deducted for one in held), NOUGHT),
        added=sum((one.added for one in held), NOUGHT),
        to_pay=sum((one.to_pay for one in held), NOUGHT),
    )
