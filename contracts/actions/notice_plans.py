"""Plans that put right what a notice is about: proposed by the provider, agreed by the commissioner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from contracts.actions.agreeing_plans import PLANNED_IN, agree_plan
from contracts.actions.entitled import Acting, entitled
from contracts.actions.holding import held, stands
from contracts.actions.milestones import record_milestone
from contracts.actions.notice_steps import record_event
from contracts.actions.refusals import Refused
from contracts.actions.writing import needed
from contracts.audit import Actor
from contracts.formatting import day
from contracts.models import Milestone, Notice, NoticePlan, Organisation
from contracts.permissions import Permission

__all__ = ["PlannedMilestone", "agree_plan", "propose_plan", "record_milestone"]

MOST_MILESTONES = 10
LONGEST_MILESTONE = 240


@dataclass(frozen=True, slots=True)
class PlannedMilestone:
    """What a plan has done by a day, and by which party."""

    what: str
    due_on: date
    owner: Organisation


@transaction.atomic
def propose_plan(
    notice: Notice, *, text: str, milestones: Sequence[PlannedMilestone], by: Actor, at: datetime
) -> NoticePlan:
    """Propose a plan for the provider; a later one takes the place of one that is not agreed.

    The newest where it is the same again by the same person, because a button was pressed twice.
    """
    planned_for = held(notice)
    _refuse_stage(planned_for)
    acting = entitled(planned_for.agreement, Permission.ANSWER_NOTICE, by)
    _refuse_milestones(planned_for, milestones, today=timezone.localtime(at).date())
    newest = planned_for.plans.order_by("-number").first()
    if newest is not None and _is_proposed_again(newest, text, milestones, acting):
        return newest
    plan = NoticePlan.objects.create(
        notice=planned_for,
        number=(planned_for.plans.aggregate(last=Max("number"))["last"] or 0) + 1,
        text=needed(text, "What the plan does"),
        proposed_by=acting.person,
        proposed_by_name=by.name,
        proposed_at=at,
    )
    _write_milestones(plan, milestones)
    record_event("plan proposed", planned_for, by=by, plan=plan.number, text=plan.text, milestones=len(milestones))
    return plan


def _is_proposed_again(plan: NoticePlan, text: str, milestones: Sequence[PlannedMilestone], acting: Acting) -> bool:
    """Whether the person proposed the same plan directly before, and nobody agreed it."""
    there = [(one.what, one.due_on, one.owner_id) for one in plan.milestones.order_by("position")]
    said = [(one.what.strip(), one.due_on, one.owner.pk) for one in milestones]
    is_theirs = plan.proposed_by_id == acting.person.pk and plan.agreed_at is None
    return is_theirs and (plan.text, there) == (text.strip(), said)


def _refuse_stage(notice: Notice) -> None:
    if notice.stage not in PLANNED_IN:
        raise Refused(f"{notice} {stands(notice)}, and no plan is proposed there.")


def _refuse_milestones(notice: Notice, milestones: Sequence[PlannedMilestone], *, today: date) -> None:
    if not milestones:
        raise Refused("A plan has at least one milestone: what is done, by which day and by whom. Add one.")
    if len(milestones) > MOST_MILESTONES:
        raise Refused(f"A plan has at most {MOST_MILESTONES} milestones, and this one has {len(milestones)}.")
    parties = set(notice.agreement.parties.values_list("organisation", flat=True))
    for number, one in enumerate(milestones, start=1):
        if one.due_on < today:
            raise Refused(
                f"Milestone {number} is due on {day(one.due_on)}, which has gone by. Give a day from today on."
            )
        if one.owner.pk not in parties:
            raise Refused(f"Milestone {number}: {one.owner.short_name} is no party to this agreement. Choose a party.")


def _write_milestones(plan: NoticePlan, milestones: Sequence[PlannedMilestone]) -> None:
    Milestone.objects.bulk_create(
        Milestone(
            plan=plan,
            position=position,
            what=needed(one.what, f"What milestone {position} has done", LONGEST_MILESTONE),
            due_on=one.due_on,
            owner=one.owner,
        )
        for position, one in enumerate(milestones, start=1)
    )
