"""What became of a plan's milestones: the provider says that one is done, the commissioner whether it was met."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from contracts.actions.entitled import entitled
from contracts.actions.holding import held, stands
from contracts.actions.notice_steps import record_event
from contracts.actions.refusals import Refused
from contracts.actions.writing import needed
from contracts.audit import Actor
from contracts.formatting import day
from contracts.levers.ladder import is_open
from contracts.milestone_moves import FOLLOWS, RECORDED_WITH
from contracts.models import Milestone, MilestoneOutcome, MilestoneRecord, Notice
from contracts.queries.plans_in_force import plan_in_force

LONGEST_EVIDENCE = 500


@transaction.atomic
def record_milestone(
    milestone: Milestone, *, outcome: MilestoneOutcome, on: date, evidence: str, by: Actor, at: datetime
) -> MilestoneRecord:
    """Record what became of a milestone of the plan in force, on which day, and how that is known."""
    notice = held(milestone.plan.notice)
    acting = entitled(notice.agreement, RECORDED_WITH[outcome], by)
    _refuse_plan(notice, milestone)
    last = milestone.records.order_by("-pk").first()
    _refuse_outcome(last, outcome, by)
    _refuse_day(notice, milestone, outcome, on, today=timezone.localtime(at).date())
    record = MilestoneRecord.objects.create(
        milestone=milestone,
        outcome=outcome,
        on=on,
        evidence=needed(evidence, "How it is known", LONGEST_EVIDENCE),
        by=acting.person,
        by_name=by.name,
        at=at,
    )
    record_event(
        "milestone recorded",
        notice,
        by=by,
        before={"outcome": last.outcome} if last else None,
        milestone=milestone.what,
        outcome=outcome,
        on=on,
        evidence=record.evidence,
    )
    return record


def _refuse_plan(notice: Notice, milestone: Milestone) -> None:
    if not is_open(notice.stage):
        raise Refused(f"{notice} {stands(notice)}, so nothing more is recorded of its milestones.")
    plan = plan_in_force(notice)
    if plan is None:
        raise Refused("The plan is not agreed yet: its milestones are recorded once it is.")
    if plan.pk != milestone.plan_id:
        raise Refused(f"Plan {plan.number} is the one in force: record its milestones.")


def why_it_does_not_follow(last: MilestoneRecord | None, outcome: MilestoneOutcome) -> str:
    """Why `outcome` is not recorded after the milestone's last record; empty where it may be."""
    if last is None or outcome in FOLLOWS[MilestoneOutcome(last.outcome)]:
        return ""
    if last.outcome == outcome:
        return f"{last.by_name} recorded this milestone as “{outcome.label.lower()}” already."
    return (
        f"{last.by_name} recorded this milestone as “{last.get_outcome_display().lower()}”, so it cannot be "
        f"“{outcome.label.lower()}” any more."
    )


def _refuse_outcome(last: MilestoneRecord | None, outcome: MilestoneOutcome, by: Actor) -> None:
    refused = why_it_does_not_follow(last, outcome)
    if refused:
        raise Refused(refused)
    if last is not None and last.outcome == MilestoneOutcome.SAID_DONE and last.by == by.user:
        raise Refused("You said that this milestone is done, so somebody else says whether it was met.")


def _refuse_day(notice: Notice, milestone: Milestone, outcome: MilestoneOutcome, on: date, *, today: date) -> None:
    if on > today:
        raise Refused(f"{day(on)} is in the future: record what became of the milestone once it is known.")
    if notice.served_on is not None and on < notice.served_on:
        raise Refused(f"The notice was served on {day(notice.served_on)}: give that day or a later one.")
    if outcome == MilestoneOutcome.MISSED and on <= milestone.due_on:
        raise Refused(f"The milestone is due on {day(milestone.due_on)}: it is missed from the day after.")
