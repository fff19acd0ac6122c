"""Until when putting it right releases what a notice withholds. Pure.

Source: NHS Standard Contract, General Condition 9, as the agreement's dated terms have it: the months differ between
editions, so they are given.
"""

from datetime import date

from contracts.formatting import day
from contracts.periods import add_calendar_months


def released_until(began_on: date, kept_after_months: int | None) -> date | None:
    """The last day on which putting it right releases what is withheld since `began_on`; None for no such day."""
    return None if kept_after_months is None else add_calendar_months(began_on, kept_after_months)


def release_in_words(began_on: date, kept_after_months: int | None) -> str:
    """What becomes of what is withheld: "If it is put right by 3 December 2019, what is withheld is released. …"."""
    until = released_until(began_on, kept_after_months)
    if until is None:
        return "If it is put right, what is withheld is released. Never put right, it is kept."
    return f"If it is put right by {day(until)}, what is withheld is released. Put right later, or never, it is kept."
