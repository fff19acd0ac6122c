"""The payment of a month, as the page of money shows it."""

from dataclasses import dataclass
from datetime import date

from contracts.access import Permission, Standing
from contracts.agreement_months import months_of
from contracts.periods import add_months
from funding.models import PaymentKind
from funding.payers import own_council
from funding.payment_moves import LIVE
from funding.payment_pages.card import PaymentCard, payment_card
from funding.payment_pages.held import payments_held, with_parts


@dataclass(frozen=True, slots=True)
class PaymentOfMonth:
    """The card of a month's payment; without one, whether the reader may certify it now."""

    card: PaymentCard | None
    may_certify: bool


def payment_of_month(standing: Standing, month: date, on: date) -> PaymentOfMonth | None:
    """What a reader is shown of the payment for `month` on the day `on`; None for who sees no payments.

    Where several councils pay, the reader's own payment; for readers of none, the first.
    """
    if not standing.may(Permission.SEE_PAYMENTS):
        return None
    council = own_council(standing.agreement, standing.user)
    payments = payments_held(standing.agreement).filter(month=month, kind=PaymentKind.PAYMENT, state__in=LIVE)
    if council is not None:
        payments = payments.filter(payer=council)
    payment = with_parts(payments).first()
    if payment is not None:
        return PaymentOfMonth(payment_card(payment, standing), may_certify=False)
    may_certify = council is not None and standing.may(Permission.CERTIFY_PAYMENT)
    return PaymentOfMonth(None, may_certify and _has_ended(standing, month, on))


def _has_ended(standing: Standing, month: date, on: date) -> bool:
    months = months_of(standing.agreement)
    return months.first <= month < months.end and add_months(month, 1) <= on
