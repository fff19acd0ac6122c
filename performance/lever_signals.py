"""When the terms of a contract lever are met: rules over an indicator's months and over due days. Pure.

A month without a value is never a nought and never a miss: it does not count, and it does not end a run either, so
that not reporting cannot put a lever off (docs/decisions/a-missing-month-is-passed-over.md).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.operational_days import OperationalCalendar
from performance.lateness import days_late
from performance.verdicts import Verdict

MISSED = frozenset({Verdict.AMBER, Verdict.RED})


@dataclass(frozen=True, slots=True)
class MonthRead:
    """What is known of an indicator in a month; `has_return` is whether a return of the month was accepted.

    `numerator` and `denominator` are those of a share; `reason` says why there is no value.
    """

    month: date
    value: Decimal | None
    verdict: Verdict = Verdict.NONE
    target: Decimal | None = None
    target_is_illustrative: bool = False
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    reason: str = ""
    has_return: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """The months that count, the oldest first, and those passed over since the first of them."""

    months: tuple[MonthRead, ...]
    passed_over: tuple[date, ...] = ()

    @property
    def since(self) -> date:
        """The first month that counts."""
        return self.months[0].month

    @property
    def latest(self) -> MonthRead:
        """The last month that counts."""
        return self.months[-1]

    @property
    def length(self) -> int:
        """All months since the first that counts, those passed over too."""
        return len(self.months) + len(self.passed_over)


Rule = Callable[[MonthRead], bool]


def missed_running(series: Sequence[MonthRead], months: int) -> Run | None:
    """The run of at least `months` months, at the end of `series`, that miss their target; None without one.

    Amber and red miss it; a met target, and a month in which none was agreed, end the run (003 §4.1).
    """
    return _run(series, months, counts=lambda one: one.verdict in MISSED, says_nothing=_has_no_value)


def not_reported_running(series: Sequence[MonthRead], months: int) -> Run | None:
    """The run of at least `months` months whose accepted return gives no figure; None without one.

    A month without an accepted return is passed over: that the return is late is a signal of its own. A value, a
    nought too, ends the run.
    """
    return _run(
        series,
        months,
        counts=lambda one: one.value is None and one.has_return,
        says_nothing=lambda one: one.value is None and not one.has_return,
    )


def below_running(series: Sequence[MonthRead], threshold: Decimal, months: int) -> Run | None:
    """The run of at least `months` months with a value below `threshold`; None without one. On it is not below."""
    return _run(
        series,
        months,
        counts=lambda one: one.value is not None and one.value < threshold,
        says_nothing=_has_no_value,
    )


def late_by(due_on: date, on: date, days: int, calendar: OperationalCalendar) -> int | None:
    """How many Operational Days a return that has not come is late on the day `on`; None below `days`."""
    late = days_late(due_on, None, on, calendar)
    return late if late is not None and late >= days else None


def _has_no_value(one: MonthRead) -> bool:
    return one.value is None


def _run(series: Sequence[MonthRead], months: int, *, counts: Rule, says_nothing: Rule) -> Run | None:
    """The months that count back from the end of `series` to one that neither counts nor says nothing."""
    counted: list[MonthRead] = []
    silent: list[date] = []
    for one in reversed(series):
        if counts(one):
            counted.append(one)
        elif says_nothing(one):
            silent.append(one.month)
        else:
            break
    if not counted or len(counted) < months:
        return None
    since = counted[-1].month
    return Run(tuple(reversed(counted)), tuple(month for month in reversed(silent) if month > since))
