"""What a council pays an element for a month, and why it is less or more than the instalment."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from contracts.formatting import money
from contracts.models import ServiceElement
from funding.models import Payment


@dataclass(frozen=True, slots=True)
class Reason:
    """Why money is deducted from an element's instalment or added to it, and the return it follows from.

    `amount` is None, and the words say why, where what should be deducted is not known.
    """

    element: ServiceElement
    month: date
    words: str
    amount: Decimal | None
    is_addition: bool = False
    is_certified: bool = False
    is_illustrative: bool = False
    source: str = ""
    rests_on: str = ""
    return_month: date | None = None
    version: int | None = None

    @property
    def says_amount(self) -> bool:
        """Whether the words name the amount already."""
        return self.amount is None or money(self.amount) in self.words


@dataclass(frozen=True, slots=True)
class Charge:
    """What one council pays an element for a month: its instalment and the reasons that change it."""

    element: ServiceElement
    month: date
    due: Decimal
    terms: tuple[dict[str, Any], ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Charges:
    """The charges of some months, and the live payments among them, by month."""

    charges: tuple[Charge, ...]
    payments: dict[date, tuple[Payment, ...]]
