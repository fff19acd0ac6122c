"""Every step of a payment, from every state, by every role and by both finance people; each is one event."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from contracts.access import standing_of
from contracts.audit import CONSOLE, Actor
from contracts.models import Event, Role, User
from funding.actions.refusals import CannotPay
from funding.actions.reversing import reverse
from funding.actions.steps import approve, cancel, record_paid, send
from funding.actions.testing import record_test
from funding.draft_items import DraftItem
from funding.models import Direction, ItemKind, Payment
from funding.payment_moves import MOVES, PaymentState
from funding.queries.to_test import elements_to_test
from funding.who_may import payment_steps
from tests.kent import Kent
from tests.money import (
    AUGUST,
    GROUNDS,
    approved,
    certified,
    finance,
    moment_after,
    put_to_the_test,
    second_finance,
)

pytestmark = pytest.mark.django_db
S = PaymentState
AT = moment_after(AUGUST, 25)
Step = Callable[[Payment, Actor], Payment]


def met(payment: Payment, by: Actor) -> Payment:
    return record_test(payment, answers=dict.fromkeys(keys(payment), True), grounds=GROUNDS, by=by, at=AT)


def not_met(payment: Payment, by: Actor) -> Payment:
    answers = {key: number > 0 for number, key in enumerate(keys(payment))}
    return record_test(payment, answers=answers, grounds=GROUNDS, by=by, at=AT)


def keys(payment: Payment) -> list[int]:
    return [element.pk for element in elements_to_test(payment)]


STEPS: dict[PaymentState, Step] = {
    S.TESTED: met,
    S.NOT_MET: not_met,
    S.APPROVED: lambda payment, by: approve(payment, by=by, at=AT),
    S.SENT: lambda payment, by: send(payment, by=by, at=AT),
    S.PAID: lambda payment, by: record_paid(payment, reference=" KCC-000123 ", by=by, at=AT),
    S.CANCELLED: lambda payment, by: cancel(payment, reason=" Wrong month ", by=by, at=AT),
}
# From each state, the steps that a payment with something to pay has.
ALLOWED: dict[PaymentState, set[PaymentState]] = {
    S.CERTIFIED: {S.TESTED, S.NOT_MET, S.CANCELLED},
    S.TESTED: {S.APPROVED, S.CANCELLED},
    S.NOT_MET: set(),
    S.APPROVED: {S.SENT, S.CANCELLED},
    S.SENT: {S.PAID, S.CANCELLED},
    S.PAID: set(),
    S.CANCELLED: set(),
    S.REVERSED: set(),
}
# The steps on the way to each state.
WAYS: dict[PaymentState, list[PaymentState]] = {
    S.CERTIFIED: [],
    S.TESTED: [S.TESTED],
    S.NOT_MET: [S.NOT_MET],
    S.APPROVED: [S.TESTED, S.APPROVED],
    S.SENT: [S.TESTED, S.APPROVED, S.SENT],
    S.PAID: [S.TESTED, S.APPROVED, S.SENT, S.PAID],
    S.CANCELLED: [S.CANCELLED],
    S.REVERSED: [S.TESTED, S.APPROVED, S.SENT, S.PAID],
}


def in_state(kent: Kent, state: PaymentState) -> Payment:
    """August's payment, certified by Priya Shah and taken by Daniel Price to `state`."""
    payment = certified(kent)
    for step in WAYS[state]:
        payment = STEPS[step](payment, daniel(kent))
    if state is S.REVERSED:
        counter_entry = reverse(payment, reason="Paid twice", by=priya(kent), at=AT)
        approve(counter_entry, by=daniel(kent), at=AT)
        payment.refresh_from_db()
    assert payment.state == state
    return payment


def daniel(kent: Kent) -> Actor:
    return Actor.person(second_finance(kent))


def priya(kent: Kent) -> Actor:
    return Actor.person(finance(kent))


def offered(kent: Kent, payment: Payment, person: User) -> dict[PaymentState, bool]:
    """The steps that pages show, and whether they are open to the reader."""
    steps = payment_steps(payment, standing_of(person, kent.agreement))
    shown = {
        S.TESTED: steps.testing,
        S.NOT_MET: steps.testing,
        S.APPROVED: steps.approving,
        S.SENT: steps.sending,
        S.PAID: steps.recording_paid,
        S.CANCELLED: steps.cancelling,
    }
    return {state: step.may for state, step in shown.items() if step is not None}


def test_the_tables_have_every_state() -> None:
    assert ALLOWED.keys() == WAYS.keys() == set(S)
    # Straight to approval is for a counter-entry and for nothing to pay; reversed, only by a counter-entry.
    apart = {(S.CERTIFIED, S.APPROVED), (S.PAID, S.REVERSED), (None, S.CERTIFIED)}
    assert {(state, to) for state, steps in ALLOWED.items() for to in steps} == MOVES.keys() - apart


@pytest.mark.parametrize("to", STEPS)
@pytest.mark.parametrize("state", S)
def test_every_step_from_every_state(loaded: Kent, state: PaymentState, to: PaymentState) -> None:
    payment = in_state(loaded, state)
    events, moves = Event.objects.count(), payment.moves.count()
    is_offered = offered(loaded, payment, second_finance(loaded))
    if to in ALLOWED[state]:
        assert is_offered[to]
        moved = STEPS[to](payment, daniel(loaded))
        assert (moved.state, Event.objects.count(), moved.moves.count()) == (to, events + 1, moves + 1)
        return
    assert to not in is_offered
    with pytest.raises(CannotPay) as refused:
        STEPS[to](payment, daniel(loaded))
    assert str(refused.value).endswith(".")
    payment.refresh_from_db()
    assert (payment.state, Event.objects.count(), payment.moves.count()) == (state, events, moves)


@pytest.mark.parametrize(("state", "to"), [(state, to) for state, steps in ALLOWED.items() for to in sorted(steps)])
def test_nobody_else_takes_a_step(loaded: Kent, state: PaymentState, to: PaymentState) -> None:
    payment = in_state(loaded, state)
    for role, person in loaded.people.items():
        if role == Role.COUNCIL_FINANCE:
            continue
        assert not offered(loaded, payment, person)[to]
        with pytest.raises(CannotPay, match=r"Your role does not let you|own people handle"):
            STEPS[to](payment, Actor.person(person))
    with pytest.raises(CannotPay, match="sign in"):
        STEPS[to](payment, CONSOLE)
    payment.refresh_from_db()
    assert payment.state == state


@pytest.mark.parametrize(("state", "to"), [(state, to) for state, steps in ALLOWED.items() for to in sorted(steps)])
def test_who_certified_takes_every_step_but_the_approval(loaded: Kent, state: PaymentState, to: PaymentState) -> None:
    payment = in_state(loaded, state)
    assert offered(loaded, payment, finance(loaded))[to] == (to is not S.APPROVED)
    if to is S.APPROVED:
        with pytest.raises(CannotPay, match="You certified payment 1 for August 2019, so somebody else approves it"):
            STEPS[to](payment, priya(loaded))
    else:
        assert STEPS[to](payment, priya(loaded)).state == to


def test_a_stale_step_says_what_happened(loaded: Kent) -> None:
    payment = in_state(loaded, S.APPROVED)
    with pytest.raises(CannotPay) as refused:
        met(payment, daniel(loaded))
    assert str(refused.value) == (
        "Payment 1 for August 2019 is approved now, so it cannot be tested. "
        "Somebody may have acted before you: look at the page again."
    )


def test_a_payment_is_not_approved_before_its_test(loaded: Kent) -> None:
    with pytest.raises(CannotPay, match="before the statutory test is recorded"):
        approve(certified(loaded), by=daniel(loaded), at=AT)


def test_the_test_is_kept_with_its_question_and_grounds(loaded: Kent) -> None:
    payment = put_to_the_test(loaded, certified(loaded))
    test = payment.test
    assert "more effective use of public funds" in test.question
    assert (test.grounds, test.by_name, test.answers.filter(is_met=True).count()) == (GROUNDS, "Daniel Price", 4)


def test_a_test_that_is_not_met_leaves_room_for_another_certificate(loaded: Kent) -> None:
    stopped = put_to_the_test(loaded, certified(loaded), is_met=False)
    assert (stopped.state, stopped.moves.get(to_state=S.NOT_MET).reason) == (S.NOT_MET, GROUNDS)
    whole = DraftItem(
        loaded.agreement.elements.get(code="ehu"),
        Direction.DEDUCTION,
        ItemKind.NOTICE,
        Decimal("100000.00"),
        AUGUST,
        "The test was not met",
        notice="CPN-2",
    )
    anew = certified(loaded, items=[whole])
    assert [element.code for element in elements_to_test(anew)] == ["khnes", "lac", "hsb"]
    assert approved(loaded, anew).state == S.APPROVED


def test_what_a_test_must_answer(loaded: Kent) -> None:
    payment = certified(loaded)
    answers = dict.fromkeys(keys(payment), True)
    for given, grounds, said in [
        ({}, GROUNDS, "Early Help, KHNES, LAC Priority Assessment, Harmful Sexual Behaviour has no answer"),
        (dict(list(answers.items())[1:]), GROUNDS, "Early Help has no answer"),
        (answers | {0: True}, GROUNDS, "an element with nothing to pay"),
        (answers, " \n", "Give the grounds"),
        (answers, "x" * 2001, "longer than 2,000 characters"),
    ]:
        with pytest.raises(CannotPay, match=said):
            record_test(payment, answers=given, grounds=grounds, by=daniel(loaded), at=AT)


@pytest.mark.parametrize("reference", ["", "  ", "KCC 123", "KCC_1", "=1+1", "-1", "x" * 41, "KCC–1", "ÄB-1", "1\n2"])
def test_references_that_no_ledger_has(loaded: Kent, reference: str) -> None:
    payment = in_state(loaded, S.SENT)
    with pytest.raises(CannotPay, match="up to 40 letters, digits, hyphens and slashes"):
        record_paid(payment, reference=reference, by=daniel(loaded), at=AT)


def test_a_reference_is_used_once(loaded: Kent) -> None:
    assert in_state(loaded, S.PAID).ledger_reference == "KCC-000123"
    payment = approved(loaded, certified(loaded, date(2019, 7, 1)))
    sent = send(payment, by=daniel(loaded), at=AT)
    with pytest.raises(CannotPay, match="KCC-000123 is that of payment 1 for August 2019 already"):
        record_paid(sent, reference="KCC-000123", by=daniel(loaded), at=AT)
    with pytest.raises(CannotPay, match="already"):
        record_paid(sent, reference="kcc-000123", by=daniel(loaded), at=AT)


def test_cancelling_and_reversing_need_a_reason(loaded: Kent) -> None:
    payment = in_state(loaded, S.PAID)
    with pytest.raises(CannotPay, match="Say why the payment is cancelled"):
        cancel(payment, reason=" ", by=daniel(loaded), at=AT)
    with pytest.raises(CannotPay, match="Say why the payment is reversed"):
        reverse(payment, reason=" ", by=daniel(loaded), at=AT)
