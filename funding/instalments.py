"""What is due for one month of an annual amount, in pounds with exact pence."""

from calendar import monthrange
from datetime import date
from decimal import ROUND_DOWN, Decimal

from contracts.periods import days_in_force

PENNY = Decimal("0.01")
MONTHS_OF_A_YEAR = 12
MARCH = 3


def instalment(annual: Decimal, month: date) -> Decimal:
    """A whole month's instalment of an annual amount (April to March).

    A twelfth, rounded down to the penny; March, the last month of the year, takes the remainder, so twelve
    months add to the annual amount exactly. `annual` is in pounds. Raises ValueError if it is below zero or
    has parts of a penny.
    """
    if annual < 0 or annual != annual.quantize(PENNY):
        raise ValueError(
            f"£{annual} cannot be paid in instalments: give an annual amount of zero or more in whole pence."
        )
    twelfth = (annual / MONTHS_OF_A_YEAR).quantize(PENNY, rounding=ROUND_DOWN)
    if month.month != MARCH:
        return twelfth
    return (annual - twelfth * (MONTHS_OF_A_YEAR - 1)).quantize(PENNY)


def instalment_due(annual: Decimal, month: date, in_force_from: date, in_force_until: date | None = None) -> Decimal:
    """The part of a month's instalment for the days a funding line is in force, pro rata by days.

    What is due for days 1 to n of the month is its instalment times n over the days of the month, rounded
    down to the penny; a part of the month is the difference between its two ends. So a month cut in two (a
    variation signed mid-month at the same amount) adds to the whole instalment exactly. £0.00 outside.
    """
    whole = instalment(annual, month)
    days = days_in_force(month, in_force_from, in_force_until)
    days_of_month = monthrange(month.year, month.month)[1]

    def due_up_to(day: int) -> Decimal:
        return (whole * day / days_of_month).quantize(PENNY, rounding=ROUND_DOWN)

    return due_up_to(days.stop) - due_up_to(days.start)
