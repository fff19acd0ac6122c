"""What annual amounts other than those agreed would mean, from a month on. Nothing is saved. Pure; exact pence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.periods import is_in_force, months_between
from funding.instalments import PENNY, instalment, instalment_due
from funding.shares import Share

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class AnnualAmount:
    """An annual amount in pounds while in force: a half-open range of days; no end is no agreed one."""

    pounds: Decimal
    in_force_from: date
    in_force_until: date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """From when the amounts change, when the agreement ends, and what the whole contract comes to by then."""

    first: date
    end: date
    contract: Decimal


@dataclass(frozen=True, slots=True)
class Commitment:
    """Of one element, or of all: the annual amount, the month's instalment, and what is left to pay until the end."""

    annual: Decimal
    monthly: Decimal
    remaining: Decimal


@dataclass(frozen=True, slots=True)
class Changed:
    """One element as agreed and as asked. `caseload` is None, with the reason, where it is not known."""

    code: str
    name: str
    old: Commitment
    new: Commitment
    caseload: Decimal | None = None
    why_no_caseload: str = ""

    @property
    def moved(self) -> Decimal:
        """What leaves the element in a year; below zero where it gains."""
        return self.old.annual - self.new.annual

    @property
    def old_per_case(self) -> Decimal | None:
        """The month's instalment for each case held; None without a caseload."""
        return _each(self.old.monthly, self.caseload)

    @property
    def new_per_case(self) -> Decimal | None:
        """The same with the new amount, at the same caseload."""
        return _each(self.new.monthly, self.caseload)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """All elements as agreed and as asked, with their totals."""

    question: Question
    elements: tuple[Changed, ...]

    @property
    def old(self) -> Commitment:
        """All as agreed."""
        return _all(one.old for one in self.elements)

    @property
    def new(self) -> Commitment:
        """All as asked: what is kept."""
        return _all(one.new for one in self.elements)

    @property
    def moved(self) -> Decimal:
        """What leaves the agreement's elements in a year."""
        return self.old.annual - self.new.annual

    def of_contract(self, amount: Decimal, *, is_new: bool) -> Share:
        """The share of an annual amount in the contract's value, which what is moved leaves."""
        return Share(amount, self.question.contract - (self.moved if is_new else 0))

    def of_council(self, amount: Decimal, *, is_new: bool) -> Share:
        """The share of an annual amount in all that the council pays."""
        return Share(amount, (self.new if is_new else self.old).annual)


def as_agreed(terms: Sequence[AnnualAmount], question: Question) -> Commitment:
    """What the funding lines of one element come to from the month asked about until the agreement ends."""
    held = [one for one in terms if is_in_force(question.first, one.in_force_from, one.in_force_until)]
    return Commitment(
        annual=sum((one.pounds for one in held), NOTHING),
        monthly=sum((instalment(one.pounds, question.first) for one in held), NOTHING),
        remaining=sum((_remaining(one, question) for one in terms), NOTHING),
    )


def as_asked(
    terms: Sequence[AnnualAmount], asked: Decimal | None, question: Question, until: date | None = None
) -> Commitment:
    """The same with `asked` pounds a year from the month on, until the agreement ends, or the element on `until`.

    None, or the amount that is agreed already, leaves the funding lines as they are, later ones included.
    """
    agreed = as_agreed(terms, question)
    if asked is None or asked == agreed.annual:
        return agreed
    return as_agreed([AnnualAmount(asked.quantize(PENNY), question.first, until)], question)


def _remaining(one: AnnualAmount, question: Question) -> Decimal:
    """Its instalments, each by the days in force, from the month asked about until the agreement ends."""
    starts = max(question.first, one.in_force_from)
    ends = question.end if one.in_force_until is None else min(question.end, one.in_force_until)
    months = months_between(starts, ends)
    return sum((instalment_due(one.pounds, month, starts, ends) for month in months), NOTHING)


def _all(held: Iterable[Commitment]) -> Commitment:
    rows = tuple(held)
    return Commitment(
        sum((one.annual for one in rows), NOTHING),
        sum((one.monthly for one in rows), NOTHING),
        sum((one.remaining for one in rows), NOTHING),
    )


def _each(monthly: Decimal, caseload: Decimal | None) -> Decimal | None:
    return monthly / caseload if caseload else None
