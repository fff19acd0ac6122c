"""What today's returns and funding lines change about the months that were paid before."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.models import Agreement, Organisation, ServiceElement
from funding.corrections import WorkedOut, still_to_correct
from funding.draft_items import NOTHING
from funding.empty_posts import kept_amount, kept_posts
from funding.models import Direction, ItemKind, PaymentItem, PaymentKind, PaymentLine
from funding.payment_moves import LIVE
from funding.queries.schedule import ElementInstalment, instalments
from funding.queries.shortfalls import Shortfall, shortfalls

Key = tuple[date, int]
"""A month and an element's key."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One element's earlier month that today's numbers change; `pounds` None where today's are not known."""

    element: ServiceElement
    month: date
    before: WorkedOut
    now: WorkedOut
    corrected: Decimal
    pounds: Decimal | None
    short: Shortfall | None


def differences(agreement: Agreement, payer: Organisation, month: date) -> Iterator[Difference]:
    """The differences of the months before `month` that `payer` paid, the earliest first, in the elements' order.

    What was paid is the payments that there are: what was cancelled, reversed or did not meet its test counts nothing.
    """
    paid = agreement.payments.filter(payer=payer, kind=PaymentKind.PAYMENT, state__in=LIVE, month__lt=month)
    months = sorted(paid.values_list("month", flat=True))
    if not months:
        return
    lines = {
        (line.payment.month, line.element_id): line
        for line in PaymentLine.objects.filter(payment__in=paid).select_related("payment", "element")
    }
    due = instalments(agreement, months, [payer])
    short = {_key(one): one for one in shortfalls(agreement, due)}
    yield from _compared(lines, {_key(one): one for one in due}, short, _corrected(agreement, payer))


def _compared(
    lines: Mapping[Key, PaymentLine],
    due: Mapping[Key, ElementInstalment],
    short: Mapping[Key, Shortfall],
    corrected: Mapping[Key, Decimal],
) -> Iterator[Difference]:
    elements = {key: line.element for key, line in lines.items()} | {key: one.element for key, one in due.items()}
    for key in sorted(elements, key=lambda key: (key[0], elements[key].position, key[1])):
        before = _before(lines.get(key))
        now = _now(due.get(key), short.get(key))
        taken = corrected.get(key, NOTHING)
        pounds = still_to_correct(before, now, taken)
        if pounds != 0:
            yield Difference(elements[key], key[0], before, now, taken, pounds, short.get(key))


def _key(one: ElementInstalment | Shortfall) -> Key:
    return one.month, one.element.pk


def _corrected(agreement: Agreement, payer: Organisation) -> Mapping[Key, Decimal]:
    """What the payments there are corrected of other months, added less deducted, in pounds."""
    rows = PaymentItem.objects.filter(
        payment__agreement=agreement,
        payment__payer=payer,
        payment__kind=PaymentKind.PAYMENT,
        payment__state__in=LIVE,
        kind=ItemKind.CORRECTION,
    ).values_list("for_month", "element_id", "direction", "amount")
    taken: dict[Key, Decimal] = defaultdict(lambda: NOTHING)
    for month, element, direction, amount in rows:
        taken[month, element] += amount if direction == Direction.ADDITION else -amount
    return taken


def _before(line: PaymentLine | None) -> WorkedOut:
    if line is None:
        return WorkedOut(NOTHING, None)
    return WorkedOut(line.due, kept_amount(line.shortfall), kept_posts(line.shortfall))


def _now(due: ElementInstalment | None, short: Shortfall | None) -> WorkedOut:
    pounds = due.due if due else NOTHING
    return WorkedOut(pounds, short.amount, short.posts) if short else WorkedOut(pounds, NOTHING)
