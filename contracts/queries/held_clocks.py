"""Clocks as they are held, with what was agreed to change them, and the calendar that they run on."""

from collections.abc import Collection
from datetime import date

from django.db.models import Prefetch

from contracts.calendar import calendar_for
from contracts.formatting import count_of, day
from contracts.levers.clocks import Clock, ClockReading, Pause, Unit, last_year_of, read
from contracts.models import ClockAnswer, ClockChange, ClockChangeKind, ClockUnit, NoticeClock
from contracts.operational_days import ONE_DAY, OperationalCalendar
from contracts.term_words import NOUNS

AGREED = Prefetch(
    "changes", ClockChange.objects.filter(answer=ClockAnswer.AGREED).order_by("answered_at", "pk"), to_attr="agreed"
)
PROPOSED = Prefetch("changes", ClockChange.objects.filter(answer="").select_related("proposed_for"), to_attr="proposed")


def as_clock(row: NoticeClock) -> Clock:
    """The clock of a row that was read with what is `AGREED`."""
    agreed: list[ClockChange] = row.agreed  # type: ignore[attr-defined]  # prefetched
    return Clock(
        started_on=row.started_on,
        count=row.count,
        unit=Unit(row.unit),
        extra=sum(one.extra or 0 for one in agreed if one.kind == ClockChangeKind.EXTENSION),
        pauses=tuple(
            Pause(one.paused_from, one.paused_until) for one in agreed if one.paused_from and one.paused_until
        ),
        ended_on=row.ended_on,
    )


def reading_of(row: NoticeClock, calendar: OperationalCalendar, on: date) -> ClockReading:
    """What the clock of a row says on the day `on`, by the due day that is kept with it."""
    return read(as_clock(row), calendar, on, due_on=row.due_on)


def change_in_words(change: ClockChange) -> str:
    """ "3 more operational days", "a pause from 4 November 2019 to 8 November 2019"."""
    first, until = change.paused_from, change.paused_until
    if first is None or until is None:
        return count_of(change.extra or 0, f"more {NOUNS[ClockUnit(change.clock.unit)]}")
    last = until - ONE_DAY
    return f"a pause on {day(first)}" if first == last else f"a pause from {day(first)} to {day(last)}"


def calendar_of(clocks: Collection[Clock], *more_years: int) -> OperationalCalendar:
    """A calendar that knows the holidays of every year that these clocks run in, and of `more_years`. One query."""
    years = [*(clock.started_on.year for clock in clocks), *map(last_year_of, clocks), *more_years]
    return calendar_for(min(years), max(years)) if years else OperationalCalendar(frozenset())
