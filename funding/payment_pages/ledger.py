"""Payments as the rows of the ledger's table, the same payments as the list shows."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import prefetch_related_objects
from django.utils import timezone

from contracts.models import Agreement
from funding.ledger_rows import LedgerRow
from funding.models.payment_steps import PaymentMove
from funding.models.payments import Payment, PaymentItem, PaymentLine
from funding.payment_moves import PaymentState
from funding.payment_pages.held import PARTS
from funding.payment_pages.listing import payments_of_year
from funding.payment_pages.wording import is_counted, rests_on, state_words


def ledger_rows(agreement: Agreement, year: str, on: date) -> tuple[LedgerRow, ...]:
    """A row for each instalment, deduction and addition of the payments for `year`, as the address has it."""
    payments = payments_of_year(agreement, year, on)
    prefetch_related_objects(payments, *PARTS)
    return tuple(row for payment in payments for row in _rows(payment))


def _rows(payment: Payment) -> Iterator[LedgerRow]:
    for line in sorted(payment.lines.all(), key=lambda one: (one.element.position, one.pk)):
        yield _row(payment, line)
    for item in sorted(payment.items.all(), key=lambda one: one.pk):
        yield _row(payment, item)


def _row(payment: Payment, part: PaymentLine | PaymentItem) -> LedgerRow:
    approval = next((move for move in payment.moves.all() if move.to_state == PaymentState.APPROVED), None)
    item = part if isinstance(part, PaymentItem) else None
    return LedgerRow(
        payment=payment.number,
        kind=payment.get_kind_display(),
        month=payment.month,
        payer=payment.payer.short_name,
        payee=payment.payee.short_name,
        element=part.element.short_name,
        part=f"{item.get_direction_display()}: {item.get_kind_display()}" if item else "Instalment",
        rests_on=rests_on(item) if item else _sources(part),
        for_month=item.for_month if item else payment.month,
        reason=item.reason if item else "",
        amount=_signed(part),
        state=state_words(payment),
        is_counted=is_counted(payment),
        certified_by=payment.certified_by.name,
        certified_on=timezone.localtime(payment.certified_at).date(),
        approved_by=approval.by_name if approval else "",
        approved_on=_day_of(approval),
        ledger_reference=payment.ledger_reference,
        is_illustrative=payment.is_illustrative,
    )


def _signed(part: PaymentLine | PaymentItem) -> Decimal:
    """What the part adds to what is to pay, in pounds."""
    return part.due if isinstance(part, PaymentLine) else part.change


def _sources(part: PaymentLine | PaymentItem) -> str:
    """The papers that an instalment's funding lines are from."""
    terms = part.terms if isinstance(part, PaymentLine) else []
    return "; ".join(dict.fromkeys(term["source"] for term in terms if term.get("source")))


def _day_of(move: PaymentMove | None) -> date | None:
    return timezone.localtime(move.at).date() if move else None
