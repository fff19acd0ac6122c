"""A term of contract levers in words."""

from contracts.formatting import PERCENT, count_of, term
from contracts.models import ClockUnit, NoticeClock, StepClock, WithholdingTerm

NOUNS = {ClockUnit.OPERATIONAL_DAYS: "Operational Day", ClockUnit.CALENDAR_MONTHS: "calendar month"}


def length_in_words(clock: NoticeClock | StepClock) -> str:
    """How long a clock runs: "10 Operational Days", "2 calendar months"."""
    return count_of(clock.count, NOUNS[ClockUnit(clock.unit)])


def term_in_words(held: StepClock | WithholdingTerm) -> str:
    """What a term sets: "10 Operational Days", "2% of the whole monthly payment, kept after 6 calendar months"."""
    if isinstance(held, StepClock):
        return length_in_words(held)
    kept = f", kept after {count_of(held.kept_after_months, 'calendar month')}" if held.kept_after_months else ""
    return f"{term(held.percent, PERCENT)} of {held.get_basis_display()}{kept}"
