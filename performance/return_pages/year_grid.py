"""The months of each financial year side by side, with how the return of each stands in one or two words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from contracts.periods import financial_year, financial_year_months
from performance.lateness import ReturnState
from performance.return_pages.month_rows import ReturnRow

# What fits a twelfth of a page. The list below it has the whole words.
SHORT = {
    ReturnState.NOT_DUE: "Not due",
    ReturnState.DUE: "Due",
    ReturnState.LATE: "Late",
    ReturnState.DRAFT: "Draft",
    ReturnState.SUBMITTED: "Waiting",
    ReturnState.SENT_BACK: "Sent back",
    ReturnState.ACCEPTED: "Accepted",
}


@dataclass(frozen=True, slots=True)
class GridMonth:
    """A month of the grid; `row` is None where no return is asked for or there."""

    month: date
    row: ReturnRow | None

    @property
    def words(self) -> str:
        """The state in short."""
        return SHORT[self.row.state] if self.row else ""


@dataclass(frozen=True, slots=True)
class GridYear:
    """A financial year's twelve months, April first."""

    name: str
    months: tuple[GridMonth, ...]


def year_grid(rows: Sequence[ReturnRow], last: date) -> tuple[GridYear, ...]:
    """The years that `rows`, newest first, are of, none after that of `last`."""
    held = {row.month: row for row in rows}
    until = max(financial_year_months(last))
    years = groupby((row.month for row in rows if row.month <= until), financial_year)
    return tuple(
        GridYear(name, tuple(GridMonth(month, held.get(month)) for month in financial_year_months(next(months))))
        for name, months in years
    )
