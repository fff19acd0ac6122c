"""A financial year of money, gathered from payments where there are any, else from terms and returns of today."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from contracts.models import Agreement
from contracts.periods import financial_year
from funding.models import Direction, Payment, PaymentKind
from funding.payers import councils_of
from funding.payment_moves import LIVE, PaymentState
from funding.queries.schedule import ElementInstalment, instalments
from funding.queries.shortfalls import Shortfall, shortfalls
from funding.queries.spend import Spend, open_book_spend
from funding.year_of_money import ElementMoney, MonthMoney, PaymentInBrief, Sum, YearOfMoney

NOTHING = Decimal("0.00")
# Of the months of one council.
Payments = Mapping[date, Payment]


def year_of_money(agreement: Agreement, months: Sequence[date]) -> YearOfMoney:
    """The money of `months`, which are of one financial year, in order. As many queries for one as for many.

    With several councils an element has what all of them pay for it.
    """
    paid = _live_payments(agreement, months)
    parts: dict[tuple[date, int], list[ElementMoney]] = {}
    for council in councils_of(agreement):
        due = instalments(agreement, months, [council])
        own = {payment.month: payment for payment in paid if payment.payer_id == council.pk}
        funded = _with_what_was_paid(due, own.values())
        spend = open_book_spend(agreement, [(one.element, one.month) for one in funded])
        short = {(one.element.pk, one.month): one for one in shortfalls(agreement, due)}
        for one in funded:
            key = (one.element.pk, one.month)
            parts.setdefault((one.month, one.element.pk), []).append(_money(one, own, short.get(key), spend))
    return YearOfMoney(
        financial_year(months[0]) if months else "",
        tuple(
            MonthMoney(
                month,
                tuple(_in_brief(payment) for payment in paid if payment.month == month),
                tuple(_together(held) for (of_month, _), held in parts.items() if of_month == month),
            )
            for month in months
        ),
    )


def _with_what_was_paid(due: Sequence[ElementInstalment], paid: Iterable[Payment]) -> list[ElementInstalment]:
    """What is due by today's terms, and with £0 what a payment names that no longer is, in the elements' order."""
    held = {(one.month, one.element.pk): one for one in due}
    for payment in paid:
        named = [line.element for line in payment.lines.all()] + [item.element for item in payment.items.all()]
        for element in named:
            held.setdefault((payment.month, element.pk), ElementInstalment(element, payment.month, NOTHING, ()))
    return sorted(held.values(), key=lambda one: (one.month, one.element.position, one.element.pk))


def _live_payments(agreement: Agreement, months: Sequence[date]) -> list[Payment]:
    held = agreement.payments.filter(kind=PaymentKind.PAYMENT, state__in=LIVE, month__in=months)
    return list(held.select_related("payer").prefetch_related("lines__element", "items__element").order_by("number"))


def _in_brief(payment: Payment) -> PaymentInBrief:
    state = PaymentState(payment.state)
    return PaymentInBrief(
        payment.number, payment.payer.short_name, state.value, state.label, payment.ledger_reference, payment.to_pay
    )


def _money(one: ElementInstalment, paid: Payments, short: Shortfall | None, spend: Spend) -> ElementMoney:
    spent = spend.of([(one.element.pk, one.month)])
    payment = paid.get(one.month)
    due, deducted, added = _as_certified(one, payment) if payment else (one.due, _taken_today(short), NOTHING)
    return ElementMoney(
        code=one.element.code,
        name=one.element.name,
        month=one.month,
        instalment=due,
        deducted=deducted,
        added=added,
        spent=Sum(spent.value, spent.reason),
        is_certified=payment is not None,
    )


def _as_certified(one: ElementInstalment, payment: Payment) -> tuple[Decimal, Sum, Decimal]:
    """What was certified for the element: due, deducted, added."""
    moved = {
        direction: sum(
            (x.amount for x in payment.items.all() if x.element_id == one.element.pk and x.direction == direction),
            NOTHING,
        )
        for direction in Direction
    }
    due = sum((line.due for line in payment.lines.all() if line.element_id == one.element.pk), NOTHING)
    return due, Sum(moved[Direction.DEDUCTION]), moved[Direction.ADDITION]


def _taken_today(short: Shortfall | None) -> Sum:
    """The shortfall as the accepted returns have it; an element without an agreed rate has none."""
    return Sum(NOTHING) if short is None else Sum(short.amount, short.why_not)


def _together(held: Sequence[ElementMoney]) -> ElementMoney:
    """One element as all its councils pay for it."""
    if len(held) == 1:
        return held[0]
    unknown = next((one.deducted for one in held if one.deducted.pounds is None), None)
    first = held[0]
    return ElementMoney(
        code=first.code,
        name=first.name,
        month=first.month,
        instalment=sum((one.instalment for one in held), NOTHING),
        deducted=unknown or Sum(sum((one.deducted.pounds or NOTHING for one in held), NOTHING)),
        added=sum((one.added for one in held), NOTHING),
        spent=first.spent,
        is_certified=all(one.is_certified for one in held),
    )
