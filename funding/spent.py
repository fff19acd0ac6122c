"""What an element's open book of a month comes to, or why it comes to nothing. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from contracts.formatting import month_name


class CostLine(Protocol):
    """One line of the open book."""

    @property
    def category(self) -> str:
        """The kind of cost, as the sheet names it."""

    @property
    def amount(self) -> Decimal | None:
        """Pounds; None where it was not reported."""

    @property
    def not_reported_because(self) -> str:
        """The provider's reason."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What was spent, in pounds, and the version of the return that says so; without an amount, why there is none."""

    amount: Decimal | None
    why_not: str = ""
    version: int | None = None


def spent_of(costs: Sequence[CostLine], version: int | None, month: date, provider: str) -> Spent:
    """The sum of an element's costs in `month`. One that was not reported leaves the month without a total."""
    if version is None:
        return Spent(None, f"No open book for {month_name(month)} has been accepted.")
    if not costs:
        return Spent(None, f"The open book for {month_name(month)} says nothing of it.", version)
    unsaid = next((one for one in costs if one.amount is None), None)
    if unsaid is not None:
        return Spent(None, f"{unsaid.category} not reported by {provider}: {unsaid.not_reported_because}", version)
    return Spent(sum((one.amount for one in costs if one.amount is not None), Decimal("0.00")), "", version)


def total_spent(held: Iterable[Spent]) -> Spent:
    """Several months or elements in one; not known where one of them is not."""
    every = list(held)
    unknown = next((one for one in every if one.amount is None), None)
    if unknown is not None:
        return Spent(None, unknown.why_not)
    return Spent(sum((one.amount for one in every if one.amount is not None), Decimal("0.00")))
