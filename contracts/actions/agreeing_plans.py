"""Agreeing a plan that the other side proposed, which sets it under way."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from contracts.actions.entitled import Acting, entitled
from contracts.actions.holding import SOMEBODY_ACTED, held, stands
from contracts.actions.notice_steps import record_event, record_move, refuse_day
from contracts.actions.refusals import Refused
from contracts.audit import Actor
from contracts.formatting import day
from contracts.levers.ladder import NoticeStage, next_moves
from contracts.levers.who_may import steps_of
from contracts.models import Notice, NoticePlan, PartyRole
from contracts.permissions import Permission
from contracts.queries.organisations_of_people import works_for

S = NoticeStage
# Where a plan is made, or another takes its place.
PLANNED_IN = (S.PLAN, S.MONITORED, S.BREACHED, S.EXCEPTION_REPORT)


@transaction.atomic
def agree_plan(plan: NoticePlan, *, on: date, by: Actor, at: datetime) -> NoticePlan:
    """Agree, as of the day `on`, the newest plan that the provider proposed; its notice is then monitored.

    Under a notice that is monitored already the plan takes the place of the one before. A kind of notice without
    that stage stays where it is.
    """
    notice = held(plan.notice)
    before = notice.stage
    agreed = NoticePlan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
    acting = entitled(notice.agreement, Permission.ISSUE_NOTICE, by)
    _refuse_plan(notice, agreed)
    _refuse_own_side(notice, agreed, acting)
    _refuse_day(notice, agreed, on, at)
    agreed.agreed_by, agreed.agreed_by_name, agreed.agreed_at = acting.person, by.name, at
    agreed.save(update_fields=["agreed_by", "agreed_by_name", "agreed_at"])
    if S.MONITORED in next_moves(S(notice.stage), steps_of(notice)):
        record_move(notice, S.MONITORED, on=on, acting=acting, at=at)
    record_event("plan agreed", notice, by=by, before={"stage": before}, stage=notice.stage, plan=agreed.number, on=on)
    return agreed


def _refuse_plan(notice: Notice, plan: NoticePlan) -> None:
    if plan.agreed_at is not None:
        raise Refused(f"Plan {plan.number} was agreed already, by {plan.agreed_by_name}. Look at the page again.")
    newest = notice.plans.order_by("-number").values_list("number", flat=True).first()
    if newest != plan.number:
        raise Refused(f"Plan {newest} took the place of plan {plan.number}. Look at the page again.")
    if notice.stage not in PLANNED_IN:
        raise Refused(f"{notice} {stands(notice)} now, so its plan cannot be agreed. {SOMEBODY_ACTED}")


def _refuse_own_side(notice: Notice, plan: NoticePlan, acting: Acting) -> None:
    """A plan is the provider's, so nobody who works for the provider agrees it, whoever else they work for."""
    if plan.proposed_by_id == acting.person.pk or works_for(acting.person, notice.agreement, PartyRole.PROVIDER):
        raise Refused("Your side proposed this plan, so the other side agrees it.")


def _refuse_day(notice: Notice, plan: NoticePlan, on: date, at: datetime) -> None:
    refuse_day(notice, on, today=timezone.localtime(at).date(), what="Agreement to the plan")
    proposed = timezone.localtime(plan.proposed_at).date()
    if on < proposed:
        raise Refused(f"The plan was proposed on {day(proposed)}, so it cannot be agreed on {day(on)}.")
