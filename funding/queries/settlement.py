"""A payment after the instalments: corrections that add money when no instalment is left to carry them."""

from collections.abc import Iterable
from datetime import date

from contracts.models import Agreement, Organisation
from contracts.periods import add_months, month_start
from funding.queries.proposal import proposal


def settlement_month(agreement: Agreement, payer: Organisation, carried: Iterable[date], on: date) -> date | None:
    """The month that waits to be certified for corrections alone; None where there is none on the day `on`.

    It is the first after those that `carried` an instalment or a payment, once it has ended, also after the agreement.
    """
    last = max(carried, default=None)
    if last is None or (month := add_months(last, 1)) >= month_start(on):
        return None
    return month if proposal(agreement, payer, month).added else None
