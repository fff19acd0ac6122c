"""Deductions and additions before they are certified: worked out by the portal, or entered by who certifies."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from contracts.models import ServiceElement
from funding.models import Direction, ItemKind

NOTHING = Decimal("0.00")
# Beside what a notice that the portal holds withholds, or gives back.
WORKED_OUT = (ItemKind.SHORTFALL, ItemKind.CORRECTION)


@dataclass(frozen=True, slots=True)
class DraftItem:
    """A deduction or an addition of `amount` pounds, above zero, with its reason and what it rests on."""

    element: ServiceElement
    direction: Direction
    kind: ItemKind
    amount: Decimal
    for_month: date
    reason: str
    version_id: int | None = None
    decision_id: int | None = None
    notice: str = ""
    notice_id: int | None = None
    basis: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What tells it from the other items that the portal works out: "correction-2-2019-07"."""
        of_notice = f"-{self.notice_id}" if self.notice_id else ""
        return f"{self.kind}-{self.element.pk}-{self.for_month:%Y-%m}{of_notice}"

    @property
    def is_worked_out(self) -> bool:
        """Whether the portal works it out, so that nobody enters it."""
        return self.kind in WORKED_OUT or self.notice_id is not None

    @property
    def change(self) -> Decimal:
        """What it does to the payment, in pounds: a deduction is below zero."""
        return self.amount if self.direction == Direction.ADDITION else -self.amount


def deducted(items: Iterable[DraftItem]) -> Decimal:
    """The sum of the deductions, in pounds; £0.00 for none."""
    return sum((item.amount for item in items if item.direction == Direction.DEDUCTION), NOTHING)


def added(items: Iterable[DraftItem]) -> Decimal:
    """The sum of the additions, in pounds; £0.00 for none."""
    return sum((item.amount for item in items if item.direction == Direction.ADDITION), NOTHING)
