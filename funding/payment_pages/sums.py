"""What payments come to in all."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from funding.models.payments import Payment
from funding.payment_moves import LEFT, PaymentState
from funding.payment_pages.wording import is_counted, is_to_come_back

NOUGHT = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Sums:
    """What payments come to, in pounds."""

    due: Decimal
    deducted: Decimal
    added: Decimal
    to_pay: Decimal

    @property
    def taken(self) -> Decimal:
        """What was deducted with the sign it has in what is to pay."""
        return -self.deducted


def sums_of(payments: Iterable[Payment]) -> Sums:
    """What the payments come to."""
    held = list(payments)
    return Sums(
        due=sum((one.due for one in held), NOUGHT),
        deducted=sum((one.deducted for one in held), NOUGHT),
        added=sum((one.added for one in held), NOUGHT),
        to_pay=sum((one.to_pay for one in held), NOUGHT),
    )


def counted(payments: Iterable[Payment]) -> Sums:
    """What the payments come to that were not stopped; a counter-entry counts once its money is back."""
    return sums_of(one for one in payments if is_counted(one))


def to_come_back(payments: Iterable[Payment]) -> Decimal:
    """What counter-entries ask back that is not back yet, in pounds, above zero."""
    return -sums_of(one for one in payments if is_to_come_back(one)).to_pay


def left(payments: Iterable[Payment]) -> Sums:
    """What the payments come to that were made, those taken back included."""
    return sums_of(one for one in payments if PaymentState(one.state) in LEFT)
