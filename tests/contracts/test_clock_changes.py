"""Extensions and pauses: proposed by one side, answered by the other, and what each does to the clock."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from contracts.actions.clock_changes import (
    ProposedChange,
    agree_clock_change,
    propose_clock_change,
    refuse_clock_change,
    take_back_clock_change,
)
from contracts.actions.refusals import Refused
from contracts.audit import WORKER, Actor
from contracts.levers.ladder import NoticeStage as S
from contracts.models import ClockChange, ClockChangeKind, ClockRetiming, Event, NoticeClock, Role
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.notices import CPN, acting, moved, served_notice

TUESDAY = date(2019, 10, 22)
FIVE_MORE = ProposedChange(ClockChangeKind.EXTENSION, "The trust’s director is away", extra=5)
HALF_TERM = ProposedChange(
    ClockChangeKind.PAUSE, "Schools are closed", paused_from=date(2019, 10, 21), paused_until=date(2019, 10, 26)
)


@pytest.fixture
def clock(kent: Kent) -> NoticeClock:
    """The ten Operational Days for the meeting of a notice served on 8 October 2019: due on the 22nd."""
    clock = served_notice(kent, CPN, on=date(2019, 10, 8)).clocks.get()
    assert clock.due_on == TUESDAY
    return clock


@pytest.fixture
def nelft(kent: Kent) -> Actor:
    return acting(kent, Role.PROVIDER_EDITOR)


@pytest.fixture
def ccg(kent: Kent) -> Actor:
    return acting(kent, Role.COORDINATING_COMMISSIONER)


def propose(clock: NoticeClock, by: Actor, proposed: ProposedChange = FIVE_MORE) -> ClockChange:
    return propose_clock_change(clock, proposed=proposed, by=by, at=DEMO_MOMENT)


def test_an_agreed_extension_moves_the_clock_with_its_cause(clock: NoticeClock, nelft: Actor, ccg: Actor) -> None:
    change = propose(clock, nelft)
    clock.refresh_from_db()
    assert clock.due_on == TUESDAY, "a proposal alone moves nothing"
    agreed = agree_clock_change(change, by=ccg, at=DEMO_MOMENT)
    clock.refresh_from_db()
    assert clock.due_on == date(2019, 10, 29)
    assert (agreed.answered_by_name, str(agreed.answered_for)) == ("Helen Marsh", "NHS West Kent CCG")
    retiming = ClockRetiming.objects.get()
    assert (retiming.due_before, retiming.due_after, retiming.change) == (TUESDAY, clock.due_on, change)
    assert retiming.reason == "5 more operational days: The trust’s director is away"
    event = Event.objects.get(action="clock change agreed")
    assert [said and said["due on"] for said in (event.before, event.after)] == ["2019-10-22", "2019-10-29"]
    assert Event.objects.filter(action="clock change proposed").count() == 1


def test_an_agreed_pause_is_not_counted_and_adds_up_with_an_extension(
    clock: NoticeClock, nelft: Actor, ccg: Actor
) -> None:
    agree_clock_change(propose(clock, ccg, HALF_TERM), by=nelft, at=DEMO_MOMENT)
    clock.refresh_from_db()
    assert clock.due_on == date(2019, 10, 29), "five Operational Days later"
    agree_clock_change(propose(clock, nelft), by=ccg, at=DEMO_MOMENT)
    clock.refresh_from_db()
    assert clock.due_on == date(2019, 11, 5)


@pytest.mark.parametrize(
    ("first", "until", "said"),
    [
        (date(2019, 10, 9), date(2019, 10, 11), ", agreed after those days had passed: "),
        (date(2019, 10, 16), date(2019, 10, 19), ", agreed after it had begun: "),
        (date(2019, 10, 18), date(2019, 10, 19), "A pause on 18 October 2019: "),
    ],
)
def test_a_pause_of_days_that_passed_is_agreed_and_says_so(
    clock: NoticeClock, nelft: Actor, ccg: Actor, first: date, until: date, said: str
) -> None:
    pause = replace(HALF_TERM, paused_from=first, paused_until=until)
    agree_clock_change(propose(clock, nelft, pause), by=ccg, at=DEMO_MOMENT)
    assert said in ClockRetiming.objects.get().reason


def test_a_refused_change_moves_nothing_and_keeps_why(clock: NoticeClock, nelft: Actor, ccg: Actor) -> None:
    refused = refuse_clock_change(propose(clock, nelft), reason=" Ten are enough ", by=ccg, at=DEMO_MOMENT)
    clock.refresh_from_db()
    assert (clock.due_on, refused.answer, refused.answer_reason) == (TUESDAY, "refused", "Ten are enough")
    assert not ClockRetiming.objects.exists()
    assert propose(clock, nelft).answer == "", "another may be proposed"


def test_a_side_takes_back_what_it_proposed(kent: Kent, clock: NoticeClock, nelft: Actor, ccg: Actor) -> None:
    change = propose(clock, nelft)
    with pytest.raises(Refused, match="Only NELFT takes back"):
        take_back_clock_change(change, by=ccg, at=DEMO_MOMENT)
    colleague = acting(kent, Role.PROVIDER_SIGNATORY)
    assert take_back_clock_change(change, by=colleague, at=DEMO_MOMENT).answer == "taken-back"
    with pytest.raises(Refused, match="was taken back by"):
        agree_clock_change(change, by=ccg, at=DEMO_MOMENT)


def test_the_other_side_answers(kent: Kent, clock: NoticeClock, nelft: Actor) -> None:
    change = propose(clock, nelft)
    with pytest.raises(Refused, match="what they themselves proposed"):
        agree_clock_change(change, by=nelft, at=DEMO_MOMENT)
    with pytest.raises(Refused, match="the other side answers"):
        refuse_clock_change(change, by=acting(kent, Role.PROVIDER_SIGNATORY), at=DEMO_MOMENT)


@pytest.mark.parametrize(
    "role", [Role.COUNCIL_COMMISSIONER, Role.COUNCIL_FINANCE, Role.ASSOCIATE_COMMISSIONER, Role.AUDITOR]
)
def test_whoever_may_not_is_told_so(kent: Kent, clock: NoticeClock, nelft: Actor, role: Role) -> None:
    with pytest.raises(Refused, match="does not let you propose or agree"):
        propose(clock, acting(kent, role))
    with pytest.raises(Refused, match="does not let you propose or agree"):
        agree_clock_change(propose(clock, nelft), by=acting(kent, role), at=DEMO_MOMENT)
    with pytest.raises(Refused, match="people who sign in"):
        propose(clock, WORKER)


@pytest.mark.parametrize(
    ("proposed", "said"),
    [
        (replace(FIVE_MORE, reason="  "), "The reason is missing"),
        (replace(FIVE_MORE, reason="x" * 401), "401 characters"),
        (replace(FIVE_MORE, reason="a\0b"), "a character that cannot be kept"),
        (replace(FIVE_MORE, extra=0), "from 1 to 250"),
        (replace(FIVE_MORE, extra=251), "from 1 to 250"),
        (replace(FIVE_MORE, extra=None), "from 1 to 250"),
        (replace(FIVE_MORE, paused_from=TUESDAY), "one or the other"),
        (replace(HALF_TERM, extra=1), "nothing else"),
        (replace(HALF_TERM, paused_until=None), "nothing else"),
        (replace(HALF_TERM, paused_until=date(2019, 10, 21)), "must run again after"),
        (replace(HALF_TERM, paused_from=date(2019, 10, 8)), "9 October 2019 or later"),
        (replace(HALF_TERM, paused_from=TUESDAY + timedelta(days=1)), "changes nothing"),
        (replace(HALF_TERM, paused_until=date(2022, 9, 2)), "again on 1 September 2022 at the latest"),
        (
            replace(HALF_TERM, paused_from=date(2019, 10, 19), paused_until=date(2019, 10, 21)),
            "still be due on 22 October 2019",
        ),
    ],
)
def test_what_cannot_be_proposed(clock: NoticeClock, nelft: Actor, proposed: ProposedChange, said: str) -> None:
    with pytest.raises(Refused, match=said):
        propose(clock, nelft, proposed)
    assert not ClockChange.objects.exists()


def test_a_clock_may_stand_still_to_the_end_of_the_agreement(clock: NoticeClock, nelft: Actor) -> None:
    to_the_end = replace(HALF_TERM, paused_until=clock.notice.agreement.ends_on)
    assert propose(clock, nelft, to_the_end).paused_until == date(2022, 9, 1)


def test_one_proposal_at_a_time(clock: NoticeClock, nelft: Actor, ccg: Actor) -> None:
    propose(clock, nelft)
    with pytest.raises(Refused, match="proposed already"):
        propose(clock, ccg, HALF_TERM)


def test_an_ended_clock_is_changed_no_more(kent: Kent, clock: NoticeClock, nelft: Actor, ccg: Actor) -> None:
    change = propose(clock, nelft)
    moved(kent, clock.notice, S.PLAN, on=DEMO_DAY)
    with pytest.raises(Refused, match="ended on 17 October 2019"):
        propose(clock, nelft)
    with pytest.raises(Refused):
        agree_clock_change(change, by=ccg, at=DEMO_MOMENT)
    with pytest.raises(Refused):
        take_back_clock_change(change, by=nelft, at=DEMO_MOMENT)


def test_a_clock_that_has_run_out_may_still_be_extended(kent: Kent, nelft: Actor, ccg: Actor) -> None:
    late = served_notice(kent, CPN, on=date(2019, 9, 3)).clocks.get()
    assert late.due_on < DEMO_DAY
    agree_clock_change(propose(late, ccg, replace(FIVE_MORE, extra=40)), by=nelft, at=DEMO_MOMENT)
    late.refresh_from_db()
    assert late.due_on == date(2019, 11, 12)
