"""A clock held with what was agreed of it, the day it would be due, and giving it that day with the cause."""

from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone
from django.utils.text import capfirst

from contracts.actions.refusals import Refused
from contracts.audit import Actor
from contracts.formatting import day
from contracts.levers.clocks import Clock, Pause, due_day
from contracts.models import ClockChange, ClockChangeKind, ClockRetiming, NoticeClock, RetimingCause
from contracts.queries.held_clocks import AGREED, as_clock, calendar_of, change_in_words

CAUSES = {ClockChangeKind.EXTENSION: RetimingCause.EXTENSION, ClockChangeKind.PAUSE: RetimingCause.PAUSE}


def held_clock(clock: NoticeClock) -> NoticeClock:
    """The clock as it is now, held until the transaction ends. Refused where it has ended."""
    rows = NoticeClock.objects.select_for_update(of=("self",), no_key=True).select_related("notice__agreement")
    now = rows.select_related("notice__kind", "term").prefetch_related(AGREED).get(pk=clock.pk)
    if now.ended_on is not None:
        raise Refused(
            f"The clock of {now.notice} ended on {day(now.ended_on)}, so it cannot be changed any more. "
            "Look at the notice again: a later step may have a clock of its own."
        )
    return now


def with_change(clock: Clock, change: ClockChange) -> Clock:
    """The clock as it would run if `change` were agreed."""
    if change.paused_from and change.paused_until:
        return replace(clock, pauses=(*clock.pauses, Pause(change.paused_from, change.paused_until)))
    return replace(clock, extra=clock.extra + (change.extra or 0))


def due_with(held: NoticeClock, change: ClockChange) -> date:
    """The day that the clock would be due if `change` were agreed. Refused where it would never be."""
    clock = with_change(as_clock(held), change)
    try:
        return due_day(clock, calendar_of([clock]))
    except (ValueError, OverflowError):
        raise Refused("With this change the clock would never run out. Propose fewer days.") from None


def give_day(clock: NoticeClock, due_on: date, *, row: ClockRetiming) -> ClockRetiming | None:
    """Give a held clock the day `due_on`, with `row` saying why; None where it has that day already."""
    if due_on == clock.due_on:
        return None
    row.clock, row.due_before, row.due_after = clock, clock.due_on, due_on
    row.save(force_insert=True)
    clock.due_on = due_on
    clock.save(update_fields=["due_on"])
    return row


def retiming_by(change: ClockChange, *, by: Actor, at: datetime) -> ClockRetiming:
    """What says that a clock moves because `change` was agreed, and whether its days had come by then."""
    cause = CAUSES[ClockChangeKind(change.kind)]
    reason = f"{capfirst(change_in_words(change))}{_lateness(change, timezone.localtime(at).date())}: {change.reason}"
    return ClockRetiming(cause=cause, change=change, reason=reason, by_name=by.name, at=at)


def _lateness(change: ClockChange, on: date) -> str:
    if change.paused_until and change.paused_until <= on:
        return ", agreed after those days had passed"
    return ", agreed after it had begun" if change.paused_from and change.paused_from <= on else ""
