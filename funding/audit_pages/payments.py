"""Every payment of an agreement as an auditor reads it: the sums, what they rest on, the test, and each step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from contracts.formatting import moment, money, month_name
from contracts.models import Agreement, Document
from contracts.periods import financial_year
from funding.audit_pages.cells import Cell, Part, cell
from funding.audit_pages.documents import documents_of
from funding.audit_pages.filters import AuditFilter
from funding.models import Payment, PaymentItem, StatutoryTest
from funding.payment_moves import PaymentState
from funding.payment_pages.wording import state_words

# What each step is called once it was taken.
STEPS = {
    PaymentState.CERTIFIED: "Certified",
    PaymentState.TESTED: "Statutory test met",
    PaymentState.NOT_MET: "Statutory test not met",
    PaymentState.APPROVED: "Approved",
    PaymentState.SENT: "Sent to be paid",
    PaymentState.PAID: "Recorded as paid",
    PaymentState.CANCELLED: "Cancelled",
    PaymentState.REVERSED: "Reversed",
}


@dataclass(frozen=True, slots=True)
class AuditedPayment:
    """One payment: what stands at its head, and everything else as cells."""

    number: int
    name: str
    month: date
    to_pay: Decimal
    state: str
    is_illustrative: bool
    cells: tuple[Cell, ...]


def payments_asked_for(agreement: Agreement, asked: AuditFilter) -> QuerySet[Payment]:
    """The payments that `asked` names with all they rest on, newest first. As many queries for any number."""
    return (
        agreement.payments.filter(asked.payments)
        .select_related("payer", "payee", "reverses", "certified_by", "test")
        .prefetch_related(
            "lines__element",
            "items__element",
            "items__version__of_return",
            "items__decision",
            "moves",
            "test__answers__element",
            "counter_entries",
        )
        .order_by("-month", "-number")
    )


def audited(payment: Payment, agreement: Agreement, papers: Mapping[str, Document]) -> AuditedPayment:
    """A payment read with all it rests on."""
    test: StatutoryTest | None = getattr(payment, "test", None)
    lines = (Part(f"{line.element.short_name}: {money(line.due)}") for line in payment.lines.all())
    return AuditedPayment(
        number=payment.number,
        name=f"{payment.get_kind_display()} {payment.number}",
        month=payment.month,
        to_pay=payment.to_pay,
        state=state_words(payment),
        is_illustrative=payment.is_illustrative,
        cells=(
            *_head(payment),
            cell("Due by element", *lines),
            cell("Deductions and additions", *(_item(item) for item in payment.items.all())),
            cell("Rests on", *documents_of(payment, agreement, papers)),
            *_of_test(payment, test),
            cell("Steps", *_steps(payment)),
            cell("Counter-entries", *(f"Counter-entry {one.number}" for one in payment.counter_entries.all())),
        ),
    )


def _head(payment: Payment) -> tuple[Cell, ...]:
    return (
        cell("Number", str(payment.number)),
        cell(
            "Kind",
            payment.get_kind_display(),
            f"reverses payment {payment.reverses.number}" if payment.reverses else "",
        ),
        cell("Month", month_name(payment.month)),
        cell("Financial year", financial_year(payment.month)),
        cell("From", payment.payer.name),
        cell("To", payment.payee.name),
        cell("Due", money(payment.due)),
        cell("Deducted", money(payment.deducted)),
        cell("Added", money(payment.added)),
        cell("To pay", money(payment.to_pay)),
        cell("State", state_words(payment), "made up for the demo" if payment.is_illustrative else ""),
        cell("Ledger reference", payment.ledger_reference),
    )


def _item(item: PaymentItem) -> str:
    what = f"{item.get_direction_display()} of {money(item.amount)} for {item.element.short_name}"
    return f"{what}, {month_name(item.for_month)} ({item.get_kind_display().lower()}): {item.reason}"


def _of_test(payment: Payment, test: StatutoryTest | None) -> tuple[Cell, ...]:
    if test is None:
        return tuple(cell(heading) for heading in ("Test: question", "Test: answers", "Test: grounds", "Test: by"))
    answers = (f"{one.element.short_name}: {'met' if one.is_met else 'not met'}" for one in test.answers.all())
    return (
        cell("Test: question", test.question),
        cell("Test: answers", *answers),
        cell("Test: grounds", test.grounds),
        cell("Test: by", _by(test.by_name, test.at)),
    )


def _steps(payment: Payment) -> Iterator[str]:
    """Each step in the order taken; the certificate is the payment itself where no move says it."""
    moves = sorted(payment.moves.all(), key=lambda move: (move.at, move.pk))
    if not any(move.to_state == PaymentState.CERTIFIED for move in moves):
        yield f"{STEPS[PaymentState.CERTIFIED]}: {_by(str(payment.certified_by), payment.certified_at)}"
    for move in moves:
        why = f" ({move.reason})" if move.reason else ""
        yield f"{STEPS[PaymentState(move.to_state)]}: {_by(move.by_name, move.at)}{why}"


def _by(name: str, at: datetime) -> str:
    return f"{name}, {moment(timezone.localtime(at))}"
