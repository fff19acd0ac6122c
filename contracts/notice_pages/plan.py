"""The plans of a notice as its page shows them: milestones with what was recorded of each."""

from dataclasses import dataclass
from datetime import date

from contracts.levers.ladder import is_open
from contracts.milestone_moves import outcomes_next
from contracts.models import Milestone, MilestoneOutcome, MilestoneRecord, Notice, NoticePlan
from contracts.notice_pages.parties import Parties
from contracts.permissions import Permission

Outcome = MilestoneOutcome
COLOURS = {Outcome.SAID_DONE: "blue", Outcome.MET: "green", Outcome.MISSED: "red"}


@dataclass(frozen=True, slots=True)
class Recorded:
    """One record of a milestone: what, the day it happened, how it is known, and who recorded it."""

    outcome: str
    record: MilestoneRecord
    who: str


@dataclass(frozen=True, slots=True)
class MilestoneShown:
    """A milestone with its state in words and every record of it, the newest first.

    `judging` is what the commissioner may do about it, in words; empty where nothing.
    """

    milestone: Milestone
    state: str
    colour: str
    records: tuple[Recorded, ...]
    may_be_said_done: bool
    judging: str


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan; `is_in_force` for the last that was agreed, `waits` for one proposed that nothing took the place of."""

    plan: NoticePlan
    state: str
    colour: str
    proposed_by: str
    agreed_by: str
    milestones: tuple[MilestoneShown, ...]
    is_in_force: bool
    waits: bool


def plans_of(notice: Notice, parties: Parties, on: date) -> tuple[PlanShown, ...]:
    """Every plan of the notice, the newest first."""
    rows = sorted(notice.plans.all(), key=lambda plan: -plan.number)
    in_force = next((plan for plan in rows if plan.agreed_at), None)
    is_over = not is_open(notice.stage)
    return tuple(_shown(plan, parties, on, plan is in_force, plan is rows[0], is_over) for plan in rows)


def _shown(
    plan: NoticePlan, parties: Parties, on: date, is_in_force: bool, is_newest: bool, is_over: bool
) -> PlanShown:
    waits = is_newest and not plan.agreed_at
    state, colour = ("In force", "green") if is_in_force else ("Proposed", "yellow") if waits else ("Replaced", "grey")
    if is_over and (is_in_force or waits):
        state, colour, is_in_force, waits = "Ended with the notice", "grey", False, False
    return PlanShown(
        plan=plan,
        state=state,
        colour=colour,
        proposed_by=parties.who(plan.proposed_by_name, plan.proposed_by_id),
        agreed_by=parties.who(plan.agreed_by_name, plan.agreed_by_id) if plan.agreed_at else "",
        milestones=tuple(
            _milestone(one, parties, on, is_in_force)
            for one in sorted(plan.milestones.all(), key=lambda one: one.position)
        ),
        is_in_force=is_in_force,
        waits=waits,
    )


def _milestone(milestone: Milestone, parties: Parties, on: date, is_in_force: bool) -> MilestoneShown:
    rows = sorted(milestone.records.all(), key=lambda record: -record.pk)
    newest = Outcome(rows[0].outcome) if rows else None
    is_late = newest is None and on > milestone.due_on
    return MilestoneShown(
        milestone=milestone,
        state=str(newest.label) if newest else "Day has passed" if is_late else "To come",
        colour=COLOURS[newest] if newest else "orange" if is_late else "grey",
        records=tuple(
            Recorded(record.get_outcome_display(), record, parties.who(record.by_name, record.by_id)) for record in rows
        ),
        may_be_said_done=is_in_force and bool(outcomes_next(newest, Permission.ANSWER_NOTICE)),
        judging=_judging(newest) if is_in_force else "",
    )


def _judging(newest: MilestoneOutcome | None) -> str:
    may_follow = outcomes_next(newest, Permission.ISSUE_NOTICE)
    if not may_follow:
        return ""
    return "Record whether it was met" if Outcome.MET in may_follow else "Record that it was missed after all"
