"""A financial year of an agreement's money, month by month and element by element. Imports no Django."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.agreement_months import Term, months_of
from contracts.periods import financial_year, months_between

YEAR = re.compile(r"(\d{4})[/-](\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sum:
    """Pounds, or None with the reason why they are not known."""

    pounds: Decimal | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ElementMoney:
    """One element in one month: what was due, taken away, added, and spent by the open book.

    `is_certified` says whether the first four are as certified, or as terms and returns have them today.
    """

    code: str
    name: str
    month: date
    instalment: Decimal
    deducted: Sum
    added: Decimal
    spent: Sum
    is_certified: bool

    @property
    def to_pay(self) -> Sum:
        """Instalment less deductions plus additions; not known where a deduction is not."""
        if self.deducted.pounds is None:
            return self.deducted
        return Sum(self.instalment - self.deducted.pounds + self.added)

    @property
    def difference(self) -> Sum:
        """Instalment, before deductions, less what was spent; below zero where more was spent."""
        return self.spent if self.spent.pounds is None else Sum(self.instalment - self.spent.pounds)


@dataclass(frozen=True, slots=True)
class PaymentInBrief:
    """The payment of a month that is under way or made."""

    number: int
    payer: str
    state: str
    state_in_words: str
    ledger_reference: str
    to_pay: Decimal


@dataclass(frozen=True, slots=True)
class MonthMoney:
    """One month: its payments, and each element that is funded in it."""

    month: date
    payments: tuple[PaymentInBrief, ...]
    elements: tuple[ElementMoney, ...]

    @property
    def is_certified(self) -> bool:
        """Whether every element's money is as certified."""
        return bool(self.elements) and all(one.is_certified for one in self.elements)


@dataclass(frozen=True, slots=True)
class KnownTotal:
    """A total over the months in which the amount is known, of how many; None, never 0, where it is known in none."""

    pounds: Decimal | None
    known: int
    of: int

    @property
    def reason(self) -> str:
        """What the total leaves out."""
        return "" if self.known == self.of else f"Known for {self.known} of {self.of} monthly amounts."


@dataclass(frozen=True, slots=True)
class Totals:
    """Of one element, or of all, over the year."""

    instalment: Decimal
    deducted: KnownTotal
    added: Decimal
    to_pay: KnownTotal
    spent: KnownTotal
    difference: KnownTotal


@dataclass(frozen=True, slots=True)
class YearOfMoney:
    """The months of a financial year that the agreement runs in, in order."""

    year: str
    months: tuple[MonthMoney, ...]

    @property
    def every(self) -> tuple[ElementMoney, ...]:
        """Every element of every month."""
        return tuple(one for month in self.months for one in month.elements)

    @property
    def names(self) -> dict[str, str]:
        """The name of each element funded in the year, by its code."""
        return {one.code: one.name for one in self.every}

    def totals_of(self, code: str) -> Totals:
        """The year of one element."""
        return totals(one for one in self.every if one.code == code)


def totals(held: Iterable[ElementMoney]) -> Totals:
    """What the amounts come to."""
    rows = tuple(held)
    return Totals(
        instalment=sum((one.instalment for one in rows), Decimal("0.00")),
        deducted=_known(rows, lambda one: one.deducted),
        added=sum((one.added for one in rows), Decimal("0.00")),
        to_pay=_known(rows, lambda one: one.to_pay),
        spent=_known(rows, lambda one: one.spent),
        difference=_known(rows, lambda one: one.difference),
    )


def _known(rows: Sequence[ElementMoney], amount: Callable[[ElementMoney], Sum]) -> KnownTotal:
    known = [pounds for one in rows if (pounds := amount(one).pounds) is not None]
    return KnownTotal(sum(known, Decimal("0.00")) if known else None, len(known), len(rows))


def years_of(term: Term) -> tuple[str, ...]:
    """The financial years that the agreement has a month in: "2017/18" and on."""
    months = months_of(term)
    return tuple(dict.fromkeys(financial_year(month) for month in months_between(months.first, months.end)))


def months_of_year(text: str, term: Term) -> tuple[date, ...]:
    """The agreement's months in the year written as "2019/20" or "2019-20".

    Raises ValueError with a plain sentence that names the years there are.
    """
    found = YEAR.fullmatch(text.strip())
    year = f"{found[1]}/{found[2]}" if found else ""
    there = years_of(term)
    if year not in there:
        raise ValueError(f"There is no financial year {text} in this agreement. There are: {', '.join(there)}.")
    months = months_of(term)
    return tuple(one for one in months_between(months.first, months.end) if financial_year(one) == year)
