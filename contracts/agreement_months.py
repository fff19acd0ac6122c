"""Which months an agreement has and asks returns for: the one place that says so. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from contracts.periods import end_month, month_start, months_between


class Term(Protocol):
    """An agreement's days."""

    @property
    def starts_on(self) -> date:
        """Its first day."""

    @property
    def ends_on(self) -> date:
        """The first day after it."""

    @property
    def returns_from(self) -> date:
        """The first day of the first month that a return is required for."""


@dataclass(frozen=True, slots=True)
class AgreementMonths:
    """The months with a day of the agreement, from `first` and before `end`; returns are required from one on.

    A return of an earlier month may be sent, and counts; it is not asked for.
    """

    first: date
    end: date
    returns_from: date

    def required(self, until: date) -> tuple[date, ...]:
        """The months before `until` that a return is required for, in order."""
        return months_between(self.returns_from, min(until, self.end))

    def requires(self, month: date) -> bool:
        """Whether a return is required for `month`."""
        return self.returns_from <= month < self.end

    def first_shown(self, until: date) -> date:
        """Where a series to `until` begins: with the returns, or at an earlier month that is looked at by itself."""
        return min(self.returns_from, until)

    def ended(self, on: date) -> date:
        """The first month that has not ended on the day `on`, or that is no longer the agreement's."""
        return min(month_start(on), self.end)


def months_of(agreement: Term) -> AgreementMonths:
    """The months of `agreement`: one that it starts or ends within is one of them (domain.md, "The monthly return")."""
    first = month_start(agreement.starts_on)
    return AgreementMonths(first, end_month(agreement.ends_on), max(first, agreement.returns_from))
