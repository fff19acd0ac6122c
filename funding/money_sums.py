"""Sums over months and elements of money: what was due, deducted, added and spent. Pure; pounds in exact pence.

A number that is not known is None and is left out of every sum, which then says how many it left out.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Protocol

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Entry:
    """One element's money in one month. `deducted` or `spent` None: not known."""

    element: str
    month: date
    due: Decimal
    deducted: Decimal | None = NOTHING
    added: Decimal = NOTHING
    spent: Decimal | None = None

    @property
    def to_pay(self) -> Decimal | None:
        """The instalment less its deductions, with its additions."""
        return None if self.deducted is None else self.due - self.deducted + self.added

    @property
    def left(self) -> Decimal | None:
        """The instalment less what the open book shows as spent; below zero where more was spent."""
        return None if self.spent is None else self.due - self.spent


Amount = Callable[[Entry], Decimal | None]


class Change(Protocol):
    """What is deducted from an instalment, or added to it."""

    @property
    def amount(self) -> Decimal | None:
        """Pounds, above zero; None where not known."""

    @property
    def is_addition(self) -> bool:
        """Whether it is added."""


class Instalment(Protocol):
    """What one council pays for an element and a month."""

    @property
    def due(self) -> Decimal:
        """The instalment in pounds."""

    @property
    def reasons(self) -> Sequence[Change]:
        """What changes it."""


def entry_of(element: str, month: date, held: Sequence[Instalment], spent: Decimal | None) -> Entry:
    """The instalments of all councils in one entry; one deduction that is not known leaves the sum of them unknown."""
    changes = [change for one in held for change in one.reasons]
    deducted = [change.amount for change in changes if not change.is_addition]
    return Entry(
        element=element,
        month=month,
        due=sum((one.due for one in held), NOTHING),
        deducted=None if None in deducted else known_sum(deducted) or NOTHING,
        added=known_sum(change.amount for change in changes if change.is_addition) or NOTHING,
        spent=spent,
    )


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of some entries. `spent` and `left` are of those with a spend alone, None where there is none.

    `due_of_spent` is what was due for them; `left_after` is `left` once deductions and additions are taken in, None
    where a deduction of them is not known. What is deducted and to pay is not known while one deduction is not.
    """

    due: Decimal
    deducted: Decimal | None
    added: Decimal
    to_pay: Decimal | None
    spent: Decimal | None
    left: Decimal | None
    due_of_spent: Decimal
    left_after: Decimal | None
    entries_with_spend: int
    without_spend: tuple[Entry, ...]
    without_deduction: tuple[Entry, ...]


def total_of(entries: Iterable[Entry]) -> Total:
    """The entries in one sum, with those that it had to leave out."""
    held = tuple(entries)
    spent = [one for one in held if one.spent is not None]
    lacking = tuple(one for one in held if one.deducted is None)
    return Total(
        due=_all(held, lambda one: one.due),
        deducted=None if lacking else _all(held, lambda one: one.deducted),
        added=_all(held, lambda one: one.added),
        to_pay=None if lacking else _all(held, lambda one: one.to_pay),
        spent=_known(spent, lambda one: one.spent),
        left=_known(spent, lambda one: one.left),
        due_of_spent=_all(spent, lambda one: one.due),
        left_after=_left_after(spent),
        entries_with_spend=len(spent),
        without_spend=tuple(one for one in held if one.spent is None),
        without_deduction=lacking,
    )


def _left_after(spent: Sequence[Entry]) -> Decimal | None:
    if any(one.to_pay is None for one in spent):
        return None
    paid, used = _known(spent, lambda one: one.to_pay), _known(spent, lambda one: one.spent)
    return None if paid is None or used is None else paid - used


def _known(entries: Iterable[Entry], pick: Amount) -> Decimal | None:
    """The known amounts in one; None where none is known."""
    return known_sum(map(pick, entries))


def known_sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The known ones of some amounts in one; None where none is known."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, NOTHING) if known else None


def _all(entries: Iterable[Entry], pick: Amount) -> Decimal:
    """The amounts in one; £0.00 for no entries."""
    return _known(entries, pick) or NOTHING


def running_left(entries: Iterable[Entry], months: Sequence[date]) -> list[Decimal | None]:
    """What was funded and not spent up to each of `months`; a gap in a month without a spend, passed over after it."""
    grouped: dict[date, list[Entry]] = {month: [] for month in months}
    for one in entries:
        if one.month in grouped:
            grouped[one.month].append(one)
    by_month = {month: total_of(held) for month, held in grouped.items()}
    sums = accumulate(by_month[month].left or NOTHING for month in months)
    return [None if by_month[month].left is None else amount for month, amount in zip(months, sums, strict=True)]
