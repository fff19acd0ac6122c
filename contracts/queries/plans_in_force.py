"""The plan that counts under a notice, and what of it is still to be met."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from contracts.models import Milestone, MilestoneOutcome, MilestoneRecord, Notice, NoticePlan


def plan_in_force(notice: Notice) -> NoticePlan | None:
    """The last plan that was agreed under the notice; None where none was."""
    return notice.plans.filter(agreed_at__isnull=False).order_by("-number").first()


def milestones_not_met(notice: Notice) -> list[Milestone]:
    """The milestones of the plan in force that nobody recorded as met, in their order."""
    plan = plan_in_force(notice)
    rows = plan.milestones.prefetch_related("records").order_by("position") if plan else []
    return [milestone for milestone in rows if not _is_met(milestone)]


def newest_record(milestone: Milestone) -> MilestoneRecord | None:
    """What was recorded of the milestone last; it counts."""
    return max(milestone.records.all(), key=lambda record: record.pk, default=None)


def _is_met(milestone: Milestone) -> bool:
    last = newest_record(milestone)
    return last is not None and last.outcome == MilestoneOutcome.MET


def milestones_to_meet(notices: Collection[Notice] | QuerySet[Notice]) -> dict[int, list[Milestone]]:
    """What is to be met under each notice's plan in force, by the notice's key: what is due first comes first.

    What is said to be done and waits for judgement comes after everything else. Each has its notice, its kind and its
    owner, and in `newest` what was recorded of it last. Two queries, one where there are none.
    """
    newest = MilestoneRecord.objects.filter(milestone=OuterRef("pk")).order_by("-pk").values("outcome")[:1]
    later = NoticePlan.objects.filter(
        notice=OuterRef("plan__notice"), agreed_at__isnull=False, number__gt=OuterRef("plan__number")
    )
    rows = Milestone.objects.filter(~Exists(later), plan__notice__in=notices, plan__agreed_at__isnull=False)
    rows = rows.annotate(newest=Coalesce(Subquery(newest), Value(""))).exclude(newest=MilestoneOutcome.MET)
    rows = rows.select_related("plan__notice__kind", "plan__notice__agreement", "owner")
    rows = rows.prefetch_related("plan__notice__kind__steps")
    found: dict[int, list[Milestone]] = defaultdict(list)
    for one in sorted(rows, key=lambda one: (is_said_done(one), one.due_on, one.position)):
        found[one.plan.notice_id].append(one)
    return dict(found)


def is_said_done(milestone: Milestone) -> bool:
    """Whether its owner said that one of the `milestones_to_meet` is done, and nobody has judged it since."""
    newest: str = milestone.newest  # type: ignore[attr-defined]  # annotated
    return newest == MilestoneOutcome.SAID_DONE


def is_overdue(milestone: Milestone, on: date) -> bool:
    """Whether the day of one of the `milestones_to_meet` has passed without anybody saying that it is done."""
    return milestone.due_on < on and not is_said_done(milestone)
