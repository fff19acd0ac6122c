"""What needs attention: each source tells its own, to those who may see it, and a kept page never tells another's."""

from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from contracts.actions.clock_changes import ProposedChange, agree_clock_change, propose_clock_change
from contracts.actions.milestones import record_milestone
from contracts.actions.notice_entries import acknowledge_notice
from contracts.actions.notice_plans import agree_plan
from contracts.actions.notices import serve_notice
from contracts.audit import Actor
from contracts.formatting import weekday
from contracts.levers.ladder import NoticeStage
from contracts.models import ClockChangeKind, MilestoneOutcome, Notice, Role
from contracts.permissions import Permission
from cypmhs_portal.dashboards.attention import SOURCES
from tests.decisions import agreed as an_action
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.notices import IBN, acting, agreed_plan, asked_notice, moment_of, notice_at, proposed_plan, served_notice
from tests.performance.two_caseloads import held_against_each_other
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
HERE = "/agreements/KCC-CYPMHS-S76/"
SEES_REQUESTS = {Role.COUNCIL_COMMISSIONER, Role.COUNCIL_FINANCE, Role.COORDINATING_COMMISSIONER, Role.AUDITOR}
READERS = set(Role) - {Role.ADMINISTRATOR}


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    caches["pages"].clear()


def told(client: Client, query: str = "") -> str:
    """The list of the overview."""
    return text_of(client.get(f"{HERE}{query}")).partition("Needs attention")[2]


def test_every_source_states_whose_it_is() -> None:
    assert {one.permission for one in SOURCES} <= set(Permission)
    assert len({one.source for one in SOURCES}) == len(SOURCES)


def test_an_overdue_action_is_told_with_its_owner(loaded: Kent) -> None:
    said = told(visitor(loaded, Role.ASSOCIATE_COMMISSIONER))
    assert "13 days over Commission a financial audit" in said
    assert "Use open-book accounting" not in said, "its day is still to come"


def test_a_notice_asked_for_is_told_to_those_who_may_see_requests_alone(loaded: Kent) -> None:
    asked_notice(loaded)
    # In both orders: the page that was kept for one sight is never shown to another.
    for roles in (sorted(READERS), sorted(READERS, reverse=True)):
        caches["pages"].clear()
        seen = {role for role in roles if "Asked for" in told(visitor(loaded, Role(role)))}
        assert seen == SEES_REQUESTS


def test_a_clock_is_told_when_it_is_due_soon_and_when_it_is_over(loaded: Kent, settings) -> None:
    notice = asked_notice(loaded)
    helen = Actor.person(loaded.people[Role.COORDINATING_COMMISSIONER])
    serve_notice(notice, served_on=DEMO_DAY, by=helen, at=DEMO_MOMENT)
    acknowledge_notice(notice, by=acting(loaded, Role.PROVIDER_EDITOR), at=DEMO_MOMENT)
    due = notice.clocks.get().due_on
    nelft = visitor(loaded, Role.PROVIDER_EDITOR)
    title = str(type(notice).objects.get(pk=notice.pk))

    def on(day: date) -> str:
        """The words before it in the list; its tag is the last of them."""
        settings.PORTAL_TODAY = day
        said = told(nelft)
        return said.partition(title)[0].strip() if title in said else ""

    assert on(DEMO_DAY) == ""
    assert on(due).endswith("Due today")
    assert on(due + timedelta(days=7)).endswith("days over")


def test_a_breach_that_was_not_put_right_is_the_commissioners_turn(loaded: Kent) -> None:
    """As the board says it: the commissioner may turn to the next lever."""
    breached = notice_at(loaded, NoticeStage.BREACHED)
    said = told(visitor(loaded, Role.AUDITOR)).partition(str(breached))[2]
    assert said.startswith(" Breach to be put right. Was due ")
    assert f"{weekday(breached.clocks.get(ended_on=None).due_on)}. Next lever: Exception report West Kent CCG" in said


def test_a_paused_clock_is_not_about_to_run_out(loaded: Kent, settings: Settings) -> None:
    clock = served_notice(loaded, IBN, on=date(2019, 10, 14)).clocks.get()
    nelft, ccg = acting(loaded, Role.PROVIDER_EDITOR), acting(loaded, Role.COORDINATING_COMMISSIONER)
    reader = visitor(loaded, Role.AUDITOR)
    assert "2 days left" in told(reader)
    pause = ProposedChange(ClockChangeKind.PAUSE, "Half term", paused_from=DEMO_DAY, paused_until=date(2019, 10, 25))
    change = propose_clock_change(clock, proposed=pause, by=nelft, at=DEMO_MOMENT)
    said = told(reader)
    assert "To answer" in said
    proposed = "NELFT proposed a pause from 17 October 2019 to 24 October 2019. Due Monday 21 October 2019 until it is "
    assert f"{proposed}agreed West Kent CCG" in said
    agree_clock_change(change, by=ccg, at=DEMO_MOMENT)
    said = told(reader)
    assert "days left" not in said
    assert "To answer" not in said


def test_the_milestones_of_a_plan_are_told_by_their_days(loaded: Kent, settings: Settings) -> None:
    plan = agreed_plan(loaded, notice_at(loaded, NoticeStage.PLAN))
    posts, _ = plan.milestones.order_by("position")
    nelft, title = visitor(loaded, Role.PROVIDER_EDITOR), str(Notice.objects.get(pk=plan.notice_id))

    def on(day: date) -> list[str]:
        """What is said of the notice, each with the tag before it."""
        settings.PORTAL_TODAY = day
        caches["pages"].clear()
        before, *parts = told(nelft).split(title)
        return [f"{tag[-16:]}{said}" for tag, said in zip([before, *parts], parts, strict=False)]

    assert not [said for said in on(date(2019, 10, 28)) if "Milestone" in said]
    (soon,) = [said for said in on(date(2019, 10, 29)) if "Milestone" in said]
    assert "3 days left" in soon
    assert "Milestone due Friday 1 November 2019: Fill the two vacant posts NELFT" in soon
    (over,) = [said for said in on(date(2019, 11, 5)) if "Milestone" in said]
    assert "2 days over" in over
    assert "Milestone was due Friday 1 November 2019: Fill the two vacant posts. Next lever: Breach West Kent" in over
    by, outcome = acting(loaded, Role.PROVIDER_EDITOR), MilestoneOutcome.SAID_DONE
    record_milestone(posts, outcome=outcome, on=DEMO_DAY, evidence="Two began", by=by, at=moment_of(date(2019, 11, 5)))
    said = " ".join(on(date(2019, 11, 5)))
    assert "days over Contract" not in said
    assert "To judge" in said
    assert "NELFT says it is done: Fill the two vacant posts West Kent CCG" in said


def test_a_plan_and_a_notice_wait_for_the_other_side(loaded: Kent) -> None:
    notice = notice_at(loaded, NoticeStage.PLAN)
    nelft, ccg = acting(loaded, Role.PROVIDER_EDITOR), acting(loaded, Role.COORDINATING_COMMISSIONER)
    reader = visitor(loaded, Role.AUDITOR)
    assert f"Served {notice} To be acknowledged, served on Tuesday 3 September 2019 NELFT" in told(reader)
    acknowledge_notice(notice, by=nelft, at=DEMO_MOMENT)
    assert "To be acknowledged" not in told(reader)
    proposed_plan(loaded, notice, on=date(2019, 9, 20))
    second = proposed_plan(loaded, notice, on=date(2019, 9, 23), milestones=[("Fill one post", date(2019, 12, 2))])
    assert f"To agree {notice} Plan 2, proposed on Monday 23 September 2019 West Kent CCG" in told(reader)
    assert "Plan 1, proposed" not in told(reader), "another took its place"
    agree_plan(second, on=DEMO_DAY, by=ccg, at=DEMO_MOMENT)
    assert "To agree" not in told(reader)


def test_a_notice_on_which_nothing_runs_is_told_too(loaded: Kent) -> None:
    notice_at(loaded, NoticeStage.WITHHOLDING)
    said = told(visitor(loaded, Role.COUNCIL_FINANCE))
    assert "Open Contract Performance Notice 2019/01: Early Help caseload Payment withheld, and no day is set" in said
    closed = notice_at(loaded, NoticeStage.RESOLVED)
    caches["pages"].clear()
    assert closed.short_number not in told(visitor(loaded, Role.COUNCIL_FINANCE))


def test_as_many_queries_for_many_notices_as_for_few(loaded: Kent) -> None:
    reader = visitor(loaded, Role.AUDITOR)

    def queries() -> int:
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as asked:
            reader.get(HERE)
        return len(asked.captured_queries)

    def more() -> None:
        served_notice(loaded, IBN, on=date(2019, 10, 14))
        notice_at(loaded, NoticeStage.MONITORED)
        proposed_plan(loaded, notice_at(loaded, NoticeStage.PLAN))

    more()
    few = queries()
    more()
    more()
    assert queries() == few


def test_an_action_that_is_written_down_shows_at_once(loaded: Kent) -> None:
    reader = visitor(loaded, Role.AUDITOR)
    assert "Report by area" not in told(reader)
    an_action(loaded, due_on=DEMO_DAY - timedelta(days=1))
    assert "1 day over Report by area" in told(reader)


def test_disputed_months_are_told(loaded: Kent) -> None:
    held_against_each_other(loaded, date(2019, 7, 1))
    assert "The two caseloads of July 2019 differ" in told(visitor(loaded, Role.AUDITOR))


def test_a_look_back_tells_what_has_a_history(loaded: Kent) -> None:
    asked_notice(loaded)
    said = told(visitor(loaded, Role.COUNCIL_COMMISSIONER), "?as-at=2019-10-15")
    assert "September 2019 return has not been signed off" in said
    assert "Asked for" not in said
    assert "financial audit" not in said
