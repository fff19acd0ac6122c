"""The page of all clocks: what it shows, to whom, and in which order."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings

from contracts.actions.clock_changes import ProposedChange, propose_clock_change
from contracts.actions.milestones import record_milestone
from contracts.actions.notices import decline_notice
from contracts.levers.ladder import NoticeStage as S
from contracts.models import AddedHoliday, ClockChangeKind, MilestoneOutcome, Notice, Role, StepClock
from tests.admin_pages import signed_in
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.notice_visits import page_of, read, take_step
from tests.notices import AQN, CPN, IBN, acting, agreed_plan, asked_notice, moved, notice_at, served_notice
from tests.visiting import visitor

# The person, their session and standing; notices with kinds, steps, clocks and moves; parties, holidays and terms.
BUDGET = 16
MONDAY = date(2019, 10, 14)
STAFFING = "Kent Health Needs Education staffing"


@pytest.fixture
def several(kent: Kent) -> Kent:
    """One notice overdue, two due soon, one running, one asked for, one declined."""
    breached = served_notice(kent, CPN, on=date(2019, 6, 12), subject=STAFFING, element=None)
    breached = moved(kent, breached, S.PLAN, on=date(2019, 6, 26))
    plan = agreed_plan(kent, breached, on=date(2019, 7, 3))
    plan.notice.refresh_from_db()
    moved(kent, plan.notice, S.BREACHED, on=date(2019, 10, 3), reason="The plan’s step for 30 September was missed.")
    served_notice(kent, IBN, on=MONDAY, subject="Harmful Sexual Behaviour not reported", element=None)
    served_notice(kent, CPN, on=date(2019, 10, 8))
    served_notice(kent, AQN, on=date(2019, 10, 9), subject="referrals to the whole service", element=None)
    asked_notice(kent, IBN, subject="September 2019 return", element=None, on=date(2019, 10, 16))
    august = asked_notice(kent, IBN, subject="August 2019 return", element=None)
    by = acting(kent, Role.COORDINATING_COMMISSIONER)
    decline_notice(august, reason="It came today.", by=by, at=DEMO_MOMENT)
    return kent


def page(kent: Kent, role: Role, name: str = "notices") -> str:
    values = [kent.agreement.reference] if name == "notices" else []
    answer = signed_in(Client(), kent.people[role]).get(reverse(name, args=values))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def places(text: str, *parts: str) -> list[int]:
    """Where each part begins, in the order asked for; an error where one is missing."""
    return [text.index(part) for part in parts]


def test_the_board_is_sorted_by_urgency_and_says_what_it_comes_to(several: Kent) -> None:
    text = page(several, Role.COUNCIL_COMMISSIONER)
    assert "Four clocks are open. One has run out, and the next ends on Monday." in text
    found = places(
        text,
        f"Contract Performance Notice 2019/01: {STAFFING}",
        "Information breach notice 2019/01: Harmful",
        "Contract Performance Notice 2019/02: Early Help caseload",
        "Activity Query Notice 2019/01",
        "Information breach notice: September 2019 return",
    )
    assert found == sorted(found)
    assert "1 closed notice" in text
    assert "Nobody has recorded doing so." in text


def test_each_row_says_who_does_what_next(several: Kent) -> None:
    text = page(several, Role.COUNCIL_COMMISSIONER)
    overdue = places(text, '"clock__days">5<', "operational days over", "Overdue", "West Kent CCG to act", "Next lever")
    assert overdue == sorted(overdue)
    assert "Breach to be put right was due Thursday 10 October 2019†" in text
    assert "Next lever: Exception report" in text
    assert "The plan’s step for 30 September was missed." in text
    remedy = places(text, "NELFT to act", "Remedy due by Monday 21 October 2019†")
    assert remedy == sorted(remedy)
    assert "West Kent CCG and NELFT to act" in text
    asked = places(text, "KCC asked", "16 October", "West Kent CCG to decide", "Asked for by Alex Morgan, KCC")
    assert asked == sorted(asked)


def test_a_plan_under_way_says_its_next_milestone(kent: Kent) -> None:
    first = agreed_plan(kent, notice_at(kent, S.PLAN))
    posts, caseload = first.milestones.order_by("position")
    by = acting(kent, Role.COORDINATING_COMMISSIONER)
    assert "Milestone due by Friday 1 November 2019: Fill the two vacant posts" in page(kent, Role.AUDITOR)
    record_milestone(posts, outcome=MilestoneOutcome.MET, on=DEMO_DAY, evidence="Seen", by=by, at=DEMO_MOMENT)
    text = page(kent, Role.AUDITOR)
    assert "Milestone due by Monday 2 December 2019: Reach a caseload of 250" in text
    days = places(
        text, '"clock__days">32<', "operational days left", "NELFT to act", "Milestone due by Monday 2 December"
    )
    assert days == sorted(days)
    nelft = acting(kent, Role.PROVIDER_EDITOR)
    said = MilestoneOutcome.SAID_DONE
    record_milestone(caseload, outcome=said, on=DEMO_DAY, evidence="We count 251", by=nelft, at=DEMO_MOMENT)
    text = page(kent, Role.AUDITOR)
    said_done = places(text, "West Kent CCG to act", "Milestone to be judged, NELFT says it is done: Reach a caseload")
    assert said_done == sorted(said_done), "it is met once the commissioner says so"
    record_milestone(caseload, outcome=MilestoneOutcome.MET, on=DEMO_DAY, evidence="Seen", by=by, at=DEMO_MOMENT)
    text = page(kent, Role.AUDITOR)
    assert "Milestone" not in text
    assert "<p>Remedial action plan under way</p>" in text


def test_a_milestone_whose_day_has_passed_is_as_urgent_as_a_clock(kent: Kent, settings: Settings) -> None:
    agreed_plan(kent, notice_at(kent, S.PLAN))
    settings.PORTAL_TODAY = date(2020, 1, 10)
    served_notice(kent, IBN, on=date(2020, 1, 6), element=None)
    text = page(kent, Role.COUNCIL_COMMISSIONER)
    assert "One clock is open. It ends on Monday. One milestone is overdue." in text
    found = places(
        text,
        '"clock__days">47<',
        "operational days over",
        "Overdue",
        "Contract Performance Notice 2019/01",
        "West Kent CCG to act",
        "Milestone was due Friday 1 November 2019: Fill the two vacant posts",
        "Next lever: Breach",
        "Information breach notice 2020/01",
    )
    assert found == sorted(found)


def test_the_board_says_the_day_that_is_kept(kent: Kent) -> None:
    """Until the clock is timed anew, the board and the notice's page say the same."""
    notice = served_notice(kent, CPN, on=date(2019, 10, 8))
    AddedHoliday.objects.create(day=notice.clocks.get().due_on, name="In the new list")
    assert "Contract management meeting due by Tuesday 22 October 2019" in page(kent, Role.AUDITOR)
    said = read(visitor(kent, Role.AUDITOR), notice)
    assert "Within 10† operational days: by Tuesday 22 October 2019. 7 days used, 2 left." in said
    assert "2 operational days left Contract management meeting due by Tuesday 22 October 2019" in said


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_the_council_asks_for_the_next_lever_from_the_board(several: Kent, role: Role) -> None:
    notice = Notice.objects.get(subject=STAFFING)
    asks = f'href="/agreements/KCC-CYPMHS-S76/notices/{notice.pk}/?ask=exception-report#record">Ask for it<'
    assert (asks in page(several, role)) is (role is Role.COUNCIL_COMMISSIONER)
    begun = ">KCC asks for the exception report, because </textarea>"
    address = f"{page_of(notice)}?ask="
    reader = visitor(several, role)
    assert (begun in html(reader, f"{address}exception-report")) is (role is Role.COUNCIL_COMMISSIONER)
    for other in ("withholding", "resolved", "x", ""):
        assert "asks for" not in html(reader, f"{address}{other}"), "it is not the next lever"


def test_an_ask_is_a_note_with_its_reason(several: Kent) -> None:
    notice, council = Notice.objects.get(subject=STAFFING), Role.COUNCIL_COMMISSIONER
    begun = "KCC asks for the exception report, because "
    assert "Say why you ask for it" in take_step(several, notice, "record/", council, text=begun)
    assert not notice.entries.exists()
    assert "is on the record" in take_step(several, notice, "record/", council, text=f"{begun}nobody has started.")
    assert notice.entries.get().text == f"{begun}nobody has started."


def html(reader: Client, address: str) -> str:
    return reader.get(address).content.decode()


def test_a_proposal_that_waits_for_its_answer_is_said(kent: Kent) -> None:
    clock = served_notice(kent, CPN, on=date(2019, 10, 8)).clocks.get()
    more = ProposedChange(ClockChangeKind.EXTENSION, "More time", extra=1)
    propose_clock_change(clock, proposed=more, by=acting(kent, Role.PROVIDER_EDITOR), at=DEMO_MOMENT)
    said = "NELFT proposed: 1 more operational day. It is not answered yet."
    assert said in page(kent, Role.COORDINATING_COMMISSIONER)


def test_the_provider_does_not_see_what_was_not_served(several: Kent) -> None:
    text = page(several, Role.PROVIDER_EDITOR)
    assert "September 2019 return" not in text
    assert "closed notice" not in text
    assert "Four clocks are open." in text


def test_a_checked_term_is_marked_no_more(several: Kent) -> None:
    StepClock.objects.filter(step__stage=S.ACTION).update(
        checked_reference="SC28, page 61", checked_by=several.people[Role.COUNCIL_COMMISSIONER], checked_on=DEMO_DAY
    )
    text = page(several, Role.COUNCIL_COMMISSIONER)
    assert "Remedy due by Monday 21 October 2019</p>" in text
    assert "Some numbers of days, marked †" in text


def test_an_agreement_without_notices_says_so(kent: Kent) -> None:
    assert "No notice is open." in page(kent, Role.AUDITOR)


def test_the_board_of_all_agreements_holds_the_same(several: Kent) -> None:
    text = page(several, Role.COORDINATING_COMMISSIONER, "all_notices")
    assert "Four clocks are open." in text
    assert "September 2019 return" in text
    assert "No notice is open." in page(several, Role.ADMINISTRATOR, "all_notices")


def test_as_many_queries_for_many_notices_as_for_few(several: Kent, client: Client) -> None:
    reader = signed_in(client, several.people[Role.COUNCIL_COMMISSIONER])
    few = queries(reader, several)
    assert len(few) <= BUDGET, "\n".join(few)
    for number in range(12):
        served_notice(several, CPN, on=DEMO_DAY - timedelta(days=number), subject=f"Subject {number}")
        asked_notice(several, AQN, subject=f"Wish {number}")
    assert len(queries(reader, several)) == len(few)


def queries(reader: Client, kent: Kent) -> list[str]:
    """What the board asks the database."""
    with CaptureQueriesContext(connection) as asked:
        assert reader.get(reverse("notices", args=[kent.agreement.reference])).status_code == 200
    return [query["sql"][:200] for query in asked.captured_queries]
