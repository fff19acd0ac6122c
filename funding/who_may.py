"""Who may take the next step with a payment, and why somebody else may not. Nobody approves what they certified."""

from dataclasses import dataclass

from contracts.access import Standing
from contracts.permissions import Permission
from funding.models import Payment, PaymentKind
from funding.payers import handles
from funding.payment_direction import why_no_payment_under
from funding.payment_moves import LIVE, MOVES, PaymentState, may_become
from performance.who_may import Step

S = PaymentState


@dataclass(frozen=True, slots=True)
class PaymentSteps:
    """The steps that a payment may take next; None for one that its state does not have."""

    testing: Step | None
    approving: Step | None
    sending: Step | None
    recording_paid: Step | None
    cancelling: Step | None
    reversing: Step | None


def payment_steps(payment: Payment, standing: Standing) -> PaymentSteps:
    """Every step that may come next with `payment`, for this reader."""
    reader = _Reader(payment, standing, handles(standing.agreement, payment.payer_id, standing.user))
    return PaymentSteps(
        testing=reader.step(S.TESTED) if _is_to_be_tested(payment) else None,
        approving=None if _is_to_be_tested(payment) else reader.approving(),
        sending=reader.step(S.SENT),
        recording_paid=reader.step(S.PAID),
        cancelling=reader.step(S.CANCELLED) if _may_be_stopped(payment) else None,
        reversing=reader.entitled(Permission.CANCEL_PAYMENT) if _may_be_taken_back(payment) else None,
    )


def certifying(standing: Standing) -> Step:
    """Certifying a payment of the reader's own council."""
    if not standing.may(Permission.CERTIFY_PAYMENT):
        return Step(False, "Only the council’s finance people certify payments.")
    why_not = why_no_payment_under(standing.agreement.power)
    return Step(not why_not, why_not)


@dataclass(frozen=True, slots=True)
class _Reader:
    payment: Payment
    standing: Standing
    is_own_council: bool

    def step(self, to: PaymentState) -> Step | None:
        state = PaymentState(self.payment.state)
        return self.entitled(MOVES[state, to]) if may_become(state, to) else None

    def approving(self) -> Step | None:
        step = self.step(S.APPROVED)
        if step and step.may and self.payment.certified_by_id == self.standing.user.pk:
            return Step(False, "You certified this payment, so somebody else approves it.")
        return step

    def entitled(self, permission: Permission) -> Step:
        if self.is_own_council and self.standing.may(permission):
            return Step(True)
        return Step(False, f"Only {self.payment.payer.short_name}’s finance people can {permission}.")


def _is_to_be_tested(payment: Payment) -> bool:
    return payment.needs_test and payment.state == S.CERTIFIED


def _may_be_stopped(payment: Payment) -> bool:
    """Once its counter-entry is approved a payment is reversed, so the counter-entry stands."""
    return payment.kind == PaymentKind.PAYMENT or payment.state == S.CERTIFIED


def _may_be_taken_back(payment: Payment) -> bool:
    is_paid = payment.kind == PaymentKind.PAYMENT and payment.state == S.PAID
    return is_paid and not payment.counter_entries.filter(state__in=LIVE).exists()
