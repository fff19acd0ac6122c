"""Taking back money that left: a counter-entry with every sign turned, approved by a second person."""

from datetime import datetime

from django.db import transaction

from contracts.audit import Actor
from contracts.permissions import Permission
from funding.actions.certifying import held_for_numbering, next_number
from funding.actions.entitled import acting, refuse_strangers
from funding.actions.moving import DONE, held, record, refuse_what_was_given_back, write_step
from funding.actions.refusals import CannotPay
from funding.models import Payment, PaymentKind, PaymentLine
from funding.payment_moves import LIVE, PaymentState


@transaction.atomic
def reverse(payment: Payment, *, reason: str, by: Actor, at: datetime) -> Payment:
    """Make the counter-entry of a payment that was paid; the payment is reversed once somebody else approves it."""
    said = reason.strip()
    if not said:
        raise CannotPay("Say why the payment is reversed.")
    agreement = held_for_numbering(payment.agreement)
    original = held(payment)
    refuse_strangers(agreement, original.payer, Permission.CANCEL_PAYMENT, by)
    _refuse_irreversible(original)
    counter_entry = Payment.objects.create(
        agreement=agreement,
        number=next_number(agreement),
        kind=PaymentKind.COUNTER_ENTRY,
        payer=original.payer,
        payee=original.payee,
        month=original.month,
        reverses=original,
        due=-original.due,
        deducted=-original.deducted,
        added=-original.added,
        to_pay=-original.to_pay,
        is_illustrative=original.is_illustrative,
        certified_by=acting(by),
        certified_at=at,
    )
    _turn(original, counter_entry)
    write_step(counter_entry, "", by=by, at=at, reason=said)
    record(counter_entry, by=by, before="", reverses=str(original), to_pay=str(counter_entry.to_pay), reason=said)
    return counter_entry


def _refuse_irreversible(original: Payment) -> None:
    if original.kind == PaymentKind.COUNTER_ENTRY:
        raise CannotPay("A counter-entry is not reversed: certify the month anew instead.")
    if original.state != PaymentState.PAID:
        raise CannotPay(
            f"{original} is {DONE[PaymentState(original.state)]} now, so it cannot be reversed: only money that left "
            "can be taken back. Look at the page again."
        )
    refuse_what_was_given_back(original)
    under_way = original.counter_entries.filter(state__in=LIVE).first()
    if under_way is not None:
        raise CannotPay(f"The reversal of payment {original.number} is under way already (payment {under_way.number}).")


def _turn(original: Payment, counter_entry: Payment) -> None:
    """The same lines and items with every sign turned."""
    PaymentLine.objects.bulk_create(
        PaymentLine(payment=counter_entry, element_id=line.element_id, due=-line.due, terms=line.terms)
        for line in original.lines.order_by("pk")
    )
    for item in original.items.order_by("pk"):
        item.pk, item.payment, item.amount = None, counter_entry, -item.amount
        item._state.adding = True
        item.save(force_insert=True)
