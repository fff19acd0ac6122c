"""One month of one element's money, as queries read it and charts draw it. Imports no Django."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class MonthOfMoney:
    """What was due for a month and what the open book says was spent; None where no open book was accepted."""

    month: date
    due: Decimal
    spent: Decimal | None
