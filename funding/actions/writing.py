"""Writing the lines and items of a payment."""

from collections.abc import Sequence
from typing import Any

from funding.draft_items import NOTHING, DraftItem
from funding.empty_posts import posts_as_kept
from funding.models import Direction, Payment, PaymentItem, PaymentLine
from funding.queries.proposal import Proposal
from funding.queries.withheld import kept_withheld


def write_lines(payment: Payment, now: Proposal, items: Sequence[DraftItem]) -> None:
    """A line for each instalment; one of £0.00 for an element that has only a correction, so that it is tested."""
    kept = _shortfalls(now)
    lines = {
        one.element.pk: PaymentLine(
            payment=payment,
            element=one.element,
            due=one.due,
            terms=list(one.terms),
            shortfall=kept.get(one.element.pk, {}),
            withheld=kept_withheld(held for held in now.withheld if held.element == one.element),
        )
        for one in now.instalments
    }
    for item in items:
        lines.setdefault(item.element.pk, PaymentLine(payment=payment, element=item.element, due=NOTHING))
    PaymentLine.objects.bulk_create(lines.values())


def write_items(payment: Payment, items: Sequence[DraftItem]) -> None:
    """The additions first: a deduction may take what was added."""
    for item in sorted(items, key=lambda item: item.direction != Direction.ADDITION):
        PaymentItem.objects.create(
            payment=payment,
            element=item.element,
            direction=item.direction,
            kind=item.kind,
            amount=item.amount,
            for_month=item.for_month,
            reason=item.reason.strip(),
            version_id=item.version_id,
            decision_id=item.decision_id,
            notice=item.notice.strip(),
            contract_notice_id=item.notice_id,
            basis=item.basis,
        )


def _shortfalls(now: Proposal) -> dict[int, dict[str, Any]]:
    return {
        one.element.pk: posts_as_kept(one.amount, one.posts, one.sources, one.rate.pk, one.why_not)
        for one in now.shortfalls
    }


def certificate_said(payment: Payment) -> dict[str, Any]:
    """What a certificate says and rests on, as its event keeps it: pounds as text, elements by their codes."""
    lines = payment.lines.select_related("element").order_by("pk")
    items = payment.items.select_related("element", "decision", "version__of_return").order_by("pk")
    return {
        "to_pay": str(payment.to_pay),
        "deducted": str(payment.deducted),
        "added": str(payment.added),
        "instalments": {line.element.code: str(line.due) for line in lines},
        "items": [_said(item) for item in items],
    }


def _said(item: PaymentItem) -> dict[str, Any]:
    said: dict[str, Any] = {
        "element": item.element.short_name,
        "direction": item.direction,
        "kind": item.kind,
        "amount": str(item.amount),
        "for_month": item.for_month.isoformat(),
        "reason": item.reason,
    }
    if item.version:
        said["version"] = f"{item.version.of_return.month:%Y-%m}, version {item.version.number}"
    if item.decision:
        said["decision"] = item.decision.number
    return said | ({"notice": item.notice} if item.notice else {})
