"""Whether a certificate still says what today's funding lines, returns and notices say of its month."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from contracts.formatting import money
from funding.draft_items import NOTHING
from funding.empty_posts import kept_amount
from funding.models import Payment, PaymentKind, PaymentLine
from funding.queries.schedule import ElementInstalment, instalments
from funding.queries.shortfalls import Shortfall, shortfalls
from funding.queries.withheld import withheld
from funding.queries.withholding_notices import withholding_notices


def changed_since_certified(payment: Payment) -> str:
    """What was certified and is worked out otherwise now, in one sentence; empty where nothing changed.

    Empty posts that were known and are not reported now are no change. A counter-entry takes back what it takes back.
    """
    if payment.kind == PaymentKind.COUNTER_ENTRY:
        return ""
    lines = {line.element: line for line in payment.lines.select_related("element").order_by("element__position")}
    due = instalments(payment.agreement, [payment.month], [payment.payer])
    now = {one.element: one.due for one in due}
    found = shortfalls(payment.agreement, due)
    short = {one.element: one.amount for one in found}
    for element in [*lines, *(one for one in now if one not in lines)]:
        line = lines.get(element)
        then, is_due = line.due if line else NOTHING, now.get(element, NOTHING)
        if then != is_due:
            return f"the instalment of {element.short_name} was {money(then)} and is {money(is_due)} now"
        kept, deducted = kept_amount(line.shortfall) if line else None, short.get(element, NOTHING)
        if deducted is not None and kept != deducted:
            was = "not known" if kept is None else money(kept)
            return f"the deduction for empty posts of {element.short_name} was {was} and is {money(deducted)} now"
    return _withheld_otherwise(list(lines.values()), _withheld(payment, due, found))


def _withheld(
    payment: Payment, due: Sequence[ElementInstalment], found: Sequence[Shortfall]
) -> dict[tuple[int, int], tuple[Decimal, str]]:
    """What notices withhold by today's terms, by element and notice, with what to call it."""
    taken = {(one.element.pk, one.month): one.amount or NOTHING for one in found}
    held = withheld(withholding_notices(payment.agreement), due, taken)
    return {(one.element.pk, one.of.notice.pk): (one.amount, one.of.reference) for one in held if one.amount}


def _withheld_otherwise(lines: Sequence[PaymentLine], now: Mapping[tuple[int, int], tuple[Decimal, str]]) -> str:
    """What is withheld otherwise than when the lines were certified, as a sentence; empty where nothing is."""
    kept = {
        (line.element_id, one["notice"]): (Decimal(one["amount"]), one["reference"])
        for line in lines
        for one in line.withheld
    }
    names = {line.element_id: line.element.short_name for line in lines}
    for key in [*kept, *(one for one in now if one not in kept)]:
        was, then = kept.get(key, (NOTHING, "")), now.get(key, (NOTHING, ""))
        if was[0] != then[0]:
            return (
                f"what {was[1] or then[1]} withholds of {names.get(key[0], 'an element')} was {money(was[0])} and is "
                f"{money(then[0])} now"
            )
    return ""
