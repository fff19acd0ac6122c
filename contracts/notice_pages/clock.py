"""The clock of a notice as its page says it: the tag, what is due by when, days used and left, and what was changed."""

from dataclasses import dataclass
from datetime import date

from contracts.formatting import count_of, day, weekday
from contracts.levers.board import COLOURS, BoardState, state_of_clock, tag_of
from contracts.levers.clocks import ClockReading, Unit
from contracts.levers.ladder import NoticeStage
from contracts.models import ClockAnswer, ClockChange, Notice, NoticeClock, StepClock
from contracts.queries.board_days import RowDay, day_of
from contracts.queries.held_clocks import as_clock, calendar_of, change_in_words, reading_of
from contracts.queries.plans_in_force import milestones_to_meet
from contracts.term_words import length_on_pages


@dataclass(frozen=True, slots=True)
class ClockShown:
    """An open clock on a day. `within` is what was agreed: "10† operational days"."""

    row: NoticeClock
    within: str
    due_on: date
    state: BoardState
    days_left: int
    days_used: int | None
    paused_until: date | None
    changes: tuple[str, ...]
    proposal: ClockChange | None

    @property
    def tag(self) -> str:
        """How it stands: "3 operational days left", "Paused"."""
        return tag_of(self.state, self.days_left)

    @property
    def proposed(self) -> str:
        """What is proposed and not answered yet, in words; empty for nothing."""
        return change_in_words(self.proposal) if self.proposal else ""

    @property
    def colour(self) -> str:
        """The tag's colour."""
        return COLOURS.get(self.state, "grey")

    @property
    def sentence(self) -> str:
        """When it is due and how far it has run: "Within 10† operational days: by …. 7 days used, 3 left."."""
        said = f"Within {self.within}: by {weekday(self.due_on)}."
        if self.paused_until:
            return f"{said} Paused until {day(self.paused_until)}, the first day that counts again."
        if self.state == BoardState.OVERDUE:
            return f"{said} {count_of(abs(self.days_left), 'operational day')} over."
        used = f"{count_of(self.days_used, 'day')} used, " if self.days_used is not None else ""
        left = f"{self.days_left} left" if used else f"{count_of(self.days_left, 'operational day')} left"
        return f"{said} {used}{left}."


def open_clock(notice: Notice, on: date) -> ClockShown | None:
    """The clock that runs on the notice's stage, as it stands on a day; None where none does."""
    row = _open_row(notice)
    if row is None:
        return None
    agreed = [change for change in _in_order(row) if change.answer == ClockAnswer.AGREED]
    clock = as_clock(row)
    reading = reading_of(row, calendar_of([clock], on.year), on)
    return ClockShown(
        row=row,
        within=_within(row, agreed),
        due_on=reading.due_on,
        state=state_of_clock(reading),
        days_left=reading.days_left,
        days_used=_used(row, reading),
        paused_until=next((pause.until for pause in clock.pauses if pause.covers(on)), None),
        changes=tuple(change_in_words(change) for change in agreed),
        proposal=next((change for change in _in_order(row) if not change.answer), None),
    )


def stands_on(notice: Notice, on: date) -> RowDay:
    """How the notice stands on a day against its open clock, or else against the next milestone of its plan."""
    row = _open_row(notice)
    waits = milestones_to_meet([notice] if notice.stage == NoticeStage.MONITORED else []).get(notice.pk, [])
    clocks = [as_clock(row)] if row else []
    calendar = calendar_of(clocks, on.year, *(one.due_on.year for one in waits[:1]))
    return day_of(notice, row, next(iter(waits), None), calendar, on)


def agreed_term(term: StepClock) -> str:
    """A clock's term as the ladder says it: "5† operational days"."""
    return length_on_pages(term.count, term.unit, is_unchecked=not term.checked_reference)


def _open_row(notice: Notice) -> NoticeClock | None:
    return next((clock for clock in notice.clocks.all() if clock.ended_on is None), None)


def _in_order(row: NoticeClock) -> list[ClockChange]:
    return sorted(row.changes.all(), key=lambda change: change.pk)


def _within(row: NoticeClock, agreed: list[ClockChange]) -> str:
    said = length_on_pages(row.count, row.unit, is_unchecked=not row.term.checked_reference)
    extra = sum(change.extra or 0 for change in agreed)
    return f"{said} and {extra} more" if extra else said


def _used(row: NoticeClock, reading: ClockReading) -> int | None:
    return reading.days_used if row.unit == Unit.OPERATIONAL_DAYS and not reading.overdue_since else None
