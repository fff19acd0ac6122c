"""Whether a certificate still says what today's funding lines and returns say of its month."""

from contracts.formatting import money
from funding.draft_items import NOTHING
from funding.empty_posts import kept_amount
from funding.models import Payment, PaymentKind
from funding.queries.schedule import instalments
from funding.queries.shortfalls import shortfalls


def changed_since_certified(payment: Payment) -> str:
    """What was certified and is worked out otherwise now, in one sentence; empty where nothing changed.

    Empty posts that were known and are not reported now are no change. A counter-entry takes back what it takes back.
    """
    if payment.kind == PaymentKind.COUNTER_ENTRY:
        return ""
    lines = {line.element: line for line in payment.lines.select_related("element").order_by("element__position")}
    due = instalments(payment.agreement, [payment.month], [payment.payer])
    now = {one.element: one.due for one in due}
    short = {one.element: one.amount for one in shortfalls(payment.agreement, due)}
    for element in [*lines, *(one for one in now if one not in lines)]:
        line = lines.get(element)
        then, is_due = line.due if line else NOTHING, now.get(element, NOTHING)
        if then != is_due:
            return f"the instalment of {element.short_name} was {money(then)} and is {money(is_due)} now"
        kept, deducted = kept_amount(line.shortfall) if line else None, short.get(element, NOTHING)
        if deducted is not None and kept != deducted:
            was = "not known" if kept is None else money(kept)
            return f"the deduction for empty posts of {element.short_name} was {was} and is {money(deducted)} now"
    return ""
