"""Two people at one notice at the same moment, each with a database connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from contracts.actions.notice_entries import acknowledge_notice
from contracts.actions.notice_moving import move_notice
from contracts.actions.notice_plans import agree_plan, record_milestone
from contracts.actions.notices import decline_notice, serve_notice, take_back_notice
from contracts.actions.refusals import Refused
from contracts.audit import Actor, first_broken_link
from contracts.levers.ladder import NoticeStage
from contracts.models import Event, Membership, MilestoneOutcome, Notice, NoticeClock, Organisation, Role, User
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent, load_terms
from tests.loaded_once import QUICK_HASHERS
from tests.notices import SERVED_ON, acting, agreed_plan, asked_notice, notice_at, proposed_plan, served_notice

pytestmark = pytest.mark.django_db(transaction=True)
S = NoticeStage
ACTED = "Somebody may have acted before you: look at the page again."


@pytest.fixture
def people(settings: Settings, tmp_path: Path) -> Kent:
    """The Kent agreement, committed, so that every connection sees it."""
    settings.PORTAL_TODAY = DEMO_DAY
    settings.PASSWORD_HASHERS = QUICK_HASHERS
    return load_terms(tmp_path / "sign-ins.json")


def at_once(*steps: Callable[[], object]) -> list[str]:
    """Take the steps in threads that begin together: why each was refused, empty where it was taken."""
    start = Barrier(len(steps))

    def take(step: Callable[[], object]) -> str:
        try:
            start.wait()
            step()
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(steps)) as threads:
        return list(threads.map(take, steps))


def commissioners(people: Kent) -> tuple[Actor, Actor]:
    """Helen Marsh and a colleague of hers at West Kent CCG."""
    colleague = User.objects.create_user("ola.berg@westkentccg.example", name="Ola Berg")
    west_kent = Organisation.objects.get(short_name="West Kent CCG")
    Membership.objects.create(user=colleague, organisation=west_kent, role=Role.COORDINATING_COMMISSIONER)
    return acting(people, Role.COORDINATING_COMMISSIONER), Actor.person(colleague)


def one_is_told(refusals: list[str], notice: Notice) -> Notice:
    """One step was taken and who took the other is told so; the notice as it is now, with one event for the one."""
    (told,) = [said for said in refusals if said]
    assert len(refusals) == 2
    assert told.endswith((ACTED, "Look at the page again.", "already."))
    assert first_broken_link(notice.agreement) is None
    return Notice.objects.get(pk=notice.pk)


def test_a_notice_is_served_once(people: Kent) -> None:
    notice = asked_notice(people)
    steps = [
        lambda by=by: serve_notice(notice, served_on=SERVED_ON, by=by, at=DEMO_MOMENT) for by in commissioners(people)
    ]
    now = one_is_told(at_once(*steps), notice)
    assert (now.stage, now.number, now.moves.count(), now.clocks.count()) == (S.MEETING, 1, 2, 1)
    assert Event.objects.filter(action="notice served").count() == 1


def test_two_notices_served_at_once_get_two_numbers(people: Kent) -> None:
    served_notice(people)
    asked = [asked_notice(people, subject=f"Caseload {number}") for number in range(4)]
    by = acting(people, Role.COORDINATING_COMMISSIONER)
    steps = [lambda one=one: serve_notice(one, served_on=SERVED_ON, by=by, at=DEMO_MOMENT) for one in asked]
    assert at_once(*steps) == [""] * 4
    assert list(Notice.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("attempt", range(3))
def test_served_and_declined_or_taken_back_at_once(people: Kent, attempt: int) -> None:
    notice = asked_notice(people)
    helen, ola = commissioners(people)
    kcc = acting(people, Role.COUNCIL_COMMISSIONER)
    refusals = at_once(
        lambda: decline_notice(notice, reason="In question", by=helen, at=DEMO_MOMENT),
        lambda: serve_notice(notice, served_on=SERVED_ON, by=ola, at=DEMO_MOMENT),
        lambda: take_back_notice(notice, by=kcc, at=DEMO_MOMENT),
    )
    assert sorted(bool(said) for said in refusals) == [False, True, True]
    assert all(said.endswith(ACTED) for said in refusals if said)
    now = Notice.objects.get(pk=notice.pk)
    assert now.was_served is (now.stage == S.MEETING)
    assert now.moves.count() == 2


def test_a_plan_is_agreed_once(people: Kent) -> None:
    plan = proposed_plan(people, notice_at(people, S.PLAN))
    steps = [lambda by=by: agree_plan(plan, on=DEMO_DAY, by=by, at=DEMO_MOMENT) for by in commissioners(people)]
    now = one_is_told(at_once(*steps), plan.notice)
    assert now.stage == S.MONITORED
    assert now.moves.filter(to_stage=S.MONITORED).count() == 1
    assert Event.objects.filter(action="plan agreed").count() == 1


def test_a_plan_is_agreed_while_a_newer_one_is_proposed(people: Kent) -> None:
    plan = proposed_plan(people, notice_at(people, S.PLAN))
    helen, _ = commissioners(people)
    refusals = at_once(
        lambda: agree_plan(plan, on=DEMO_DAY, by=helen, at=DEMO_MOMENT),
        lambda: proposed_plan(people, plan.notice, on=DEMO_DAY),
    )
    plan.refresh_from_db()
    # Either the newer plan came first and the older cannot be agreed, or the older was agreed and the newer waits.
    assert refusals in (["", ""], ["Plan 2 took the place of plan 1. Look at the page again.", ""])
    assert (plan.agreed_at is None) is bool(refusals[0])


@pytest.mark.parametrize(("one", "other"), [(S.PLAN, S.ACTION), (S.PLAN, S.PLAN), (S.INVESTIGATION, S.WITHDRAWN)])
def test_a_notice_moves_to_one_stage(people: Kent, one: NoticeStage, other: NoticeStage) -> None:
    notice = served_notice(people)
    steps = [
        lambda by=by, to=to: move_notice(notice, to=to, on=DEMO_DAY, reason="Said", by=by, at=DEMO_MOMENT)
        for by, to in zip(commissioners(people), (one, other), strict=True)
    ]
    now = one_is_told(at_once(*steps), notice)
    assert now.moves.count() == 3
    assert NoticeClock.objects.filter(notice=notice, ended_on=None).count() <= 1


def test_a_notice_is_acknowledged_once(people: Kent) -> None:
    notice = served_notice(people)
    providers = [acting(people, role) for role in (Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY)]
    now = one_is_told(
        at_once(*(lambda by=by: acknowledge_notice(notice, by=by, at=DEMO_MOMENT) for by in providers)), notice
    )
    assert now.entries.count() == 1


def test_a_milestone_is_recorded_once(people: Kent) -> None:
    milestone = agreed_plan(people, notice_at(people, S.PLAN)).milestones.earliest("position")
    met, on = MilestoneOutcome.MET, DEMO_DAY
    steps = [
        lambda by=by: record_milestone(milestone, outcome=met, on=on, evidence="Staff list", by=by, at=DEMO_MOMENT)
        for by in commissioners(people)
    ]
    one_is_told(at_once(*steps), milestone.plan.notice)
    assert milestone.records.count() == 1
