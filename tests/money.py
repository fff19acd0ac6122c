"""Payments for tests, made as people make them: certified by one finance person, approved by the other."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

from contracts.audit import Actor
from contracts.models import Organisation, Role, User
from contracts.periods import add_months
from funding.actions.certifying import certify
from funding.actions.steps import approve, record_paid, send
from funding.actions.testing import record_test
from funding.draft_items import DraftItem
from funding.models import Payment
from funding.queries.proposal import Proposal, proposal
from funding.queries.to_test import elements_to_test
from tests.kent import LONDON, Kent

GROUNDS = "The same posts in the council’s own services would cost more for each child seen."
AUGUST = date(2019, 8, 1)


def finance(kent: Kent) -> User:
    """Priya Shah, the first finance person of KCC, who certifies."""
    return kent.people[Role.COUNCIL_FINANCE]


def second_finance(kent: Kent) -> User:
    """Daniel Price, the second finance person of KCC, who approves."""
    return User.objects.get(email="daniel.price@kcc.example")


def kcc() -> Organisation:
    """The council that pays."""
    return Organisation.objects.get(short_name="KCC")


def moment_after(month: date, on: int = 20) -> datetime:
    """10 o'clock on a day of the month after `month`."""
    return datetime.combine(add_months(month, 1).replace(day=on), time(10), LONDON)


def proposed(kent: Kent, month: date = AUGUST) -> Proposal:
    """What the portal works out for KCC and a month."""
    return proposal(kent.agreement, kcc(), month)


def certified(kent: Kent, month: date = AUGUST, items: Sequence[DraftItem] | None = None) -> Payment:
    """A payment certified by Priya Shah, with everything the portal proposes or with `items` alone."""
    found = proposed(kent, month)
    taken = found.items if items is None else tuple(items)
    return certify(
        kent.agreement,
        month,
        payer=kcc(),
        items=taken,
        expected_to_pay=found.to_pay_with(taken),
        by=Actor.person(finance(kent)),
        at=moment_after(month),
    )


def put_to_the_test(kent: Kent, payment: Payment, is_met: bool = True) -> Payment:
    """The statutory test of a payment recorded by Daniel Price, with the same answer for every element."""
    answers = {element.pk: is_met for element in elements_to_test(payment)}
    by = Actor.person(second_finance(kent))
    return record_test(payment, answers=answers, grounds=GROUNDS, by=by, at=moment_after(payment.month, 21))


def approved(kent: Kent, payment: Payment) -> Payment:
    """A certified payment tested where it must be and approved by Daniel Price."""
    by = Actor.person(second_finance(kent))
    ready = put_to_the_test(kent, payment) if payment.to_pay > Decimal(0) else payment
    return approve(ready, by=by, at=moment_after(payment.month, 21))


def left(kent: Kent, payment: Payment) -> Payment:
    """An approved payment sent and paid under a reference made of its number."""
    by = Actor.person(second_finance(kent))
    sent = send(payment, by=by, at=moment_after(payment.month, 22))
    reference = f"KCC-{payment.number:06d}"
    return record_paid(sent, reference=reference, by=by, at=moment_after(payment.month, 25))


def paid(kent: Kent, month: date = AUGUST, items: Sequence[DraftItem] | None = None) -> Payment:
    """A payment taken all the way."""
    return left(kent, approved(kent, certified(kent, month, items)))
