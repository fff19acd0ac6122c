"""A term of contract levers in words: as a page says it, and as the contract and the letters under it do."""

from contracts.formatting import PERCENT, count_of, term
from contracts.models import ClockUnit, NoticeClock, NoticeWithholding, StepClock, WithholdingTerm

UNCHECKED = "†"
NOUNS = {ClockUnit.OPERATIONAL_DAYS: "operational day", ClockUnit.CALENDAR_MONTHS: "calendar month"}
# The contract defines it with capitals, and so it is written where the contract's own words are given.
DEFINED_NOUNS = NOUNS | {ClockUnit.OPERATIONAL_DAYS: "Operational Day"}


def length_in_words(clock: NoticeClock | StepClock) -> str:
    """How long a clock runs, as the contract has it: "10 Operational Days", "2 calendar months"."""
    return count_of(clock.count, DEFINED_NOUNS[ClockUnit(clock.unit)])


def length_on_pages(count: int, unit: str, *, is_unchecked: bool) -> str:
    """How long a stage may take, marked where nobody checked it against the contract: "10† operational days"."""
    noun = NOUNS[ClockUnit(unit)]
    return f"{count}{UNCHECKED if is_unchecked else ''} {noun if count == 1 else noun + 's'}"


def part_in_words(held: NoticeWithholding | WithholdingTerm, *, is_marked: bool = False) -> str:
    """What may be withheld: "2% of the whole monthly payment"; marked on pages where nobody checked it."""
    mark = UNCHECKED if is_marked and not held.checked_reference else ""
    return f"{term(held.percent, PERCENT)}{mark} of {held.get_basis_display()}"


def term_in_words(held: StepClock | WithholdingTerm) -> str:
    """What a term sets: "10 Operational Days", "2% of the whole monthly payment, kept after 6 calendar months"."""
    if isinstance(held, StepClock):
        return length_in_words(held)
    kept = f", kept after {count_of(held.kept_after_months, 'calendar month')}" if held.kept_after_months else ""
    return f"{part_in_words(held)}{kept}"
