"""The payment of a month, as the page of money shows it."""

from dataclasses import dataclass
from datetime import date

from contracts.access import Permission, Standing
from funding.payers import own_council
from funding.payment_pages.card import PaymentCard, payment_card
from funding.payment_pages.certify import may_certify
from funding.payment_pages.held import payments_held, with_parts
from funding.queries.live_payments import live


@dataclass(frozen=True, slots=True)
class PaymentOfMonth:
    """The cards of a month's payments; without one, whether the reader may certify it now."""

    cards: tuple[PaymentCard, ...]
    may_certify: bool


def payment_of_month(standing: Standing, month: date, on: date) -> PaymentOfMonth | None:
    """What a reader is shown of the payment for `month` on the day `on`; None for who sees no payments.

    Where several councils pay, the reader's own payment; for readers of none, each council's.
    """
    if not standing.may(Permission.SEE_PAYMENTS):
        return None
    council = own_council(standing.agreement, standing.user)
    payments = live(payments_held(standing.agreement)).filter(month=month)
    if council is not None:
        payments = payments.filter(payer=council)
    cards = tuple(payment_card(payment, standing) for payment in with_parts(payments).order_by("payer__name", "pk"))
    if cards:
        return PaymentOfMonth(cards, may_certify=False)
    return PaymentOfMonth((), may_certify(standing, month, on))
