"""What the payments that there are took off and added, by the month and the element that it was for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.models import Agreement, Organisation
from funding.corrections import WorkedOut
from funding.draft_items import NOTHING
from funding.empty_posts import kept_amount, kept_posts
from funding.models import Direction, ItemKind, PaymentItem, PaymentLine
from funding.queries.live_payments import live

Key = tuple[date, int]
"""A month and an element's key."""
BY_HAND = (ItemKind.NOTICE, ItemKind.DECISION)


@dataclass(frozen=True, slots=True)
class PaidItems:
    """The items of the payments that stand, by the month and element that they are for, in the order of payments."""

    rows: Mapping[Key, Sequence[PaymentItem]]

    def corrected(self, key: Key) -> Decimal:
        """What later payments corrected, in pounds; below zero for a deduction."""
        return sum((item.change for item in self._of(key) if item.kind == ItemKind.CORRECTION), NOTHING)

    def shortfall(self, key: Key) -> Decimal:
        """What was taken off for empty posts."""
        return sum((-item.change for item in self._of(key) if item.kind == ItemKind.SHORTFALL), NOTHING)

    def by_hand(self, key: Key) -> Decimal:
        """What certifiers took off by hand, less what they added; never below zero."""
        own = (item for item in self._of(key) if item.kind in BY_HAND and item.contract_notice_id is None)
        return max(NOTHING, sum((-item.change for item in own), NOTHING))

    def withheld(self, key: Key) -> Mapping[int, Decimal]:
        """What was withheld under each notice that is held here, by its key."""
        taken: dict[int, Decimal] = defaultdict(lambda: NOTHING)
        for item in self._of(key):
            if item.contract_notice_id is not None and item.direction == Direction.DEDUCTION:
                taken[item.contract_notice_id] += item.amount
        return dict(taken)

    def given_back(self, of: tuple[int, int]) -> Decimal:
        """What was given back, with whichever payment, under a notice of an element: their keys."""
        every = (item for items in self.rows.values() for item in items)
        own = (item for item in every if (item.contract_notice_id, item.element_id) == of)
        return sum((item.amount for item in own if item.direction == Direction.ADDITION), NOTHING)

    def known_last(self, key: Key, line: PaymentLine | None, before: WorkedOut) -> WorkedOut:
        """The deduction that was known last: by the last correction since the month was certified, else by that."""
        since = [
            item.basis["now"]
            for item in self._of(key)
            if item.kind == ItemKind.CORRECTION and (line is None or item.payment.number > line.payment.number)
        ]
        if not since:
            return before
        return WorkedOut(before.due, kept_amount(since[-1]), kept_posts(since[-1]))

    def _of(self, key: Key) -> Sequence[PaymentItem]:
        return self.rows.get(key, ())


def paid_items(agreement: Agreement, payer: Organisation) -> PaidItems:
    """The items of the payments that `payer` made and that stand. One query."""
    rows = PaymentItem.objects.filter(payment__in=live(agreement.payments.all()).filter(payer=payer))
    held: dict[Key, list[PaymentItem]] = defaultdict(list)
    for item in rows.select_related("payment").order_by("payment__number", "pk"):
        held[item.for_month, item.element_id].append(item)
    return PaidItems(held)
