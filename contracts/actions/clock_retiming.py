"""Timing open clocks anew when the calendar is another: a bank holiday added, moved or taken away."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from contracts import audit
from contracts.actions.clock_days import give_day
from contracts.actions.notice_mails import tell_of
from contracts.audit import Actor
from contracts.levers.clocks import due_day
from contracts.models import Agreement, ClockRetiming, NoticeClock, RetimingCause
from contracts.queries.held_clocks import AGREED, as_clock, calendar_of


@transaction.atomic
def retime_open_clocks(
    *, by: Actor, at: datetime, reason: str, agreements: Collection[Agreement] | None = None
) -> list[ClockRetiming]:
    """Give every open clock, or those of `agreements`, its day by the calendar as it is now; returns what moved.

    What was agreed to change a clock counts as before. Twice in a row changes nothing.
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
        retiming = give_day(row, due_day(clock, calendar), row=why)
        if retiming:
            moved.append(retiming)
            _record(retiming, by)
    return moved


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
