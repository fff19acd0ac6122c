"""Plans, their milestones and the record of a notice: who says what, in which order, and what is refused."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

import pytest
from django.http import Http404

from contracts.access import standing_of
from contracts.actions.notice_entries import acknowledge_notice, answer_notice, note_on_notice
from contracts.actions.notice_moving import move_notice
from contracts.actions.notice_plans import PlannedMilestone, agree_plan, propose_plan, record_milestone
from contracts.actions.refusals import Refused
from contracts.audit import Actor
from contracts.levers.ladder import BEFORE_SERVICE, ENDS, NoticeStage
from contracts.milestone_moves import FOLLOWS, RECORDED_WITH
from contracts.models import (
    Event,
    Membership,
    Milestone,
    MilestoneOutcome,
    MilestoneRecord,
    Notice,
    NoticePlan,
    Organisation,
    Party,
    Role,
    User,
)
from contracts.permissions import Permission
from contracts.queries.notices_held import notice_or_404, notices_visible
from contracts.queries.plans_in_force import milestones_not_met, plan_in_force
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.notices import (
    MILESTONES,
    acting,
    agreed_plan,
    moment_of,
    moved,
    notice_at,
    proposed_plan,
    served_notice,
)

pytestmark = pytest.mark.django_db
S = NoticeStage
ONE_DAY = timedelta(days=1)
MET, MISSED, SAID_DONE = MilestoneOutcome.MET, MilestoneOutcome.MISSED, MilestoneOutcome.SAID_DONE


def organisation(short_name: str) -> Organisation:
    return Organisation.objects.get(short_name=short_name)


def agree(kent: Kent, plan: NoticePlan, on: date = DEMO_DAY, by: Actor | None = None) -> NoticePlan:
    return agree_plan(plan, on=on, by=by or acting(kent, Role.COORDINATING_COMMISSIONER), at=DEMO_MOMENT)


def recorded(
    kent: Kent, milestone: Milestone, outcome: MilestoneOutcome, on: date = DEMO_DAY, day: date = DEMO_DAY
) -> MilestoneRecord:
    """A milestone recorded on the day `day` by the side that says so."""
    role = Role.PROVIDER_EDITOR if outcome is SAID_DONE else Role.COORDINATING_COMMISSIONER
    by = acting(kent, role)
    return record_milestone(milestone, outcome=outcome, on=on, evidence="Staff list", by=by, at=moment_of(day))


def first_milestone(plan: NoticePlan) -> Milestone:
    return plan.milestones.earliest("position")


class TestPlans:
    def test_agreeing_sets_the_plan_under_way(self, agreed: Kent) -> None:
        plan = agreed_plan(agreed, notice_at(agreed, S.PLAN))
        notice = Notice.objects.get(pk=plan.notice_id)
        assert (notice.stage, plan.agreed_by_name, plan.number) == (S.MONITORED, "Helen Marsh", 1)
        assert [one.what for one in milestones_not_met(notice)] == [what for what, _ in MILESTONES]
        event = Event.objects.latest("pk")
        assert (event.action, event.before) == ("plan agreed", {"stage": "plan"})

    def test_a_plan_under_way_is_reached_by_agreeing_it(self, agreed: Kent) -> None:
        notice = notice_at(agreed, S.PLAN)
        proposed_plan(agreed, notice)
        with pytest.raises(Refused, match=r"^A plan is under way once it is agreed"):
            moved(agreed, notice, S.MONITORED)

    def test_what_was_breached_is_monitored_again_only_with_a_plan(self, agreed: Kent) -> None:
        notice = notice_at(agreed, S.BREACHED)
        with pytest.raises(Refused, match=r"^No plan was agreed under this notice yet"):
            moved(agreed, notice, S.MONITORED)
        agree(agreed, proposed_plan(agreed, notice))
        assert Notice.objects.get(pk=notice.pk).stage == S.MONITORED

    def test_a_newer_plan_takes_the_place_of_an_older(self, agreed: Kent) -> None:
        notice = notice_at(agreed, S.PLAN)
        old, new = proposed_plan(agreed, notice), proposed_plan(agreed, notice, milestones=MILESTONES[:1])
        with pytest.raises(Refused, match=r"^Plan 2 took the place of plan 1\."):
            agree(agreed, old)
        agree(agreed, new)
        with pytest.raises(Refused, match=r"^Plan 2 was agreed already, by Helen Marsh\."):
            agree(agreed, new)

    def test_a_plan_agreed_while_one_is_under_way_moves_nothing(self, agreed: Kent) -> None:
        notice = notice_at(agreed, S.MONITORED)
        moves = notice.moves.count()
        plan = agree(agreed, proposed_plan(agreed, notice))
        assert plan_in_force(notice) == plan
        assert (Notice.objects.get(pk=notice.pk).stage, notice.moves.count()) == (S.MONITORED, moves)
        with pytest.raises(Refused, match=r"^Plan 2 is the one in force"):
            recorded(agreed, first_milestone(notice.plans.get(number=1)), MET)

    def test_a_plan_is_not_agreed_before_it_was_proposed(self, agreed: Kent) -> None:
        plan = proposed_plan(agreed, notice_at(agreed, S.PLAN), on=date(2019, 9, 20))
        with pytest.raises(Refused, match="was proposed on 20 September 2019, so it cannot be agreed on 19 September"):
            agree(agreed, plan, on=date(2019, 9, 19))
        with pytest.raises(Refused, match="in the future"):
            agree(agreed, plan, on=DEMO_DAY + ONE_DAY)

    @pytest.mark.parametrize("stage", [S.MEETING, S.ACTION, S.WITHHOLDING, S.RESOLVED, S.ASKED])
    def test_no_plan_is_proposed_where_none_is_made(self, agreed: Kent, stage: NoticeStage) -> None:
        with pytest.raises(Refused, match="and no plan is proposed there"):
            proposed_plan(agreed, notice_at(agreed, stage), on=DEMO_DAY)

    @pytest.mark.parametrize(
        ("milestones", "said"),
        [
            ([], "A plan has at least one milestone"),
            ([("Early", DEMO_DAY - ONE_DAY)], "Milestone 1 is due on 16 October 2019, which has gone by"),
            ([("Fine", DEMO_DAY), ("", DEMO_DAY)], "What milestone 2 has done is missing."),
            ([("x" * 241, DEMO_DAY)], "What milestone 1 has done has 241 characters"),
            ([("Fine", DEMO_DAY)] * 11, "A plan has at most 10 milestones"),
        ],
    )
    def test_milestones_that_are_refused(self, agreed: Kent, milestones: Sequence[tuple[str, date]], said: str) -> None:
        notice = notice_at(agreed, S.PLAN)
        with pytest.raises(Refused) as refused:
            proposed_plan(agreed, notice, on=DEMO_DAY, milestones=milestones)
        assert str(refused.value).startswith(said)
        assert not notice.plans.exists()

    def test_a_milestone_is_a_partys(self, agreed: Kent) -> None:
        stranger = Organisation.objects.create(name="A stranger", short_name="Stranger")
        with pytest.raises(Refused, match="Milestone 1: Stranger is no party to this agreement"):
            propose_plan(
                notice_at(agreed, S.PLAN),
                text="A plan",
                milestones=[PlannedMilestone("Done", DEMO_DAY, stranger)],
                by=acting(agreed, Role.PROVIDER_EDITOR),
                at=DEMO_MOMENT,
            )

    def test_the_other_side_agrees(self, agreed: Kent) -> None:
        plan = proposed_plan(agreed, notice_at(agreed, S.PLAN))
        for role in set(Role) - {Role.COORDINATING_COMMISSIONER}:
            with pytest.raises(Refused, match="Your role does not let you issue a notice"):
                agree(agreed, plan, by=acting(agreed, role))
        # Who works for both sides as well: who proposed it, and a colleague.
        west_kent = organisation("West Kent CCG")
        for role in (Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY):
            both = agreed.people[role]
            Membership.objects.create(user=both, organisation=west_kent, role=Role.COORDINATING_COMMISSIONER)
            with pytest.raises(Refused, match=r"^Your side proposed this plan, so the other side agrees it\.$"):
                agree(agreed, plan, by=Actor.person(both))

    def test_who_works_for_the_provider_never_agrees_even_when_the_proposer_has_left(self, agreed: Kent) -> None:
        plan = proposed_plan(agreed, notice_at(agreed, S.PLAN))
        both = agreed.people[Role.PROVIDER_SIGNATORY]
        west_kent = organisation("West Kent CCG")
        Membership.objects.create(user=both, organisation=west_kent, role=Role.COORDINATING_COMMISSIONER)
        Membership.objects.filter(user=plan.proposed_by).delete()
        with pytest.raises(Refused, match=r"^Your side proposed this plan, so the other side agrees it\.$"):
            agree(agreed, plan, by=Actor.person(both))

    def test_an_organisation_on_both_sides_does_not_agree_with_itself(self, agreed: Kent) -> None:
        plan = proposed_plan(agreed, notice_at(agreed, S.PLAN))
        nelft = organisation("NELFT")
        Party.objects.filter(agreement=agreed.agreement, role="coordinating-commissioner").update(organisation=nelft)
        colleague = User.objects.create_user("kim.dean@nelft.example", name="Kim Dean")
        Membership.objects.create(user=colleague, organisation=nelft, role=Role.COORDINATING_COMMISSIONER)
        with pytest.raises(Refused, match=r"^Your side proposed this plan"):
            agree(agreed, plan, by=Actor.person(colleague))


class TestMilestones:
    def test_the_provider_says_done_and_the_commissioner_met(self, agreed: Kent) -> None:
        milestone = first_milestone(agreed_plan(agreed, notice_at(agreed, S.PLAN)))
        recorded(agreed, milestone, SAID_DONE)
        recorded(agreed, milestone, MET)
        assert [record.outcome for record in milestone.records.order_by("pk")] == ["said-done", "met"]
        for role, outcome in ((Role.PROVIDER_EDITOR, MISSED), (Role.COORDINATING_COMMISSIONER, SAID_DONE)):
            with pytest.raises(Refused, match="Your role does not let you"):
                record_milestone(
                    milestone, outcome=outcome, on=DEMO_DAY, evidence="x", by=acting(agreed, role), at=DEMO_MOMENT
                )

    def test_a_milestone_is_missed_from_the_day_after_it_was_due(self, agreed: Kent) -> None:
        milestone = first_milestone(agreed_plan(agreed, notice_at(agreed, S.PLAN)))
        due = milestone.due_on
        with pytest.raises(Refused, match="it is missed from the day after"):
            recorded(agreed, milestone, MISSED, on=due, day=due)
        assert recorded(agreed, milestone, MISSED, on=due + ONE_DAY, day=due + ONE_DAY).outcome == MISSED

    def test_what_is_refused_of_a_record(self, agreed: Kent) -> None:
        plan = proposed_plan(agreed, notice_at(agreed, S.PLAN))
        with pytest.raises(Refused, match="The plan is not agreed yet"):
            recorded(agreed, first_milestone(plan), MET)
        milestone = first_milestone(agree(agreed, plan))
        with pytest.raises(Refused, match="is in the future"):
            recorded(agreed, milestone, MET, on=DEMO_DAY + ONE_DAY)
        with pytest.raises(Refused, match="The notice was served on 3 September 2019"):
            recorded(agreed, milestone, MET, on=date(2019, 9, 2))
        recorded(agreed, milestone, MET)
        with pytest.raises(Refused, match=r"^Helen Marsh recorded this milestone as “met” already\.$"):
            recorded(agreed, milestone, MET)

    def test_what_was_met_is_undone_by_the_commissioner_alone(self, agreed: Kent) -> None:
        milestone = first_milestone(agreed_plan(agreed, notice_at(agreed, S.PLAN)))
        after = milestone.due_on + ONE_DAY
        recorded(agreed, milestone, MET, day=after)
        with pytest.raises(Refused, match="recorded this milestone as “met”, so it cannot be “said to be done” any"):
            recorded(agreed, milestone, SAID_DONE, day=after)
        recorded(agreed, milestone, MISSED, on=after, day=after)
        recorded(agreed, milestone, SAID_DONE, on=after, day=after)
        assert [record.outcome for record in milestone.records.order_by("pk")] == ["met", "missed", "said-done"]

    def test_every_outcome_says_what_may_follow_and_who_records_it(self) -> None:
        assert set(FOLLOWS) == {None, *MilestoneOutcome}
        assert set(RECORDED_WITH) == set(MilestoneOutcome)
        assert [last for last, then in FOLLOWS.items() if last in then] == []

    def test_closing_with_milestones_not_met_says_why(self, agreed: Kent) -> None:
        notice = notice_at(agreed, S.MONITORED)
        by = acting(agreed, Role.COORDINATING_COMMISSIONER)
        first, second = notice.plans.get().milestones.order_by("position")
        recorded(agreed, first, MET)
        with pytest.raises(Refused, match=r"^1 of the plan’s milestones is not recorded as met: Reach a caseload of"):
            move_notice(notice, to=S.RESOLVED, on=DEMO_DAY, by=by, at=DEMO_MOMENT)
        recorded(agreed, second, MET)
        assert move_notice(notice, to=S.RESOLVED, on=DEMO_DAY, by=by, at=DEMO_MOMENT).stage == S.RESOLVED
        with pytest.raises(Refused, match="so nothing more is recorded of its milestones"):
            recorded(agreed, first, MISSED)


class TestRecord:
    @pytest.mark.parametrize("stage", [*BEFORE_SERVICE, *(end for end in ENDS if end not in BEFORE_SERVICE)])
    def test_nothing_is_said_before_service_and_after_the_end(self, agreed: Kent, stage: NoticeStage) -> None:
        notice = notice_at(agreed, stage)
        by = acting(agreed, Role.PROVIDER_EDITOR)
        for step in (acknowledge_notice, answer_notice, note_on_notice):
            with pytest.raises(Refused, match=r"was not served, so|any more"):
                step(notice, text="Said", by=by, at=DEMO_MOMENT)

    def test_who_says_what(self, agreed: Kent) -> None:
        notice = served_notice(agreed)
        steps = {"answer": answer_notice, "note": note_on_notice}
        said = {
            (name, role)
            for name, step in steps.items()
            for role in Role
            if is_taken(partial(step, notice, text="Said", by=acting(agreed, role), at=DEMO_MOMENT))
        }
        providers = {Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY}
        commissioners = {Role.COUNCIL_COMMISSIONER, Role.COORDINATING_COMMISSIONER}
        assert said == {("answer", role) for role in providers} | {("note", role) for role in providers | commissioners}

    def test_a_notice_is_acknowledged_once_by_the_provider(self, agreed: Kent) -> None:
        notice = served_notice(agreed)
        with pytest.raises(Refused, match="Your role does not let you acknowledge a notice"):
            acknowledge_notice(notice, by=acting(agreed, Role.COORDINATING_COMMISSIONER), at=DEMO_MOMENT)
        entry = acknowledge_notice(notice, by=acting(agreed, Role.PROVIDER_EDITOR), at=DEMO_MOMENT)
        assert (entry.kind, entry.text, entry.organisation.short_name) == ("acknowledged", "", "NELFT")
        with pytest.raises(Refused, match=r"^Sam Ellis acknowledged this notice already\.$"):
            acknowledge_notice(notice, by=acting(agreed, Role.PROVIDER_SIGNATORY), at=DEMO_MOMENT)


@pytest.mark.parametrize("stage", NoticeStage)
def test_the_provider_knows_of_nothing_that_was_not_served(agreed: Kent, stage: NoticeStage) -> None:
    notice = notice_at(agreed, stage)
    for role, person in agreed.people.items():
        standing = standing_of(person, agreed.agreement)
        knows = standing.may(Permission.SEE_NOTICES) and (notice.was_served or standing.may(Permission.SEE_REQUESTS))
        assert (notice in notices_visible(standing)) is knows, role
        if knows:
            assert notice_or_404(standing, notice.pk) == notice
        else:
            with pytest.raises(Http404):
                notice_or_404(standing, notice.pk)
    assert not standing_of(agreed.people[Role.PROVIDER_EDITOR], agreed.agreement).may(Permission.SEE_REQUESTS)


def is_taken(step: Callable[[], object]) -> bool:
    """Whether a step is not refused."""
    try:
        step()
    except Refused:
        return False
    return True
