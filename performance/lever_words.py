"""What a met term of a contract lever found, and what the term says, in sentences. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.formatting import count_of, decimal_text, month_name, number_in, quantity, term, weekday
from performance.lever_signals import MonthRead, Run

OPERATIONAL_DAY = "Operational Day"
ILLUSTRATIVE = "That target is illustrative: no paper has it."
UNCHECKED = "When to ask is to be checked against your contract."


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator as sentences name it: its name, its unit, and the part of the area ("" for the whole)."""

    name: str
    unit: str
    area: str = ""

    @property
    def full_name(self) -> str:
        """ "LAC priority assessments completed within standard, East Kent"."""
        return f"{self.name}, {self.area}" if self.area else self.name


def missed_in_words(run: Run, measured: Measured) -> str:
    """ "191 children in August 2019 against 300: missed in 17 of 17 months since April 2018."."""
    last = run.latest
    value = _value(last, measured)
    return (
        f"{value} in {month_name(last.month)} against {term(last.target, measured.unit)}: "
        f"missed in {_so_many(run, 'month')}{_passed_over(run)}."
    )


def not_reported_in_words(run: Run) -> str:
    """ "No figure in 17 of 17 months since April 2018. Not reported by NELFT: not recorded separately."."""
    found = f"No figure in {_so_many(run, 'month')}{_without_return(run)}."
    return f"{found} {_ended(run.latest.reason)}" if run.latest.reason else found


def staff_in_words(run: Run, measured: Measured, threshold: Decimal) -> str:
    """ "1.9 of 5.0 WTE in post in August 2019, 38.0%: below 80% in 17 of 17 months since April 2018."."""
    last, month = run.latest, month_name(run.latest.month)
    if last.numerator is None or last.denominator is None:
        found = f"{quantity(last.value, measured.unit)} in {month}"
    else:
        posts = f"{decimal_text(last.numerator)} of {decimal_text(last.denominator)} WTE in post in {month}"
        found = f"{posts}, {number_in(last.value, measured.unit)}"
    limit = term(threshold, measured.unit)
    return f"{found}: below {limit} in {_so_many(run, 'month')}{_passed_over(run)}."


def late_in_words(due_on: date, days: int, sent_back: int | None = None) -> str:
    """ "The return was due on Monday 14 October 2019 and is not received: 3 Operational Days late.".

    `sent_back` is the number of the version that came and was sent back, where one did.
    """
    missing = "is not received" if sent_back is None else f"its version {sent_back} was sent back, with none after it"
    joined = " and" if sent_back is None else ";"
    return f"The return was due on {weekday(due_on)}{joined} {missing}: {count_of(days, OPERATIONAL_DAY)} late."


def subject_of_late(month: date) -> str:
    """ "September 2019 return"."""
    return f"{month_name(month)} return"


def doubts_of(run: Run) -> tuple[str, ...]:
    """What stands against a run of missed targets: that the last one was in no paper."""
    return (ILLUSTRATIVE,) if run.latest.target_is_illustrative else ()


def _value(one: MonthRead, measured: Measured) -> str:
    """ "191 children"; of a share with both its numbers, "17.9% (72 of 402)"."""
    shown = quantity(one.value, measured.unit)
    if one.numerator is None or one.denominator is None:
        return shown
    return f"{shown} ({_number(one.numerator)} of {_number(one.denominator)})"


def _number(value: Decimal) -> str:
    """Whole numbers as they are, others to one decimal."""
    return decimal_text(value, 0 if value == value.to_integral_value() else 1)


def _so_many(run: Run, noun: str) -> str:
    return f"{len(run.months)} of {count_of(run.length, noun)} since {month_name(run.since)}"


def _passed_over(run: Run) -> str:
    left = len(run.passed_over)
    return f"; {left} {'has' if left == 1 else 'have'} no figure" if left else ""


def _without_return(run: Run) -> str:
    left = len(run.passed_over)
    return f"; {left} {'has' if left == 1 else 'have'} no accepted return" if left else ""


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
