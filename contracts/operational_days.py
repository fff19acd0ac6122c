"""Operational Days: days that are no Saturday, Sunday or bank holiday in England (NHS Standard Contract)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import holidays

from contracts.periods import month_end

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def is_weekend(day: date) -> bool:
    """Saturday or Sunday."""
    return day.weekday() >= SATURDAY


def england_holidays(years: Iterable[int]) -> frozenset[date]:
    """The bank holidays in England of these years, as the days actually taken.

    Where a holiday falls on a weekend only its substitute day is here, as on gov.uk; the `holidays` library
    lists both. Years far ahead follow the rules in force; a holiday proclaimed later is not known yet.
    """
    known = holidays.country_holidays("GB", subdiv="ENG", years=list(years))
    return frozenset(day for day in known if not is_weekend(day))


@dataclass(frozen=True, slots=True)
class OperationalCalendar:
    """Counts Operational Days, given the bank holidays; it knows no holidays beside those."""

    holidays: frozenset[date]

    def is_operational(self, day: date) -> bool:
        """Whether `day` is an Operational Day."""
        return not is_weekend(day) and day not in self.holidays

    def add(self, start: date, count: int) -> date:
        """The day that is `count` Operational Days after `start`.

        The day of service is not counted (NHS Standard Contract, notices): counting begins on the day after
        `start`, Operational Day or not. With 0 it is `start` itself. Raises ValueError if `count`
        is negative.
        """
        if count < 0:
            raise ValueError(f"{count} Operational Days cannot be counted: give 0 or more.")
        day = start
        while count:
            day += ONE_DAY
            count -= self.is_operational(day)
        return day

    def before(self, end: date, count: int) -> date:
        """The day that is `count` Operational Days before `end`: adding as many to it leads to `end` again.

        With 0 it is `end` itself. Raises ValueError if `count` is negative.
        """
        if count < 0:
            raise ValueError(f"{count} Operational Days cannot be counted: give 0 or more.")
        day = end
        while count:
            day -= ONE_DAY
            count -= self.is_operational(day)
        return day

    def due_after_month(self, month: date, count: int) -> date:
        """The `count`-th Operational Day after the month of `month` has ended (the return's due day)."""
        return self.add(month_end(month), count)

    def between(self, first: date, last: date) -> int:
        """The Operational Days after `first` up to and with `last`; negative if `last` is the earlier.

        From today to a due date it is the days left; from a due date to today, the days late.
        """
        if last < first:
            return -self.between(last, first)
        days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
        return sum(map(self.is_operational, days))
