"""What a payment was certified with, never what would be worked out today."""

from collections.abc import Collection, Iterator
from decimal import Decimal

from contracts.models import ServiceElement
from funding.charges import Charge, Reason
from funding.deductions import share_of_empty_posts
from funding.empty_posts import deduction_in_words, kept_posts
from funding.models import Direction, ItemKind, Payment, PaymentItem, PaymentLine

NOTHING = Decimal("0.00")


def certified_charges(payment: Payment, illustrative: Collection[int]) -> Iterator[Charge]:
    """A charge for each element of the payment, also for one that it only adds to.

    `illustrative` are the keys of the rates that are in no published paper. No queries of its own: the payment comes
    with its lines and items.
    """
    lines = {line.element_id: line for line in payment.lines.all()}
    elements = {line.element_id: line.element for line in lines.values()}
    elements |= {item.element_id: item.element for item in payment.items.all()}
    for key, element in elements.items():
        yield _charge(payment, element, lines.get(key), illustrative)


def _charge(
    payment: Payment, element: ServiceElement, line: PaymentLine | None, illustrative: Collection[int]
) -> Charge:
    items = [item for item in payment.items.all() if item.element_id == element.pk]
    return Charge(
        element=element,
        month=payment.month,
        payer=payment.payer,
        due=line.due if line else NOTHING,
        terms=tuple(line.terms) if line else (),
        reasons=tuple(_reason(payment, line, item, illustrative) for item in items),
        is_certified=True,
    )


def _reason(payment: Payment, line: PaymentLine | None, item: PaymentItem, illustrative: Collection[int]) -> Reason:
    return Reason(
        element=item.element,
        month=payment.month,
        payer=payment.payer,
        words=_words(line, item),
        amount=item.amount,
        is_addition=item.direction == Direction.ADDITION,
        is_certified=True,
        is_illustrative=payment.is_illustrative or _rate_of(item) in illustrative,
        rests_on=_rests_on(item),
        notice=item.contract_notice_id,
        for_month=item.for_month if item.kind == ItemKind.CORRECTION else None,
        return_month=item.version.of_return.month if item.version else None,
        version=item.version.number if item.version else None,
    )


def _rate_of(item: PaymentItem) -> int | None:
    """The key of the rate that the item was worked out by; a correction's is the one of today's number."""
    basis = item.basis.get("now", item.basis)
    rate: int | None = basis.get("rate")
    return rate


def _rests_on(item: PaymentItem) -> str:
    """The notice or the decision behind it, by its reference."""
    if item.notice:
        return f"Notice {item.notice}"
    return f"Decision {item.decision.number}" if item.decision else ""


def _words(line: PaymentLine | None, item: PaymentItem) -> str:
    """A share for empty posts as the page says it of every month; any other reason as it was certified."""
    posts = kept_posts(item.basis)
    if line and item.kind == ItemKind.SHORTFALL and posts and share_of_empty_posts(line.due, posts) == item.amount:
        return deduction_in_words(item.element.name, line.due, posts, None)
    return f"{item.element.short_name}: {item.reason}"
