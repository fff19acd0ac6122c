"""The statutory test of a payment, recorded before it can be approved."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from contracts.audit import Actor
from contracts.models import ServiceElement
from funding.actions.entitled import acting
from funding.actions.moving import held, move, record, refuse_unless_may_become
from funding.actions.refusals import CannotPay
from funding.models import ElementTest, Payment, PaymentKind, StatutoryTest
from funding.payment_moves import PaymentState
from funding.queries.to_test import elements_to_test
from funding.statutory_test import question_under

GROUNDS_LENGTH = 2000


@transaction.atomic
def record_test(payment: Payment, *, answers: Mapping[int, bool], grounds: str, by: Actor, at: datetime) -> Payment:
    """Record the answer for each element with something to pay, by its key, and the grounds.

    Met for every one, the payment waits for its approval. Not met for any, it is stopped for good, and its month may be
    certified anew.
    """
    tested = held(payment)
    to = PaymentState.TESTED if all(answers.values()) else PaymentState.NOT_MET
    refuse_unless_may_become(tested, to, by)
    _refuse_nothing_to_test(tested)
    asked = elements_to_test(tested)
    _refuse_other_answers(asked, answers)
    said = _grounds(grounds)
    test = StatutoryTest.objects.create(
        payment=tested,
        question=question_under(tested.agreement.power).text,
        grounds=said,
        by=acting(by),
        by_name=by.name,
        at=at,
    )
    ElementTest.objects.bulk_create(
        ElementTest(test=test, element=element, is_met=answers[element.pk]) for element in asked
    )
    move(tested, to, by=by, at=at, reason="" if to is PaymentState.TESTED else said)
    record(
        tested,
        by=by,
        before=PaymentState.CERTIFIED,
        answers={element.code: "met" if answers[element.pk] else "not met" for element in asked},
        grounds=said,
    )
    return tested


def _refuse_nothing_to_test(payment: Payment) -> None:
    if payment.kind == PaymentKind.COUNTER_ENTRY:
        raise CannotPay("A counter-entry takes money back, so there is no sum to put to the test.")
    if payment.to_pay == Decimal(0):
        raise CannotPay("There is nothing to pay, so there is nothing to put to the test.")


def _refuse_other_answers(asked: tuple[ServiceElement, ...], answers: Mapping[int, bool]) -> None:
    missing = [element.short_name for element in asked if element.pk not in answers]
    if missing:
        raise CannotPay(f"Answer for each element with something to pay: {', '.join(missing)} has no answer.")
    if answers.keys() - {element.pk for element in asked}:
        raise CannotPay("An answer is for an element with nothing to pay. Look at the page again.")


def _grounds(grounds: str) -> str:
    said = grounds.strip()
    if not said:
        raise CannotPay("Give the grounds for the answers: the law asks for them, and the audit reads them.")
    if len(said) > GROUNDS_LENGTH:
        raise CannotPay(f"The grounds are longer than {GROUNDS_LENGTH:,} characters: shorten them.")
    return said
