"""The payments that stand: of each month and payer there is at most one."""

from django.db.models import QuerySet

from funding.models import Payment, PaymentKind
from funding.payment_moves import LIVE, UNDER_WAY


def live(payments: QuerySet[Payment]) -> QuerySet[Payment]:
    """Those that were neither stopped nor taken back; a counter-entry is none."""
    return payments.filter(kind=PaymentKind.PAYMENT, state__in=LIVE)


def asked_back(payments: QuerySet[Payment]) -> QuerySet[Payment]:
    """The counter-entries on their way: money that is to come back and has not."""
    return payments.filter(kind=PaymentKind.COUNTER_ENTRY, state__in=UNDER_WAY)


def is_live(payment: Payment) -> bool:
    """The same of a payment that was read already."""
    return payment.kind == PaymentKind.PAYMENT and payment.state in LIVE
