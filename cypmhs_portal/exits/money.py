"""What is left to pay for an element until it ends: the last payment, each instalment still to pay, corrections."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.access import Standing
from contracts.agreement_months import months_of
from contracts.models import ServiceElement
from contracts.periods import add_months, month_start, months_between
from contracts.permissions import Permission
from cypmhs_portal.exits.endings import Ending
from funding.charges import Charges, Reason
from funding.models import Payment
from funding.payers import councils_of
from funding.payment_moves import PaymentState
from funding.payment_pages.wording import colour_of, state_words
from funding.queries.deducted import charges
from funding.queries.schedule import instalments_by_payer

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Commitment:
    """A month's instalment of the element, and how far its payment has come; the number where the reader sees it."""

    month: date
    due: Decimal
    state: str
    colour: str
    number: int | None = None
    is_paid: bool = False


@dataclass(frozen=True, slots=True)
class MoneyToTheEnd:
    """The last month's instalment, those still to pay in order, and corrections that a later payment is to make.

    `withheld` is what payments withheld under notices and did not give back, in pounds.
    """

    last: Commitment | None
    to_pay: tuple[Commitment, ...]
    corrections: tuple[Reason, ...]
    withheld: Decimal

    @property
    def total(self) -> Decimal:
        """What is still to pay, before deductions."""
        return sum((one.due for one in self.to_pay), NOTHING)


def money_to_the_end(element: ServiceElement, ending: Ending, standing: Standing, on: date) -> MoneyToTheEnd:
    """The instalments from the first month that returns are asked for to the last, as the terms have them today."""
    agreement = element.agreement
    first = max(month_start(element.in_force_from), months_of(agreement).returns_from)
    months = months_between(first, add_months(ending.last_month, 1))
    found = charges(agreement, months, sees_payments=standing.may(Permission.SEE_PAYMENTS))
    own = [one for one in instalments_by_payer(agreement, months, councils_of(agreement)) if one.element == element]
    due: dict[date, Decimal] = {}
    for one in own:
        due[one.month] = due.get(one.month, NOTHING) + one.due
    every = [_commitment(month, due[month], found, standing, on) for month in months if month in due]
    return MoneyToTheEnd(
        last=every[-1] if every and every[-1].month == ending.last_month else None,
        to_pay=tuple(one for one in every if not one.is_paid),
        corrections=tuple(one for one in found.corrections if one.element == element),
        withheld=_withheld(element, found),
    )


def _withheld(element: ServiceElement, found: Charges) -> Decimal:
    reasons = (one for charge in found.charges if charge.element == element for one in charge.reasons)
    under_notices = [one for one in reasons if one.is_certified and one.notice is not None and one.amount]
    return sum(
        (-(one.amount or NOTHING) if one.is_addition else one.amount or NOTHING for one in under_notices), NOTHING
    )


def _commitment(month: date, due: Decimal, found: Charges, standing: Standing, on: date) -> Commitment:
    payments = found.payments.get(month, ())
    if not payments:
        has_ended = month < month_start(on)
        return Commitment(
            month, due, "Not certified" if has_ended else "Not due yet", "yellow" if has_ended else "grey"
        )
    least = min(payments, key=_progress)
    number = least.number if standing.may(Permission.SEE_PAYMENTS) else None
    is_paid = all(one.state == PaymentState.PAID for one in payments)
    return Commitment(month, due, state_words(least), colour_of(least), number, is_paid)


def _progress(payment: Payment) -> int:
    """How far a payment has come, among those of a month from several councils."""
    return list(PaymentState).index(PaymentState(payment.state))
