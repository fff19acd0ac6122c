"""What published figures are worked out from, loaded once for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from contracts.models import Agreement, PublishedFigure, Recomputation
from contracts.periods import add_months, month_end
from funding.models import FundingLine
from funding.payers import council_of, is_council_money
from funding.queries.funding_lines import funding_lines
from performance.comparison import MONTHS_OF_A_YEAR
from performance.definitions import in_force
from performance.models import Figure
from performance.queries import figures_of

FROM_FIGURES = {Recomputation.FIGURE, Recomputation.MEAN_BEFORE, Recomputation.CHANGE}
# Indicator, element, area (None for the whole), month.
Key = tuple[int, int | None, int | None, date]


@dataclass(frozen=True, slots=True)
class Material:
    """Figures by what they are of, and the council's funding lines."""

    figures: dict[Key, Figure]
    funding: tuple[FundingLine, ...]

    def figure_of(self, row: PublishedFigure, month: date | None = None) -> Figure | None:
        """The figure that `row` names, in its own month or in another."""
        when = month or row.month
        if row.indicator is None or when is None:  # refused by the database
            return None
        element = row.element_id or row.indicator.element_id
        return self.figures.get((row.indicator.pk, element, row.area_id, when))

    def values_of(self, row: PublishedFigure) -> dict[date, Decimal | None]:
        """The values of the thirteen months that a comparison of `row` needs."""
        months = [add_months(row.month, -back) for back in range(MONTHS_OF_A_YEAR + 1)] if row.month else []
        held = {month: self.figure_of(row, month) for month in months}
        return {month: figure.value if figure else None for month, figure in held.items()}

    def funding_of(self, row: PublishedFigure) -> list[FundingLine]:
        """The council's lines in force at the end of the row's month: of its element, or all."""
        held = [line for line in self.funding if row.month is None or in_force(line, month_end(row.month))]
        return [line for line in held if row.element_id in (None, line.element_id)]


def material_for(agreement: Agreement, rows: Sequence[PublishedFigure], as_at: datetime | None = None) -> Material:
    """Everything that `rows` are worked out from, as known and agreed at `as_at`: at most four queries."""
    named = [row for row in rows if row.recomputation in FROM_FIGURES and row.month is not None]
    figures = _figures(agreement, named, as_at) if named else {}
    needs_funding = any(row.recomputation == Recomputation.FUNDING for row in rows)
    return Material(figures, _funding(agreement, as_at) if needs_funding else ())


def _figures(agreement: Agreement, rows: Sequence[PublishedFigure], as_at: datetime | None) -> dict[Key, Figure]:
    months = {row.month for row in rows if row.month}
    for row in rows:
        if row.recomputation != Recomputation.FIGURE and row.month:
            months |= {add_months(row.month, -back) for back in range(1, MONTHS_OF_A_YEAR + 1)}
    held: dict[Key, Figure] = {}
    indicators = {row.indicator_id for row in rows}
    known = figures_of(agreement, as_at).filter(indicator__in=indicators, month__in=months)
    for figure in known.defer("sources"):
        held[figure.indicator_id, figure.element_id, figure.area_id, figure.month] = figure
        if figure.area.parent_id is None:
            held[figure.indicator_id, figure.element_id, None, figure.month] = figure
    return held


def _funding(agreement: Agreement, as_at: datetime | None) -> tuple[FundingLine, ...]:
    council = council_of(agreement)
    lines = funding_lines(agreement, as_at)
    return tuple(line for line in lines if is_council_money(line, council))
