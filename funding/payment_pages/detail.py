"""The page of one payment: its card, what each amount follows from, its test and what happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.forms import Form

from contracts.access import Standing
from funding.models.payments import Payment, PaymentLine
from funding.models.statutory import ElementTest, StatutoryTest
from funding.payment_forms import CancellationForm, ReversalForm
from funding.payment_moves import PaymentState
from funding.payment_pages.card import PaymentCard, payment_card
from funding.payment_pages.held import payments_held, with_parts
from funding.payment_pages.ladder import desk_of
from funding.payment_pages.wording import name_of

S = PaymentState


@dataclass(frozen=True, slots=True)
class Term:
    """A funding line as it stood when the payment was certified; amounts in pounds."""

    annual_amount: Decimal
    in_force_from: date
    in_force_until: date | None
    source: str
    due: Decimal


@dataclass(frozen=True, slots=True)
class PaidLine:
    """What was due for one element, and the funding lines it follows from."""

    name: str
    due: Decimal
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the timeline."""

    title: str
    text: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PaymentPage:
    """Everything the page shows. The forms are None for those who may not cancel or take it back."""

    name: str
    payment: Payment
    card: PaymentCard
    lines: tuple[PaidLine, ...]
    test: StatutoryTest | None
    answers: tuple[ElementTest, ...]
    history: tuple[Happening, ...]
    counter_entries: tuple[Payment, ...]
    cancellation_form: Form | None
    reversal_form: Form | None


def payment_for(standing: Standing, number: int) -> Payment:
    """The payment of the agreement with that number; raises Payment.DoesNotExist."""
    payment = with_parts(payments_held(standing.agreement)).get(number=number)
    payment.agreement = standing.agreement
    return payment


def payment_page(payment: Payment, standing: Standing, sent: Form | None = None) -> PaymentPage:
    """Everything the page shows to the reader; `sent` is a form that came back with faults."""
    card = payment_card(payment, standing, sent)
    test: StatutoryTest | None = getattr(payment, "test", None)
    steps = card.steps
    return PaymentPage(
        name=name_of(payment),
        payment=payment,
        card=card,
        lines=tuple(
            _line(line) for line in sorted(payment.lines.all(), key=lambda one: (one.element.position, one.pk))
        ),
        test=test,
        answers=tuple(sorted(test.answers.all(), key=lambda one: one.element.position)) if test else (),
        history=tuple(_history(payment, test)),
        counter_entries=tuple(sorted(payment.counter_entries.all(), key=lambda one: one.number)),
        cancellation_form=_form(CancellationForm, sent, bool(steps.cancelling and steps.cancelling.may)),
        reversal_form=_form(ReversalForm, sent, bool(steps.reversing and steps.reversing.may)),
    )


def _form(kind: type[Form], sent: Form | None, may: bool) -> Form | None:
    if not may:
        return None
    return sent if isinstance(sent, kind) else kind()


def _line(line: PaymentLine) -> PaidLine:
    return PaidLine(line.element.name, line.due, tuple(term_of(term) for term in line.terms))


def term_of(term: dict[str, Any]) -> Term:
    """A funding line from how a payment, or the schedule, keeps it."""
    return Term(
        annual_amount=Decimal(term["annual_amount"]),
        in_force_from=date.fromisoformat(term["from"]),
        in_force_until=date.fromisoformat(term["until"]) if term["until"] else None,
        source=term["source"],
        due=Decimal(term["due"]),
    )


TITLES = {
    S.CERTIFIED: "Certified",
    S.TESTED: "Statutory test recorded: met",
    S.NOT_MET: "Statutory test recorded: not met",
    S.APPROVED: "Approved",
    S.SENT: "Sent to the ledger",
    S.PAID: "Recorded as paid",
    S.CANCELLED: "Cancelled",
    S.REVERSED: "Reversed by a counter-entry",
}


def _history(payment: Payment, test: StatutoryTest | None) -> Iterator[Happening]:
    desk = desk_of(payment)
    moves = sorted(payment.moves.all(), key=lambda one: one.pk)
    if not any(move.to_state == S.CERTIFIED for move in moves):
        yield Happening(TITLES[S.CERTIFIED], "", f"{payment.certified_by.name}, {desk}", payment.certified_at)
    for move in moves:
        state = S(move.to_state)
        text = test.grounds if test and state in {S.TESTED, S.NOT_MET} else move.reason
        yield Happening(TITLES[state], text, f"{move.by_name}, {desk}", move.at)
