"""The clock of a notice as its page says it: the tag, what is due by when, days used and left, and what was changed."""

from dataclasses import dataclass
from datetime import date

from contracts.formatting import count_of, day, weekday
from contracts.levers.board import COLOURS, BoardState, state_of
from contracts.levers.clocks import Clock, ClockReading, Unit, read
from contracts.models import ClockAnswer, ClockChange, Notice, NoticeClock, StepClock
from contracts.queries.held_clocks import as_clock, calendar_of, change_in_words
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
        """How it stands: "3 operational days left", "Due today", "5 operational days over", "Paused"."""
        if self.state == BoardState.PAUSED:
            return "Paused"
        if self.state == BoardState.OVERDUE:
            return f"{count_of(abs(self.days_left), 'operational day')} over"
        return "Due today" if not self.days_left else f"{count_of(self.days_left, 'operational day')} left"

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
    row = next((clock for clock in notice.clocks.all() if clock.ended_on is None), None)
    if row is None:
        return None
    agreed = [change for change in _in_order(row) if change.answer == ClockAnswer.AGREED]
    clock = as_clock(row)
    reading = read(clock, calendar_of([clock], on.year), on)
    return ClockShown(
        row=row,
        within=_within(row, agreed),
        due_on=row.due_on,
        state=state_of(reading.days_left, on > row.due_on, reading.is_paused),
        days_left=reading.days_left,
        days_used=_used(clock, reading),
        paused_until=next((pause.until for pause in clock.pauses if pause.covers(on)), None),
        changes=tuple(change_in_words(change) for change in agreed),
        proposal=next((change for change in _in_order(row) if not change.answer), None),
    )


def agreed_term(term: StepClock) -> str:
    """A clock's term as the ladder says it: "5† operational days"."""
    return length_on_pages(term.count, term.unit, is_unchecked=not term.checked_reference)


def _in_order(row: NoticeClock) -> list[ClockChange]:
    return sorted(row.changes.all(), key=lambda change: change.pk)


def _within(row: NoticeClock, agreed: list[ClockChange]) -> str:
    said = length_on_pages(row.count, row.unit, is_unchecked=not row.term.checked_reference)
    extra = sum(change.extra or 0 for change in agreed)
    return f"{said} and {extra} more" if extra else said


def _used(clock: Clock, reading: ClockReading) -> int | None:
    if clock.unit != Unit.OPERATIONAL_DAYS or reading.days_left < 0:
        return None
    return clock.count + clock.extra - reading.days_left
