"""Every move of a decision by every role in every status, through the pages and against the table."""

from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from itertools import product

import pytest

from contracts.access import ROLE_PERMISSIONS
from contracts.actions.decisions import (
    add_discussion,
    edit_decision,
    lead_to_notice,
    mark_of_parts,
    propose_decision,
    record_taken,
    withdraw_decision,
)
from contracts.actions.refusals import Refused
from contracts.audit import CONSOLE, Actor
from contracts.decision_moves import MOVES, SETTLED, DecisionStatus
from contracts.models import DecisionMove, Event, RecordOfDecision, Role
from tests.decisions import PARTS, TODAY, alex, asked_for, decision_in, proposed
from tests.kent import DEMO_MOMENT, Kent
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
S = DecisionStatus
HERE = "/agreements/KCC-CYPMHS-S76/decisions/"
DAY = {"day": TODAY.day, "month": TODAY.month, "year": TODAY.year}
STEPS: dict[DecisionStatus, tuple[str, dict[str, object]]] = {
    S.TAKEN: ("taken/", {f"on_{part}": value for part, value in DAY.items()}),
    S.WITHDRAWN: ("withdrawal/", {"reason": "Not needed"}),
}
MAKERS = [role for role in Role if MOVES[None, S.PROPOSED].permission in ROLE_PERMISSIONS[role]]


def counted() -> tuple[int, int]:
    return DecisionMove.objects.count(), Event.objects.count()


def test_every_status_is_in_the_table() -> None:
    assert {to for _, to in MOVES} == set(S)
    assert set(SETTLED) == {S.TAKEN, S.WITHDRAWN}
    assert MAKERS == [Role.COUNCIL_COMMISSIONER]


@pytest.mark.parametrize(("role", "before", "to"), list(product(Role, S, STEPS)))
def test_each_role_moves_a_decision_as_the_table_has_it(agreed: Kent, role: Role, before: S, to: S) -> None:
    decision = decision_in(agreed, before)
    moves, events = counted()
    path, sent = STEPS[to]
    answer = visitor(agreed, role).post(f"{HERE}{decision.pk}/{path}", sent)
    decision.refresh_from_db()
    move = MOVES.get((before, to))
    if move and move.permission in ROLE_PERMISSIONS[role]:
        assert (decision.status, counted()) == (to, (moves + 1, events + 1))
        assert answer.status_code == HTTPStatus.FOUND
        return
    assert (decision.status, counted()) == (before, (moves, events))
    is_theirs = role in MAKERS
    sees = ROLE_PERMISSIONS[role]
    wanted = HTTPStatus.OK if is_theirs else HTTPStatus.FORBIDDEN if sees else HTTPStatus.NOT_FOUND
    assert answer.status_code == wanted


@pytest.mark.parametrize(("role", "before"), list(product(Role, S)))
def test_each_role_edits_only_what_is_proposed_and_theirs(agreed: Kent, role: Role, before: S) -> None:
    decision = decision_in(agreed, before)
    sent = PARTS | {"subject": "Another", "seen": mark_of_parts(decision)}
    visitor(agreed, role).post(f"{HERE}{decision.pk}/edit/", sent)
    decision.refresh_from_db()
    is_edited = role in MAKERS and before is S.PROPOSED
    assert decision.subject == ("Another" if is_edited else PARTS["subject"])


@pytest.mark.parametrize("role", Role)
def test_each_role_proposes_or_does_not(agreed: Kent, role: Role) -> None:
    visitor(agreed, role).post(f"{HERE}new/", PARTS)
    assert RecordOfDecision.objects.filter(number=PARTS["number"]).exists() is (role in MAKERS)


def test_a_decision_that_was_taken_says_when_and_by_whom_it_was_recorded(agreed: Kent) -> None:
    decision = decision_in(agreed, S.TAKEN)
    assert decision.decided_on == TODAY
    last = decision.moves.latest("pk")
    assert (last.from_status, last.to_status, last.on, last.by_name) == ("proposed", "taken", TODAY, "Alex Morgan")
    page = text_of(visitor(agreed, Role.AUDITOR).get(f"{HERE}{decision.pk}/"))
    assert "Decision taken by Cabinet Member" in page
    assert "Taken on 17 October 2019" in page


def refused(step) -> str:
    """The sentence that a step is refused with; nothing was written."""
    before = counted()
    with pytest.raises(Refused) as why:
        step()
    assert counted() == before
    return str(why.value)


def test_what_is_refused_says_why(agreed: Kent) -> None:
    by, at = alex(agreed), DEMO_MOMENT
    decision = proposed(agreed)
    tomorrow = TODAY + timedelta(days=1)
    assert "still to come" in refused(lambda: record_taken(decision, on=tomorrow, by=by, at=at))
    assert "The reason for withdrawing" in refused(lambda: withdraw_decision(decision, reason="  ", by=by, at=at))
    assert "already" in refused(lambda: propose_decision(agreed.agreement, parts=PARTS, by=by, at=at))
    assert "Nothing" in refused(lambda: edit_decision(decision, parts=PARTS, by=by, at=at))
    assert "Only a decision that was taken" in refused(
        lambda: lead_to_notice(decision, asked_for(agreed), by=by, at=at)
    )
    assert "sign in" in refused(lambda: record_taken(decision, on=TODAY, by=CONSOLE, at=at))
    nelft = Actor.person(agreed.people[Role.PROVIDER_SIGNATORY])
    assert "Your role" in refused(lambda: record_taken(decision, on=TODAY, by=nelft, at=at))


def test_a_stale_tab_is_told_what_happened_meanwhile(agreed: Kent) -> None:
    stale = proposed(agreed)
    withdraw_decision(stale, reason="Not needed", by=alex(agreed), at=DEMO_MOMENT)
    assert "withdrawn now" in refused(lambda: record_taken(stale, on=TODAY, by=alex(agreed), at=DEMO_MOMENT))
    assert "withdrawn" in refused(lambda: edit_decision(stale, parts=PARTS, by=alex(agreed), at=DEMO_MOMENT))


def test_a_meeting_may_still_be_added_when_it_was_taken_and_only_once(agreed: Kent) -> None:
    decision, on = decision_in(agreed, S.TAKEN), date(2019, 10, 16)
    add_discussion(decision, body="Scrutiny Committee", held_on=on, outcome="Noted", by=alex(agreed), at=DEMO_MOMENT)
    assert "there already" in refused(
        lambda: add_discussion(decision, body="Scrutiny Committee", held_on=on, by=alex(agreed), at=DEMO_MOMENT)
    )


def test_a_decision_is_not_taken_before_a_body_discussed_it(agreed: Kent) -> None:
    decision = decision_in(agreed, S.PROPOSED)
    for on in (date(2019, 9, 12), date(2019, 10, 10)):
        add_discussion(decision, body="Cabinet Committee", held_on=on, by=alex(agreed), at=DEMO_MOMENT)
    before = date(2019, 9, 11)
    said = refused(lambda: record_taken(decision, on=before, by=alex(agreed), at=DEMO_MOMENT))
    assert "discussed it on 12 September 2019, so it was not taken on 11 September 2019" in said
    assert record_taken(decision, on=date(2019, 9, 12), by=alex(agreed), at=DEMO_MOMENT).status == S.TAKEN


def test_a_notice_that_was_not_served_stands_there_for_those_who_may_see_requests(agreed: Kent) -> None:
    decision, notice = decision_in(agreed, S.TAKEN), asked_for(agreed)
    kcc = visitor(agreed, Role.COUNCIL_COMMISSIONER)
    kcc.post(f"{HERE}{decision.pk}/notices/", {"notice": notice.pk})
    told = {role: notice.subject in text_of(visitor(agreed, role).get(f"{HERE}{decision.pk}/")) for role in Role}
    assert {role for role, is_told in told.items() if is_told} == {
        Role.COUNCIL_COMMISSIONER,
        Role.COUNCIL_FINANCE,
        Role.COORDINATING_COMMISSIONER,
        Role.AUDITOR,
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "1" * 21),
        ("number", ""),
        ("subject", "\x00"),
        ("decision", "NHS number 943 476 5919"),
        ("reasons", "x" * 10_001),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(agreed: Kent, field: str, value: str) -> None:
    answer = visitor(agreed, Role.COUNCIL_COMMISSIONER).post(f"{HERE}new/", PARTS | {field: value})
    assert answer.status_code == HTTPStatus.OK
    assert answer.context["form"].errors.keys() == {field}


@pytest.mark.parametrize(
    ("year", "said"),
    [
        ("1989", "Give a year from 1990 to 2100"),
        ("2101", "Give a year from 1990 to 2100"),
        ("99999", "Give a day that exists"),
        ("20x9", "Give a day that exists"),
        ("", "Give a day that exists"),
    ],
)
def test_a_day_that_is_none_is_refused_on_the_page(agreed: Kent, year: str, said: str) -> None:
    decision = proposed(agreed)
    sent = {"on_day": "1", "on_month": "10", "on_year": year}
    answer = visitor(agreed, Role.COUNCIL_COMMISSIONER).post(f"{HERE}{decision.pk}/taken/", sent)
    assert answer.status_code == HTTPStatus.OK
    assert said in text_of(answer)
    kcc = visitor(agreed, Role.COUNCIL_COMMISSIONER)
    assert "Give the day of the decision" in text_of(kcc.post(f"{HERE}{decision.pk}/taken/", {}))


def test_a_decision_of_another_agreement_is_not_there(agreed: Kent) -> None:
    kcc = visitor(agreed, Role.COUNCIL_COMMISSIONER)
    for key in (0, 999_999, 10**30):
        assert kcc.get(f"{HERE}{key}/").status_code == HTTPStatus.NOT_FOUND


def test_shortly_after_midnight_in_summer_the_day_has_come(agreed: Kent) -> None:
    at = datetime(2019, 8, 31, 23, 30, tzinfo=UTC)
    first = date(2019, 9, 1)
    taken = record_taken(proposed(agreed), on=first, by=alex(agreed), at=at)
    assert taken.decided_on == first
    withdrawn = withdraw_decision(proposed(agreed, number="19/00101"), reason="No", by=alex(agreed), at=at)
    assert withdrawn.moves.latest("pk").on == first
