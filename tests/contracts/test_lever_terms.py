"""Terms of notices: shown as to be checked until somebody records where the contract has them, once."""

from datetime import date

import pytest
from django.test import Client

from contracts.actions.checking_terms import check_term
from contracts.actions.refusals import Refused
from contracts.models import Event, Role, StepClock, WithholdingTerm
from contracts.queries.lever_terms import lever_terms
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.notices import acting, served_notice
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
TERMS = "/agreements/KCC-CYPMHS-S76/notices/terms/"
CHECK = f"{TERMS}check/"
WHERE = "General Condition 9.5, page 41"
CCG = Role.COORDINATING_COMMISSIONER


def meeting() -> StepClock:
    return StepClock.objects.get(step__kind__code="contract-performance-notice", step__stage="meeting")


def key_of(kent: Kent, term: StepClock | WithholdingTerm) -> str:
    return next(one.key for one in lever_terms(kent.agreement, DEMO_DAY).terms if one.row == term)


def record(client: Client, key: str, reference: str = WHERE):
    return client.post(CHECK, {"term": key, "reference": reference}, follow=True)


def test_every_term_is_listed_with_its_state(kent: Kent) -> None:
    said = text_of(visitor(kent, Role.AUDITOR).get(TERMS))
    assert "9 of 9 terms are to be checked against your contract" in said
    assert "Contract management meeting Contract Performance Notice 10 Operational Days From 1 September 2017" in said
    assert "2% of the monthly instalment of the notice’s element, kept after 6 calendar months" in said
    assert "Taken from: NHS Standard Contract, edition not known" in said
    assert "Record that you checked a term" not in said, "an auditor changes nothing"


def test_a_commissioner_records_where_the_contract_has_a_term(kent: Kent) -> None:
    client = visitor(kent, CCG)
    assert "Record that you checked a term" in text_of(client.get(TERMS))
    said = text_of(record(client, key_of(kent, meeting())))
    assert "Recorded as checked: Contract Performance Notice, Contract management meeting: 10 Operational Days." in said
    assert "8 of 9 terms are to be checked" in said
    assert f"{WHERE} Found by Helen Marsh on 17 October 2019" in said
    event = Event.objects.latest("pk")
    assert (event.action, event.actor) == ("term checked against the contract", kent.people[CCG])
    assert event.after == {"term": "10 Operational Days", "found at": WHERE}


def test_the_council_checks_terms_of_withholding_too(kent: Kent) -> None:
    term = WithholdingTerm.objects.get(kind__code="information-breach-notice")
    record(visitor(kent, Role.COUNCIL_COMMISSIONER), key_of(kent, term), "SC28.15")
    term.refresh_from_db()
    assert (term.checked_reference, term.checked_by) == ("SC28.15", kent.people[Role.COUNCIL_COMMISSIONER])
    assert term.checked_on == DEMO_DAY


def test_a_checked_term_is_checked_no_more_in_a_letter(kent: Kent) -> None:
    check_term(meeting(), reference=WHERE, by=acting(kent, CCG), at=DEMO_MOMENT)
    assert "To be checked" not in served_notice(kent).letters.get().body


@pytest.mark.parametrize("role", [Role.PROVIDER_SIGNATORY, Role.AUDITOR, Role.COUNCIL_FINANCE])
def test_who_does_not_hold_the_contract_records_nothing(kent: Kent, role: Role) -> None:
    key = key_of(kent, meeting())
    assert visitor(kent, role).post(CHECK, {"term": key, "reference": WHERE}).status_code == 403
    with pytest.raises(Refused, match="Your role does not let you record that terms were checked"):
        check_term(meeting(), reference=WHERE, by=acting(kent, role), at=DEMO_MOMENT)


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("", "Say where the contract has it"),
        ("x" * 121, "at most 120 characters"),
        ("943 476 5919", "could point at a child"),
        ("\x00", "Say where the contract has it"),
    ],
)
def test_what_is_no_place_in_the_contract_is_said_with_its_field(kent: Kent, reference: str, said: str) -> None:
    answer = record(visitor(kent, CCG), key_of(kent, meeting()), reference)
    assert answer.status_code == 200
    assert said in text_of(answer)
    assert not meeting().checked_reference


def test_a_second_click_and_a_stale_tab_record_nothing(kent: Kent) -> None:
    client, key = visitor(kent, CCG), key_of(kent, meeting())
    record(client, key)
    assert "may have been changed or checked meanwhile" in text_of(record(client, key, "Elsewhere"))
    assert meeting().checked_reference == WHERE
    other = StepClock.objects.get(step__kind__code="activity-query-notice", step__stage="plan")
    stale = key_of(kent, other)
    StepClock.objects.filter(pk=other.pk).update(count=7)
    assert "may have been changed or checked meanwhile" in text_of(record(client, stale))
    assert "Choose the term" in text_of(record(client, ""))


def test_who_saw_another_term_is_told_what_it_is_now(kent: Kent) -> None:
    seen = meeting()
    StepClock.objects.filter(pk=seen.pk).update(count=7)
    with pytest.raises(Refused, match="is now: 7 Operational Days"):
        check_term(seen, reference=WHERE, by=acting(kent, CCG), at=DEMO_MOMENT)
    check_term(meeting(), reference=WHERE, by=acting(kent, CCG), at=DEMO_MOMENT)
    with pytest.raises(Refused, match="Helen Marsh recorded on 17 October 2019"):
        check_term(meeting(), reference="Elsewhere", by=acting(kent, CCG), at=DEMO_MOMENT)


def test_a_term_out_of_force_says_until_when(kent: Kent) -> None:
    StepClock.objects.filter(pk=meeting().pk).update(in_force_until=date(2019, 4, 1))
    assert "From 1 September 2017 until before 1 April 2019" in text_of(visitor(kent, CCG).get(TERMS))
