"""Every step of a plan and of its milestones by every role, at every stage that a notice comes to."""

from datetime import date
from functools import partial
from itertools import product

import pytest

from contracts.actions.milestones import record_milestone
from contracts.actions.notice_plans import PlannedMilestone, agree_plan, propose_plan
from contracts.audit import CONSOLE
from contracts.levers.ladder import NoticeStage
from contracts.levers.who_may import steps_of
from contracts.models import Membership, Milestone, MilestoneOutcome, Notice, NoticePlan, Organisation, Role
from contracts.notice_pages.addresses import url_of
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.notice_visits import page_of
from tests.notices import MILESTONES, acting, agreed_plan, fewest_moves, notice_at, one_move, proposed_plan
from tests.trying import Step, is_taken, pairs, taken_by
from tests.visiting import visitor

pytestmark = pytest.mark.django_db
S, Outcome = NoticeStage, MilestoneOutcome
CCG, EDITOR, SIGNATORY = Role.COORDINATING_COMMISSIONER, Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY
NELFT = {EDITOR, SIGNATORY}
DUE = date(2019, 10, 1)
PLANNED = [("Fill both posts", DUE)]
# Who takes which step with the newest plan, by the stage of the notice and how the plan stands.
PROPOSES: dict[str, set[Role]] = {"propose": NELFT}
AGREES = PROPOSES | {"agree": {CCG}}
MAY: dict[tuple[NoticeStage, str], dict[str, set[Role]]] = {
    **{(stage, "none"): {} for stage in (S.ASKED, S.TAKEN_BACK, S.DECLINED, S.MEETING, S.ACTION, S.INVESTIGATION)},
    (S.PLAN, "none"): PROPOSES,
    (S.BREACHED, "none"): PROPOSES,
    (S.EXCEPTION_REPORT, "none"): PROPOSES,
    **{(stage, "none"): {} for stage in (S.WITHHOLDING, S.WITHDRAWN, S.RESOLVED, S.UNRESOLVED)},
    (S.PLAN, "proposed"): AGREES,
    (S.MONITORED, "proposed"): AGREES,
    (S.BREACHED, "proposed"): AGREES,
    (S.EXCEPTION_REPORT, "proposed"): AGREES,
    **{(stage, "proposed"): {} for stage in (S.WITHHOLDING, S.WITHDRAWN, S.RESOLVED, S.UNRESOLVED)},
    (S.MONITORED, "agreed"): PROPOSES,
    (S.BREACHED, "agreed"): PROPOSES,
    (S.EXCEPTION_REPORT, "agreed"): PROPOSES,
    **{(stage, "agreed"): {} for stage in (S.WITHHOLDING, S.WITHDRAWN, S.RESOLVED, S.UNRESOLVED)},
    # Another was proposed since: the older one is agreed by nobody.
    (S.PLAN, "replaced"): PROPOSES,
    (S.MONITORED, "replaced"): PROPOSES,
}
# Where no plan is made: the stages that the notice came to since one was proposed with the exception report.
SINCE = {
    S.WITHHOLDING: (S.WITHHOLDING,),
    S.WITHDRAWN: (S.WITHDRAWN,),
    S.RESOLVED: (S.WITHHOLDING, S.RESOLVED),
    S.UNRESOLVED: (S.WITHHOLDING, S.UNRESOLVED),
}
# Who records what of a milestone, by what was recorded of it last.
RECORDS: dict[str, dict[str, set[Role]]] = {
    "nothing": {"said-done": NELFT, "met": {CCG}, "missed": {CCG}},
    "said-done": {"met": {CCG}, "missed": {CCG}},
    # What was met may turn out not to have been.
    "met": {"missed": {CCG}},
    "missed": {"said-done": NELFT, "met": {CCG}},
}
RUNNING = (S.MONITORED, S.BREACHED, S.EXCEPTION_REPORT, S.WITHHOLDING)
ENDED = (S.WITHDRAWN, S.RESOLVED, S.UNRESOLVED)


def brought(kent: Kent, notice: Notice, *stages: NoticeStage) -> Notice:
    """The notice as it is when it came to these stages, one after the other, each in the fewest moves."""
    now = Notice.objects.get(pk=notice.pk)
    for stage in stages:
        for to in fewest_moves(S(now.stage), stage, steps_of(now)):
            now = one_move(kent, now, to)
    return now


def under_way(kent: Kent, stage: NoticeStage = S.MONITORED) -> NoticePlan:
    """A plan that was agreed, whose notice came to `stage` since."""
    plan = agreed_plan(kent, notice_at(kent, S.PLAN), milestones=PLANNED)
    brought(kent, plan.notice, stage)
    return plan


def plan_as(kent: Kent, stage: NoticeStage, stands: str) -> tuple[Notice, NoticePlan | None]:
    """A notice in a stage, with a plan as it stands in the table."""
    if stands == "none":
        return notice_at(kent, stage), None
    if stands == "agreed":
        plan = under_way(kent, stage)
    else:
        made_in = S.EXCEPTION_REPORT if stage in SINCE else stage
        plan = proposed_plan(kent, notice_at(kent, made_in), on=DEMO_DAY)
        brought(kent, plan.notice, *SINCE.get(stage, ()))
    if stands == "replaced":
        proposed_plan(kent, plan.notice, on=DEMO_DAY, milestones=MILESTONES[:1])
    return Notice.objects.get(pk=plan.notice_id), plan


def proposing(notice: Notice) -> Step:
    """The step of proposing a plan of one milestone."""
    planned = [PlannedMilestone("Fill both posts", DEMO_DAY, Organisation.objects.get(short_name="NELFT"))]
    return lambda by: propose_plan(notice, text="Two posts are filled", milestones=planned, by=by, at=DEMO_MOMENT)


def plan_steps(notice: Notice, plan: NoticePlan | None) -> dict[str, Step]:
    """Every step that a person may try with the notice's plan."""
    steps = {"propose": proposing(notice)}
    if plan:
        steps["agree"] = lambda by: agree_plan(plan, on=DEMO_DAY, by=by, at=DEMO_MOMENT)
    return steps


def record_steps(milestone: Milestone) -> dict[str, Step]:
    """Every record that a person may try to make of a milestone whose day has passed."""

    def record(outcome: MilestoneOutcome) -> Step:
        return lambda by: record_milestone(
            milestone, outcome=outcome, on=DEMO_DAY, evidence="Staff list", by=by, at=DEMO_MOMENT
        )

    return {outcome.value: record(outcome) for outcome in Outcome}


def recorded(kent: Kent, milestone: Milestone, last: str) -> None:
    """What was recorded of the milestone last, by the side that says so."""
    if last != "nothing":
        role = EDITOR if last == "said-done" else CCG
        record_steps(milestone)[last](acting(kent, role))


def milestone_as(kent: Kent, stage: NoticeStage, last: str) -> Milestone:
    """A milestone of a plan under way, of which that was recorded last, and whose notice came to `stage` since."""
    plan = under_way(kent)
    milestone = plan.milestones.get()
    recorded(kent, milestone, last)
    assert brought(kent, plan.notice, stage).stage == stage
    return milestone


def test_every_stage_is_in_the_tables() -> None:
    assert {stage for stage, _ in MAY} == set(S)
    assert set(RECORDS) - {"nothing"} == set(Outcome.values)


@pytest.mark.parametrize(("stage", "stands"), MAY)
def test_every_step_of_a_plan_by_every_role(agreed: Kent, stage: NoticeStage, stands: str) -> None:
    notice, plan = plan_as(agreed, stage, stands)
    assert notice.stage == stage
    steps = plan_steps(notice, plan)
    assert taken_by(agreed, steps) == pairs(MAY[stage, stands])
    assert not any(is_taken(partial(step, CONSOLE)) for step in steps.values())


@pytest.mark.parametrize(("stage", "stands"), [(S.PLAN, "none"), (S.PLAN, "proposed"), (S.MONITORED, "agreed")])
def test_the_page_offers_what_may_be_done_with_a_plan(agreed: Kent, stage: NoticeStage, stands: str) -> None:
    notice, plan = plan_as(agreed, stage, stands)
    addresses = {"propose": url_of(notice, "notice_plan")}
    if plan:
        addresses["agree"] = url_of(notice, "notice_plan_agree", plan.pk)
    assert offered(agreed, notice, addresses) == pairs(MAY[stage, stands])


@pytest.mark.parametrize(("stage", "last"), list(product(RUNNING, RECORDS)))
def test_every_record_of_a_milestone_by_every_role(agreed: Kent, stage: NoticeStage, last: str) -> None:
    milestone = milestone_as(agreed, stage, last)
    assert taken_by(agreed, record_steps(milestone)) == pairs(RECORDS[last])


@pytest.mark.parametrize("stage", ENDED)
def test_nothing_is_recorded_of_a_notice_that_ended(agreed: Kent, stage: NoticeStage) -> None:
    milestone = milestone_as(agreed, stage, "said-done")
    assert taken_by(agreed, record_steps(milestone)) == set()


@pytest.mark.parametrize("last", RECORDS)
def test_the_page_offers_what_may_be_recorded_of_a_milestone(agreed: Kent, last: str) -> None:
    milestone = milestone_as(agreed, S.MONITORED, last)
    notice, roles = milestone.plan.notice, RECORDS[last]
    addresses = {
        "say done": url_of(notice, "notice_milestone_done", milestone.pk),
        "judge": url_of(notice, "notice_milestone_outcome", milestone.pk),
    }
    may = {"say done": roles.get("said-done", set()), "judge": roles.get("met", set()) | roles.get("missed", set())}
    assert offered(agreed, notice, addresses) == pairs(may)


@pytest.mark.parametrize("stands", ["proposed", "replaced"])
def test_nothing_is_recorded_of_a_plan_that_is_not_agreed(agreed: Kent, stands: str) -> None:
    _, plan = plan_as(agreed, S.PLAN, stands)
    assert plan
    assert taken_by(agreed, record_steps(plan.milestones.earliest("position"))) == set()


def test_nothing_is_recorded_of_a_plan_that_another_took_the_place_of(agreed: Kent) -> None:
    old = under_way(agreed)
    by = acting(agreed, CCG)
    agree_plan(proposed_plan(agreed, old.notice, on=DEMO_DAY), on=DEMO_DAY, by=by, at=DEMO_MOMENT)
    assert taken_by(agreed, record_steps(old.milestones.get())) == set()


def test_who_said_that_it_is_done_does_not_judge_it_for_the_other_side(agreed: Kent) -> None:
    milestone, sam = under_way(agreed).milestones.get(), agreed.people[EDITOR]
    recorded(agreed, milestone, "said-done")
    Membership.objects.create(user=sam, organisation=Organisation.objects.get(short_name="West Kent CCG"), role=CCG)
    assert taken_by(agreed, record_steps(milestone)) == {("met", CCG), ("missed", CCG)}


def offered(kent: Kent, notice: Notice, addresses: dict[str, str]) -> set[tuple[str, Role]]:
    """Which of the steps' addresses the page of the notice leads to, for each role that may open it."""
    pages = {role: visitor(kent, role).get(page_of(notice)).content.decode() for role in Role}
    return {(step, role) for role, page in pages.items() for step, url in addresses.items() if f'"{url}"' in page}
