"""Certifying a month: what is proposed, what a person changes, and what is asked of them."""

from datetime import date
from decimal import Decimal
from http import HTTPStatus

import pytest

from contracts.models import Role
from funding.models import Payment
from tests.funding.payment_visits import certificate, certify_url, priya
from tests.money import AUGUST, certified
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2019, 9, 1)
NOTICE = {
    "added-0-direction": "deduction",
    "added-0-kind": "notice",
    "added-0-notice": "CPN-3",
    "added-0-reason": "Withheld under the notice",
}


def added(loaded, amount: str, **said):
    """An item that rests on a notice, for Early Help."""
    element = loaded.agreement.elements.get(code="ehu").pk
    return NOTICE | {"added-0-element": element, "added-0-amount": amount} | said


def send(loaded, month=AUGUST, **said):
    client = priya(loaded)
    return client.post(certify_url(month), certificate(client, month, **said), follow=True)


def test_the_page_shows_the_instalments_and_what_is_proposed(loaded):
    said = text_of(priya(loaded).get(certify_url(AUGUST)))
    for words in ("£1,200,000.00 a year, 004 §1.8", "−£12,400.00", "August 2019 return, version 1", "£209,016.66"):
        assert words in said


def test_what_is_not_known_is_said_with_its_reason(loaded):
    said = text_of(priya(loaded).get(certify_url(SEPTEMBER)))
    assert "No return for September 2019 has been accepted" in said


def test_a_month_is_certified_as_it_was_shown(loaded):
    answer = send(loaded)
    payment = Payment.objects.get()
    assert answer.redirect_chain[-1][0].endswith(f"/{payment.number}/")
    assert (payment.to_pay, payment.deducted) == (Decimal("209016.66"), Decimal("12400.00"))
    assert payment.certified_by == loaded.people[Role.COUNCIL_FINANCE]


def test_sent_twice_it_is_certified_once(loaded):
    client = priya(loaded)
    sent = certificate(client, AUGUST)
    for _ in range(2):
        answer = client.post(certify_url(AUGUST), sent, follow=True)
    assert Payment.objects.count() == 1
    assert "has this payment already" in text_of(answer)


def test_without_the_declaration_nothing_is_certified(loaded):
    assert "Tick the declaration to certify" in text_of(send(loaded, declaration=None))
    assert not Payment.objects.exists()


def test_leaving_an_item_out_takes_a_reason_and_a_look_at_the_new_sum(loaded):
    client = priya(loaded)
    tick = next(name for name in certificate(client, AUGUST) if name.startswith("take-"))
    assert "Say why you leave out what is not ticked" in text_of(send(loaded, **{tick: None}))
    because = {tick: None, "left_out_because": "Agreed at the May meeting"}
    answer = send(loaded, **because)
    assert "£221,416.66 is to pay. Check it" in text_of(answer)
    assert not Payment.objects.exists()
    send(loaded, **because, expected_to_pay=str(answer.context["page"].to_pay))
    payment = Payment.objects.get()
    assert payment.to_pay == Decimal("221416.66")
    assert payment.moves.get().reason == "Agreed at the May meeting"


def test_an_item_is_added_once_its_sum_was_seen(loaded):
    item = added(loaded, "£1,200.50")
    answer = send(loaded, step="work-out", declaration=None, **item)
    page = answer.context["page"]
    assert (page.problems, page.to_pay) == ((), Decimal("207816.16"))
    send(loaded, **item, expected_to_pay=str(page.to_pay))
    kept = Payment.objects.get().items.get(kind="notice")
    assert (kept.amount, kept.notice) == (Decimal("1200.50"), "CPN-3")


@pytest.mark.parametrize("amount", ["-5", "1.234", "ten", "", "1,20"])
def test_a_wrong_amount_is_refused_in_place_and_kept_as_typed(loaded, amount):
    answer = send(loaded, **added(loaded, amount))
    said = text_of(answer)
    assert "There is a problem" in said
    assert "Write an amount " in said
    assert 'href="#id_added-0-amount"' in answer.content.decode()
    assert not Payment.objects.exists()


def test_a_notice_without_its_reference_is_refused(loaded):
    assert "Write the notice’s reference" in text_of(send(loaded, **added(loaded, "5", **{"added-0-notice": ""})))


def test_a_deduction_above_the_instalment_is_refused_in_words(loaded):
    answer = send(loaded, step="work-out", **added(loaded, "100,000.01"))
    assert "is above the instalment" in text_of(answer)
    seen = str(answer.context["page"].to_pay)
    assert "is above the instalment" in text_of(send(loaded, **added(loaded, "100,000.01"), expected_to_pay=seen))
    assert not Payment.objects.exists()


def test_adding_another_keeps_what_was_typed_and_finds_no_fault_yet(loaded):
    answer = send(loaded, step="another", declaration=None, **added(loaded, "ten"))
    page = answer.context["page"]
    assert page.problems == ()
    assert len(page.form.added.forms) == 2
    assert 'value="ten"' in answer.content.decode()
    assert "There is a problem" not in text_of(answer)


def test_a_proposal_that_changed_meanwhile_is_looked_at_again(loaded):
    assert "changed since you opened this page" in text_of(send(loaded, proposed="another"))
    assert not Payment.objects.exists()


@pytest.mark.parametrize("month", [date(2019, 10, 1), date(2030, 1, 1), date(2017, 8, 1)])
def test_a_month_with_nothing_to_pay_yet_is_not_there(loaded, month):
    assert priya(loaded).get(certify_url(month)).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COUNCIL_FINANCE])
def test_nobody_else_certifies(loaded, role):
    answer = visitor(loaded, role).get(certify_url(AUGUST))
    assert answer.status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}


def test_a_month_with_its_payment_leads_to_it(loaded):
    payment = certified(loaded)
    assert priya(loaded).get(certify_url(AUGUST)).headers["Location"].endswith(f"/{payment.number}/")
