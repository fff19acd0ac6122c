"""What an approver is told: what was left out, and that a certificate no longer says what is so."""

from decimal import Decimal

import pytest

from contracts.audit import Actor
from contracts.models import Event
from funding.actions.refusals import CannotPay
from funding.actions.steps import approve
from funding.models import FundingLine
from tests.correcting import IN_POST, accepted_return
from tests.funding.payment_visits import certificate, certify_url, daniel, page_of, priya
from tests.kent import Kent
from tests.money import AUGUST, certified, moment_after, put_to_the_test, second_finance
from tests.visiting import text_of

pytestmark = pytest.mark.django_db


def test_what_was_left_out_is_shown_with_its_reason(loaded):
    client = priya(loaded)
    sent = certificate(client, AUGUST, left_out_because="Agreed in May", expected_to_pay="221416.66")
    client.post(certify_url(AUGUST), {name: value for name, value in sent.items() if not name.startswith("take-")})
    payment = loaded.agreement.payments.get()
    said = text_of(daniel(loaded).get(page_of(payment)))
    assert "Left out: KHNES, empty posts £12,400.00 was worked out and not deducted: ‘Agreed in May’" in said
    event = Event.objects.order_by("-pk").first()
    assert event
    assert event.after
    assert event.after["left_out_because"] == "Agreed in May"


def test_nothing_is_said_to_be_left_out_of_a_whole_certificate(loaded):
    assert "Left out" not in text_of(daniel(loaded).get(page_of(certified(loaded))))


def test_the_event_of_a_certificate_holds_what_it_rests_on(loaded):
    certified(loaded)
    event = Event.objects.order_by("-pk").first()
    assert event
    assert event.after
    assert event.after["instalments"]["khnes"] == "20000.00"
    (item,) = event.after["items"]
    assert (item["element"], item["amount"], item["version"]) == ("KHNES", "12400.00", "2019-08, version 1")


def approval(kent: Kent) -> str:
    payment = put_to_the_test(kent, certified(kent))
    change_after(kent)
    with pytest.raises(CannotPay) as caught:
        approve(payment, by=Actor.person(second_finance(kent)), at=moment_after(AUGUST, 22))
    return str(caught.value)


def change_after(kent: Kent) -> None:
    accepted_return(kent, AUGUST, {IN_POST: 1.0})


def test_a_certificate_is_not_approved_once_its_return_is_corrected(loaded):
    assert "the deduction for empty posts of KHNES was £12,400.00 and is " in approval(loaded)


def test_a_certificate_is_not_approved_once_its_instalment_changed(loaded):
    payment = put_to_the_test(loaded, certified(loaded))
    FundingLine.objects.filter(element__code="khnes").update(annual_amount=Decimal(120_000))
    with pytest.raises(CannotPay, match=r"KHNES was £20,000.00 and is £10,000.00 now. Cancel it"):
        approve(payment, by=Actor.person(second_finance(loaded)), at=moment_after(AUGUST, 22))
