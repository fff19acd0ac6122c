"""What breaks each constraint and trigger of the clocks of notices, and of the plans that put things right."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Model

from contracts.levers.ladder import NoticeStage
from contracts.models import (
    ClockChange,
    ClockRetiming,
    Milestone,
    MilestoneRecord,
    NoticeClock,
    NoticePlan,
    Organisation,
    Role,
    User,
)
from tests.invariants.refusals import Refusals, again, changed, first
from tests.invariants.refusals_of_notices import commissioner, served
from tests.invariants.refusals_of_payments import here
from tests.kent import DEMO_DAY, DEMO_MOMENT
from tests.notices import SERVED_ON, agreed_plan, notice_at, proposed_plan

ONE_DAY = timedelta(days=1)


def clock() -> NoticeClock:
    """The clock of the meeting, which runs."""
    return first(NoticeClock, notice=served())


def ended() -> NoticeClock:
    """The clock of a meeting that was held."""
    return first(NoticeClock, notice=notice_at(here(), NoticeStage.PLAN), stage="meeting")


def nelft() -> Organisation:
    return Organisation.objects.get(short_name="NELFT")


def change(**changes: object) -> ClockChange:
    """Five days more, as NELFT proposed them, or as `changes` say."""
    by = here().people[Role.PROVIDER_EDITOR]
    said = {"kind": "extension", "extra": 5, "reason": "Half term", "proposed_by": by, "proposed_by_name": by.name}
    moment = {"proposed_for": nelft(), "proposed_at": DEMO_MOMENT}
    return ClockChange.objects.create(**{"clock": clock(), **said, **moment, **changes})


def answered(answer: str = "agreed", side: Organisation | None = None, by: User | None = None) -> ClockChange:
    """The change as the commissioner answered it, for their own side, unless `side` or `by` is another."""
    whose = side or commissioner().memberships.get().organisation
    said = {"answer": answer, "answered_by": by or commissioner(), "answered_for": whose, "answered_at": DEMO_MOMENT}
    return changed(change(), **said)


def retiming(of: ClockChange | None = None, **changes: object) -> ClockRetiming:
    """A new due day, a day later, for a holiday or by what was agreed."""
    timed = of.clock if of else clock()
    said = {"cause": of.kind if of else "holiday", "reason": "Said", "by_name": "Helen Marsh", "at": DEMO_MOMENT}
    days = {"due_before": timed.due_on, "due_after": timed.due_on + ONE_DAY}
    return ClockRetiming.objects.create(**{"clock": timed, "change": of, **said, **days, **changes})


def plan() -> NoticePlan:
    """A plan that NELFT proposed."""
    return proposed_plan(here(), notice_at(here(), NoticeStage.PLAN))


def agreed() -> NoticePlan:
    return agreed_plan(here(), notice_at(here(), NoticeStage.PLAN))


def milestone() -> Milestone:
    return first(Milestone, plan=plan())


def record(of: Milestone | None = None, **changes: object) -> MilestoneRecord:
    """A milestone of an agreed plan, recorded as met, or as `changes` say."""
    by = commissioner()
    said = {"outcome": "met", "on": DEMO_DAY, "evidence": "Staff list", "by": by, "by_name": by.name}
    return MilestoneRecord.objects.create(
        milestone=of or first(Milestone, plan=agreed()), at=DEMO_MOMENT, **{**said, **changes}
    )


CLOCKS: Refusals = {
    "a_notice_has_one_open_clock": lambda _: again(clock()),
    "a_clock_is_due_after_it_starts": lambda _: again(clock(), due_on=SERVED_ON, ended_on=DEMO_DAY),
    "a_clock_is_of_a_known_stage": lambda _: again(clock(), stage="lost", ended_on=DEMO_DAY),
    "a_clock_ends_when_it_started_or_later": lambda _: changed(clock(), ended_on=SERVED_ON - ONE_DAY),
    "clocks_are_not_deleted": lambda _: NoticeClock.objects.filter(pk=clock().pk)._raw_delete("default"),
    "a_clock_is_retimed_with_its_cause": lambda _: changed(clock(), due_on=date(2020, 1, 2)),
    "an_ended_clock_stays": lambda _: changed(ended(), ended_on=None),
    "a_clock_keeps_its_terms": lambda _: changed(clock(), count=90),
}
CHANGES: Refusals = {
    "a_clock_has_one_open_proposal": lambda _: again(change()),
    "a_clock_change_has_a_reason": lambda _: change(reason=""),
    "an_extension_says_how_long_and_a_pause_which_days": lambda _: change(extra=None),
    "an_answered_clock_change_says_who_answered": lambda _: changed(change(), answer="agreed"),
    "the_other_side_answers_a_clock_change": lambda _: answered(side=nelft()),
    "nobody_answers_the_clock_change_they_proposed": lambda kent: answered(by=kent.people[Role.PROVIDER_EDITOR]),
    "clock_changes_are_not_deleted": lambda _: ClockChange.objects.filter(pk=change().pk)._raw_delete("default"),
    "a_clock_change_is_answered_once": lambda _: changed(answered(), answer="refused"),
    "a_clock_change_starts_unanswered": lambda _: again(answered()),
    "a_proposed_clock_change_is_not_edited": lambda _: changed(change(), extra=50),
    "a_retiming_moves_the_due_day": lambda _: retiming(due_after=clock().due_on),
    "a_retiming_rests_on_an_agreement_or_a_holiday": lambda _: retiming(cause="pause"),
    "retimings_are_append_only": lambda _: changed(retiming(), reason="Another"),
    "a_retiming_rests_on_what_was_agreed": lambda _: retiming(change()),
}
PLANS: Refusals = {
    "a_plan_number_is_used_once": lambda _: again(plan()),
    "a_plan_says_what_is_done": lambda _: again(plan(), number=9, text=""),
    "an_agreed_plan_says_who_agreed": lambda _: changed(plan(), agreed_at=DEMO_MOMENT),
    "nobody_agrees_the_plan_they_proposed": lambda _: changed(
        again(plan(), number=9, proposed_by=commissioner()), agreed_by=commissioner(), agreed_at=DEMO_MOMENT
    ),
    "the_other_side_agrees_a_plan": lambda kent: changed(
        plan(), agreed_by=kent.people[Role.PROVIDER_SIGNATORY], agreed_at=DEMO_MOMENT
    ),
    "plans_are_not_deleted": lambda _: NoticePlan.objects.filter(pk=plan().pk)._raw_delete("default"),
    "an_agreed_plan_stays": lambda _: changed(agreed(), agreed_by_name="Somebody else"),
    "a_proposed_plan_is_not_edited": lambda _: changed(plan(), text="Something else"),
    "a_plan_has_one_milestone_at_a_place": lambda _: again(milestone()),
    "a_milestone_says_what_is_done": lambda _: again(milestone(), position=9, what=""),
    "milestones_are_append_only": lambda _: changed(milestone(), what="Something else"),
    "an_agreed_plan_gets_no_more_milestones": lambda _: again(first(Milestone, plan=agreed()), position=9),
    "a_milestone_has_a_known_outcome": lambda _: record(outcome="maybe"),
    "a_milestone_record_says_how_it_is_known": lambda _: record(evidence=""),
    "milestone_records_are_append_only": lambda _: changed(record(), evidence="Something else"),
    "only_agreed_milestones_are_recorded": lambda _: record(milestone()),
    "the_commissioner_judges_a_milestone": lambda kent: record(by=kent.people[Role.PROVIDER_EDITOR]),
    "nobody_judges_the_milestone_they_said_done": lambda _: again(record(outcome="said-done"), outcome="met"),
    "a_milestone_record_follows_from_the_last": lambda _: again(record(), outcome="said-done"),
}
OF_CLOCKS: Refusals = {**CLOCKS, **CHANGES, **PLANS}
ROWS_OF_CLOCKS: dict[type[Model], Callable[[], Model]] = {
    ClockRetiming: retiming,
    Milestone: milestone,
    MilestoneRecord: record,
}
