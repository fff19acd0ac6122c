"""The plan that counts under a notice, and what of it is still to be met."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Exists, OuterRef

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


def next_milestones(notices: Collection[Notice]) -> dict[int, Milestone]:
    """What is to be met next under each notice's plan in force, by the notice's key. One query."""
    later = MilestoneRecord.objects.filter(milestone=OuterRef("milestone"), pk__gt=OuterRef("pk"))
    newest = MilestoneRecord.objects.filter(~Exists(later), milestone=OuterRef("pk"))
    met = newest.filter(outcome=MilestoneOutcome.MET)
    rows = Milestone.objects.filter(plan__notice__in=notices, plan__agreed_at__isnull=False).select_related("plan")
    by_plan: dict[int, dict[int, list[Milestone]]] = defaultdict(lambda: defaultdict(list))
    for one in rows.annotate(is_met=Exists(met)).order_by("due_on", "position"):
        by_plan[one.plan.notice_id][one.plan.number] += [] if one.is_met else [one]
    # The last plan counts, and of what is not met in it the first.
    to_meet = {notice: plans[max(plans)] for notice, plans in by_plan.items()}
    return {notice: rows[0] for notice, rows in to_meet.items() if rows}
