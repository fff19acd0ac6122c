"""Timing open clocks anew when the calendar is another: a bank holiday added, moved or taken away."""

import logging
from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from contracts import audit
from contracts.actions.clock_days import give_day
from contracts.actions.notice_mails import tell_of
from contracts.audit import Actor
from contracts.levers.clocks import Clock, due_day
from contracts.models import Agreement, ClockRetiming, NoticeClock, RetimingCause
from contracts.operational_days import OperationalCalendar
from contracts.queries.held_clocks import AGREED, as_clock, calendar_of

logger = logging.getLogger(__name__)


@transaction.atomic
def retime_open_clocks(
    *, by: Actor, at: datetime, reason: str, agreements: Collection[Agreement] | None = None
) -> list[ClockRetiming]:
    """Give every open clock, or those of `agreements`, its day by the calendar as it is now; returns what moved.

    What was agreed to change a clock counts as before. Twice in a row changes nothing. A clock that would never run
    out keeps its day and is named in the log: the others, and whatever moves them, do not wait for it.
    """
    rows = NoticeClock.objects.filter(ended_on__isnull=True).order_by("notice__agreement", "pk")
    if agreements is not None:
        rows = rows.filter(notice__agreement__in=agreements)
    rows = rows.select_for_update(of=("self",), no_key=True).select_related("notice__agreement", "notice__kind")
    held = [(row, as_clock(row)) for row in rows.prefetch_related(AGREED)]
    calendar = calendar_of([clock for _, clock in held])
    moved = []
    for row, clock in held:
        why = ClockRetiming(cause=RetimingCause.HOLIDAY, reason=reason, by_name=by.name, at=at)
        due_on = _due_day(row, clock, calendar)
        retiming = give_day(row, due_on, row=why) if due_on else None
        if retiming:
            moved.append(retiming)
            _record(retiming, by)
    return moved


def _due_day(row: NoticeClock, clock: Clock, calendar: OperationalCalendar) -> date | None:
    try:
        return due_day(clock, calendar)
    except (ValueError, OverflowError) as fault:
        logger.error(
            "The clock of %s (%s, notice %s) was not timed anew and keeps its day, %s: %s",
            row.notice.title,
            row.notice.agreement.reference,
            row.notice_id,
            row.due_on,
            fault,
        )
        return None


def _record(retiming: ClockRetiming, by: Actor) -> None:
    notice = retiming.clock.notice
    event = audit.record(
        "clock timed anew",
        by=by,
        agreement=notice.agreement,
        subject=str(notice),
        before={"due on": retiming.due_before},
        after={"due on": retiming.due_after, "because": retiming.reason},
    )
    tell_of(event, notice)
