"""The notices of an agreement that were served and are open, each with its day and whose turn it is."""

from dataclasses import dataclass
from datetime import date

from contracts.levers.ladder import NoticeStage
from contracts.levers.turns import whose_turn
from contracts.models import Agreement, Notice
from contracts.queries.board_days import RowDay, day_of
from contracts.queries.board_notices import open_notices, parties_of, running_clock
from contracts.queries.held_clocks import as_clock, calendar_of
from contracts.queries.plans_in_force import milestones_to_meet


@dataclass(frozen=True, slots=True)
class OpenNotice:
    """An open notice as it stands on a day; `turn` names who acts next."""

    notice: Notice
    day: RowDay
    turn: str


def served_and_open(agreement: Agreement, on: date) -> tuple[OpenNotice, ...]:
    """The open notices of `agreement` as of the day `on`, what is due first first, what has no day last."""
    notices = open_notices([agreement], [])
    milestones = milestones_to_meet([one for one in notices if one.stage == NoticeStage.MONITORED])
    clocks = [as_clock(clock) for one in notices if (clock := running_clock(one))]
    calendar = calendar_of(clocks, on.year, *(one.due_on.year for rows in milestones.values() for one in rows[:1]))
    names = parties_of([agreement]).get(agreement.pk, {})

    def as_it_stands(notice: Notice) -> OpenNotice:
        day = day_of(notice, running_clock(notice), next(iter(milestones.get(notice.pk, ())), None), calendar, on)
        return OpenNotice(notice, day, whose_turn(day.waiting(notice), names))

    return tuple(sorted(map(as_it_stands, notices), key=lambda one: (one.day.due_on or date.max, one.notice.pk)))
