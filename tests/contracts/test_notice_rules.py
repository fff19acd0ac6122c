"""Rules of asking for, serving and moving a notice: days, numbers, clocks, plans and what may be withheld."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from contracts.actions.notice_moving import move_notice
from contracts.actions.notices import AskedNotice, ask_for_notice, decline_notice, serve_notice, take_back_notice
from contracts.actions.refusals import Refused
from contracts.audit import CONSOLE, Actor
from contracts.levers.ladder import NoticeStage
from contracts.models import (
    ClockChange,
    Event,
    Membership,
    Notice,
    NoticeClock,
    Organisation,
    Role,
    StepClock,
    User,
    WithholdingTerm,
)
from tests.invariants.refusals import again, element_elsewhere
from tests.invariants.refusals_of_notices import QUOTED
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.notices import (
    AQN,
    ASKED_ON,
    CPN,
    IBN,
    SERVED_ON,
    acting,
    asked_notice,
    kind_of,
    moment_of,
    moved,
    notice_at,
    served_notice,
)

pytestmark = pytest.mark.django_db
S = NoticeStage
ONE_DAY = timedelta(days=1)


def serve(kent: Kent, notice: Notice, on: date = SERVED_ON) -> Notice:
    return serve_notice(notice, served_on=on, by=acting(kent, Role.COORDINATING_COMMISSIONER), at=DEMO_MOMENT)


def clock_of(notice: Notice) -> NoticeClock:
    return notice.clocks.get(ended_on=None)


class TestAsking:
    def test_what_was_asked_for_is_kept_with_its_figures(self, agreed: Kent) -> None:
        notice = asked_notice(agreed, evidence=[QUOTED, QUOTED])
        (figure,) = notice.evidence.all()
        assert (figure.occasion, figure.position, figure.value) == ("asked", 1, Decimal(191))
        assert (notice.stage, notice.asked_by_name, notice.number) == (S.ASKED, "Alex Morgan", None)
        event = Event.objects.latest("pk")
        assert (event.action, event.actor_name) == ("notice asked for", "Alex Morgan")
        assert event.after == {"stage": "asked", "reason": notice.reason, "figures": 1}

    @pytest.mark.parametrize(
        ("subject", "reason", "said"),
        [
            ("  ", "Why", "What the notice is about is missing."),
            ("What", "\n", "The reason for the notice is missing."),
            ("x" * 121, "Why", "What the notice is about has 121 characters; at most 120 are kept."),
            ("What", "x" * 10_001, "The reason for the notice has 10,001 characters; at most 10,000 are kept."),
            ("Wh\x00at", "Why", "What the notice is about has a character that cannot be kept."),
        ],
    )
    def test_it_says_what_and_why(self, agreed: Kent, subject: str, reason: str, said: str) -> None:
        asked = AskedNotice(kind_of(agreed), subject, reason)
        with pytest.raises(Refused) as refused:
            ask_for_notice(agreed.agreement, asked=asked, by=acting(agreed, Role.COUNCIL_COMMISSIONER), at=DEMO_MOMENT)
        assert str(refused.value).startswith(said)

    def test_things_of_another_agreement_are_refused(self, agreed: Kent) -> None:
        element = element_elsewhere(agreed)
        kind = again(kind_of(agreed), agreement=element.agreement)
        by = acting(agreed, Role.COUNCIL_COMMISSIONER)
        for asked in (AskedNotice(kind, "What", "Why"), AskedNotice(kind_of(agreed), "What", "Why", element)):
            with pytest.raises(Refused, match="is of another agreement"):
                ask_for_notice(agreed.agreement, asked=asked, by=by, at=DEMO_MOMENT)

    def test_nobody_acts_without_a_name(self, agreed: Kent) -> None:
        with pytest.raises(Refused, match="people who sign in"):
            ask_for_notice(
                agreed.agreement, asked=AskedNotice(kind_of(agreed), "What", "Why"), by=CONSOLE, at=DEMO_MOMENT
            )

    def test_a_colleague_takes_it_back_and_nobody_else(self, agreed: Kent) -> None:
        notice = asked_notice(agreed)
        with pytest.raises(Refused, match=r"^Alex Morgan asked for this notice: they or a colleague"):
            take_back_notice(notice, by=acting(agreed, Role.COORDINATING_COMMISSIONER), at=DEMO_MOMENT)
        colleague = User.objects.create_user("jo.hall@kcc.example", name="Jo Hall")
        kcc = Organisation.objects.get(short_name="KCC")
        Membership.objects.create(user=colleague, organisation=kcc, role=Role.COUNCIL_COMMISSIONER)
        assert take_back_notice(notice, by=Actor.person(colleague), at=DEMO_MOMENT).stage == S.TAKEN_BACK


class TestServing:
    @pytest.mark.parametrize(
        ("on", "said"),
        [
            (
                ASKED_ON - ONE_DAY,
                "Service cannot be on 1 September 2019: the last step of this notice was on 2 September",
            ),
            (
                DEMO_DAY + ONE_DAY,
                "Service cannot be on 18 October 2019: that is in the future. Give a day up to 17 Oct",
            ),
        ],
    )
    def test_days_that_service_cannot_be_on(self, agreed: Kent, on: date, said: str) -> None:
        with pytest.raises(Refused) as refused:
            serve(agreed, asked_notice(agreed), on)
        assert str(refused.value).startswith(said)

    @pytest.mark.parametrize(
        ("outside", "inside"), [(date(2017, 8, 31), date(2017, 9, 1)), (date(2022, 9, 1), date(2022, 8, 31))]
    )
    def test_service_is_within_the_agreement(self, agreed: Kent, outside: date, inside: date) -> None:
        notice = asked_notice(agreed, on=date(2017, 8, 31))
        by, at = acting(agreed, Role.COORDINATING_COMMISSIONER), moment_of(date(2022, 9, 2))
        with pytest.raises(Refused, match="the agreement runs from 1 September 2017 and ends before 1 September 2022"):
            serve_notice(notice, served_on=outside, by=by, at=at)
        assert serve_notice(notice, served_on=inside, by=by, at=at).served_on == inside

    def test_numbers_start_at_one_in_each_kind_and_year(self, agreed: Kent) -> None:
        numbers = [
            serve(agreed, asked_notice(agreed, code, on=on), on).short_number
            for code, on in [
                (CPN, date(2018, 12, 31)),
                (CPN, date(2019, 1, 1)),
                (AQN, date(2019, 1, 2)),
                (CPN, date(2019, 1, 2)),
                (CPN, date(2018, 12, 31)),
            ]
        ]
        assert numbers == ["2018/01", "2019/01", "2019/01", "2019/02", "2018/02"]

    def test_figures_are_quoted_again_as_they_stand_when_it_is_served(self, agreed: Kent) -> None:
        by = acting(agreed, Role.COORDINATING_COMMISSIONER)
        notice = asked_notice(agreed, evidence=[QUOTED])
        serve_notice(notice, served_on=SERVED_ON, by=by, at=DEMO_MOMENT, evidence=[QUOTED])
        assert list(notice.evidence.order_by("pk").values_list("occasion", "position")) == [("asked", 1), ("served", 1)]

    def test_a_kind_without_stages_is_not_served(self, agreed: Kent) -> None:
        kind = again(kind_of(agreed), code="bare", abbreviation="BARE", name="Bare letter")
        with pytest.raises(Refused, match=r"^Bare letter has no stage that service leads to\."):
            serve(agreed, asked_notice(agreed, kind.code))

    def test_service_leads_to_a_first_stage_only(self, agreed: Kent) -> None:
        by = acting(agreed, Role.COORDINATING_COMMISSIONER)
        with pytest.raises(Refused, match="does not lead to “Plan to be agreed”"):
            serve_notice(asked_notice(agreed), served_on=SERVED_ON, by=by, at=DEMO_MOMENT, to=S.PLAN)

    def test_declining_keeps_why(self, agreed: Kent) -> None:
        by = acting(agreed, Role.COORDINATING_COMMISSIONER)
        notice = decline_notice(asked_notice(agreed), reason=" Figures in question ", by=by, at=DEMO_MOMENT)
        assert notice.moves.latest("pk").reason == "Figures in question"
        assert not notice.clocks.exists()


class TestMoving:
    def test_a_step_is_not_before_the_last_one_nor_in_the_future(self, agreed: Kent) -> None:
        notice = served_notice(agreed)
        by = acting(agreed, Role.COORDINATING_COMMISSIONER)
        for on, said in ((SERVED_ON - ONE_DAY, "the last step"), (DEMO_DAY + ONE_DAY, "in the future")):
            with pytest.raises(Refused, match=said):
                move_notice(notice, to=S.PLAN, on=on, by=by, at=DEMO_MOMENT)
        assert move_notice(notice, to=S.PLAN, on=SERVED_ON, by=by, at=DEMO_MOMENT).stage == S.PLAN

    def test_who_saw_another_stage_is_told(self, agreed: Kent) -> None:
        notice = served_notice(agreed)
        moved(agreed, notice, S.PLAN)
        with pytest.raises(Refused, match=r"is at “Remedial action plan” now\. Somebody may have acted before you"):
            moved(agreed, notice, S.WITHDRAWN)

    def test_what_was_not_served_has_no_further_step(self, agreed: Kent) -> None:
        with pytest.raises(Refused, match=r"is asked for, so it has no further step before it is served\.$"):
            moved(agreed, asked_notice(agreed), S.MEETING)

    def test_one_event_says_where_from_and_where_to(self, agreed: Kent) -> None:
        moved(agreed, served_notice(agreed), S.PLAN, on=date(2019, 9, 10))
        event = Event.objects.latest("pk")
        assert event.before == {"stage": "meeting"}
        assert event.after == {"stage": "plan", "on": "2019-09-10", "reason": "As said"}


class TestClocks:
    def test_service_starts_the_clock_of_the_first_stage(self, agreed: Kent) -> None:
        # Ten Operational Days after Tuesday 3 September 2019.
        clock = clock_of(served_notice(agreed))
        assert (clock.stage, clock.started_on, clock.due_on) == (S.MEETING, SERVED_ON, date(2019, 9, 17))

    def test_calendar_months_count_as_such(self, agreed: Kent) -> None:
        clock = clock_of(moved(agreed, served_notice(agreed), S.INVESTIGATION, on=date(2019, 9, 30)))
        assert clock.due_on == date(2019, 11, 30)

    def test_leaving_a_stage_ends_its_clock(self, agreed: Kent) -> None:
        notice = moved(agreed, served_notice(agreed), S.PLAN, on=date(2019, 9, 10))
        assert list(notice.clocks.order_by("pk").values_list("stage", "started_on", "due_on", "ended_on")) == [
            (S.MEETING, SERVED_ON, date(2019, 9, 17), date(2019, 9, 10)),
            (S.PLAN, date(2019, 9, 10), date(2019, 9, 17), None),
        ]
        assert not moved(agreed, notice, S.WITHDRAWN).clocks.filter(ended_on=None).exists()

    def test_a_stage_without_a_term_that_day_has_no_clock(self, agreed: Kent) -> None:
        terms = StepClock.objects.filter(step__kind=kind_of(agreed), step__stage=S.MEETING)
        terms.update(in_force_until=SERVED_ON)
        assert not served_notice(agreed).clocks.exists()
        again(terms.get(), count=3, in_force_from=SERVED_ON, in_force_until=None)
        assert clock_of(served_notice(agreed)).due_on == date(2019, 9, 6)

    def test_what_was_proposed_for_a_clock_ends_with_its_stage(self, agreed: Kent) -> None:
        notice = served_notice(agreed)
        editor = acting(agreed, Role.PROVIDER_EDITOR).user
        assert editor is not None
        change = ClockChange.objects.create(
            clock=clock_of(notice),
            kind="extension",
            extra=5,
            reason="Half term",
            proposed_by=editor,
            proposed_by_name=editor.name,
            proposed_for=Organisation.objects.get(short_name="NELFT"),
            proposed_at=DEMO_MOMENT,
        )
        moved(agreed, notice, S.PLAN)
        change.refresh_from_db()
        assert (change.answer, change.answered_by_name) == ("taken-back", "Helen Marsh")


class TestWithholding:
    def test_nothing_is_withheld_without_a_term_that_day(self, agreed: Kent) -> None:
        notice = notice_at(agreed, S.ACTION, IBN)
        terms = WithholdingTerm.objects.filter(kind=notice.kind)
        terms.update(in_force_until=date(2019, 9, 10))
        with pytest.raises(
            Refused, match=r"^No term of the agreement says what may be withheld under this kind of notice on 10 S"
        ):
            moved(agreed, notice, S.WITHHOLDING, on=date(2019, 9, 10))
        assert moved(agreed, notice, S.WITHHOLDING, on=date(2019, 9, 9)).stage == S.WITHHOLDING

    def test_a_part_of_an_element_needs_the_element(self, agreed: Kent) -> None:
        notice = notice_at(agreed, S.ACTION, IBN, element=None)
        with pytest.raises(Refused, match="this notice names no element"):
            moved(agreed, notice, S.WITHHOLDING)
        WithholdingTerm.objects.filter(kind=notice.kind).update(basis="agreement")
        assert moved(agreed, notice, S.WITHHOLDING).stage == S.WITHHOLDING
