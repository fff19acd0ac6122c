"""Which payment gives back what another withheld."""

from collections import defaultdict
from decimal import Decimal

from funding.models import Direction, Payment, PaymentItem, PaymentKind
from funding.payment_moves import LIVE


def given_back_since(payment: Payment) -> PaymentItem | None:
    """The latest item that gives back more than was withheld if `payment` were undone; None where none does."""
    notices = payment.items.filter(direction=Direction.DEDUCTION).values("contract_notice")
    rows = PaymentItem.objects.filter(
        contract_notice__in=notices,
        payment__payer=payment.payer_id,
        payment__kind=PaymentKind.PAYMENT,
        payment__state__in=LIVE,
    ).exclude(payment=payment)
    left: dict[tuple[int | None, int], Decimal] = defaultdict(Decimal)
    last: dict[tuple[int | None, int], PaymentItem] = {}
    for item in rows.select_related("payment", "element").order_by("pk"):
        key = (item.contract_notice_id, item.element_id)
        left[key] -= item.change
        if item.direction == Direction.ADDITION:
            last[key] = item
    return next((last[key] for key, pounds in left.items() if pounds < 0), None)
