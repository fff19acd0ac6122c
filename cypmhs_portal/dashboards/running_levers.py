"""What runs under the notices of an agreement: the open clocks, and the milestones of plans under way."""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.levers.ladder import NoticeStage
from contracts.models import Agreement, Milestone, Notice, NoticeClock
from contracts.queries.held_clocks import AGREED, PROPOSED
from contracts.queries.plans_in_force import milestones_to_meet


@dataclass(frozen=True, slots=True)
class RunningLevers:
    """Clocks with what was agreed and proposed of each, and milestones that are not met, what is due first first.

    Both come with their notice and the steps of its kind.
    """

    clocks: Sequence[NoticeClock]
    milestones: Sequence[Milestone]


NOTHING_RUNS = RunningLevers((), ())


def running_levers(agreement: Agreement) -> RunningLevers:
    """What runs in `agreement` now. Two queries, four more where clocks run, one more where a plan is under way."""
    clocks = NoticeClock.objects.filter(notice__agreement=agreement, ended_on=None)
    clocks = clocks.select_related("notice__kind", "term__step").prefetch_related(
        AGREED, PROPOSED, "notice__kind__steps"
    )
    under_way = milestones_to_meet(Notice.objects.filter(agreement=agreement, stage=NoticeStage.MONITORED))
    milestones = [one for of_notice in under_way.values() for one in of_notice]
    return RunningLevers(
        list(clocks.order_by("due_on", "pk")), sorted(milestones, key=lambda one: (one.due_on, one.pk))
    )
