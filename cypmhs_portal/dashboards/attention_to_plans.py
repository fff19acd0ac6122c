"""Plans under notices that need attention: milestones overdue, due soon or to be judged, and plans to be agreed."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from contracts.actions.agreeing_plans import PLANNED_IN
from contracts.formatting import weekday
from contracts.levers.board import BoardState, state_of
from contracts.levers.ladder import NoticeStage
from contracts.levers.turns import waiting_of, whose_turn
from contracts.models import Milestone, NoticePlan, PartyRole
from contracts.queries.plans_in_force import is_overdue, is_said_done
from cypmhs_portal.dashboards.attention_shapes import Attention, LookedAt
from cypmhs_portal.dashboards.attention_to_levers import days_in_words, lever_in_words


def overdue_milestones(looked: LookedAt) -> Iterator[Attention]:
    """The milestones of plans under way whose day has passed, the longest overdue first."""
    for one in looked.levers.milestones:
        if is_overdue(one, looked.on):
            yield _attention(looked, one, "red")


def milestones_due_soon(looked: LookedAt) -> Iterator[Attention]:
    """The milestones that are due within a few Operational Days, the next first."""
    for one in looked.levers.milestones:
        if one.due_on >= looked.on and not is_said_done(one) and _state(looked, one) == BoardState.DUE_SOON:
            yield _attention(looked, one, "orange")


def milestones_to_judge(looked: LookedAt) -> Iterator[Attention]:
    """The milestones that are said to be done, and that the coordinating commissioner has not judged since."""
    for one in filter(is_said_done, looked.levers.milestones):
        yield Attention(
            state="To judge",
            colour="yellow",
            what=str(one.plan.notice),
            url=_url(looked, one.plan),
            detail=f"{one.owner.short_name} says it is done: {one.what}",
            who=whose_turn(waiting_of(one.plan.notice, is_said_done=True), looked.parties),
        )


def plans_to_agree(looked: LookedAt) -> Iterator[Attention]:
    """The plans that were proposed, are not agreed and were not followed by another, the oldest first. One query."""
    later = NoticePlan.objects.filter(notice=OuterRef("notice"), number__gt=OuterRef("number"))
    rows = NoticePlan.objects.filter(
        ~Exists(later),
        agreed_at=None,
        notice__agreement=looked.agreement,
        notice__stage__in=PLANNED_IN,
        notice__kind__steps__stage=NoticeStage.PLAN,
    )
    for plan in rows.select_related("notice__kind").order_by("proposed_at", "pk"):
        yield Attention(
            state="To agree",
            colour="yellow",
            what=str(plan.notice),
            url=_url(looked, plan),
            detail=f"Plan {plan.number}, proposed on {weekday(timezone.localdate(plan.proposed_at))}",
            who=looked.who(PartyRole.COORDINATING_COMMISSIONER),
        )


def _attention(looked: LookedAt, milestone: Milestone, colour: str) -> Attention:
    is_over = is_overdue(milestone, looked.on)
    waiting = waiting_of(milestone.plan.notice, is_overdue=is_over, owner=milestone.owner.short_name)
    due = f"Milestone {'was due' if is_over else 'due'} {weekday(milestone.due_on)}: {milestone.what}"
    return Attention(
        state=days_in_words(_days_left(looked, milestone), is_overdue=is_over),
        colour=colour,
        what=str(milestone.plan.notice),
        url=_url(looked, milestone.plan),
        detail=f"{due}{lever_in_words(waiting, milestone.plan.notice)}",
        who=whose_turn(waiting, looked.parties),
    )


def _days_left(looked: LookedAt, milestone: Milestone) -> int:
    return looked.calendar.between(looked.on, milestone.due_on)


def _state(looked: LookedAt, milestone: Milestone) -> BoardState:
    return state_of(_days_left(looked, milestone), is_overdue(milestone, looked.on))


def _url(looked: LookedAt, plan: NoticePlan) -> str:
    return reverse("notice_detail", args=[looked.agreement.reference, plan.notice_id]) + f"#plan-{plan.number}"
