"""The one table of moves of a payment: which state may become which, and what that takes."""

from django.db.models import TextChoices

from contracts.permissions import Permission


class PaymentState(TextChoices):
    """How far a payment has come."""

    CERTIFIED = "certified", "Waiting for the statutory test"
    TESTED = "tested", "Waiting for approval"
    NOT_MET = "test-not-met", "Test not met"
    APPROVED = "approved", "Approved, to be sent"
    SENT = "sent", "Sent to be paid"
    PAID = "paid", "Paid"
    CANCELLED = "cancelled", "Cancelled"
    REVERSED = "reversed", "Reversed"


S = PaymentState

MOVES: dict[tuple[PaymentState | None, PaymentState], Permission] = {
    (None, S.CERTIFIED): Permission.CERTIFY_PAYMENT,
    (S.CERTIFIED, S.TESTED): Permission.TEST_PAYMENT,
    (S.CERTIFIED, S.NOT_MET): Permission.TEST_PAYMENT,
    (S.TESTED, S.APPROVED): Permission.APPROVE_PAYMENT,
    # A counter-entry takes money back, so there is no sum to put to the test.
    (S.CERTIFIED, S.APPROVED): Permission.APPROVE_PAYMENT,
    (S.APPROVED, S.SENT): Permission.SEND_PAYMENT,
    (S.SENT, S.PAID): Permission.SEND_PAYMENT,
    (S.CERTIFIED, S.CANCELLED): Permission.CANCEL_PAYMENT,
    (S.TESTED, S.CANCELLED): Permission.CANCEL_PAYMENT,
    (S.APPROVED, S.CANCELLED): Permission.CANCEL_PAYMENT,
    # The ledger gave it back unpaid.
    (S.SENT, S.CANCELLED): Permission.CANCEL_PAYMENT,
    # Approving its counter-entry reverses a payment; nobody asks for it by itself.
    (S.PAID, S.REVERSED): Permission.APPROVE_PAYMENT,
}

# A month is paid once: only what came to nothing leaves room for another payment of it.
LIVE = (S.CERTIFIED, S.TESTED, S.APPROVED, S.SENT, S.PAID)
# Nothing has left yet.
UNDER_WAY = (S.CERTIFIED, S.TESTED, S.APPROVED, S.SENT)
# Money that left, or that came back: what the ledger must show.
LEFT = (S.PAID, S.REVERSED)


def may_become(state: PaymentState | None, to: PaymentState) -> bool:
    """Whether the table has a move from `state` to `to`, whoever asks."""
    return (state, to) in MOVES
