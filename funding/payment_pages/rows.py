"""The rows of the list of payments: what was certified, and the months that wait for it."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.access import Standing
from contracts.agreement_months import months_of
from contracts.models import Agreement, Organisation
from contracts.periods import months_between
from funding.models.payments import Payment
from funding.payers import councils_of, own_council
from funding.payment_direction import why_no_payment_under
from funding.payment_pages.held import payments_held
from funding.payment_pages.wording import colour_of, state_words
from funding.queries.live_payments import is_live
from funding.queries.schedule import instalments
from funding.queries.settlement import settlement_month
from funding.who_may import certifying

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


def payment_rows(standing: Standing, on: date) -> list[PaymentRow]:
    """Every payment of the agreement and every month that waits for one, newest first."""
    held = list(payments_held(standing.agreement))
    rows = [*map(_row, held), *_waiting(standing, held, on)]
    return sorted(rows, key=lambda row: row.order, reverse=True)


def _waiting(standing: Standing, held: Iterable[Payment], on: date) -> list[PaymentRow]:
    """The months that have ended, that a council owes an instalment or corrections for, and without a live payment."""
    if why_no_payment_under(standing.agreement.power):
        return []
    months = months_of(standing.agreement)
    ended = months.required(months.ended(on))
    own = own_council(standing.agreement, standing.user) if certifying(standing).may else None
    paid = {(one.payer_id, one.month) for one in held if is_live(one)}
    return [
        PaymentRow(month, council.short_name, due, "Not certified", "grey", may_certify=council == own)
        for council in councils_of(standing.agreement)
        for month, due in _to_certify(
            standing.agreement, council, ended, {month for payer, month in paid if payer == council.pk}, on
        ).items()
    ]


def earlier_months(standing: Standing, rows: Iterable[PaymentRow]) -> tuple[date, ...]:
    """The months before returns were asked for that the reader may certify: they do not wait, they may be paid."""
    council = own_council(standing.agreement, standing.user) if certifying(standing).may else None
    if council is None:
        return ()
    months = months_of(standing.agreement)
    held = [row.payment for row in rows if row.payment]
    paid = {one.month for one in held if one.payer_id == council.pk and is_live(one)}
    due = _due(standing.agreement, months_between(months.first, months.returns_from), council)
    return tuple(month for month in due if month not in paid)


def _to_certify(
    agreement: Agreement, council: Organisation, ended: Sequence[date], paid: Set[date], on: date
) -> dict[date, Decimal]:
    """The months that wait with what is due: those of instalments, else one for corrections that add money."""
    due = _due(agreement, ended, council)
    waiting = {month: pounds for month, pounds in due.items() if month not in paid}
    if waiting:
        return waiting
    settled = settlement_month(agreement, council, due.keys() | paid, on)
    return {settled: NOUGHT} if settled else {}


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
