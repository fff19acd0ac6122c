"""On which Operational Day the return of a month is due, by the terms of the agreement. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from contracts.formatting import day, ordinal
from contracts.periods import is_in_force, month_end

NONE_AGREED = (
    "No day on which returns are due is agreed for {month}, so the agreement is only half entered: no return can be "
    "asked for or taken in."
)


@dataclass(frozen=True, slots=True)
class DueDayTerm:
    """An Operational Day, counted from the first day after a month, in force from a day until a day."""

    operational_day: int
    in_force_from: date
    in_force_until: date | None = None


def operational_day_of(month: date, terms: Iterable[DueDayTerm]) -> int | None:
    """The Operational Day on which the return of `month` is due; None where no term holds.

    The term in force on the month's last day counts, because the days are counted from the day after it
    (domain.md, "The monthly return").
    """
    return next((term.operational_day for term in terms if _holds(term, month)), None)


def due_day_sentence(month: date, terms: Iterable[DueDayTerm]) -> str:
    """When a return of `month` is due, and what is agreed for later, as a sentence for a page."""
    every = sorted(terms, key=lambda term: term.in_force_from)
    now = operational_day_of(month, every)
    if now is None:
        return NONE_AGREED.format(month="this month")
    later = [
        f"from {day(term.in_force_from)} on the {ordinal(term.operational_day)}"
        for term in every
        if term.in_force_from > month_end(month)
    ]
    said = f"A return is due on the {ordinal(now)} Operational Day after its month"
    return f"{said}; {', '.join(later)}." if later else f"{said}."


def _holds(term: DueDayTerm, month: date) -> bool:
    return is_in_force(month_end(month), term.in_force_from, term.in_force_until)
