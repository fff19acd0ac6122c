"""Taking money back: the counter-entry, who approves it, and what is left to do after."""

from datetime import date

import pytest

from contracts.access import standing_of
from contracts.audit import Actor
from contracts.models import Event, Role
from funding.actions.refusals import CannotPay
from funding.actions.reversing import reverse
from funding.actions.steps import approve, cancel, record_paid, send
from funding.actions.testing import record_test
from funding.draft_items import DraftItem
from funding.models import Direction, ItemKind, Payment
from funding.payment_moves import PaymentState
from funding.queries.to_test import elements_to_test, net_by_element
from funding.who_may import payment_steps
from tests.kent import Kent
from tests.money import AUGUST, approved, certified, finance, moment_after, paid, proposed, second_finance

pytestmark = pytest.mark.django_db
AT = moment_after(AUGUST, 28)
S = PaymentState


def priya(kent: Kent) -> Actor:
    return Actor.person(finance(kent))


def daniel(kent: Kent) -> Actor:
    return Actor.person(second_finance(kent))


def counter_entry_of(kent: Kent, payment: Payment) -> Payment:
    return reverse(payment, reason="Paid to the wrong account", by=priya(kent), at=AT)


def test_a_counter_entry_turns_every_sign(loaded: Kent) -> None:
    payment = paid(loaded)
    events = Event.objects.count()
    back = counter_entry_of(loaded, payment)
    assert Event.objects.count() == events + 1
    assert (back.number, back.kind, back.state, back.reverses) == (2, "counter-entry", S.CERTIFIED, payment)
    assert (back.due, back.deducted, back.added, back.to_pay) == (
        -payment.due,
        -payment.deducted,
        -payment.added,
        -payment.to_pay,
    )
    assert net_by_element(back) == {element: -pounds for element, pounds in net_by_element(payment).items()}
    assert elements_to_test(back) == ()
    assert back.moves.get().reason == "Paid to the wrong account"
    payment.refresh_from_db()
    assert payment.state == S.PAID


def test_approving_it_reverses_the_payment_with_one_event(loaded: Kent) -> None:
    payment = paid(loaded)
    back = counter_entry_of(loaded, payment)
    with pytest.raises(CannotPay, match="You certified counter-entry 2 for August 2019, so somebody else"):
        approve(back, by=priya(loaded), at=AT)
    events = Event.objects.count()
    assert approve(back, by=daniel(loaded), at=AT).state == S.APPROVED
    payment.refresh_from_db()
    assert (payment.state, payment.ledger_reference) == (S.REVERSED, "KCC-000001")
    assert payment.moves.get(to_state=S.REVERSED).reason == "Counter-entry 2 for August 2019 was approved"
    assert Event.objects.count() == events + 1
    last = Event.objects.order_by("-id").first()
    assert last is not None
    assert last.action == "counter-entry approved"
    assert last.after == {"state": "approved", "reversed": "Payment 1 for August 2019"}
    sent = send(back, by=daniel(loaded), at=AT)
    assert record_paid(sent, reference="KCC-CR-1", by=daniel(loaded), at=AT).state == S.PAID
    # The month may be paid anew.
    assert certified(loaded).number == 3


def test_a_counter_entry_is_not_put_to_the_test(loaded: Kent) -> None:
    back = counter_entry_of(loaded, paid(loaded))
    with pytest.raises(CannotPay, match="takes money back, so there is no sum"):
        record_test(back, answers={}, grounds="None", by=daniel(loaded), at=AT)


def test_one_reversal_at_a_time(loaded: Kent) -> None:
    payment = paid(loaded)
    back = counter_entry_of(loaded, payment)
    with pytest.raises(CannotPay, match=r"The reversal of payment 1 is under way already \(payment 2\)"):
        counter_entry_of(loaded, payment)
    cancel(back, reason="It was the right account", by=daniel(loaded), at=AT)
    assert counter_entry_of(loaded, payment).number == 3


def test_an_approved_counter_entry_stands(loaded: Kent) -> None:
    payment = paid(loaded)
    back = approve(counter_entry_of(loaded, payment), by=daniel(loaded), at=AT)
    standing = standing_of(second_finance(loaded), loaded.agreement)
    assert payment_steps(back, standing).cancelling is None
    with pytest.raises(CannotPay, match="payment 1 for August 2019 is reversed, so it stands"):
        cancel(back, reason="Never mind", by=daniel(loaded), at=AT)


def test_only_money_that_left_is_taken_back(loaded: Kent) -> None:
    payment = approved(loaded, certified(loaded))
    with pytest.raises(CannotPay, match="is approved now, so it cannot be reversed: only money that left"):
        counter_entry_of(loaded, payment)
    back = counter_entry_of(loaded, paid(loaded, date(2019, 7, 1)))
    with pytest.raises(CannotPay, match="A counter-entry is not reversed"):
        counter_entry_of(loaded, back)


def test_only_the_payers_finance_people_reverse(loaded: Kent) -> None:
    payment = paid(loaded)
    for role, person in loaded.people.items():
        step = payment_steps(payment, standing_of(person, loaded.agreement)).reversing
        assert step is not None
        assert step.may == (role == Role.COUNCIL_FINANCE)
        if not step.may:
            with pytest.raises(CannotPay):
                reverse(payment, reason="Mine", by=Actor.person(person), at=AT)


def test_a_payment_of_nothing_goes_straight_to_its_approval(loaded: Kent) -> None:
    whole = [
        DraftItem(one.element, Direction.DEDUCTION, ItemKind.NOTICE, one.due, AUGUST, "Withheld", notice="CPN-3")
        for one in proposed(loaded).instalments
    ]
    payment = certified(loaded, items=whole)
    assert payment.to_pay == 0
    with pytest.raises(CannotPay, match="There is nothing to pay, so there is nothing to put to the test"):
        record_test(payment, answers={}, grounds="None", by=daniel(loaded), at=AT)
    steps = payment_steps(payment, standing_of(second_finance(loaded), loaded.agreement))
    assert steps.testing is None
    assert steps.approving is not None
    assert approve(payment, by=daniel(loaded), at=AT).state == S.APPROVED
