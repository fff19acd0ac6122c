"""How complete and how timely the returns due so far are, by financial year and in all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from contracts.periods import financial_year
from performance.lateness import ReturnState
from performance.rates import EVERY_YEAR, Rate
from performance.return_counts import is_on_time
from performance.return_pages.month_rows import ReturnRow


@dataclass(frozen=True, slots=True)
class Rates:
    """Of the returns of a period that are due: signed off at all, signed off in time, accepted."""

    period: str
    received: Rate
    on_time: Rate
    accepted: Rate


def rates_of(rows: Sequence[ReturnRow]) -> tuple[Rates, ...]:
    """All years first, then each financial year, newest first, as `rows` are; nothing where none is due."""
    due = [row for row in rows if row.is_due and row.is_required]
    if not due:
        return ()
    years = groupby(due, lambda row: financial_year(row.month))
    return (_rates(EVERY_YEAR, due), *(_rates(f"April to March {name}", held) for name, held in years))


def _rates(period: str, rows: Iterable[ReturnRow]) -> Rates:
    due = list(rows)
    counts = (
        sum(row.first_signed_on is not None for row in due),
        sum(is_on_time(row.due_on, row.first_signed_on) for row in due),
        sum(row.state is ReturnState.ACCEPTED for row in due),
    )
    return Rates(period, *(Rate(count, len(due)) for count in counts))
