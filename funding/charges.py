"""One council's instalment of an element for a month, and why what is paid is less or more than it.

The shapes alone: what is certified and proposed is gathered by funding.queries.deducted, and added up by
funding.money_sums.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from contracts.formatting import money
from contracts.models import Organisation, ServiceElement
from funding.models import Payment


@dataclass(frozen=True, slots=True)
class Reason:
    """Why money is deducted from an element's instalment or added to it, and the return it follows from.

    `amount` is None, the words say so and `why_not` says why, where what should be deducted is not known. `for_month`
    is the earlier month that is corrected; None where it is no correction. `notice` is the key of the notice that
    `rests_on` names, where the portal holds it.
    """

    element: ServiceElement
    month: date
    payer: Organisation
    words: str
    amount: Decimal | None
    why_not: str = ""
    is_addition: bool = False
    is_certified: bool = False
    is_illustrative: bool = False
    source: str = ""
    rests_on: str = ""
    notice: int | None = None
    for_month: date | None = None
    return_month: date | None = None
    version: int | None = None

    @property
    def says_amount(self) -> bool:
        """Whether the words name the amount already."""
        return self.amount is None or money(self.amount) in self.words


@dataclass(frozen=True, slots=True)
class Charge:
    """An element's month as one council pays it: its instalment and the reasons that change it."""

    element: ServiceElement
    month: date
    payer: Organisation
    due: Decimal
    terms: tuple[dict[str, Any], ...]
    reasons: tuple[Reason, ...]
    is_certified: bool = False


@dataclass(frozen=True, slots=True)
class Charges:
    """The charges of some months, the payments among them by month, and every correction that is proposed.

    `not_met` are the payments without the statutory test met, of the months that no payment is under way or made for.
    """

    charges: tuple[Charge, ...]
    payments: dict[date, tuple[Payment, ...]]
    not_met: dict[date, tuple[Payment, ...]]
    corrections: tuple[Reason, ...]
