"""The board of clocks: a row for each open notice, the most urgent first, and what the board says at its top. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from contracts.formatting import count_of, day
from contracts.levers.clocks import ClockReading

SOON = 3  # Operational Days left
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
WEEK = timedelta(days=7)


class BoardState(StrEnum):
    """How a notice stands against its clock, as its tag says."""

    OVERDUE = "Overdue"
    DUE_SOON = "Due soon"
    RUNNING = "Running"
    PAUSED = "Paused"
    NO_CLOCK = "No clock yet"
    ASKED = "Asked for"


COLOURS = {BoardState.OVERDUE: "red", BoardState.DUE_SOON: "orange", BoardState.RUNNING: "blue"}
WITHOUT_CLOCK = (BoardState.NO_CLOCK, BoardState.ASKED)


@dataclass(frozen=True, slots=True)
class BoardStep:
    """One step of a notice's ladder, as short as the board shows it; `when` is a day in words, or empty.

    `state` is done, now, over (now, and its day has passed) or todo.
    """

    name: str
    state: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """An open notice on the board. `days_left` are Operational Days, below zero where its day has passed.

    They are those of its clock or, with `is_milestone`, those of the milestone that its plan has next. `asks` says in
    the address of its page what the reader may ask the commissioner for; empty where that is not theirs to ask.
    """

    notice: int
    reference: str
    agreement: str
    title: str
    why: str
    state: BoardState
    days_left: int | None
    due_on: date | None
    steps: tuple[BoardStep, ...]
    who: str
    next_step: str
    next_lever: str = ""
    moved: str = ""
    proposed: str = ""
    is_unchecked: bool = False
    is_milestone: bool = False
    asks: str = ""

    @property
    def number(self) -> str:
        """The days as the board shows them, large: "5"; a dash without a clock."""
        return "–" if self.days_left is None else str(abs(self.days_left))

    @property
    def counted(self) -> str:
        """What the number counts: "operational days over"."""
        if self.days_left is None:
            return "no clock yet"
        noun = "operational day" if abs(self.days_left) == 1 else "operational days"
        return f"{noun} {'over' if self.state == BoardState.OVERDUE else 'left'}"

    @property
    def colour(self) -> str:
        """The tag's colour."""
        return COLOURS.get(self.state, "grey")


@dataclass(frozen=True, slots=True)
class ClosedNotice:
    """A notice that ended: how, and on which day."""

    notice: int
    reference: str
    agreement: str
    title: str
    outcome: str
    on: date


@dataclass(frozen=True, slots=True)
class Board:
    """Every open notice by urgency, the closed ones newest first, and how far the day counts were checked."""

    on: date
    rows: tuple[BoardRow, ...]
    closed: tuple[ClosedNotice, ...]
    terms: int
    unchecked_terms: int

    @property
    def heading(self) -> str:
        """What the board comes to, in one or two sentences."""
        return heading_of(self.rows, self.on)

    @property
    def warning(self) -> str:
        """What is to be checked of the terms; empty where somebody checked every one."""
        if not self.unchecked_terms:
            return ""
        if self.unchecked_terms == self.terms:
            return (
                "The number of days for each step is to be checked against your contract. Nobody has recorded doing so."
            )
        return "Some numbers of days, marked †, are still to be checked against your contract."

    @property
    def shows_agreements(self) -> bool:
        """Whether rows of several agreements stand here, so that each must say whose it is."""
        return len({*(row.reference for row in self.rows), *(one.reference for one in self.closed)}) > 1


def by_urgency(rows: Iterable[BoardRow]) -> tuple[BoardRow, ...]:
    """Overdue for longest first, then least days left, then those without a clock, and last what was only asked for."""
    return tuple(sorted(rows, key=_urgency))


def state_of_clock(reading: ClockReading) -> BoardState:
    """How a running clock stands, by what it says on a day."""
    return state_of(reading.days_left, reading.overdue_since is not None, reading.is_paused)


def state_of(days_left: int, is_overdue: bool, is_paused: bool = False) -> BoardState:
    """How something due on a day stands. A pause does not hide that the day has passed."""
    if is_overdue:
        return BoardState.OVERDUE
    if is_paused:
        return BoardState.PAUSED
    return BoardState.DUE_SOON if days_left <= SOON else BoardState.RUNNING


def tag_of(state: BoardState, days_left: int) -> str:
    """How something due on a day stands, as its tag: "3 operational days left", "Due today", "Paused"."""
    if state == BoardState.PAUSED:
        return "Paused"
    days = count_of(abs(days_left), "operational day")
    if state == BoardState.OVERDUE:
        return f"{days} over"
    return f"{days} left" if days_left else "Due today"


def heading_of(rows: Sequence[BoardRow], on: date) -> str:
    """ "Four clocks are open. One has run out, and the next ends on Monday. One milestone is overdue." """
    late = sum(row.is_milestone and row.state == BoardState.OVERDUE for row in rows)
    milestones = f" {_in_words(late).capitalize()} milestone{' is' if late == 1 else 's are'} overdue." if late else ""
    return _of_clocks([row for row in rows if not row.is_milestone], on) + milestones


def _of_clocks(rows: Sequence[BoardRow], on: date) -> str:
    due = sorted(row.due_on for row in rows if row.due_on)
    over = sum(row.state == BoardState.OVERDUE for row in rows)
    if not due:
        return "No clock is open."
    opening = "One clock is open" if len(due) == 1 else f"{_in_words(len(due)).capitalize()} clocks are open"
    if over == len(due):
        return f"{opening}{', and it has' if over == 1 else '. All of them have'} run out."
    ends = f"ends {_when(min(one for one in due if one >= on), on)}"
    if not over:
        return f"{opening}. {'It' if len(due) == 1 else 'The next'} {ends}."
    have = "has" if over == 1 else "have"
    return f"{opening}. {_in_words(over).capitalize()} {have} run out, and the next {ends}."


def _urgency(row: BoardRow) -> tuple[object, ...]:
    last = WITHOUT_CLOCK.index(row.state) + 1 if row.state in WITHOUT_CLOCK else 0
    return (last, row.state != BoardState.OVERDUE, row.days_left or 0, row.due_on or date.max, row.title, row.notice)


def _when(due: date, on: date) -> str:
    if due == on:
        return "today"
    return f"on {due:%A}" if due - on < WEEK else f"on {day(due)}"


def _in_words(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)
