"""The list of months: how the two caseloads stand in each, on the page and in its file."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from contracts.agreement_months import months_of
from contracts.formatting import count_of, month_name
from contracts.models import Agreement
from contracts.spreadsheet_text import csv_file
from performance.dispute_rules import Dispute, MonthState
from performance.disputes import month_disputes
from performance.month_reconciled import why_not_compared
from performance.reconciliation_pages.counts import Cell, cells_of, headings
from performance.reconciliation_pages.rows import counts_of, reconciliations
from performance.reconciliation_pages.sentences import listed
from performance.return_pages.sight import Names, names_in


@dataclass(frozen=True, slots=True)
class CaseloadMonth:
    """One month's row."""

    month: date
    cells: tuple[Cell, ...]
    dispute: Dispute


@dataclass(frozen=True, slots=True)
class CaseloadsPage:
    """Everything the list shows, newest month first."""

    names: Names
    reading: str
    headings: tuple[str, ...]
    months: tuple[CaseloadMonth, ...]


def caseloads_page(agreement: Agreement, at: datetime | None, on: date) -> CaseloadsPage:
    """The months whose caseloads were held against each other, as known at `at`, None for now; today is `on`."""
    names = names_in(agreement)
    disputes = month_disputes(agreement, None, at)
    whole = reconciliations(agreement, at).filter(area__parent=None)
    months = tuple(
        CaseloadMonth(row.month, cells_of(counts_of(row), names.provider, names.council), disputes[row.month])
        for row in whole
        if row.month in disputes
    )
    reading = " ".join(part for part in (reading_of(months), _why_not_the_newest(agreement, disputes, at, on)) if part)
    return CaseloadsPage(names, reading, headings(names.provider, names.council), months)


def _why_not_the_newest(agreement: Agreement, known: Collection[date], at: datetime | None, on: date) -> str:
    """Why the newest month that ended is not among those known; "" where it is, or only waits for the worker."""
    months = months_of(agreement)
    ended = months.required(months.ended(on))
    return why_not_compared(agreement, ended[-1], at) if ended and ended[-1] not in known else ""


def reading_of(months: Sequence[CaseloadMonth]) -> str:
    """How the months stand, in one or two sentences."""
    if not months:
        return "No month’s caseloads have been held against each other."
    states = Counter(one.dispute.state for one in months)
    disputed = [one for one in months if one.dispute.is_disputed]
    compared = len(months) - states[MonthState.NOT_AVAILABLE]
    if not compared:
        return "No month has both caseloads yet, so there is nothing to hold against each other."
    first = f"{count_of(compared, 'month')} {'has' if compared == 1 else 'have'} both caseloads"
    if not disputed:
        return f"{first}, and none of them is disputed."
    return f"{first}. Disputed: {listed([month_name(one.month) for one in disputed])}."


def months_file(page: CaseloadsPage) -> bytes:
    """The page's table as a CSV file, numbers without thousands."""
    rows = [
        [f"{one.month:%Y-%m}", *(cell.number for cell in one.cells), one.dispute.words, one.dispute.reason]
        for one in page.months
    ]
    return csv_file([["Month", *page.headings, "State", "Why not available"], *rows])
