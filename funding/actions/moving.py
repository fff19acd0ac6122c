"""Moving a payment from state to state, with the step and the event written beside."""

from datetime import datetime

from contracts import audit
from contracts.audit import Actor
from contracts.formatting import money
from contracts.permissions import Permission
from funding.actions.entitled import acting, refuse_strangers
from funding.actions.refusals import CannotPay
from funding.models import Payment, PaymentMove
from funding.payment_moves import LIVE, MOVES, PaymentState, may_become
from funding.queries.given_back import given_back_since

S = PaymentState
DONE = {
    S.CERTIFIED: "certified",
    S.TESTED: "tested",
    S.NOT_MET: "stopped by its test",
    S.APPROVED: "approved",
    S.SENT: "sent",
    S.PAID: "paid",
    S.CANCELLED: "cancelled",
    S.REVERSED: "reversed",
}


def held(payment: Payment) -> Payment:
    """The payment as it is now, held until the transaction ends."""
    rows = Payment.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("agreement", "payer", "reverses").get(pk=payment.pk)


def refuse_unless_may_become(payment: Payment, to: PaymentState, by: Actor) -> None:
    """Refuse a step that is not this person's to take, or that the payment's state does not have."""
    state = PaymentState(payment.state)
    refuse_strangers(payment.agreement, payment.payer, permission_for(state, to), by)
    if not may_become(state, to):
        raise CannotPay(
            f"{payment} is {DONE[state]} now, so it cannot be {DONE[to]}. "
            "Somebody may have acted before you: look at the page again."
        )


def permission_for(state: PaymentState, to: PaymentState) -> Permission:
    """What it takes to move a payment from `state` to `to`; without such a move, to `to` from elsewhere."""
    elsewhere = (permission for (_, known), permission in MOVES.items() if known is to)
    return MOVES[state, to] if may_become(state, to) else next(elsewhere)


def move(payment: Payment, to: PaymentState, *, by: Actor, at: datetime, reason: str = "", reference: str = "") -> None:
    """Move a payment that is held, with its step and no event: the caller writes the one event of the action."""
    before = payment.state
    if to not in LIVE:
        refuse_what_was_given_back(payment)
    payment.state = to
    payment.ledger_reference = reference or payment.ledger_reference
    # The step first: the database moves a payment only with it.
    write_step(payment, before, by=by, at=at, reason=reason)
    payment.save(update_fields=["state", "ledger_reference"])


def refuse_what_was_given_back(payment: Payment) -> None:
    """Refuse to undo a payment that withheld what a later one gave back: that one is undone first."""
    since = given_back_since(payment)
    if since is not None:
        raise CannotPay(
            f"{payment} withheld {money(since.amount)} of {since.element.short_name} under {since.notice} that "
            f"payment {since.payment.number} gives back. Cancel or reverse payment {since.payment.number} first."
        )


def write_step(payment: Payment, before: str, *, by: Actor, at: datetime, reason: str = "") -> None:
    """Write the row of a step that was taken: from `before` to the state the payment is in."""
    PaymentMove.objects.create(
        payment=payment,
        from_state=before,
        to_state=payment.state,
        by=acting(by),
        by_name=by.name,
        at=at,
        reason=reason[:500],
    )


def record(payment: Payment, *, by: Actor, before: str, **said: object) -> None:
    """Write the one event of an action that moved a payment from `before`."""
    audit.record(
        f"{payment.get_kind_display().lower()} {DONE[PaymentState(payment.state)]}",
        by=by,
        agreement=payment.agreement,
        subject=str(payment),
        before={"state": before} if before else None,
        after={"state": payment.state, **said},
    )
