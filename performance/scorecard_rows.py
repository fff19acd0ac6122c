"""The scorecard's table as texts, so that the page and the file say the same. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.formatting import day, month_name, whole
from contracts.spreadsheet_text import csv_file


@dataclass(frozen=True, slots=True)
class ScoredMonth:
    """What the scorecard says of a month; `refused` and `errors` are None for those who do not see drafts."""

    month: date
    due_on: date
    signed_on: date | None
    days_late: int
    is_on_time: bool
    is_accepted: bool
    is_right_first_time: bool
    times_sent_back: int
    corrections: tuple[str, ...]
    refused: int | None
    errors: int | None
    warnings: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table under its heading."""

    heading: str
    text: str
    is_number: bool


def cells_of(one: ScoredMonth) -> tuple[Cell, ...]:
    """A month's cells after its name; the columns of drafts only where they are seen."""
    cells = [
        Cell("Due", day(one.due_on), False),
        Cell("First signed off", day(one.signed_on) or "Not signed off", False),
        Cell("On time", "Yes" if one.is_on_time else "No", False),
        Cell("Right first time", _right(one), False),
        Cell("Operational Days late", whole(one.days_late), True),
        Cell("Sent back", whole(one.times_sent_back), True),
        Cell("Refused before the first version", whole(one.refused), True),
        Cell("Errors", whole(one.errors), True),
        Cell("Warnings", whole(one.warnings), True),
        Cell("Corrections", _corrections(one.corrections), False),
    ]
    hidden = {"Refused before the first version", "Errors"} if one.refused is None else set()
    return tuple(cell for cell in cells if cell.heading not in hidden)


def scorecard_csv(months: Iterable[ScoredMonth]) -> bytes:
    """The table of months as the page has it."""
    rows: Sequence[tuple[str, tuple[Cell, ...]]] = [(month_name(one.month), cells_of(one)) for one in months]
    headings = [["Month", *(cell.heading for cell in rows[0][1])]] if rows else []
    return csv_file([*headings, *([name, *(cell.text for cell in cells)] for name, cells in rows)])


def _right(one: ScoredMonth) -> str:
    if one.is_right_first_time:
        return "Yes"
    return "No" if one.is_accepted or one.times_sent_back else "Not accepted yet"


def _corrections(reasons: Sequence[str]) -> str:
    """How many, and why: "0", "1: Counted again", "2: Counted again; Two areas were mixed up"."""
    return f"{len(reasons)}: {'; '.join(' '.join(reason.split()) for reason in reasons)}" if reasons else "0"
