"""A notice of Kent with one of everything that an address of a notice names."""

from contracts.actions.clock_changes import ProposedChange, propose_clock_change
from contracts.levers.ladder import NoticeStage
from contracts.models import ClockChangeKind, Role
from tests.kent import DEMO_MOMENT, Kent
from tests.notices import acting, notice_at, proposed_plan


def values_of_notices(kent: Kent) -> dict[str, object]:
    """What fills the parameters of the addresses of notices: of one that waits for its plan to be agreed."""
    notice = notice_at(kent, NoticeStage.PLAN)
    plan = proposed_plan(kent, notice)
    extension = ProposedChange(ClockChangeKind.EXTENSION, "Half term", extra=3)
    clock = notice.clocks.get(ended_on=None)
    change = propose_clock_change(clock, proposed=extension, by=acting(kent, Role.PROVIDER_EDITOR), at=DEMO_MOMENT)
    return {
        "notice": notice.pk,
        "stage": NoticeStage.WITHDRAWN.value,
        "plan": plan.pk,
        "milestone": plan.milestones.order_by("position")[0].pk,
        "change": change.pk,
        "letter": notice.letters.order_by("pk")[0].pk,
        "kind": "docx",
    }
