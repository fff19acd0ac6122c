"""The steps of a payment after its test: approved, sent, paid, or cancelled."""

import re
from datetime import datetime

from django.db import IntegrityError, transaction

from contracts.audit import Actor
from contracts.refused_by import constraint_of
from funding.actions.entitled import acting
from funding.actions.moving import held, move, record, refuse_unless_may_become
from funding.actions.refusals import CannotPay
from funding.models import Payment
from funding.payment_moves import PaymentState
from funding.queries.stale import changed_since_certified

REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/-]{0,39}", re.ASCII)


@transaction.atomic
def approve(payment: Payment, *, by: Actor, at: datetime) -> Payment:
    """Approve a payment that somebody else certified; of a counter-entry, reverse the payment it takes back."""
    approved = held(payment)
    refuse_unless_may_become(approved, PaymentState.APPROVED, by)
    before = approved.state
    if approved.certified_by == acting(by):
        raise CannotPay(f"You certified {_small(approved)}, so somebody else approves it.")
    if approved.needs_test and before == PaymentState.CERTIFIED:
        raise CannotPay(f"{approved} cannot be approved before the statutory test is recorded.")
    if changed := changed_since_certified(approved):
        raise CannotPay(f"{approved} cannot be approved as it is: {changed}. Cancel it, and certify the month again.")
    if approved.reverses is not None:
        original = held(approved.reverses)
        refuse_unless_may_become(original, PaymentState.REVERSED, by)
        move(original, PaymentState.REVERSED, by=by, at=at, reason=f"{approved} was approved")
    move(approved, PaymentState.APPROVED, by=by, at=at)
    record(approved, by=by, before=before, reversed=str(approved.reverses) if approved.reverses else None)
    return approved


@transaction.atomic
def send(payment: Payment, *, by: Actor, at: datetime) -> Payment:
    """Record that an approved payment was sent to be paid."""
    return _moved(payment, PaymentState.SENT, by=by, at=at)


@transaction.atomic
def record_paid(payment: Payment, *, reference: str, by: Actor, at: datetime) -> Payment:
    """Record that a payment left, under its reference in the payer's ledger: letters, digits, "-" and "/"."""
    written = reference.strip()
    if not REFERENCE.fullmatch(written):
        raise CannotPay(
            "Give the reference in the ledger: up to 40 letters, digits, hyphens and slashes, as in KCC-000123."
        )
    paid = held(payment)
    refuse_unless_may_become(paid, PaymentState.PAID, by)
    if whose := use_of(paid, written):
        raise CannotPay(whose)
    before = paid.state
    try:
        with transaction.atomic():
            move(paid, PaymentState.PAID, by=by, at=at, reference=written)
    except IntegrityError as error:
        if constraint_of(error) != "a_ledger_reference_is_used_once":
            raise
        raise CannotPay(f"The reference {written} was used for another payment a moment ago: give its own.") from error
    record(paid, by=by, before=before, ledger_reference=written)
    return paid


@transaction.atomic
def cancel(payment: Payment, *, reason: str, by: Actor, at: datetime) -> Payment:
    """Stop a payment that has not left, for a reason; its month may then be certified anew."""
    if not reason.strip():
        raise CannotPay("Say why the payment is cancelled.")
    stopped = held(payment)
    refuse_unless_may_become(stopped, PaymentState.CANCELLED, by)
    if stopped.reverses is not None and stopped.state != PaymentState.CERTIFIED:
        raise CannotPay(f"{stopped} was approved and {_small(stopped.reverses)} is reversed, so it stands.")
    return _moved(stopped, PaymentState.CANCELLED, by=by, at=at, reason=reason.strip())


def _moved(payment: Payment, to: PaymentState, *, by: Actor, at: datetime, reason: str = "") -> Payment:
    moved = held(payment)
    refuse_unless_may_become(moved, to, by)
    before = moved.state
    move(moved, to, by=by, at=at, reason=reason)
    record(moved, by=by, before=before, **({"reason": reason} if reason else {}))
    return moved


def use_of(payment: Payment, reference: str) -> str:
    """Which other payment of the payer has the reference, as a sentence; empty where it is free."""
    used = Payment.objects.filter(payer=payment.payer, ledger_reference__iexact=reference).first()
    return f"The reference {reference} is that of {_small(used)} already: each payment has its own." if used else ""


def _small(payment: Payment) -> str:
    """The payment's name within a sentence."""
    return str(payment)[0].lower() + str(payment)[1:]
