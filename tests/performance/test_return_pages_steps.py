"""Signing off, accepting, sending back and withdrawing on the page of a version."""

from datetime import date
from http import HTTPStatus

import pytest
from django.test import Client
from django.utils import timezone

from contracts import audit
from contracts.models import Membership, Role
from performance.actions.days import open_the_day
from performance.actions.deciding import send_back, withdraw
from performance.models import Move, RecomputeNeed, State, Version
from performance.recompute import work_off
from tests.hostile_files.build import loaded, workbook_with
from tests.kent import DEMO_MOMENT, Kent, take_in
from tests.signing import DECLARED, signed_off
from tests.visiting import RETURNS, address, hand_in, text_of, visitor

AUGUST, SEPTEMBER = date(2019, 8, 1), date(2019, 9, 1)
FEWER_PUPILS = {("Activity", "D10"): 3, ("Activity", "E10"): 2, ("Activity", "F10"): 5}
SIGNATORY, COORDINATOR = Role.PROVIDER_SIGNATORY, Role.COORDINATING_COMMISSIONER


@pytest.fixture
def signatory(kent: Kent) -> Client:
    """The provider's signatory, with August accepted."""
    take_in(kent, [AUGUST])
    open_the_day(kent.agreement, at=DEMO_MOMENT)
    return visitor(kent, SIGNATORY)


@pytest.fixture
def commissioner(kent: Kent) -> Client:
    """The coordinating commissioner."""
    return visitor(kent, COORDINATOR)


@pytest.fixture
def draft(kent: Kent, signatory: Client) -> Version:
    """September's draft, without warnings."""
    # A pound apart from August, whose numbers it otherwise repeats.
    pay = loaded()["Open book"]["C2"].value + 1
    hand_in(visitor(kent, Role.PROVIDER_EDITOR), workbook_with({("Open book", "C2"): pay}, month=SEPTEMBER))
    return Version.objects.get(of_return__month=SEPTEMBER)


@pytest.fixture
def submitted(kent: Kent, draft: Version) -> Version:
    """September's version waiting for acceptance."""
    return signed_off(draft, audit.Actor.person(kent.people[SIGNATORY]))


def state_of(version: Version) -> str:
    """The version's state in the database."""
    return Version.objects.values_list("state", flat=True).get(pk=version.pk)


# ---- signing off


def test_a_signatory_signs_off_with_the_declaration(kent: Kent, signatory: Client, draft: Version):
    answer = signatory.post(address(draft, "sign-off/"), DECLARED, follow=True)
    assert answer.redirect_chain == [(address(draft), HTTPStatus.FOUND)]
    assert "September 2019, version 1 is signed off. West Kent CCG can accept it now." in text_of(answer)
    move = Move.objects.get(version=draft)
    assert (move.to_state, move.by, timezone.localtime(move.at).date()) == (
        "submitted",
        kent.people[SIGNATORY],
        date(2019, 10, 17),
    )
    assert "Nina Rao, 17 October 2019" in text_of(answer)
    assert "3 Operational Days late" in text_of(answer)


def test_without_the_declaration_nothing_is_signed(signatory: Client, draft: Version):
    answer = signatory.post(address(draft, "sign-off/"), {})
    assert "Tick the declaration to sign the return off" in text_of(answer)
    assert 'href="#id_declaration"' in answer.content.decode()
    assert state_of(draft) == State.DRAFT


def test_warnings_ask_whoever_signs_for_a_reason(signatory: Client, draft: Version):
    hand_in(signatory, workbook_with(FEWER_PUPILS, month=SEPTEMBER))
    version = Version.objects.get(of_return__month=SEPTEMBER, number=2)
    page = text_of(signatory.get(address(version)))
    assert "Pupils supported fell by more than 25% in a month" in page
    assert "1 warning above has no reason yet." in page
    answer = signatory.post(address(version, "sign-off/"), DECLARED, follow=True)
    assert "has warnings: say why each of them is right" in text_of(answer)
    assert state_of(version) == State.DRAFT
    reason = "The units were closed <b>until</b> 9 September."
    answer = signatory.post(address(version, "warnings/"), {"reason-0": reason}, follow=True)
    assert "Your reasons are kept. Every warning has its reason." in text_of(answer)
    answer = signatory.post(address(version, "sign-off/"), DECLARED, follow=True)
    assert state_of(version) == State.SUBMITTED
    assert f"‘{reason}’" in text_of(answer)
    assert "<b>until</b>" not in answer.content.decode()
    assert "Reason given" in text_of(answer)


def test_a_reason_that_is_too_long_is_an_error_of_the_form(signatory: Client, draft: Version):
    hand_in(signatory, workbook_with(FEWER_PUPILS, month=SEPTEMBER))
    version = Version.objects.get(of_return__month=SEPTEMBER, number=2)
    answer = signatory.post(address(version, "warnings/"), {"reason-0": "x" * 501})
    assert answer.status_code == HTTPStatus.OK
    assert "at most 500 characters" in text_of(answer)
    assert not version.warning_reasons.exists()


def test_a_draft_that_was_just_replaced_cannot_be_signed_off_and_says_so(signatory: Client, draft: Version):
    signatory.get(address(draft))
    hand_in(signatory, workbook_with({("Activity", "H2"): "Counted again"}, month=SEPTEMBER))
    answer = signatory.post(address(draft, "sign-off/"), DECLARED, follow=True)
    assert answer.status_code == HTTPStatus.OK
    assert "Somebody may have acted before you" in text_of(answer)
    assert state_of(draft) == State.WITHDRAWN


# ---- deciding


def test_the_commissioner_accepts_and_the_figures_follow(kent: Kent, commissioner: Client, submitted: Version):
    answer = commissioner.post(address(submitted, "decision/"), {"decision": "accept"}, follow=True)
    assert "September 2019, version 1 is accepted." in text_of(answer)
    assert "These figures are being worked out." in text_of(answer)
    assert RecomputeNeed.objects.filter(done_at__isnull=True, reason__contains="was accepted").exists()
    assert state_of(submitted) == State.ACCEPTED
    work_off(kent.agreement)
    after = commissioner.get(address(submitted))
    assert "These figures are being worked out." not in text_of(after)
    figure = "/agreements/KCC-CYPMHS-S76/figures/early-help-caseload/ehu/kent/2019-09/"
    assert f'href="{figure}"' in after.content.decode()
    assert commissioner.get(figure).status_code == HTTPStatus.OK


def test_no_choice_and_no_queries_are_errors_of_the_form(commissioner: Client, submitted: Version):
    nothing = commissioner.post(address(submitted, "decision/"), {})
    assert "Choose whether you accept the return or send it back" in text_of(nothing)
    assert 'href="#id_decision_0"' in nothing.content.decode()
    blank = commissioner.post(address(submitted, "decision/"), {"decision": "send-back", "queries": "  "})
    assert "Say what must be answered or put right" in text_of(blank)
    assert 'value="send-back" aria-describedby="send-back-hint" checked' in blank.content.decode()
    other = commissioner.post(address(submitted, "decision/"), {"decision": "withdraw"})
    assert other.status_code == HTTPStatus.OK
    assert state_of(submitted) == State.SUBMITTED


def test_sending_back_says_what_for_and_the_provider_reads_it(
    kent: Kent, commissioner: Client, signatory: Client, submitted: Version
):
    queries = "Activity F10: <i>why</i> so low?"
    commissioner.post(address(submitted, "decision/"), {"decision": "send-back", "queries": queries})
    assert state_of(submitted) == State.SENT_BACK
    answer = signatory.get(address(submitted))
    assert f"West Kent CCG sent this version back {queries}" in text_of(answer)
    assert "<i>why</i>" not in answer.content.decode()
    assert "Answer what was asked about September 2019, version 1" in text_of(signatory.get(RETURNS))
    assert "Say why you correct" in text_of(hand_in(signatory, workbook_with(FEWER_PUPILS, month=SEPTEMBER)))


def test_a_decision_that_somebody_else_took_first_is_told(kent: Kent, commissioner: Client, submitted: Version):
    commissioner.get(address(submitted))
    send_back(submitted, by=audit.CONSOLE, at=DEMO_MOMENT, reason="Activity F2")
    answer = commissioner.post(address(submitted, "decision/"), {"decision": "accept"}, follow=True)
    assert "is sent back now, so it cannot become “accepted”" in text_of(answer)
    assert state_of(submitted) == State.SENT_BACK


def test_accepting_twice_is_told_and_happens_once(commissioner: Client, submitted: Version):
    for _ in range(2):
        answer = commissioner.post(address(submitted, "decision/"), {"decision": "accept"}, follow=True)
    assert "Somebody may have acted before you" in text_of(answer)
    assert Move.objects.filter(version=submitted, to_state=State.ACCEPTED).count() == 1


def test_nobody_decides_on_what_they_signed(kent: Kent, signatory: Client, submitted: Version):
    coordinator = kent.agreement.parties.get(role="coordinating-commissioner").organisation
    Membership.objects.create(user=kent.people[SIGNATORY], organisation=coordinator, role=COORDINATOR)
    assert "somebody else decides on it" in text_of(signatory.get(address(submitted)))
    answer = signatory.post(address(submitted, "decision/"), {"decision": "accept"})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert state_of(submitted) == State.SUBMITTED


@pytest.mark.parametrize("role", [Role.COUNCIL_COMMISSIONER, Role.PROVIDER_EDITOR, Role.AUDITOR])
def test_others_are_told_who_decides(kent: Kent, submitted: Version, role):
    page = text_of(visitor(kent, role).get(address(submitted)))
    assert "Only West Kent CCG can accept this return or send it back." in page
    assert "Send your decision" not in page


def test_a_correction_replaces_the_accepted_version_for_everybody(kent: Kent, signatory: Client, commissioner: Client):
    hand_in(signatory, workbook_with({("Activity", "H2"): "Counted again"}), why="Counted again")
    second = Version.objects.get(of_return__month=AUGUST, number=2)
    signatory.post(address(second, "sign-off/"), DECLARED)
    commissioner.post(address(second, "decision/"), {"decision": "accept"})
    first = Version.objects.get(of_return__month=AUGUST, number=1)
    assert (state_of(first), state_of(second)) == (State.REPLACED, State.ACCEPTED)
    council = visitor(kent, Role.COUNCIL_COMMISSIONER)
    assert council.get(f"{RETURNS}2019-08/")["Location"] == address(second)
    assert "Replaced by a later version" in text_of(council.get(address(first)))


# ---- withdrawing


def test_a_signatory_withdraws_what_waits_and_another_file_takes_its_place(
    kent: Kent, signatory: Client, submitted: Version
):
    assert "Say why you withdraw this version" in text_of(signatory.post(address(submitted, "withdrawal/"), {}))
    answer = signatory.post(address(submitted, "withdrawal/"), {"reason": "Wrong file"}, follow=True)
    assert "September 2019, version 1 is withdrawn." in text_of(answer)
    assert "Wrong file" in text_of(answer)
    assert visitor(kent, COORDINATOR).get(address(submitted)).status_code == HTTPStatus.OK
    hand_in(signatory, workbook_with({("Activity", "H2"): "Right"}, month=SEPTEMBER))
    assert Version.objects.get(of_return__month=SEPTEMBER, state=State.DRAFT).number == 2


def test_an_accepted_version_cannot_be_withdrawn(signatory: Client, kent: Kent):
    accepted = Version.objects.get(of_return__month=AUGUST)
    answer = signatory.post(address(accepted, "withdrawal/"), {"reason": "Regret"}, follow=True)
    assert "Somebody may have acted before you" in text_of(answer)
    assert state_of(accepted) == State.ACCEPTED


def test_a_commissioner_is_told_that_what_they_looked_at_was_withdrawn(
    kent: Kent, commissioner: Client, submitted: Version
):
    withdraw(submitted, by=audit.Actor.person(kent.people[SIGNATORY]), at=DEMO_MOMENT, reason="Wrong file")
    answer = commissioner.post(address(submitted, "decision/"), {"decision": "accept"}, follow=True)
    assert "is withdrawn now" in text_of(answer)
