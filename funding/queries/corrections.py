"""Corrections of months that were paid before: what today's returns and funding lines change about them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.formatting import money, month_name
from contracts.models import Agreement, Organisation, ServiceElement
from funding.corrections import WorkedOut, reason_of, still_to_correct
from funding.draft_items import NOTHING, DraftItem
from funding.empty_posts import kept_amount, kept_posts, posts_as_kept
from funding.models import Direction, ItemKind, PaymentItem, PaymentKind, PaymentLine
from funding.payment_moves import LIVE
from funding.queries.schedule import instalments
from funding.queries.shortfalls import Shortfall, shortfalls

Key = tuple[date, int]
"""A month and an element's key."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """The items to propose, and sentences on what is not known or cannot be recovered yet."""

    items: tuple[DraftItem, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One element's earlier month that today's numbers change."""

    element: ServiceElement
    month: date
    before: WorkedOut
    now: WorkedOut
    corrected: Decimal
    pounds: Decimal | None
    short: Shortfall | None


def corrections(agreement: Agreement, payer: Organisation, month: date, room: Mapping[int, Decimal]) -> Corrections:
    """What to add and deduct with the payment of `month` for the months before it that `payer` paid.

    `room` is what may still be deducted from each element, by its key, in pounds. A deduction takes no more than that:
    the rest is proposed with the next payment, and said until then.
    """
    found = list(_differences(agreement, payer, month))
    left = defaultdict(lambda: NOTHING, room)
    items: list[DraftItem] = []
    unknown: list[str] = []
    for one in sorted(found, key=lambda one: one.pounds is not None and one.pounds < 0):
        if one.pounds is None:
            unknown.append(_not_known(one))
            continue
        pounds = max(one.pounds, -left[one.element.pk])
        left[one.element.pk] += pounds
        if pounds:
            items.append(_item(one, pounds))
        if pounds > one.pounds:
            unknown.append(_to_recover(one, pounds - one.pounds))
    return Corrections(tuple(items), tuple(unknown))


def _differences(agreement: Agreement, payer: Organisation, month: date) -> Iterator[Difference]:
    paid = _paid(agreement, payer, month)
    if not paid:
        return
    due = instalments(agreement, sorted(paid), [payer])
    short = {(one.month, one.element.pk): one for one in shortfalls(agreement, due)}
    by_key = {(one.month, one.element.pk): one for one in due}
    lines = {(each, line.element_id): line for each, held in paid.items() for line in held}
    elements = {one.element.pk: one.element for one in due} | {line.element_id: line.element for line in lines.values()}
    corrected = _corrected(agreement, payer)
    for key in sorted(by_key.keys() | lines.keys(), key=lambda key: (key[0], elements[key[1]].position)):
        before = _before(lines.get(key))
        held = by_key.get(key)
        now = _now(held.due if held else NOTHING, short.get(key))
        pounds = still_to_correct(before, now, corrected[key])
        if pounds is None or pounds:
            yield Difference(elements[key[1]], key[0], before, now, corrected[key], pounds, short.get(key))


def _paid(agreement: Agreement, payer: Organisation, month: date) -> dict[date, list[PaymentLine]]:
    """The lines of the payments there are of the months before `month`."""
    paid = agreement.payments.filter(payer=payer, kind=PaymentKind.PAYMENT, state__in=LIVE, month__lt=month)
    return {one.month: list(one.lines.all()) for one in paid.prefetch_related("lines__element")}


def _corrected(agreement: Agreement, payer: Organisation) -> dict[Key, Decimal]:
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


def _now(due: Decimal, short: Shortfall | None) -> WorkedOut:
    return WorkedOut(due, NOTHING) if short is None else WorkedOut(due, short.amount, short.posts)


def _item(one: Difference, pounds: Decimal) -> DraftItem:
    return DraftItem(
        element=one.element,
        direction=Direction.ADDITION if pounds > 0 else Direction.DEDUCTION,
        kind=ItemKind.CORRECTION,
        amount=abs(pounds),
        for_month=one.month,
        reason=reason_of(one.month, one.before, one.now, one.corrected)[:500],
        version_id=one.short.version_id if one.short else None,
        basis=_basis(one),
    )


def _basis(one: Difference) -> dict[str, object]:
    sources = one.short.sources if one.short else ()
    rate = one.short.rate.pk if one.short else 0
    return {
        "before": {"due": str(one.before.due)} | posts_as_kept(one.before.deducted, one.before.posts, (), rate),
        "now": {"due": str(one.now.due)} | posts_as_kept(one.now.deducted, one.now.posts, sources, rate),
        "corrected_before": str(one.corrected),
    }


def _not_known(one: Difference) -> str:
    why = one.short.why_not if one.short else ""
    return (
        f"Whether {month_name(one.month)} must be corrected for {one.element.short_name} is not known: its empty posts "
        f"were known when it was paid and are not now. {why}"
    )


def _to_recover(one: Difference, pounds: Decimal) -> str:
    return (
        f"{money(pounds)} of {one.element.short_name} for {month_name(one.month)} is still to recover: no more is due "
        "for it in this month."
    )
