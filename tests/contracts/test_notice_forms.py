"""Every step with a notice as it is taken on its pages: what is asked, what is refused, and what a stale tab does."""

from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from contracts.levers.ladder import NoticeStage
from contracts.models import Event, Milestone, Notice, NoticeMail, NoticePlan, Organisation, Role
from tests.kent import DEMO_DAY, Kent
from tests.notice_visits import COMMISSIONER, COUNCIL, PROVIDER, confirmed, day_sent, page_of, read, take_step
from tests.notices import MILESTONES, agreed_plan, asked_notice, notice_at, proposed_plan, served_notice
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
S = NoticeStage
MEETING_HELD = date(2019, 9, 16)
TODAY: dict[str, Any] = day_sent(DEMO_DAY)


def now(notice: Notice) -> Notice:
    """The notice as it is now."""
    return Notice.objects.get(pk=notice.pk)


def test_serving_says_first_what_it_starts(kent: Kent) -> None:
    notice = asked_notice(kent)
    asked = take_step(kent, notice, "service/", **day_sent(date(2019, 10, 8)))
    assert "Check and confirm" in asked
    assert "Day of service Tuesday 8 October 2019" in asked
    assert "“Contract management meeting”, within 10† operational days. It is due by Tuesday 22 October 2019." in asked
    assert now(notice).stage == S.ASKED
    assert "is served." in confirmed(kent, notice, "service/", **day_sent(date(2019, 10, 8)))
    assert now(notice).served_on == date(2019, 10, 8)


def test_a_confirmation_can_be_gone_back_on(kent: Kent) -> None:
    notice = served_notice(kent)
    said = {"reason": "Nobody came", **day_sent(MEETING_HELD)}
    answer = visitor(kent, COMMISSIONER).post(
        page_of(notice, "move/plan/"), {"stage": notice.stage, "step": "change", **said}
    )
    assert "Nobody came" in answer.content.decode()
    assert 'value="16"' in answer.content.decode()
    assert now(notice).stage == S.MEETING


def test_a_move_is_recorded_once_confirmed(kent: Kent) -> None:
    notice = served_notice(kent)
    said = confirmed(kent, notice, "move/plan/", reason="", **day_sent(MEETING_HELD))
    assert "is at “Remedial action plan” now" in said
    assert "Monday 16 September 2019" in said
    assert now(notice).stage == S.PLAN


def test_a_stale_tab_is_told_and_changes_nothing(kent: Kent) -> None:
    notice = served_notice(kent)
    confirmed(kent, notice, "move/plan/", **day_sent(MEETING_HELD))
    again = confirmed(kent, notice, "move/plan/", **day_sent(MEETING_HELD))
    assert "is at “Remedial action plan” since you opened the page. Nothing was changed." in again
    assert notice.moves.count() == 3


@pytest.mark.parametrize(
    ("stage", "step"),
    [
        (S.MEETING, "service/"),
        (S.MEETING, "refusal/"),
        (S.MEETING, "move/withholding/"),
        (S.MEETING, "move/asked/"),
        (S.ASKED, "move/meeting/"),
        (S.PLAN, "move/monitored/"),
        (S.WITHDRAWN, "move/withdrawn/"),
        (S.DECLINED, "service/"),
    ],
)
def test_a_step_that_does_not_come_next_leads_back_with_a_sentence(kent: Kent, stage: NoticeStage, step: str) -> None:
    notice = notice_at(kent, stage)
    before = notice.moves.count()
    assert "Early Help caseload is" in read_after(visitor(kent, COMMISSIONER), notice, step)
    confirmed(kent, notice, step, reason="Because", **TODAY)
    assert notice.moves.count() == before


def read_after(client: Client, notice: Notice, step: str) -> str:
    """What the page says that the address of a step leads to."""
    return text_of(client.get(page_of(notice, step), follow=True))


def test_a_step_that_nobody_knows_is_404(kent: Kent) -> None:
    notice = served_notice(kent)
    assert visitor(kent, COMMISSIONER).get(page_of(notice, "move/nowhere/")).status_code == HTTPStatus.NOT_FOUND


BAD_DAYS: list[tuple[dict[str, str], str]] = [
    (day_sent(None), "Give the day it happened"),
    ({"on_day": "31", "on_month": "9", "on_year": "2019"}, "Give a day that exists"),
    ({"on_day": "a", "on_month": "\x00", "on_year": "2019"}, "Give a day that exists"),
    ({"on_day": "1", "on_month": "1", "on_year": "99999"}, "Give a day that exists"),
    ({"on_day": "1", "on_month": "1", "on_year": "0019"}, "Give a year from 1990 to 2100"),
    ({"on_day": "1", "on_month": "1", "on_year": "2101"}, "Give a year from 1990 to 2100"),
    (day_sent(date(2019, 10, 18)), "that is in the future"),
    (day_sent(date(2019, 9, 2)), "the last step of this notice was on 3 September 2019"),
]


@pytest.mark.parametrize(("sent", "said"), BAD_DAYS)
def test_a_day_that_cannot_be_is_refused_with_what_was_typed(kent: Kent, sent: dict[str, str], said: str) -> None:
    notice = served_notice(kent)
    client = visitor(kent, COMMISSIONER)
    answer = client.post(
        page_of(notice, "move/breached/".replace("breached", "plan")),
        {"stage": "meeting", "step": "confirm", "reason": "Typed before", **sent},
    )
    page = text_of(answer)
    assert (answer.status_code, now(notice).stage) == (HTTPStatus.OK, S.MEETING)
    assert "There is a problem" in page
    assert said in page
    assert "Typed before" in page


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", "Say what was found, and why"),
        (" \n\x00\u200b", "Say what was found, and why"),
        ("...", "Say why in words"),
        ("Born 3 May 2008", "Take out what could point at a child (date of birth)"),
        ("9434765919", "Take out what could point at a child (NHS number)"),
        ("x" * 5001, "at most 5000 characters"),
    ],
)
def test_a_reason_that_is_none_is_refused(kent: Kent, reason: str, said: str) -> None:
    notice = notice_at(kent, S.MONITORED)
    page = take_step(kent, notice, "move/breached/", reason=reason, **TODAY)
    assert said in page
    assert now(notice).stage == S.MONITORED


def test_declining_and_taking_back(kent: Kent) -> None:
    notice = asked_notice(kent)
    assert "Say why you decline" in take_step(kent, notice, "refusal/", reason=" ")
    assert "is declined. Alex Morgan can read why." in take_step(kent, notice, "refusal/", reason="Too early")
    other = asked_notice(kent)
    assert "is taken back." in take_step(kent, other, "withdrawal-of-request/", COUNCIL)
    assert (now(notice).stage, now(other).stage) == (S.DECLINED, S.TAKEN_BACK)


def test_nobody_serves_what_they_asked_for(kent: Kent) -> None:
    notice = asked_notice(kent, role=COMMISSIONER)
    said = confirmed(kent, notice, "service/", **TODAY)
    assert "You asked for this notice, so somebody else serves it." in said
    assert now(notice).stage == S.ASKED


def test_acknowledging_twice_is_said_and_kept_once(kent: Kent) -> None:
    notice = served_notice(kent)
    assert "is acknowledged." in take_step(kent, notice, "acknowledgement/", PROVIDER, text="We have it")
    assert "acknowledged this notice already" in take_step(kent, notice, "acknowledgement/", PROVIDER, text="Again")
    assert notice.entries.count() == 1


@pytest.mark.parametrize(("role", "kind"), [(PROVIDER, "answer"), (COUNCIL, "note"), (COMMISSIONER, "note")])
def test_what_the_provider_adds_is_an_answer_and_what_others_add_a_note(kent: Kent, role: Role, kind: str) -> None:
    notice = served_notice(kent)
    assert "Write what you want to add" in take_step(kent, notice, "record/", role, text=" ")
    for _ in range(2):  # a button pressed twice
        said = take_step(kent, notice, "record/", role, text="We <b>met</b>")
    assert "‘We <b>met</b>’" in said
    assert [entry.kind for entry in notice.entries.all()] == [kind]


def plan_sent(count: int = 1, **more: Any) -> dict[str, Any]:
    """What the form of a plan sends, with `count` milestones for NELFT."""
    sent = {"text": "Two posts are filled", "milestone-TOTAL_FORMS": str(count), "milestone-INITIAL_FORMS": "0"}
    nelft = Organisation.objects.get(short_name="NELFT").pk
    for number in range(count):
        begins = f"milestone-{number}-"
        sent |= {f"{begins}what": f"Step {number}", f"{begins}owner": str(nelft)}
        sent |= day_sent(date(2019, 11, 1), f"{begins}due_on")
    return sent | more


def test_a_plan_is_proposed_with_ten_milestones_and_agreed(kent: Kent) -> None:
    notice = notice_at(kent, S.PLAN)
    assert "Plan 1 is proposed." in take_step(kent, notice, "plans/", PROVIDER, **plan_sent(10))
    plan = NoticePlan.objects.get(notice=notice)
    assert plan.milestones.count() == 10
    assert "“Remedial action plan under way” begins" in take_step(kent, notice, f"plans/{plan.pk}/agreement/", **TODAY)
    assert "Plan 1 is agreed." in confirmed(kent, notice, f"plans/{plan.pk}/agreement/", **TODAY)
    assert now(notice).stage == S.MONITORED


def test_another_milestone_keeps_what_was_typed(kent: Kent) -> None:
    notice = notice_at(kent, S.PLAN)
    said = {"stage": "plan", "step": "another", **plan_sent(2)}
    page = visitor(kent, PROVIDER).post(page_of(notice, "plans/"), said).content.decode()
    assert page.count('<legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Milestone ') == 3
    assert 'value="Step 1"' in page
    assert "Two posts are filled" in page
    assert notice.plans.count() == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": ""}, "Say what the plan does"),
        ({"milestone-0-what": ""}, "Say what is done"),
        ({"milestone-0-due_on_day": "40"}, "Give a day that exists"),
        ({"milestone-0-owner": "0"}, "Choose who does it"),
        ({"milestone-0-owner": ""}, "Choose who does it"),
        ({"milestone-0-due_on_year": "2018"}, "which has gone by"),
        ({"milestone-TOTAL_FORMS": "0"}, "Add a milestone at least"),
        ({"milestone-TOTAL_FORMS": "x"}, "There is a problem"),
        ({"milestone-TOTAL_FORMS": "9999"}, "There is a problem"),
    ],
)
def test_a_plan_that_is_none_is_refused(kent: Kent, wrong: dict[str, Any], said: str) -> None:
    notice = notice_at(kent, S.PLAN)
    assert said in take_step(kent, notice, "plans/", PROVIDER, **plan_sent(**wrong))
    assert notice.plans.count() == 0


def test_a_plan_that_another_took_the_place_of_cannot_be_agreed(kent: Kent) -> None:
    notice = notice_at(kent, S.PLAN)
    first = proposed_plan(kent, notice)
    proposed_plan(kent, notice, milestones=MILESTONES[:1])
    said = confirmed(kent, notice, f"plans/{first.pk}/agreement/", **TODAY)
    assert "Plan 2 took the place of plan 1." in said
    assert now(notice).stage == S.PLAN


def test_a_milestone_is_said_to_be_done_and_judged(kent: Kent) -> None:
    notice = notice_at(kent, S.PLAN)
    agreed_plan(kent, notice)
    milestone = Milestone.objects.filter(plan__notice=notice).order_by("position")[0]
    notice = now(notice)
    step = f"milestones/{milestone.pk}/"
    done: dict[str, Any] = {"evidence": "Both have started", **TODAY}
    assert "Say what shows that it is done" in take_step(kent, notice, f"{step}done/", PROVIDER, **TODAY)
    assert "said to be done." in take_step(kent, notice, f"{step}done/", PROVIDER, **done)
    assert "already" in take_step(kent, notice, f"{step}done/", PROVIDER, **done)
    assert "Choose whether it was met" in take_step(kent, notice, f"{step}met/", **done)
    assert "recorded as met." in take_step(kent, notice, f"{step}met/", outcome="met", **done)
    judge, provider = read(visitor(kent, COMMISSIONER), notice), read(visitor(kent, PROVIDER), notice)
    assert "Record whether it was met : Fill the two vacant posts" not in judge
    assert "Record that it was missed after all : Fill the two vacant posts" in judge
    assert "Say that it is done : Fill the two vacant posts" not in provider
    said = take_step(kent, notice, f"{step}done/", PROVIDER, **done)
    assert "recorded this milestone as “met”, so it cannot be “said to be done” any more." in said


def test_a_plan_and_a_milestone_of_another_notice_are_not_there(kent: Kent) -> None:
    notice, other = notice_at(kent, S.PLAN), notice_at(kent, S.MONITORED)
    plan = other.plans.get()
    client = visitor(kent, COMMISSIONER)
    for step in (f"plans/{plan.pk}/agreement/", f"milestones/{plan.milestones.all()[0].pk}/met/"):
        assert client.get(page_of(other, step), follow=True).status_code == HTTPStatus.OK
        assert client.get(page_of(notice, step)).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("on", "says"), [(date(2019, 10, 18), "Service cannot be on 18 October 2019"), (date(2019, 8, 1), "1 August 2019")]
)
def test_a_day_that_cannot_be_is_said_before_anything_is_promised(kent: Kent, on: date, says: str) -> None:
    notice = asked_notice(kent)
    events, mails = Event.objects.count(), NoticeMail.objects.count()
    said = take_step(kent, notice, "service/", **day_sent(on))
    assert says in said
    assert "Check and confirm" not in said
    assert "Check and confirm" in take_step(kent, notice, "service/", **day_sent(date(2019, 10, 8)))
    assert (now(notice).stage, notice.clocks.count()) == (S.ASKED, 0)
    assert (Event.objects.count(), NoticeMail.objects.count()) == (events, mails)
