"""How far a payment has come, rung by rung: who took each step and when, and who may take the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from funding.models.payment_steps import PaymentMove
from funding.models.payments import Payment
from funding.payment_moves import PaymentState
from funding.payment_pages.wording import STOPPED, is_counter_entry

S = PaymentState
NOT_YET = "Not yet"


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a payment; `at` is None for one that has not been taken."""

    title: str
    who: str = ""
    at: datetime | None = None
    note: str = ""
    is_now: bool = False

    @property
    def state(self) -> str:
        """The rung's state as its style names it."""
        return "done" if self.at else "now" if self.is_now else "todo"

    @property
    def said(self) -> str:
        """The rung's state in words."""
        return {"done": "done", "now": "next step", "todo": "not yet"}[self.state]


def ladder(payment: Payment) -> tuple[Rung, ...]:
    """Every rung of the payment; of one that was stopped, those that were taken and what stopped it."""
    rungs = list(_rungs(payment))
    if PaymentState(payment.state) in STOPPED:
        return tuple(rung for rung in rungs if rung.at)
    first_open = next((place for place, rung in enumerate(rungs) if not rung.at), None)
    return tuple(
        Rung(rung.title, rung.who, rung.at, rung.note, is_now=place == first_open) for place, rung in enumerate(rungs)
    )


def _rungs(payment: Payment) -> Iterator[Rung]:
    desk = desk_of(payment)
    moves = {PaymentState(move.to_state): move for move in payment.moves.all()}
    yield Rung("Certified", f"{payment.certified_by.name}, {desk}", payment.certified_at)
    if payment.needs_test:
        yield _tested(moves.get(S.TESTED) or moves.get(S.NOT_MET), desk)
    yield _taken("Approval", moves.get(S.APPROVED), desk, _who_approves(payment))
    yield _taken("Sent to the ledger", moves.get(S.SENT), desk, NOT_YET)
    note = f"Reference {payment.ledger_reference}" if payment.ledger_reference else NOT_YET
    yield _taken("Taken back" if is_counter_entry(payment) else "Paid", moves.get(S.PAID), desk, note)
    yield from (_ending(title, moves[state], desk) for state, title in ENDS.items() if state in moves)


ENDS = {S.CANCELLED: "Cancelled", S.REVERSED: "Reversed"}


def desk_of(payment: Payment) -> str:
    """The people who handle the payment: "KCC finance"."""
    return f"{payment.payer.short_name} finance"


def _tested(move: PaymentMove | None, desk: str) -> Rung:
    if move is None:
        return Rung("Statutory test", note="Not recorded yet")
    note = "Not met" if move.to_state == S.NOT_MET else "Met"
    return Rung("Statutory test", _who(move, desk), move.at, note)


def _who_approves(payment: Payment) -> str:
    """Nobody approves what they themselves certified (domain.md, "People")."""
    return f"By anyone in {desk_of(payment)} except {payment.certified_by.name}, who certified it"


def _taken(title: str, move: PaymentMove | None, desk: str, open_note: str) -> Rung:
    if move is None:
        return Rung(title, note=open_note)
    return Rung(title, _who(move, desk), move.at, open_note if move.to_state == S.PAID else "")


def _ending(title: str, move: PaymentMove, desk: str) -> Rung:
    return Rung(title, _who(move, desk), move.at)


def _who(move: PaymentMove, desk: str) -> str:
    return f"{move.by_name}, {desk}"
