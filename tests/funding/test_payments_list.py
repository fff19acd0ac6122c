"""The list of payments: money asked back stands apart, and months before the returns can be certified."""

from datetime import date
from decimal import Decimal
from http import HTTPStatus

import pytest

from contracts.models import Agreement, Role
from contracts.models.decisions import DecisionStatus
from funding.draft_items import DraftItem
from funding.models import Direction, ItemKind
from tests.decisions import decision_in
from tests.funding.payment_visits import PAYMENTS, certificate, certify_url, page_of, priya, take_step
from tests.money import AUGUST, approved, certified, paid, proposed
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
JULY = date(2019, 7, 1)


def test_money_asked_back_counts_once_it_is_back_and_stands_apart_until_then(loaded):
    paid(loaded, AUGUST)
    july = paid(loaded, JULY)
    take_step(loaded, july, "reversal", client=priya(loaded), reason="Paid twice")
    counter = july.counter_entries.get()
    client = visitor(loaded, Role.AUDITOR)
    for step, said in (("", {}), ("approval", {"declaration": "on"}), ("sending", {})):
        if step:
            take_step(loaded, counter, step, **said)
        page = client.get(PAYMENTS).context["page"]
        assert page.left.to_pay == page.counted.to_pay == Decimal("420433.32")
        assert page.to_come_back == Decimal("211416.66")
        assert "£211,416.66 is asked back and has not come back yet" in text_of(client.get(PAYMENTS))
    assert "£211,416.66 of payment 2 for this month has not come back yet" in text_of(
        priya(loaded).get(certify_url(JULY))
    )
    take_step(loaded, counter, "paid", reference="KCC-BACK")
    page = client.get(PAYMENTS).context["page"]
    assert (page.left.to_pay, page.to_come_back) == (Decimal("209016.66"), 0)
    assert "has not come back yet" not in text_of(priya(loaded).get(certify_url(JULY)))


def test_months_before_the_returns_can_be_certified_and_do_not_wait(loaded):
    Agreement.objects.filter(pk=loaded.agreement.pk).update(returns_from=JULY)
    page = priya(loaded).get(PAYMENTS).context["page"]
    assert page.earlier[-1] == date(2019, 6, 1)
    assert certify_url(date(2019, 6, 1)) in priya(loaded).get(PAYMENTS).content.decode()
    for month in page.earlier:
        assert priya(loaded).get(certify_url(month)).status_code == HTTPStatus.OK
    assert page.waiting == len([JULY, AUGUST, date(2019, 9, 1)])
    certified(loaded, date(2019, 6, 1))
    assert date(2019, 6, 1) not in priya(loaded).get(PAYMENTS).context["page"].earlier
    assert visitor(loaded, Role.AUDITOR).get(PAYMENTS).context["page"].earlier == ()


def test_a_payment_of_nothing_says_why_it_has_a_ledger_reference(loaded):
    items = tuple(
        DraftItem(one.element, Direction.DEDUCTION, ItemKind.NOTICE, one.due, AUGUST, "Withheld", notice="CPN-1")
        for one in proposed(loaded).instalments
    )
    payment = approved(loaded, certified(loaded, items=items))
    assert payment.to_pay == 0
    said = text_of(priya(loaded).get(page_of(payment)))
    assert "No money leaves: the deductions take the whole instalment." in said


@pytest.mark.parametrize("reference", ["943 476 5919", "9434765919"])
def test_references_may_not_point_at_a_child(loaded, reference):
    payment = approved(loaded, certified(loaded, JULY))
    take_step(loaded, payment, "sending")
    assert "could point at a child" in text_of(take_step(loaded, payment, "paid", reference=reference))
    sent = certificate(priya(loaded), AUGUST, **{"added-0-notice": reference, "step": "work-out"})
    assert "could point at a child" in text_of(priya(loaded).post(certify_url(AUGUST), sent))


def test_a_number_of_items_beyond_reason_is_no_fault_of_the_portal(loaded):
    sent = certificate(priya(loaded), AUGUST, **{"added-TOTAL_FORMS": "9" * 5000, "step": "another"})
    assert priya(loaded).post(certify_url(AUGUST), sent).status_code == HTTPStatus.OK


def test_only_a_decision_that_was_taken_moves_money(loaded):
    for number, status in enumerate(DecisionStatus):
        decision = decision_in(loaded, status, number=f"20/{number}")
        form = priya(loaded).get(certify_url(AUGUST)).context["page"].form.added.forms[0]
        is_offered = decision in form.fields["decision"].queryset
        assert is_offered is (status == DecisionStatus.TAKEN)
