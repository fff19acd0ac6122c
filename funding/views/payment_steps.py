"""The steps that people take with a payment. Each leads back to its page."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from contracts import clock
from contracts.access import Standing, requires
from contracts.audit import Actor
from contracts.permissions import Permission
from funding.actions.refusals import CannotPay
from funding.actions.reversing import reverse
from funding.actions.steps import approve, cancel, record_paid, send
from funding.actions.testing import record_test
from funding.models.payments import Payment
from funding.payment_forms import ApprovalForm, CancellationForm, PaidForm, ReversalForm, SendingForm
from funding.payment_pages.card import form_of_test
from funding.payment_pages.detail import payment_for, payment_page
from funding.payment_pages.wording import name_of, state_words
from funding.who_may import payment_steps

READ_OR_SEND = ["GET", "HEAD", "POST"]
Done = tuple[Payment, str]


@requires(Permission.TEST_PAYMENT)
@require_http_methods(READ_OR_SEND)
def payment_test(request: HttpRequest, standing: Standing, payment: int) -> HttpResponse:
    """Record the statutory test, element by element, with its grounds."""
    held = payment_or_404(standing, payment)
    form = form_of_test(held, request.POST)

    def record(by: Actor) -> Done:
        tested = record_test(held, answers=form.answers, grounds=form.cleaned_data["grounds"], by=by, at=clock.now())
        return held, _said_of_test(all(form.answers.values()), tested)

    return _step(request, standing, held, "testing", form, record)


@requires(Permission.APPROVE_PAYMENT)
@require_http_methods(READ_OR_SEND)
def payment_approve(request: HttpRequest, standing: Standing, payment: int) -> HttpResponse:
    """Approve what another person certified."""
    held = payment_or_404(standing, payment)

    def take(by: Actor) -> Done:
        return approve(held, by=by, at=clock.now()), f"{name_of(held)} is approved. It can be sent to the ledger now."

    return _step(request, standing, held, "approving", ApprovalForm(request.POST), take)


@requires(Permission.SEND_PAYMENT)
@require_http_methods(READ_OR_SEND)
def payment_send(request: HttpRequest, standing: Standing, payment: int) -> HttpResponse:
    """Record that an approved payment went to the ledger."""
    held = payment_or_404(standing, payment)

    def take(by: Actor) -> Done:
        return send(held, by=by, at=clock.now()), f"{name_of(held)} is recorded as sent."

    return _step(request, standing, held, "sending", SendingForm(request.POST), take)


@requires(Permission.SEND_PAYMENT)
@require_http_methods(READ_OR_SEND)
def payment_paid(request: HttpRequest, standing: Standing, payment: int) -> HttpResponse:
    """Record the ledger's reference of a payment that was made."""
    held = payment_or_404(standing, payment)
    form = PaidForm(request.POST, payment=held)

    def take(by: Actor) -> Done:
        reference = form.cleaned_data["reference"]
        paid = record_paid(held, reference=reference, by=by, at=clock.now())
        return paid, f"{name_of(held)} is recorded as paid, with reference {reference}."

    return _step(request, standing, held, "recording_paid", form, take)


@requires(Permission.CANCEL_PAYMENT)
@require_http_methods(READ_OR_SEND)
def payment_cancel(request: HttpRequest, standing: Standing, payment: int) -> HttpResponse:
    """Stop a payment that has not been paid."""
    held = payment_or_404(standing, payment)
    form = CancellationForm(request.POST)

    def take(by: Actor) -> Done:
        reason = form.cleaned_data["reason"]
        return cancel(held, reason=reason, by=by, at=clock.now()), f"{name_of(held)} is cancelled."

    return _step(request, standing, held, "cancelling", form, take)


@requires(Permission.CANCEL_PAYMENT)
@require_http_methods(READ_OR_SEND)
def payment_reverse(request: HttpRequest, standing: Standing, payment: int) -> HttpResponse:
    """Take back a payment that was made: a counter-entry is certified, and another person approves it."""
    held = payment_or_404(standing, payment)
    form = ReversalForm(request.POST)

    def take(by: Actor) -> Done:
        counter = reverse(held, reason=form.cleaned_data["reason"], by=by, at=clock.now())
        return counter, f"{name_of(counter)} takes back payment {held.number} once somebody else has approved it."

    return _step(request, standing, held, "reversing", form, take)


def payment_or_404(standing: Standing, number: int) -> Payment:
    """The payment of the agreement with that number."""
    try:
        return payment_for(standing, number)
    except Payment.DoesNotExist:
        raise Http404("There is no such payment here.") from None


def shown(request: HttpRequest, standing: Standing, payment: Payment, sent: Form | None = None) -> HttpResponse:
    """The payment's page; `sent` is a form that came back with faults."""
    context = {"page": payment_page(payment, standing, sent), "agreement": standing.agreement, "failed_form": sent}
    return render(request, "funding/payment_detail.html", context)


def _step(
    request: HttpRequest, standing: Standing, payment: Payment, name: str, form: Form, take: Callable[[Actor], Done]
) -> HttpResponse:
    """Take the step and say so, or say what is wrong; for a look at the address, the page."""
    to_page = partial(redirect, "payment_detail", standing.agreement.reference)
    step = getattr(payment_steps(payment, standing), name)
    if request.method == "POST" and step and not step.may:
        raise PermissionDenied(step.why_not)
    if request.method != "POST":
        return to_page(payment.number)
    if step is None:
        messages.error(
            request, f"{name_of(payment)} has moved on: {state_words(payment).lower()}. Nothing was changed."
        )
        return to_page(payment.number)
    if not form.is_valid():
        return shown(request, standing, payment, form)
    try:
        led_to, said = take(Actor.person(standing.user))
    except CannotPay as refusal:
        messages.error(request, str(refusal))
        return to_page(payment.number)
    messages.success(request, said)
    return to_page(led_to.number)


def _said_of_test(is_met: bool, payment: Payment) -> str:
    if is_met:
        return f"The statutory test is recorded. {name_of(payment)} waits for approval."
    return f"The statutory test is recorded as not met. {name_of(payment)} stops here."
