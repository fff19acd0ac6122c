"""The page of a notice: what it says in every stage to every role, and what it keeps from whom."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from contracts.actions.clock_changes import ProposedChange, agree_clock_change, propose_clock_change
from contracts.actions.notice_entries import acknowledge_notice, note_on_notice
from contracts.levers.ladder import NoticeStage
from contracts.levers.quoted import QuotedFigure
from contracts.models import ClockChangeKind, Notice, Role
from contracts.notice_pages.starts import what_starts
from tests.kent import DEMO_MOMENT, LONDON, Kent
from tests.notice_visits import COMMISSIONER, COUNCIL, NOTICES, PROVIDER, page_of, read
from tests.notices import (
    AQN,
    CPN,
    IBN,
    acting,
    asked_notice,
    moment_of,
    moved,
    notice_at,
    one_move,
    proposed_plan,
    served_notice,
)
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
S = NoticeStage
SEE_REQUESTS = {Role.COUNCIL_COMMISSIONER, Role.COUNCIL_FINANCE, Role.COORDINATING_COMMISSIONER, Role.AUDITOR}
READERS = [role for role in Role if role is not Role.ADMINISTRATOR]
SERVED = date(2019, 10, 8)
CASELOAD = QuotedFigure(
    as_at=moment_of(SERVED),
    indicator_code="early-help-caseload",
    indicator_name="Early Help caseload",
    area_code="kent",
    area_name="Kent",
    month=date(2019, 8, 1),
    unit="children",
    value=Decimal(191),
    element_code="ehu",
    agreed=Decimal(300),
    agreed_is_illustrative=True,
    verdict="Red: below floor of 240",
    sources=(
        {"month": "2019-08", "version": 1, "sheet": "Activity", "cell": "F2", "label": "Caseload", "value": "191"},
    ),
    series=({"month": "2019-07", "value": "187"}, {"month": "2019-08", "value": "191"}),
)


def served_on_8_october(kent: Kent, code: str = CPN) -> Notice:
    """The mock's notice: served on 8 October 2019, so its meeting is due on the 22nd."""
    return served_notice(kent, code, on=SERVED, evidence=[CASELOAD])


@pytest.mark.parametrize("stage", list(S))
def test_every_stage_is_shown_to_everybody_who_may_know_of_it(kent: Kent, stage: NoticeStage) -> None:
    notice = notice_at(kent, stage)
    for role in READERS:
        answer = visitor(kent, role).get(page_of(notice))
        knows = notice.was_served or role in SEE_REQUESTS
        assert answer.status_code == (HTTPStatus.OK if knows else HTTPStatus.NOT_FOUND), role
        if knows:
            assert "Early Help caseload" in text_of(answer)


def test_the_head_says_what_is_due_and_how_many_days_are_left(kent: Kent) -> None:
    said = read(visitor(kent, COUNCIL), served_on_8_october(kent))
    assert "3 operational days left Contract management meeting due by Tuesday 22 October 2019" in said
    assert "Within 10† operational days: by Tuesday 22 October 2019. 7 days used, 3 left." in said
    assert "Days and percentages marked † are to be checked against your contract." in said


def test_the_ladder_says_what_may_come(kent: Kent) -> None:
    said = read(visitor(kent, COUNCIL), served_on_8_october(kent))
    assert "Tuesday 8 October 2019, by West Kent CCG to NELFT" in said
    assert "NELFT has not acknowledged it." in said
    outcomes = "notice withdrawn joint investigation, within 2† calendar months immediate action remedial action plan"
    assert f"Outcome of the meeting: one of , not yet {outcomes}, within 5† operational days" in said
    assert "If the plan is breached and not put right within 5† operational days" in said
    assert "2%† of the monthly instalment of the notice’s element, shown on Money" in said


@pytest.mark.parametrize(
    ("code", "says", "never"),
    [
        (AQN, "Activity management meeting", "Exception report"),
        (IBN, "Remedy , current step, overdue Within 5† operational days", "Outcome of the meeting"),
    ],
)
def test_each_kind_has_its_own_ladder(kent: Kent, code: str, says: str, never: str) -> None:
    said = read(visitor(kent, COUNCIL), served_on_8_october(kent, code))
    assert says in said
    assert never not in said


def test_an_overdue_clock_says_so(kent: Kent) -> None:
    said = read(visitor(kent, COUNCIL), served_notice(kent, on=date(2019, 9, 26)))
    assert "5 operational days over Contract management meeting was due by Thursday 10 October 2019" in said
    assert "current step, overdue" in said


def test_whose_turn_it_is_stands_below_and_what_may_follow(kent: Kent) -> None:
    assert "West Kent CCG and NELFT to act." in read(visitor(kent, COUNCIL), served_on_8_october(kent))
    assert "West Kent CCG to decide." in read(visitor(kent, COUNCIL), asked_notice(kent))
    breached = read(visitor(kent, COUNCIL), notice_at(kent, S.BREACHED))
    assert "West Kent CCG to act. Next lever: Exception report." in breached, "its days have passed"
    assert "to act" not in read(visitor(kent, COUNCIL), notice_at(kent, S.WITHDRAWN))


def test_a_plan_under_way_stands_against_its_next_milestone(kent: Kent, settings: Settings) -> None:
    notice = notice_at(kent, S.MONITORED)
    said = read(visitor(kent, COUNCIL), notice)
    assert "11 operational days left A milestone of the plan due by Friday 1 November 2019 NELFT to act." in said
    settings.PORTAL_TODAY = date(2020, 1, 10)
    said = read(visitor(kent, COUNCIL), notice)
    assert "47 operational days over A milestone of the plan was due by Friday 1 November 2019" in said
    assert "West Kent CCG to act. Next lever: Breach." in said
    assert "current step, overdue" in said
    assert "Milestone was due Friday 1 November 2019: Fill the two vacant posts." in said


def test_an_acknowledgement_of_the_night_is_of_the_day_that_had_begun(kent: Kent) -> None:
    notice = served_on_8_october(kent)
    at = datetime(2019, 10, 10, 0, 30, tzinfo=LONDON)  # 11.30 pm of the day before, in UTC
    acknowledge_notice(notice, by=acting(kent, PROVIDER), at=at)
    assert "Acknowledged , done Thursday 10 October 2019, by NELFT" in read(visitor(kent, COUNCIL), notice)


def test_checked_terms_carry_no_mark(kent: Kent) -> None:
    kind = kent.agreement.notice_kinds.get(code=CPN)
    checked = {"checked_reference": "GC9.7", "checked_by": kent.people[COMMISSIONER], "checked_on": SERVED}
    for step in kind.steps.all():
        step.clocks.update(**checked)
    kind.withholding_terms.update(**checked)
    assert "†" not in read(visitor(kent, COUNCIL), served_on_8_october(kent))


def test_the_evidence_is_shown_as_it_stood(kent: Kent) -> None:
    notice = served_on_8_october(kent)
    answer = visitor(kent, PROVIDER).get(page_of(notice))
    said = text_of(answer)
    assert "Evidence, as it stood on 8 October 2019 at 9:30am" in said
    assert (
        "Early Help caseload, Kent, August 2019 Red: below floor of 240 191 children 300 illustrative 109 children"
        in said
    )
    assert "August 2019 return, version 1 , Activity, F2: Caseload, 191" in said
    assert "July 2019 187 children August 2019 191 children" in said
    page = answer.content.decode()
    assert "/figures/early-help-caseload/ehu/kent/2019-08/?as-at=2019-10-08T09%3A30%3A00%2B01%3A00" in page
    assert "/returns/2019-08/versions/1/" in page


def test_what_a_share_lacks_is_said_in_points_beside_what_it_is_a_share_of(kent: Kent) -> None:
    share = QuotedFigure(
        as_at=DEMO_MOMENT,
        indicator_code="staff-in-post-share",
        indicator_name="Staff in post",
        area_code="kent",
        area_name="Kent",
        month=date(2019, 8, 1),
        unit="percent",
        value=Decimal("72.307692"),
        element_code="ehu",
        element_name="Early Help",
        numerator=Decimal("9.4"),
        denominator=Decimal(13),
        agreed=Decimal(100),
        verdict="Red: below floor of 80%",
    )
    said = read(visitor(kent, PROVIDER), served_notice(kent, evidence=[share]))
    assert (
        "Staff in post, Early Help, Kent, August 2019 Red: below floor of 80% 72.3% 9.4 of 13 100% 27.7 points" in said
    )


def test_the_provider_reads_nothing_of_what_was_before_service(kent: Kent) -> None:
    notice = served_on_8_october(kent)
    note_on_notice(notice, text="Agreed at the board", by=acting(kent, COUNCIL), at=DEMO_MOMENT)
    council, provider = read(visitor(kent, COUNCIL), notice), read(visitor(kent, PROVIDER), notice)
    assert "Notice asked for" in council
    assert "Notice asked for" not in provider
    assert "Alex Morgan, KCC, 17 October 2019" in provider  # what was added later is for both sides
    assert "Alex Morgan, KCC, 2 September 2019" not in provider


def test_only_those_who_may_are_offered_a_step_and_the_others_read_who_may(kent: Kent) -> None:
    notice = served_on_8_october(kent)
    offered = "Record that the contract management meeting led to: remedial action plan"
    for role in READERS:
        page = visitor(kent, role).get(page_of(notice)).content.decode()
        assert (page_of(notice, "move/plan/") in page) == (role is COMMISSIONER), role
        assert ("West Kent CCG may do this next:" in page) == (role is not COMMISSIONER), role
        assert (page_of(notice, "acknowledgement/") in page) == (role in {PROVIDER, Role.PROVIDER_SIGNATORY}), role
        assert (page_of(notice, "record/") in page) == (
            role in {PROVIDER, Role.PROVIDER_SIGNATORY, COMMISSIONER, COUNCIL}
        ), role
    assert offered in read(visitor(kent, COMMISSIONER), notice)


def test_who_asked_is_not_offered_to_serve(kent: Kent) -> None:
    notice = asked_notice(kent, role=COMMISSIONER)
    client = visitor(kent, COMMISSIONER)
    said = read(client, notice)
    assert "You asked for it, so somebody else serves it." in said
    assert page_of(notice, "service/") not in client.get(page_of(notice)).content.decode()


def test_what_was_agreed_about_the_clock_stands_on_the_page(kent: Kent) -> None:
    notice = served_on_8_october(kent)
    proposed = ProposedChange(ClockChangeKind.EXTENSION, "Half term", extra=3)
    change = propose_clock_change(
        notice.clocks.get(), proposed=proposed, by=acting(kent, PROVIDER), at=moment_of(date(2019, 10, 15))
    )
    assert "NELFT proposes 3 more operational days" in read(visitor(kent, COMMISSIONER), notice)
    agree_clock_change(change, by=acting(kent, COMMISSIONER), at=DEMO_MOMENT)
    said = read(visitor(kent, COUNCIL), notice)
    assert "6 operational days left Contract management meeting due by Friday 25 October 2019" in said
    assert "Within 10† operational days and 3 more" in said
    assert "Due on 25 October 2019, no longer on 22 October 2019" in said
    assert "Agreed: 3 more operational days" in said


def test_a_paused_clock_says_until_when(kent: Kent) -> None:
    notice = served_on_8_october(kent)
    pause = ProposedChange(
        ClockChangeKind.PAUSE, "Sickness", paused_from=date(2019, 10, 16), paused_until=date(2019, 10, 21)
    )
    at = moment_of(date(2019, 10, 15))
    change = propose_clock_change(notice.clocks.get(), proposed=pause, by=acting(kent, PROVIDER), at=at)
    agree_clock_change(change, by=acting(kent, COMMISSIONER), at=at)
    said = read(visitor(kent, COUNCIL), notice)
    assert "Paused until 21 October 2019, the first day that counts again." in said
    assert "Agreed by both sides: a pause from 16 October 2019 to 20 October 2019." in said


def test_plans_stand_on_the_page_with_their_milestones(kent: Kent) -> None:
    notice = notice_at(kent, S.MONITORED)
    proposed_plan(kent, Notice.objects.get(pk=notice.pk), on=date(2019, 10, 16))
    said = read(visitor(kent, COMMISSIONER), notice)
    assert "Plan 2 Proposed" in said
    assert "Plan 1 In force" in said
    assert "Agree plan 2" in said
    assert "Fill the two vacant posts Friday 1 November 2019 NELFT To come" in said


def test_the_plan_of_a_notice_that_ended_is_over(kent: Kent) -> None:
    notice = notice_at(kent, NoticeStage.MONITORED)
    assert "In force" in read(visitor(kent, COMMISSIONER), notice)
    said = read(visitor(kent, COMMISSIONER), one_move(kent, notice, NoticeStage.RESOLVED))
    assert "Ended with the notice" in said
    assert "In force" not in said


def test_who_turns_to_a_lever_early_is_told_how_long_its_clock_runs(kent: Kent) -> None:
    notice = notice_at(kent, NoticeStage.BREACHED)
    (clock,) = notice.clocks.filter(ended_on=None)
    for on, is_early in ((clock.due_on, True), (clock.due_on + timedelta(days=1), False)):
        starts = " ".join(what_starts(notice, NoticeStage.EXCEPTION_REPORT, on))
        assert ("although it runs until" in starts) is is_early
    assert "although" not in " ".join(what_starts(notice, NoticeStage.MONITORED, clock.due_on))


def test_what_ended_offers_nothing_more(kent: Kent) -> None:
    notice = notice_at(kent, S.WITHDRAWN)
    said = read(visitor(kent, COMMISSIONER), notice)
    assert "Who may do what next" not in said
    assert "Add to the record" not in said


@pytest.mark.parametrize("key", ["999999", "99999999999999999999999"])
def test_a_notice_that_is_not_there_is_404(kent: Kent, key: str) -> None:
    assert visitor(kent, COMMISSIONER).get(f"{NOTICES}{key}/").status_code == HTTPStatus.NOT_FOUND


def test_more_of_everything_takes_no_more_queries(kent: Kent) -> None:
    notice = notice_at(kent, S.MONITORED)
    acknowledge_notice(notice, by=acting(kent, PROVIDER), at=DEMO_MOMENT)
    note_on_notice(notice, text="One", by=acting(kent, COUNCIL), at=DEMO_MOMENT)
    client = visitor(kent, COMMISSIONER)
    few = queries(client, page_of(notice))
    for number in range(3):
        note_on_notice(notice, text=f"Note {number}", by=acting(kent, COUNCIL), at=DEMO_MOMENT)
        proposed_plan(kent, notice, on=date(2019, 10, 16))
    moved(kent, Notice.objects.get(pk=notice.pk), S.BREACHED, on=date(2019, 10, 16))
    moved(kent, Notice.objects.get(pk=notice.pk), S.EXCEPTION_REPORT, on=date(2019, 10, 17))
    assert queries(client, page_of(notice)) <= few


def queries(client: Client, path: str) -> int:
    """How often a page asks the database."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == HTTPStatus.OK
    return len(asked)
