"""The list of financial years, each with how far its statement is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from contracts.access import Standing
from contracts.agreement_months import months_of
from contracts.formatting import day, moment
from contracts.periods import financial_year, financial_year_start
from funding.models import AnnualStatement
from funding.queries.statements_held import paid_as_prepared, statements_held
from funding.statement_page import payer_for
from funding.statement_words import ledger_difference, year_end


@dataclass(frozen=True, slots=True)
class StatementYear:
    """One year: its name, its first day, the state of its statement as a tag, and a sentence."""

    name: str
    year_start: date
    state: str
    colour: str
    note: str


def statement_years(standing: Standing, *, at: datetime) -> tuple[StatementYear, ...]:
    """The agreement's financial years that have begun, newest first."""
    on, term = timezone.localtime(at).date(), months_of(standing.agreement)
    first, last = financial_year_start(term.first), financial_year_start(min(on, term.end))
    latest: dict[date, AnnualStatement] = {}
    for statement in statements_held(standing.agreement, payer_for(standing)).prefetch_related("lines"):
        latest.setdefault(statement.year_start, statement)
    starts = (date(year, 4, 1) for year in range(last.year, first.year - 1, -1))
    return tuple(_year(start, latest.get(start), on) for start in starts)


def _year(start: date, statement: AnnualStatement | None, on: date) -> StatementYear:
    name = financial_year(start)
    if statement is None and on <= year_end(start):
        return StatementYear(name, start, "Year not ended", "grey", f"Ends on {day(year_end(start))}")
    if statement is None:
        return StatementYear(name, start, "Not prepared", "yellow", f"Ended on {day(year_end(start))}")
    certified = getattr(statement, "certificate", None)
    if certified is None:
        said = f"Version {statement.number}, by {statement.prepared_by_name}, {_moment(statement.prepared_at)}"
        if ledger_difference(paid_as_prepared(statement), statement.ledger_total):
            return StatementYear(name, start, "Does not agree with the ledger", "red", said)
        return StatementYear(name, start, "Prepared, to be certified", "blue", said)
    said = f"Version {statement.number}, by {certified.by_name}, {certified.office}, {_moment(certified.at)}"
    return StatementYear(name, start, "Certified", "green", said)


def _moment(at: datetime) -> str:
    return moment(timezone.localtime(at))
