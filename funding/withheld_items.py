"""What notices withhold and give back, as items that a certificate proposes."""

from datetime import date

from funding.draft_items import DraftItem
from funding.models import Direction, ItemKind
from funding.queries.withheld import GivenBack, Withheld

LONGEST_REASON = 500


def withheld_item(one: Withheld) -> DraftItem:
    """The deduction of what a notice withholds of its month."""
    return DraftItem(
        element=one.element,
        direction=Direction.DEDUCTION,
        kind=ItemKind.NOTICE,
        amount=one.amount,
        for_month=one.month,
        reason=one.words[:LONGEST_REASON],
        notice=one.of.reference,
        notice_id=one.of.notice.pk,
        basis=one.basis,
    )


def given_back_item(one: GivenBack, month: date) -> DraftItem:
    """The addition, with the payment of `month`, of what a notice withheld before."""
    return DraftItem(
        element=one.element,
        direction=Direction.ADDITION,
        kind=ItemKind.NOTICE,
        amount=one.amount,
        for_month=month,
        reason=one.words[:LONGEST_REASON],
        notice=one.of.reference,
        notice_id=one.of.notice.pk,
        basis=one.basis,
    )
