"""What the whole service is worth a year: who pays how much for what."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from contracts.models import Agreement
from contracts.periods import is_in_force, month_end
from funding.models import FundingLine
from funding.money_page.shapes import ValueRow
from funding.queries.funding_lines import funding_lines
from funding.shares import Share

BY_FUNDER = ("funder__name", "funder_id", "element__position", "pk")


def value_of_service(agreement: Agreement, month: date, as_at: datetime | None = None) -> tuple[ValueRow, ...]:
    """The annual amounts in force at the end of `month`, of the council and of everyone else, as agreed at `as_at`."""
    lines = funding_lines(agreement, as_at, order=BY_FUNDER)
    on = month_end(month)
    in_force = [line for line in lines if is_in_force(on, line.in_force_from, line.in_force_until)]
    whole = sum((line.annual_amount for line in in_force), Decimal(0))
    return tuple(_row(line, whole) for line in in_force)


def annual_value(rows: Iterable[ValueRow]) -> Decimal:
    """What everyone together pays a year."""
    return sum((row.annual for row in rows), Decimal("0.00"))


def _row(line: FundingLine, whole: Decimal) -> ValueRow:
    return ValueRow(
        funder=line.funder.short_name,
        what=line.element.name if line.element else "The rest of the service",
        annual=line.annual_amount,
        share=Share(line.annual_amount, whole),
        source=line.source,
        note=line.note,
    )
