"""The day that a notice on the board is held against: its clock's, or that of the milestone that its plan has next."""

from dataclasses import dataclass
from datetime import date

from contracts.formatting import weekday
from contracts.levers.board import BoardState, state_of, state_of_clock
from contracts.levers.ladder import NoticeStage
from contracts.levers.turns import Waiting, waiting_of
from contracts.models import Milestone, Notice, NoticeClock
from contracts.operational_days import OperationalCalendar
from contracts.queries.held_clocks import reading_of
from contracts.queries.plans_in_force import is_overdue, is_said_done


@dataclass(frozen=True, slots=True)
class RowDay:
    """How a notice stands against its day, in Operational Days, and what is waited for; no day where none runs.

    `owner` is the short name of who is to meet a milestone, and `is_said_done` says that they say they did.
    """

    state: BoardState
    next_step: str
    due_on: date | None = None
    days_left: int | None = None
    owner: str = ""
    is_said_done: bool = False

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed."""
        return self.state == BoardState.OVERDUE

    def waiting(self, notice: Notice) -> Waiting:
        """What the notice waits for, for who asks whose turn it is."""
        return waiting_of(notice, is_overdue=self.is_overdue, owner=self.owner, is_said_done=self.is_said_done)


def day_of(
    notice: Notice, clock: NoticeClock | None, milestone: Milestone | None, calendar: OperationalCalendar, on: date
) -> RowDay:
    """The day of an open notice as it stands on the day `on`; the kind of notice has its steps with it."""
    if clock is not None:
        return _of_clock(notice, clock, calendar, on)
    if milestone is not None:
        return _of_milestone(milestone, calendar, on)
    state = BoardState.ASKED if notice.stage == NoticeStage.ASKED else BoardState.NO_CLOCK
    return RowDay(state, _name(notice) or notice.get_stage_display())


def _of_clock(notice: Notice, clock: NoticeClock, calendar: OperationalCalendar, on: date) -> RowDay:
    reading = reading_of(clock, calendar, on)
    state = state_of_clock(reading)
    was_due = "was due" if state == BoardState.OVERDUE else "due by"
    return RowDay(
        state,
        f"{_name(notice)} {was_due} {weekday(reading.due_on)}",
        due_on=reading.due_on,
        days_left=reading.days_left,
    )


def _of_milestone(milestone: Milestone, calendar: OperationalCalendar, on: date) -> RowDay:
    owner = milestone.owner.short_name
    if is_said_done(milestone):
        said = f"Milestone to be judged, {owner} says it is done: {milestone.what}"
        return RowDay(BoardState.NO_CLOCK, said, owner=owner, is_said_done=True)
    is_over, days_left = is_overdue(milestone, on), calendar.between(on, milestone.due_on)
    said = f"Milestone {'was due' if is_over else 'due by'} {weekday(milestone.due_on)}: {milestone.what}"
    return RowDay(state_of(days_left, is_over), said, due_on=milestone.due_on, days_left=days_left, owner=owner)


def _name(notice: Notice) -> str:
    """What the kind of notice calls the stage that it is at."""
    return next((step.name for step in notice.kind.steps.all() if step.stage == notice.stage), "")
