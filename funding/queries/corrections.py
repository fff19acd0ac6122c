"""Corrections of months that were paid before, as far as what is due now lets them be taken."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.formatting import money, month_name
from contracts.models import Agreement, Organisation
from funding.corrections import WorkedOut, reason_of
from funding.draft_items import NOTHING, DraftItem
from funding.empty_posts import posts_as_kept
from funding.models import Direction, ItemKind
from funding.queries.paid_months import PaidMonth, paid_months


@dataclass(frozen=True, slots=True)
class Corrections:
    """The items to propose, and sentences on what is not known or cannot be recovered yet."""

    items: tuple[DraftItem, ...]
    unknown: tuple[str, ...]


def corrections(agreement: Agreement, payer: Organisation, month: date, room: Mapping[int, Decimal]) -> Corrections:
    """What to add and deduct with the payment of `month` for the months before it that `payer` paid."""
    return corrections_of(paid_months(agreement, payer), month, room)


def corrections_of(paid: Sequence[PaidMonth], month: date, room: Mapping[int, Decimal]) -> Corrections:
    """The same of months that were compared already: what today's returns and funding lines change about them.

    `room` is what may still be deducted from each element, by its key, in pounds. A deduction takes no more than that:
    the rest is proposed with the next payment, and said until then. What is added may be deducted, so additions first.
    """
    left = defaultdict(lambda: NOTHING, room)
    items: list[DraftItem] = []
    unknown: list[str] = []
    changed = [one for one in paid if one.month < month and (one.pounds or not one.is_known)]
    for one in sorted(changed, key=lambda one: one.pounds < 0):
        if not one.is_known:
            unknown.append(_not_known(one))
        pounds = max(one.pounds, -left[one.element.pk])
        left[one.element.pk] += pounds
        if pounds:
            items.append(_item(one, pounds))
        if pounds > one.pounds:
            unknown.append(_to_recover(one, pounds - one.pounds, is_due=room.get(one.element.pk) is not None))
    return Corrections(tuple(items), tuple(unknown))


def _item(one: PaidMonth, pounds: Decimal) -> DraftItem:
    return DraftItem(
        element=one.element,
        direction=Direction.ADDITION if pounds > 0 else Direction.DEDUCTION,
        kind=ItemKind.CORRECTION,
        amount=abs(pounds),
        for_month=one.month,
        reason=_reason(one, pounds)[:500],
        version_id=one.short.version_id if one.short and one.is_known else None,
        basis=_basis(one),
    )


def _reason(one: PaidMonth, pounds: Decimal) -> str:
    said = reason_of(one.month, one.before, one.now, one.corrected)
    if pounds == one.pounds:
        return said
    return f"{said}; {money(abs(pounds))} of {money(abs(one.pounds))} is taken now, the rest later"


def _basis(one: PaidMonth) -> dict[str, object]:
    sources = one.short.sources if one.short else ()
    rate = one.short.rate.pk if one.short else 0
    return {
        "waived": str(one.before.waived),
        "before": _of_instalment(one.before) | posts_as_kept(one.before.deducted, one.before.posts, (), rate),
        "now": _of_instalment(one.now) | posts_as_kept(one.now.deducted, one.now.posts, sources, rate),
        "corrected_before": str(one.corrected),
    }


def _of_instalment(worked_out: WorkedOut) -> dict[str, str]:
    return {"due": str(worked_out.due), "withheld": str(worked_out.withheld)}


def _not_known(one: PaidMonth) -> str:
    why = one.short.why_not if one.short else ""
    return (
        f"Whether the deduction of {one.element.short_name} for {month_name(one.month)} must change is not known: "
        f"its empty posts were known before and are not now, so it stays as it was. {why}"
    )


def _to_recover(one: PaidMonth, pounds: Decimal, *, is_due: bool) -> str:
    """What cannot be taken now, and how it is: later, or by taking back the whole payment of the month."""
    said = f"{money(pounds)} of {one.element.short_name} for {month_name(one.month)} is still to recover: "
    if is_due:
        return f"{said}it is more than this month’s instalment. The rest is proposed with the next payment."
    return (
        f"{said}nothing is due for it in this month. To recover it now, take back the payment of "
        f"{month_name(one.month)} with a counter-entry, and certify that month again."
    )
