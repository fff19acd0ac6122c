"""Explaining differences between two caseloads: who may take which step, and what is refused with nothing kept."""

from datetime import date, timedelta
from typing import Any

import pytest

from contracts.audit import first_broken_link
from contracts.models import Event, Membership, Organisation, Role, User
from performance.actions.explaining import answer, explain, explain_as_seen
from performance.actions.explanation_refusals import LARGEST_FIGURE, LONGEST_EXPLANATION, CannotExplain
from performance.dispute_rules import seen_as
from performance.disputes import month_disputes, statuses_named, statuses_of
from performance.models import Difference, ExplainedDifference, Explanation, ExplanationAnswer
from performance.reconciliation import Side
from tests.kent import DEMO_MOMENT, Kent
from tests.performance.two_caseloads import AUGUST, held_against_each_other, keys, standing

pytestmark = pytest.mark.django_db
COUNCIL, EDITOR, SIGNATORY = Role.COUNCIL_COMMISSIONER, Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY
SIDES = {COUNCIL: Side.COUNCIL, EDITOR: Side.PROVIDER, SIGNATORY: Side.PROVIDER}
LATER = DEMO_MOMENT + timedelta(minutes=5)


@pytest.fixture
def rows(kent: Kent) -> list[Difference]:
    return held_against_each_other(kent)


def written(kent: Kent, rows: list[Difference], by: Role, **changes: Any) -> Explanation:
    said: dict[str, Any] = {"differences": keys(rows), "text": "Counted a day later", "agreed_figure": None} | changes
    return explain(kent.agreement, AUGUST, by=standing(kent, by), at=DEMO_MOMENT, **said)


def answered(kent: Kent, one: Explanation, by: Role, *, is_signed: bool = True, reason: str = "") -> ExplanationAnswer:
    return answer(one, is_signed=is_signed, reason=reason, by=standing(kent, by), at=LATER)


def nothing_kept() -> bool:
    events = Event.objects.filter(action__in=["difference explained", "explanation signed", "explanation sent back"])
    return not (Explanation.objects.exists() or ExplainedDifference.objects.exists() or events.exists())


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_who_may_write_an_explanation(kent: Kent, rows, role: Role) -> None:
    if role in SIDES:
        assert written(kent, rows, role).side == SIDES[role].value
    else:
        with pytest.raises(CannotExplain, match="Only one of the two sides"):
            written(kent, rows, role)
        assert nothing_kept()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
@pytest.mark.parametrize("is_signed", [True, False])
@pytest.mark.parametrize("writer", [COUNCIL, EDITOR])
def test_who_may_answer_an_explanation(kent: Kent, rows, writer: Role, is_signed: bool, role: Role) -> None:
    one = written(kent, rows[:1], writer)
    if role in SIDES and SIDES[role] is not SIDES[writer]:
        assert answered(kent, one, role, is_signed=is_signed, reason="Not so").is_signed is is_signed
    else:
        with pytest.raises(CannotExplain):
            answered(kent, one, role, is_signed=is_signed, reason="Not so")
        assert not ExplanationAnswer.objects.exists()


def test_nobody_answers_their_own_and_says_so(kent: Kent, rows) -> None:
    one = written(kent, rows, EDITOR)
    with pytest.raises(CannotExplain, match="You wrote this"):
        answered(kent, one, EDITOR)
    with pytest.raises(CannotExplain, match="Your own side wrote this"):
        answered(kent, one, SIGNATORY)


def test_somebody_of_both_sides_speaks_for_neither(kent: Kent, rows) -> None:
    both = kent.people[EDITOR]
    Membership.objects.create(user=both, organisation=Organisation.objects.get(short_name="KCC"), role=COUNCIL)
    with pytest.raises(CannotExplain, match="speaks for that side alone"):
        written(kent, rows, EDITOR)


def test_an_author_who_changed_sides_cannot_sign(kent: Kent, rows) -> None:
    one = written(kent, rows, EDITOR)
    Membership.objects.filter(user=kent.people[EDITOR]).delete()
    kcc = Organisation.objects.get(short_name="KCC")
    Membership.objects.create(user=kent.people[EDITOR], organisation=kcc, role=COUNCIL)
    with pytest.raises(CannotExplain, match="You wrote this"):
        answered(kent, one, EDITOR)


def test_each_step_writes_one_event_that_names_no_case(kent: Kent, rows) -> None:
    one = written(kent, rows, EDITOR, agreed_figure=194)
    answered(kent, one, COUNCIL)
    events = list(Event.objects.filter(agreement=kent.agreement).order_by("-pk")[:2])
    assert [event.action for event in events] == ["explanation signed", "difference explained"]
    assert events[1].after == {
        "explanation": one.pk,
        "month": "2019-08",
        "side": "provider",
        "agreed_figure": 194,
        "count": 28,
        "differences": sorted(keys(rows)),
    }
    assert events[1].actor == kent.people[EDITOR]
    assert all("EH-" not in f"{event.subject} {event.before} {event.after}" for event in events)
    assert all("Counted" not in f"{event.subject} {event.after}" for event in events)
    assert first_broken_link(kent.agreement) is None


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"differences": []}, "Choose which differences"),
        ({"differences": [999_999_999]}, "The differences changed"),
        ({"text": ""}, "Say why in words"),
        ({"text": " \n"}, "Say why in words"),
        ({"text": "a" * (LONGEST_EXPLANATION + 1)}, "Say why in words"),
        ({"text": "Her NHS number is 943 476 5919"}, "could point at a child"),
        ({"text": "She lives in CT1 2AB"}, "could point at a child"),
        ({"text": "born 4 May 2008"}, "could point at a child"),
        ({"text": "Only EH-2019-20001 came late"}, "could point at a child"),
        ({"text": "only (eh-2019-20001) came late"}, "could point at a child"),
        ({"text": "Only EH\u20132019\u201320001, which came late"}, "could point at a child"),
        ({"text": "Only EH-2019-\u200b20001 came late"}, "could point at a child"),
        ({"text": "Only EH 2019 20001 came late"}, "could point at a child"),
        ({"text": "Only EH-2019-\n20001 came late"}, "could point at a child"),
        ({"text": "Only EH_2019_20001 came late"}, "could point at a child"),
        ({"text": "Only EH2019-20001 came late"}, "could point at a child"),
        ({"text": "Only the caseEH201920001s came late"}, "could point at a child"),
        ({"text": "Only 2019-20001 came late"}, "could point at a child"),
        ({"text": "Only 20001 came late"}, "could point at a child"),
        ({"text": "Only \uff25\uff28/2019/\uff12\uff10\uff10\uff10\uff11 came late"}, "could point at a child"),
        ({"agreed_figure": -1}, "must be a whole number"),
        ({"agreed_figure": LARGEST_FIGURE + 1}, "must be a whole number"),
        ({"agreed_figure": 10**20}, "must be a whole number"),
    ],
)
def test_what_is_refused_is_not_half_kept(kent: Kent, rows, changes, why: str) -> None:
    with pytest.raises(CannotExplain, match=why):
        written(kent, rows, EDITOR, **changes)
    assert nothing_kept()


@pytest.mark.parametrize(
    "text",
    [
        "28 cases of 2019",
        "Unit 7/8 closed on 31-08",
        "EH-2019-99999 is no case of ours",
        "Of 2019: 28, and 20,001 in all, 191 from 1 July",
    ],
)
def test_numbers_that_are_no_case_may_be_said(kent: Kent, rows, text: str) -> None:
    assert written(kent, rows, EDITOR, text=text).text == text


@pytest.mark.parametrize("figure", [None, 0, 194, LARGEST_FIGURE])
def test_the_agreed_figure_is_kept_as_it_was_said(kent: Kent, rows, figure: int | None) -> None:
    one = written(kent, rows, EDITOR, agreed_figure=figure)
    one.refresh_from_db()
    assert one.agreed_figure == figure


def test_a_difference_that_is_gone_is_told_and_nothing_is_kept(kent: Kent, rows) -> None:
    held_against_each_other(kent, counted={}, at=LATER)
    with pytest.raises(CannotExplain, match="The differences changed"):
        written(kent, rows[:1], EDITOR)
    assert nothing_kept()


def test_a_difference_of_another_month_is_not_of_this_one(kent: Kent, rows) -> None:
    others = held_against_each_other(kent, date(2019, 7, 1))
    with pytest.raises(CannotExplain, match="The differences changed"):
        written(kent, [rows[0], others[0]], EDITOR)
    assert nothing_kept()


def test_what_both_signed_for_takes_no_other_explanation(kent: Kent, rows) -> None:
    answered(kent, written(kent, rows[:2], EDITOR), COUNCIL)
    with pytest.raises(CannotExplain, match="signed by both sides already"):
        written(kent, rows[1:3], COUNCIL)
    assert Explanation.objects.count() == 1


def test_what_was_sent_back_can_be_said_better(kent: Kent, rows) -> None:
    answered(kent, written(kent, rows, EDITOR), COUNCIL, is_signed=False, reason="Say which unit")
    answered(kent, written(kent, rows, EDITOR, text="Unit seven counted a day later"), COUNCIL)
    assert month_disputes(kent.agreement, [AUGUST], None)[AUGUST].words == "Explained and signed by both"


@pytest.mark.parametrize(
    "reason", ["", "  ", "a" * 501, "Ask EH-2019-20001", "Ask EH 2019 20001", "She was born 4 May 2008"]
)
def test_sending_back_takes_a_reason_that_everybody_may_read(kent: Kent, rows, reason: str) -> None:
    one = written(kent, rows, EDITOR)
    with pytest.raises(CannotExplain):
        answered(kent, one, COUNCIL, is_signed=False, reason=reason)
    assert not ExplanationAnswer.objects.exists()


def test_an_explanation_is_answered_once(kent: Kent, rows) -> None:
    one = written(kent, rows, EDITOR)
    answered(kent, one, COUNCIL)
    with pytest.raises(CannotExplain, match="Alex Morgan signed it before you"):
        answered(kent, one, COUNCIL, is_signed=False, reason="Not so")


def test_what_changed_after_the_page_was_opened_is_not_signed(kent: Kent, rows) -> None:
    one = written(kent, rows[:2], EDITOR)
    seen = seen_as(statuses_named(one))
    Difference.objects.filter(pk=rows[0].pk).update(known_until=LATER)
    with pytest.raises(CannotExplain, match="The differences changed"):
        answer(one, is_signed=True, reason="", by=standing(kent, COUNCIL), at=LATER, seen=seen)
    assert not ExplanationAnswer.objects.exists()
    answer(one, is_signed=True, reason="", by=standing(kent, COUNCIL), at=LATER, seen=seen_as(statuses_named(one)))


def test_there_is_nothing_to_sign_where_every_difference_is_gone(kent: Kent, rows) -> None:
    one = written(kent, rows, EDITOR)
    held_against_each_other(kent, counted={}, at=LATER)
    with pytest.raises(CannotExplain, match="nothing to sign"):
        answered(kent, one, COUNCIL)


def test_what_was_seen_must_be_what_is_there(kent: Kent, rows) -> None:
    seen = seen_as(statuses_of(kent.agreement, AUGUST))
    said: dict[str, Any] = {"differences": keys(rows[:1]), "text": "One day", "agreed_figure": None, "at": DEMO_MOMENT}
    explain_as_seen(seen, kent.agreement, AUGUST, by=standing(kent, EDITOR), **said)
    for stale in (seen, ""):
        with pytest.raises(CannotExplain, match="The differences changed"):
            explain_as_seen(stale, kent.agreement, AUGUST, by=standing(kent, COUNCIL), **said)
    assert Explanation.objects.count() == 1


def test_an_answer_is_never_before_what_it_answers(kent: Kent, rows) -> None:
    one = written(kent, rows, EDITOR)
    early = DEMO_MOMENT - timedelta(hours=1)
    given = answer(one, is_signed=True, reason="", by=standing(kent, COUNCIL), at=early)
    assert given.answered_at == one.written_at


def test_people_of_another_agreement_have_no_part_in_it(kent: Kent, rows) -> None:
    other = User.objects.create_user("other@other.example", "a long password", name="Other")
    with pytest.raises(CannotExplain):
        explain(
            kent.agreement,
            AUGUST,
            differences=keys(rows),
            text="Ours",
            agreed_figure=None,
            by=type(standing(kent, EDITOR))(other, kent.agreement, frozenset(), frozenset()),
            at=DEMO_MOMENT,
        )
    assert nothing_kept()
