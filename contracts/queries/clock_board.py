"""The board of all clocks that a person may see: gathered from the notices, in order of urgency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from contracts.access import Reader
from contracts.formatting import day
from contracts.levers.asking import asks_commissioner
from contracts.levers.board import Board, BoardRow, ClosedNotice, by_urgency
from contracts.levers.ladder import NoticeStage
from contracts.levers.steps_shown import Climb, Passed, lever_shown, steps_shown
from contracts.levers.turns import LEVERS, whose_turn
from contracts.models import Agreement, Milestone, Notice, NoticeClock, StepClock
from contracts.operational_days import OperationalCalendar
from contracts.periods import is_in_force
from contracts.permissions import Permission
from contracts.queries.board_days import RowDay, day_of
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
from contracts.queries.plans_in_force import milestones_to_meet

S = NoticeStage


def clock_board(readers: Sequence[Reader], on: date) -> Board:
    """The board of the agreements that `readers` stand in, as of the day `on`, each with what that reader may see.

    Agreements in which the reader may not see notices are left out.
    """
    agreements = [reader.agreement for reader in readers if reader.may(Permission.SEE_NOTICES)]
    asked_for = [one.agreement for one in readers if one.may(Permission.SEE_REQUESTS) and one.agreement in agreements]
    notices = open_notices(agreements, asked_for)
    milestones = milestones_to_meet([one for one in notices if one.stage == S.MONITORED])
    calendar = _calendar(notices, milestones, on)
    askers = frozenset(one.agreement.pk for one in readers if asks_commissioner(one))
    gathered = _Gathered(on, calendar, parties_of(agreements), askers_of(notices), milestones, askers)
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
    milestones: Mapping[int, Sequence[Milestone]]
    may_ask_in: frozenset[int]

    def row(self, notice: Notice) -> BoardRow:
        clock, milestone = running_clock(notice), next(iter(self.milestones.get(notice.pk, ())), None)
        due = day_of(notice, clock, milestone, self.calendar, self.on)
        waiting = due.waiting(notice)
        lever, asker = waiting.next_lever, self.askers.get((notice.agreement_id, notice.asked_by_id), "")
        turn = whose_turn(waiting, self.parties.get(notice.agreement_id, {}))
        return BoardRow(
            notice=notice.pk,
            reference=notice.agreement.reference,
            agreement=notice.agreement.short_name,
            title=str(notice),
            why=_why(notice),
            state=due.state,
            days_left=due.days_left,
            due_on=due.due_on,
            steps=steps_shown(_climb(notice, asker, due)),
            who=f"{turn} to {'decide' if notice.stage == S.ASKED else 'act'}",
            next_step=_asked_by(notice, asker) if notice.stage == S.ASKED else due.next_step,
            next_lever=lever_shown(lever, _names(notice)) if lever else "",
            moved=_moved(clock),
            proposed=_proposed(clock),
            is_unchecked=bool(clock and not clock.term.checked_reference),
            is_milestone=milestone is not None,
            asks=lever.value if lever and notice.agreement_id in self.may_ask_in else "",
        )


def _calendar(
    notices: Sequence[Notice], milestones: Mapping[int, Sequence[Milestone]], on: date
) -> OperationalCalendar:
    clocks = [as_clock(clock) for notice in notices if (clock := running_clock(notice))]
    return calendar_of(clocks, on.year, *(one.due_on.year for rows in milestones.values() for one in rows[:1]))


def _climb(notice: Notice, asker: str, due: RowDay) -> Climb:
    return Climb(
        stage=notice.stage,
        names=_names(notice),
        moves=[Passed(move.from_stage, move.to_stage, move.on) for move in moves_made(notice)],
        asked_on=timezone.localtime(notice.asked_at).date(),
        served_on=notice.served_on,
        asker=asker,
        due=None if due.owner else due.due_on,
        is_over=due.is_overdue,
    )


def _names(notice: Notice) -> dict[str, str]:
    return {step.stage: step.name for step in notice.kind.steps.all()}


def _asked_by(notice: Notice, asker: str) -> str:
    return f"Asked for by {notice.asked_by_name}{f', {asker}' if asker else ''}"


def _why(notice: Notice) -> str:
    """Why it was asked for, or what was said of the newest lever that was turned to."""
    reasons = [move.reason for move in moves_made(notice) if move.reason and move.to_stage in LEVERS]
    return reasons[-1] if reasons else notice.reason


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
