"""The scorecard in sentences, each share with both its numbers. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.formatting import count_of, month_name, percent
from performance.lateness import OPERATIONAL_DAY
from performance.rates import Rate
from performance.scorecard_rows import ScoredMonth

NOTHING_DUE = "No return has fallen due yet."


@dataclass(frozen=True, slots=True)
class Period:
    """A financial year, or all, in one row; `refused` and `errors` are None for those who do not see drafts."""

    name: str
    on_time: Rate
    right_first_time: Rate
    days_late: int
    sent_back: int
    corrections: int
    refused: int | None
    errors: int | None
    warnings: int


def reading_of(total: Period, months: Sequence[ScoredMonth]) -> str:
    """In time, right first time, and how late the others were."""
    first = (
        f"{_of(total.on_time)} returns due so far were on time ({percent(total.on_time.percent)}), and "
        f"{_of(total.right_first_time)} were right first time ({percent(total.right_first_time.percent)})."
    )
    return f"{first} {late_reading(months)}" if any(one.days_late for one in months) else first


def late_reading(months: Sequence[ScoredMonth]) -> str:
    """Which returns came late, and by how much in all and at most."""
    late = [one for one in months if one.days_late]
    if not late:
        return "No return due so far came late."
    worst = max(late, key=lambda one: (one.days_late, one.month))
    days = count_of(worst.days_late, OPERATIONAL_DAY)
    if len(late) == 1:
        return f"{month_name(worst.month)} {'came' if worst.signed_on else 'is'} {days} late."
    total = count_of(sum(one.days_late for one in late), OPERATIONAL_DAY)
    return f"{len(late)} came late or still are, by {total} in all; {month_name(worst.month)} by most, {days}."


def found_reading(months: Sequence[ScoredMonth]) -> str:
    """How much was found, and in which month most."""
    warnings, errors = sum(one.warnings for one in months), sum(one.errors or 0 for one in months)
    if not warnings and not errors:
        return "Nothing was found."
    most = max(months, key=lambda one: (one.warnings + (one.errors or 0), one.month))
    seen = any(one.errors is not None for one in months)
    what = f"{count_of(errors, 'error')} and {count_of(warnings, 'warning')}" if seen else count_of(warnings, "warning")
    return f"{what} in {count_of(len(months), 'month')}; most of them in {month_name(most.month)}."


def _of(rate: Rate) -> str:
    return f"{rate.count or 'None'} of the {rate.of}"
