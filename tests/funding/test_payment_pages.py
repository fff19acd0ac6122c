"""A payment's page: whose step is next, each step taken by hand, and who sees what."""

from datetime import date
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.access import ROLE_PERMISSIONS, standing_of
from contracts.audit import Actor
from contracts.models import Role
from contracts.permissions import Permission
from funding.actions.reversing import reverse as reverse_payment
from funding.actions.steps import approve
from funding.payment_moves import PaymentState
from funding.payment_pages.of_month import payment_of_month
from tests.funding.payment_visits import PAYMENTS, answers, page_of, priya, take_step
from tests.kent import DEMO_DAY
from tests.money import AUGUST, approved, certified, finance, moment_after, paid, put_to_the_test, second_finance
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
STEPS = ("test", "approval", "sending", "paid", "cancellation", "reversal")


def test_a_payment_goes_from_its_test_to_the_ledger(loaded):
    payment = certified(loaded)
    assert "waits for approval" in text_of(take_step(loaded, payment, "test", **answers(loaded, payment)))
    assert "is approved" in text_of(take_step(loaded, payment, "approval", declaration="on"))
    assert "is recorded as sent" in text_of(take_step(loaded, payment, "sending"))
    said = text_of(take_step(loaded, payment, "paid", reference="KCC-9"))
    assert "with reference KCC-9" in said
    assert "Nothing is left to do" in said
    payment.refresh_from_db()
    assert (payment.state, payment.ledger_reference) == (PaymentState.PAID, "KCC-9")


def test_the_certifier_is_told_why_the_approval_is_not_theirs(loaded):
    payment = put_to_the_test(loaded, certified(loaded))
    said = text_of(priya(loaded).get(page_of(payment)))
    assert "You certified this payment, so somebody else approves it." in said
    assert "By anyone in KCC finance except Priya Shah, who certified it" in said
    answer = take_step(loaded, payment, "approval", client=priya(loaded), declaration="on")
    assert answer.status_code == HTTPStatus.FORBIDDEN
    payment.refresh_from_db()
    assert payment.state == PaymentState.TESTED


def test_a_test_without_an_answer_is_refused_in_place(loaded):
    payment = certified(loaded)
    sent = answers(loaded, payment) | {"grounds": ""}
    missing = next(iter(sent))
    del sent[missing]
    answer = take_step(loaded, payment, "test", **sent)
    said = text_of(answer)
    assert "Choose Yes or No for Early Help" in said
    assert "Give your reasons and evidence" in said
    assert f'href="#id_{missing}_0"' in answer.content.decode()
    assert payment.moves.count() == 1


def test_one_no_stops_the_payment(loaded):
    payment = certified(loaded)
    said = text_of(take_step(loaded, payment, "test", **answers(loaded, payment, "no")))
    assert "recorded as not met" in said
    assert "The month can be certified again." in said


@pytest.mark.parametrize("reference", ["", "=1+1", "a b", "x" * 41])
def test_a_reference_that_no_ledger_has_is_refused(loaded, reference):
    payment = approved(loaded, certified(loaded))
    take_step(loaded, payment, "sending")
    assert "There is a problem" in text_of(take_step(loaded, payment, "paid", reference=reference))


def test_a_payment_is_cancelled_only_for_a_reason(loaded):
    payment = certified(loaded)
    assert "Say why you cancel it" in text_of(take_step(loaded, payment, "cancellation", reason=" "))
    assert "It was cancelled" in text_of(take_step(loaded, payment, "cancellation", reason="Too early"))


def test_what_was_paid_is_taken_back_by_a_counter_entry_that_another_approves(loaded):
    payment = paid(loaded)
    said = text_of(take_step(loaded, payment, "reversal", client=priya(loaded), reason="Paid twice"))
    assert "once somebody else has approved it" in said
    counter = payment.counter_entries.get()
    assert "Statutory test" not in said
    assert "Deduction given back: KHNES, empty posts" in said
    assert "is approved" in text_of(take_step(loaded, counter, "approval", declaration="on"))
    payment.refresh_from_db()
    assert payment.state == PaymentState.REVERSED


def test_a_step_that_is_over_changes_nothing_and_says_so(loaded):
    payment = approved(loaded, certified(loaded))
    assert "has moved on" in text_of(take_step(loaded, payment, "approval", declaration="on"))


@pytest.mark.parametrize("step", STEPS)
def test_a_look_at_a_steps_address_leads_to_the_page(loaded, step):
    payment = certified(loaded)
    assert priya(loaded).get(f"{page_of(payment)}{step}/").headers["Location"] == page_of(payment)


@pytest.mark.parametrize("role", list(Role))
def test_who_sees_payments_and_who_may_act(loaded, role):
    payment = certified(loaded)
    client = visitor(loaded, role)
    sees = Permission.SEE_PAYMENTS in ROLE_PERMISSIONS[role]
    refused = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
    for address in (PAYMENTS, f"{PAYMENTS}csv/", f"{PAYMENTS}xlsx/", page_of(payment)):
        status = client.get(address).status_code
        assert status == HTTPStatus.OK if sees else status in refused
    if role is not Role.COUNCIL_FINANCE:
        assert all(client.post(f"{page_of(payment)}{step}/").status_code in refused for step in STEPS)
    if sees and role is not Role.COUNCIL_FINANCE:
        assert "Only KCC’s finance people can record the statutory test" in text_of(client.get(page_of(payment)))


def test_a_payment_that_is_not_there_is_404(loaded):
    assert priya(loaded).get(f"{PAYMENTS}999/").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("address", ["", "csv/", "xlsx/"])
def test_many_payments_take_no_more_queries_than_few(loaded, address):
    client = visitor(loaded, Role.AUDITOR)
    certified(loaded, AUGUST)
    few = queries(client, PAYMENTS + address)
    for month in (date(2019, 5, 1), date(2019, 6, 1), date(2019, 7, 1)):
        paid(loaded, month)
    assert queries(client, PAYMENTS + address) == few


def queries(client, path: str) -> int:
    """How often a page asks the database."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == HTTPStatus.OK
    return len(asked)


def test_the_payment_of_another_agreement_is_not_there(loaded):
    payment = certified(loaded)
    other = page_of(payment).replace(loaded.agreement.reference, "OTHER-S75")
    assert priya(loaded).get(other).status_code == HTTPStatus.NOT_FOUND


def test_what_is_asked_back_stands_on_the_page_of_money_until_it_is_back(loaded):
    original = paid(loaded)
    by = Actor.person(finance(loaded))
    counter_entry = reverse_payment(original, reason="Paid twice", by=by, at=moment_after(AUGUST, 26))
    shown = payment_of_month(standing_of(finance(loaded), loaded.agreement), AUGUST, DEMO_DAY)
    assert shown is not None
    assert [card.payment.pk for card in shown.cards] == [original.pk, counter_entry.pk]
    assert not shown.may_certify
    daniel = Actor.person(second_finance(loaded))
    approve(counter_entry, by=daniel, at=moment_after(AUGUST, 27))
    shown = payment_of_month(standing_of(finance(loaded), loaded.agreement), AUGUST, DEMO_DAY)
    assert shown is not None
    assert [card.payment.pk for card in shown.cards] == [counter_entry.pk]
    assert shown.may_certify
