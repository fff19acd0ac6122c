"""What today's returns and funding lines change about the months that were paid before."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.models import Agreement, Organisation, ServiceElement
from funding.corrections import WorkedOut, still_to_correct
from funding.draft_items import NOTHING
from funding.empty_posts import kept_amount, kept_posts
from funding.models import ItemKind, PaymentItem, PaymentLine
from funding.queries.live_payments import live
from funding.queries.schedule import ElementInstalment, instalments
from funding.queries.shortfalls import Shortfall, shortfalls

Key = tuple[date, int]
"""A month and an element's key."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One element's earlier month that today's numbers change by `pounds`.

    `is_known` says whether its empty posts are known today; otherwise `now` has the deduction that was known last.
    """

    element: ServiceElement
    month: date
    before: WorkedOut
    now: WorkedOut
    corrected: Decimal
    pounds: Decimal
    is_known: bool
    short: Shortfall | None


def differences(agreement: Agreement, payer: Organisation, month: date) -> Iterator[Difference]:
    """The differences of the months before `month` that `payer` paid, the earliest first, in the elements' order.

    What was paid is the payments that there are: what was cancelled, reversed or did not meet its test counts nothing.
    """
    paid = live(agreement.payments.all()).filter(payer=payer, month__lt=month)
    months = sorted(paid.values_list("month", flat=True))
    if not months:
        return
    lines = {
        (line.payment.month, line.element_id): line
        for line in PaymentLine.objects.filter(payment__in=paid).select_related("payment", "element")
    }
    due = instalments(agreement, months, [payer])
    short = {_key(one): one for one in shortfalls(agreement, due)}
    yield from _compared(lines, {_key(one): one for one in due}, short, _items(agreement, payer))


def _compared(
    lines: Mapping[Key, PaymentLine],
    due: Mapping[Key, ElementInstalment],
    short: Mapping[Key, Shortfall],
    items: Mapping[Key, Sequence[PaymentItem]],
) -> Iterator[Difference]:
    elements = {key: line.element for key, line in lines.items()} | {key: one.element for key, one in due.items()}
    for key in sorted(elements, key=lambda key: (key[0], elements[key].position, key[1])):
        own = items.get(key, ())
        before = _before(lines.get(key), own)
        now = _now(due.get(key), short.get(key), _known_last(before, lines.get(key), own))
        corrected = sum((item.change for item in own if item.kind == ItemKind.CORRECTION), NOTHING)
        pounds = still_to_correct(before, now, corrected)
        is_known = key not in short or short[key].amount is not None or now.deducted is None
        if pounds or not is_known:
            yield Difference(elements[key], key[0], before, now, corrected, pounds, is_known, short.get(key))


def _key(one: ElementInstalment | Shortfall) -> Key:
    return one.month, one.element.pk


def _items(agreement: Agreement, payer: Organisation) -> Mapping[Key, Sequence[PaymentItem]]:
    """The deductions for empty posts, and the corrections, of the payments there are, by the month they are for."""
    rows = PaymentItem.objects.filter(
        payment__in=live(agreement.payments.all()).filter(payer=payer),
        kind__in=[ItemKind.SHORTFALL, ItemKind.CORRECTION],
    )
    held: dict[Key, list[PaymentItem]] = defaultdict(list)
    for item in rows.select_related("payment").order_by("payment__number", "pk"):
        held[item.for_month, item.element_id].append(item)
    return held


def _before(line: PaymentLine | None, items: Sequence[PaymentItem]) -> WorkedOut:
    """What was worked out when the month was certified, with what the certifier did not take of its deduction."""
    if line is None:
        return WorkedOut(NOTHING, None)
    worked_out = kept_amount(line.shortfall)
    taken = sum((-item.change for item in items if item.kind == ItemKind.SHORTFALL), NOTHING)
    return WorkedOut(line.due, worked_out, kept_posts(line.shortfall), max(NOTHING, (worked_out or NOTHING) - taken))


def _known_last(before: WorkedOut, line: PaymentLine | None, items: Sequence[PaymentItem]) -> WorkedOut:
    """The deduction that was known last: by the last correction since the month was certified, else by that."""
    since = [
        item.basis["now"]
        for item in items
        if item.kind == ItemKind.CORRECTION and (line is None or item.payment.number > line.payment.number)
    ]
    if not since:
        return before
    return WorkedOut(before.due, kept_amount(since[-1]), kept_posts(since[-1]))


def _now(due: ElementInstalment | None, short: Shortfall | None, known_last: WorkedOut) -> WorkedOut:
    pounds = due.due if due else NOTHING
    if short is None:
        return WorkedOut(pounds, NOTHING)
    if short.amount is None:
        return WorkedOut(pounds, known_last.deducted, known_last.posts)
    return WorkedOut(pounds, short.amount, short.posts)
