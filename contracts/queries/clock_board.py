"""The board of all clocks that a person may see: gathered from the notices, in order of urgency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from contracts.access import Reader
from contracts.formatting import day, weekday
from contracts.levers.board import (
    Board,
    BoardRow,
    BoardState,
    ClosedNotice,
    by_urgency,
    state_of,
)
from contracts.levers.clocks import ClockReading, read
from contracts.levers.ladder import NoticeStage, next_moves
from contracts.levers.steps_shown import Climb, Passed, name_shown, steps_shown
from contracts.models import Agreement, Milestone, Notice, NoticeClock, PartyRole, StepClock, WhoActs
from contracts.operational_days import OperationalCalendar
from contracts.periods import is_in_force
from contracts.permissions import Permission
from contracts.queries.board_notices import (
    askers_of,
    closed_notices,
    moves_made,
    newest_retiming,
    open_notices,
    open_proposal,
    parties_of,
    running_clock,
    terms_of,
)
from contracts.queries.held_clocks import as_clock, calendar_of, change_in_words
from contracts.queries.plans_in_force import next_milestones

S = NoticeStage
# What the commissioner may turn to once the day has passed.
LEVERS = (S.BREACHED, S.EXCEPTION_REPORT, S.WITHHOLDING)


def clock_board(readers: Sequence[Reader], on: date) -> Board:
    """The board of the agreements that `readers` stand in, as of the day `on`, each with what that reader may see.

    Agreements in which the reader may not see notices are left out.
    """
    agreements = [reader.agreement for reader in readers if reader.may(Permission.SEE_NOTICES)]
    asked_for = [one.agreement for one in readers if one.may(Permission.SEE_REQUESTS) and one.agreement in agreements]
    notices = open_notices(agreements, asked_for)
    milestones = next_milestones([one for one in notices if one.stage == S.MONITORED])
    gathered = _Gathered(on, _calendar(notices, on), parties_of(agreements), askers_of(notices), milestones)
    terms = _terms(agreements, notices, on)
    return Board(
        on=on,
        rows=by_urgency(map(gathered.row, notices)),
        closed=tuple(map(_closed, closed_notices(agreements, asked_for))),
        terms=len(terms),
        unchecked_terms=sum(not term.checked_reference for term in terms),
    )


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What rows are made with."""

    on: date
    calendar: OperationalCalendar
    parties: Mapping[int, Mapping[str, str]]
    askers: Mapping[tuple[int, int], str]
    milestones: Mapping[int, Milestone]

    def row(self, notice: Notice) -> BoardRow:
        clock = running_clock(notice)
        reading = read(as_clock(clock), self.calendar, self.on) if clock else None
        state = self.state(notice, reading)
        lever = _next_lever(notice) if state == BoardState.OVERDUE or notice.stage == S.EXCEPTION_REPORT else ""
        asker = self.askers.get((notice.agreement_id, notice.asked_by_id), "")
        return BoardRow(
            notice=notice.pk,
            reference=notice.agreement.reference,
            agreement=notice.agreement.short_name,
            title=str(notice),
            why=_why(notice),
            state=state,
            days_left=reading.days_left if reading else None,
            due_on=reading.due_on if reading else None,
            steps=steps_shown(_climb(notice, asker, reading)),
            who=self.who(notice, bool(lever)),
            next_step=self.next_step(notice, state, reading, asker),
            next_lever=lever,
            moved=_moved(clock),
            proposed=_proposed(clock),
            is_unchecked=bool(clock and not clock.term.checked_reference),
        )

    def state(self, notice: Notice, reading: ClockReading | None) -> BoardState:
        if reading:
            return state_of(reading.days_left, reading.overdue_since is not None, reading.is_paused)
        return BoardState.ASKED if notice.stage == S.ASKED else BoardState.NO_CLOCK

    def next_step(self, notice: Notice, state: BoardState, reading: ClockReading | None, asker: str) -> str:
        """What is waited for, and until when."""
        if state == BoardState.ASKED:
            return f"Asked for by {notice.asked_by_name}{f', {asker}' if asker else ''}"
        name = next((step.name for step in notice.kind.steps.all() if step.stage == notice.stage), "")
        if reading:
            was_due = "was due" if state == BoardState.OVERDUE else "due by"
            return f"{name} {was_due} {weekday(reading.due_on)}"
        milestone = self.milestones.get(notice.pk)
        if milestone:
            was_due = "was due" if milestone.due_on < self.on else "due by"
            return f"Milestone {was_due} {weekday(milestone.due_on)}: {milestone.what}"
        return name or notice.get_stage_display()

    def who(self, notice: Notice, is_to_be_raised: bool) -> str:
        names = self.parties.get(notice.agreement_id, {})
        commissioner = names.get(PartyRole.COORDINATING_COMMISSIONER, "The coordinating commissioner")
        provider = names.get(PartyRole.PROVIDER, "The provider")
        if notice.stage == S.ASKED:
            return f"{commissioner} to decide"
        acts = WhoActs.COMMISSIONER if is_to_be_raised else _who_acts(notice)
        who = {WhoActs.COMMISSIONER: commissioner, WhoActs.PROVIDER: provider}
        return f"{who.get(acts, f'{commissioner} and {provider}')} to act"


def _calendar(notices: Sequence[Notice], on: date) -> OperationalCalendar:
    clocks = [as_clock(clock) for notice in notices if (clock := running_clock(notice))]
    return calendar_of(clocks, on.year)


def _climb(notice: Notice, asker: str, reading: ClockReading | None) -> Climb:
    return Climb(
        stage=notice.stage,
        names={step.stage: step.name for step in notice.kind.steps.all()},
        moves=[Passed(move.from_stage, move.to_stage, move.on) for move in moves_made(notice)],
        asked_on=timezone.localtime(notice.asked_at).date(),
        served_on=notice.served_on,
        asker=asker,
        due=reading.due_on if reading else None,
        is_over=bool(reading and reading.overdue_since),
    )


def _why(notice: Notice) -> str:
    """The newest reason that was given of it, or why it was asked for."""
    reasons = [move.reason for move in moves_made(notice) if move.reason]
    return reasons[-1] if reasons else notice.reason


def _who_acts(notice: Notice) -> WhoActs:
    return next(
        (WhoActs(step.who_acts) for step in notice.kind.steps.all() if step.stage == notice.stage), WhoActs.BOTH
    )


def _next_lever(notice: Notice) -> str:
    names = {step.stage: step.name for step in notice.kind.steps.all()}
    ahead = next_moves(NoticeStage(notice.stage), names)
    return next((name_shown(to, names) for to in LEVERS if to in ahead), "")


def _moved(clock: NoticeClock | None) -> str:
    newest = newest_retiming(clock) if clock else None
    if newest is None:
        return ""
    return f"Moved from {day(newest.due_before)} to {day(newest.due_after)} because: {newest.reason}"


def _proposed(clock: NoticeClock | None) -> str:
    change = open_proposal(clock) if clock else None
    if change is None:
        return ""
    return f"{change.proposed_for.short_name} proposed: {change_in_words(change)}. It is not answered yet."


def _terms(agreements: Sequence[Agreement], notices: Sequence[Notice], on: date) -> list[StepClock]:
    """The terms that count: those in force, and those that an open clock rests on."""
    used = {clock.term_id for notice in notices if (clock := running_clock(notice))}
    held = terms_of(agreements)
    return [one for one in held if one.pk in used or is_in_force(on, one.in_force_from, one.in_force_until)]


def _closed(notice: Notice) -> ClosedNotice:
    return ClosedNotice(
        notice.pk,
        notice.agreement.reference,
        notice.agreement.short_name,
        str(notice),
        notice.get_stage_display(),
        notice.ended_on,  # type: ignore[attr-defined]  # annotated
    )
