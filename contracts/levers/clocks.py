"""The clock of a stage: when it runs out, how many days are left, and what a pause or an extension does. Pure.

Days are Operational Days, and the day that a clock starts on does not count (NHS Standard Contract, notices). A
clock of calendar months ends on the corresponding day, Operational Day or not.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from contracts.operational_days import ONE_DAY, OperationalCalendar
from contracts.periods import MONTHS_OF_A_YEAR, add_calendar_months, is_in_force

LONGEST = timedelta(days=366 * 60)
DAYS_SURELY_IN_A_YEAR = 200


class Unit(StrEnum):
    """What a clock counts; the values are those of `contracts.models.ClockUnit`."""

    OPERATIONAL_DAYS = "operational-days"
    CALENDAR_MONTHS = "calendar-months"


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count: from `first` up to, but without, `until`."""

    first: date
    until: date

    def covers(self, day: date) -> bool:
        """Whether `day` does not count."""
        return is_in_force(day, self.first, self.until)


@dataclass(frozen=True, slots=True)
class Clock:
    """So many Operational Days or calendar months from a day on, with what was agreed to change it.

    `extra` is the sum of the extensions, in the same unit; `ended_on` the day that the stage was left.
    """

    started_on: date
    count: int
    unit: Unit = Unit.OPERATIONAL_DAYS
    extra: int = 0
    pauses: tuple[Pause, ...] = ()
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What a clock says on a day: due when, Operational Days left (below zero: over), since when over, whether paused.

    `days_left` is 0 on the due day itself, and days that a pause covers are not among them; `days_used` are those that
    counted so far. `overdue_since` is the first day after the due day; None while there is time.
    """

    due_on: date
    days_left: int
    days_used: int
    overdue_since: date | None
    is_paused: bool
    is_running: bool


def due_day(clock: Clock, calendar: OperationalCalendar) -> date:
    """The last day on which what the stage waits for is in time.

    A paused Operational Day is not counted. A clock of calendar months is put off by a day for each day it was
    paused. Raises ValueError for a clock that never runs out.
    """
    if clock.unit == Unit.OPERATIONAL_DAYS:
        return _due_in_days(clock, calendar)
    return _due_in_months(clock)


def read(clock: Clock, calendar: OperationalCalendar, on: date, *, due_on: date | None = None) -> ClockReading:
    """What `clock` says at the end of the day `on`; an ended clock says what it said on the day it ended.

    `due_on` is the day that was kept as the one it is due, which counts until the clock is timed anew; None has it
    worked out.
    """
    due = due_day(clock, calendar) if due_on is None else due_on
    day = on if clock.ended_on is None else min(on, clock.ended_on)
    return ClockReading(
        due_on=due,
        days_left=_days_left(clock, calendar, day, due),
        days_used=_counted(clock, calendar, clock.started_on, day),
        overdue_since=due + ONE_DAY if day > due else None,
        is_paused=clock.ended_on is None and any(pause.covers(on) for pause in clock.pauses),
        is_running=clock.ended_on is None,
    )


def last_year_of(clock: Clock) -> int:
    """A year that the clock has surely run out by, for the bank holidays that it takes to tell when.

    A year has more than 200 Operational Days; whatever is paused is added.
    """
    paused = sum((pause.until - pause.first).days for pause in clock.pauses)
    per_year = DAYS_SURELY_IN_A_YEAR if clock.unit == Unit.OPERATIONAL_DAYS else MONTHS_OF_A_YEAR
    years = (clock.count + clock.extra) // per_year + paused // DAYS_SURELY_IN_A_YEAR + 2
    return clock.started_on.year + min(years, LONGEST.days // 365)


def _due_in_days(clock: Clock, calendar: OperationalCalendar) -> date:
    day, left = clock.started_on, clock.count + clock.extra
    while left:
        day += ONE_DAY
        if day - clock.started_on > LONGEST:
            raise ValueError("This clock never runs out: look at its pauses.")
        left -= calendar.is_operational(day) and not _is_paused(clock, day)
    return day


def _due_in_months(clock: Clock) -> date:
    due = add_calendar_months(clock.started_on, clock.count + clock.extra)
    day = clock.started_on
    while day < due:
        day += ONE_DAY
        due += ONE_DAY if _is_paused(clock, day) else timedelta(0)
        if due - clock.started_on > LONGEST:
            raise ValueError("This clock never runs out: look at its pauses.")
    return due


def _days_left(clock: Clock, calendar: OperationalCalendar, day: date, due: date) -> int:
    if due < day:
        return calendar.between(day, due)
    return _counted(clock, calendar, day, due)


def _counted(clock: Clock, calendar: OperationalCalendar, first: date, last: date) -> int:
    """The Operational Days after `first` up to and with `last` that no pause covers."""
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(calendar.is_operational(one) and not _is_paused(clock, one) for one in days)


def _is_paused(clock: Clock, day: date) -> bool:
    return any(pause.covers(day) for pause in clock.pauses)
