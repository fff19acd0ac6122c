"""A payment as a card: what it comes to and why, how far it has come, and what the reader can do next."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.forms import Form
from django.urls import reverse

from contracts.access import Standing
from contracts.formatting import month_name
from funding.empty_posts import kept_amount
from funding.models.payments import Direction, ItemKind, Payment, PaymentItem
from funding.payment_forms import ApprovalForm, PaidForm, SendingForm, StatutoryTestForm
from funding.payment_moves import PaymentState
from funding.payment_pages.ladder import Rung, ladder
from funding.payment_pages.wording import (
    colour_of,
    direction_words,
    ended_words,
    is_counter_entry,
    rests_on,
    rests_on_url,
    state_words,
)
from funding.queries.to_test import elements_to_test
from funding.statutory_test import StatutoryQuestion, question_under
from funding.who_may import PaymentSteps, payment_steps
from performance.who_may import Step

S = PaymentState


@dataclass(frozen=True, slots=True)
class CardItem:
    """A deduction or an addition; `change` is in pounds with the sign that it has in what is to pay."""

    title: str
    change: Decimal
    reason: str
    rests_on: str
    url: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What of a deduction that was worked out, in pounds, the certifier left out."""

    element: str
    amount: Decimal
    what: str = "empty posts"


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next for a payment: a form for the reader, or the reason why it is not theirs."""

    name: str
    title: str
    url: str
    form: Form | None
    why_not: str


@dataclass(frozen=True, slots=True)
class PaymentCard:
    """Everything the card shows; `next` is None for a payment that has come to its end."""

    payment: Payment
    title: str
    state: str
    colour: str
    is_counter_entry: bool
    items: tuple[CardItem, ...]
    left_out: tuple[LeftOut, ...]
    left_out_because: str
    rungs: tuple[Rung, ...]
    next: NextStep | None
    question: StatutoryQuestion
    ended: str
    steps: PaymentSteps


def payment_card(payment: Payment, standing: Standing, sent: Form | None = None) -> PaymentCard:
    """The card of a payment (from `payment_pages.held`) for one reader; `sent` is a form that came back with faults."""
    steps = payment_steps(payment, standing)
    return PaymentCard(
        payment=payment,
        title=f"{month_name(payment.month)}, {payment.payer.short_name} to {payment.payee.short_name}",
        state=state_words(payment),
        colour=colour_of(payment),
        is_counter_entry=is_counter_entry(payment),
        items=tuple(_item(payment, item) for item in sorted(payment.items.all(), key=lambda one: one.pk)),
        left_out=tuple(_left_out(payment)),
        left_out_because=next((move.reason for move in payment.moves.all() if move.to_state == S.CERTIFIED), ""),
        rungs=ladder(payment),
        next=_next(payment, steps, sent),
        question=question_under(payment.agreement.power),
        ended=ended_words(payment),
        steps=steps,
    )


def _item(payment: Payment, item: PaymentItem) -> CardItem:
    of_month = f", {month_name(item.for_month)}" if item.for_month != payment.month else ""
    kind = item.get_kind_display().lower()
    return CardItem(
        title=f"{direction_words(payment, item)}: {item.element.short_name}, {kind}{of_month}",
        change=item.change,
        reason=item.reason,
        rests_on=rests_on(item),
        url=rests_on_url(payment.agreement, item),
    )


def _left_out(payment: Payment) -> Iterator[LeftOut]:
    items = list(payment.items.all())
    for line in sorted(payment.lines.all(), key=lambda one: (one.element.position, one.pk)):
        own = [item for item in items if item.element_id == line.element_id]
        taken = (-item.change for item in own if item.kind == ItemKind.SHORTFALL)
        pounds = (kept_amount(line.shortfall) or Decimal(0)) - sum(taken, Decimal(0))
        if line.shortfall and pounds > 0:
            yield LeftOut(line.element.short_name, pounds)
        withheld = {item.contract_notice_id for item in own if item.direction == Direction.DEDUCTION}
        for one in line.withheld:
            if one["notice"] not in withheld:
                yield LeftOut(line.element.short_name, Decimal(one["amount"]), f"withheld under {one['reference']}")


def form_of_test(payment: Payment, data: dict[str, str] | None = None) -> StatutoryTestForm:
    """The statutory test's form with its question for each element with something to pay."""
    return StatutoryTestForm(data, elements=elements_to_test(payment))


# The steps in their order: the step, its address, its title, its form.
STEPS: tuple[tuple[str, str, str, Callable[[Payment], Form]], ...] = (
    ("testing", "payment_test", "Statutory test", form_of_test),
    ("approving", "payment_approve", "Approve this payment", lambda _: ApprovalForm()),
    ("sending", "payment_send", "Send this payment", lambda _: SendingForm()),
    ("recording_paid", "payment_paid", "Record that it was paid", lambda payment: PaidForm(payment=payment)),
)


def _next(payment: Payment, steps: PaymentSteps, sent: Form | None) -> NextStep | None:
    return next(_open_steps(payment, steps, sent), None)


def _open_steps(payment: Payment, steps: PaymentSteps, sent: Form | None) -> Iterator[NextStep]:
    for name, address, title, form_of in STEPS:
        step: Step | None = getattr(steps, name)
        if step is None:
            continue
        url = reverse(address, args=[payment.agreement.reference, payment.number])
        form = form_of(payment) if step.may else None
        is_sent = form is not None and type(sent) is type(form)
        yield NextStep(name, title, url, sent if is_sent else form, step.why_not)
