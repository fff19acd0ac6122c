"""The payment of a month, as the page of money shows it."""

from dataclasses import dataclass
from datetime import date

from contracts.access import Standing
from contracts.permissions import Permission
from funding.payers import own_council
from funding.payment_pages.card import PaymentCard, payment_card
from funding.payment_pages.certify import may_certify
from funding.payment_pages.held import payments_held, with_parts
from funding.queries.live_payments import asked_back, is_live, live


@dataclass(frozen=True, slots=True)
class PaymentOfMonth:
    """The cards of a month's payments and of what is asked back of them; whether the reader may certify it now."""

    cards: tuple[PaymentCard, ...]
    may_certify: bool


def payment_of_month(standing: Standing, month: date, on: date) -> PaymentOfMonth | None:
    """What a reader is shown of the payment for `month` on the day `on`; None for who sees no payments.

    Where several councils pay, the reader's own payment; for readers of none, each council's.
    """
    if not standing.may(Permission.SEE_PAYMENTS):
        return None
    council = own_council(standing.agreement, standing.user)
    payments = payments_held(standing.agreement).filter(month=month)
    if council is not None:
        payments = payments.filter(payer=council)
    shown = with_parts(live(payments) | asked_back(payments)).order_by("payer__name", "pk")
    cards = tuple(payment_card(payment, standing) for payment in shown)
    is_paid_for = any(is_live(card.payment) for card in cards)
    return PaymentOfMonth(cards, not is_paid_for and may_certify(standing, month, on))
