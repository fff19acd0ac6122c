"""The overview of an agreement and month: verdict, elements, shares, and what needs attention."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from contracts.formatting import month_name, percent
from contracts.models import Agreement, Unit
from cypmhs_portal.dashboards.attention import Sight, what_needs_attention
from cypmhs_portal.dashboards.attention_shapes import Attention
from cypmhs_portal.dashboards.element_rows import ElementRow, month_of_elements, value_of
from cypmhs_portal.dashboards.sentences import standing_of_elements
from funding.readings import share_reading
from performance.disputed_figures import FigureDisputes, figure_disputes
from performance.models import Figure
from performance.readings import value_against_target
from performance.returns_held import ReturnsHeld


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the overview shows."""

    agreement: Agreement
    month: date
    headline: str
    lead: str
    rows: tuple[ElementRow, ...]
    whole_service: tuple[Figure, ...]
    gap: str
    largest_share: Decimal
    contract_value: Decimal | None
    rest_of_contract: Decimal | None
    council_funding: Decimal | None
    total_caseload: Decimal | None
    attention: tuple[Attention, ...]
    has_illustrative_terms: bool
    is_known: bool
    disputes: FigureDisputes


def overview_of(
    agreement: Agreement, month: date, returns: ReturnsHeld, on: date, sight: Sight, as_at: datetime | None = None
) -> Overview:
    """The overview of `agreement` in `month`, as of the day `on`, for readers of that sight.

    Figures and `returns` are as known at `as_at`.
    """
    held = month_of_elements(agreement, month, as_at)
    rows = held.rows
    return Overview(
        agreement=agreement,
        month=month,
        headline=_headline(rows, month, returns),
        lead=_lead(rows),
        rows=rows,
        whole_service=held.whole_service,
        gap=_gap(rows),
        largest_share=_largest_share(rows),
        contract_value=_whole(rows, "contract_share"),
        rest_of_contract=_rest(rows),
        council_funding=_whole(rows, "council_share"),
        total_caseload=_whole(rows, "caseload_share"),
        attention=what_needs_attention(agreement, rows, returns, on, sight, as_at),
        has_illustrative_terms=any(_is_illustrative(row.headline) for row in rows),
        is_known=held.is_known,
        disputes=figure_disputes(agreement, [month], as_at),
    )


def _headline(rows: tuple[ElementRow, ...], month: date, returns: ReturnsHeld) -> str:
    if not returns.is_accepted(month):
        return f"No return for {month_name(month)} has been accepted."
    return standing_of_elements([row.verdict for row in rows])


def _lead(rows: tuple[ElementRow, ...]) -> str:
    """The element whose share of the money is furthest above its share of the children."""
    row = _widest_gap(rows, "council_share")
    if row is None or row.headline is None or row.headline.value is None:
        return ""
    return f"{row.element.short_name} {_holds(row.headline)} {_receives(row)}"


def _holds(figure: Figure) -> str:
    verb = "holds" if figure.unit == Unit.CHILDREN else "stands at"
    return f"{verb} {value_against_target(figure.value, figure.target, figure.unit)}."


def _receives(row: ElementRow) -> str:
    money, caseload = value_of(row.council_share), value_of(row.caseload_share)
    return (
        f"It receives {percent(money)} of the council’s money and holds {percent(caseload)} of the service’s caseload."
    )


def _gap(rows: tuple[ElementRow, ...]) -> str:
    """The reading of the element whose share of the contract is furthest above its share of the caseload."""
    row = _widest_gap(rows, "contract_share")
    if row is None:
        return "No element has both a share of the contract’s value and a share of its caseload in this month."
    return share_reading(row.element.short_name, row.share_of_contract, row.share_of_caseload)


def _widest_gap(rows: tuple[ElementRow, ...], money: str) -> ElementRow | None:
    gaps = [
        (share - caseload, row)
        for row in rows
        if (share := value_of(getattr(row, money))) is not None
        and (caseload := value_of(row.caseload_share)) is not None
    ]
    return max(gaps, key=lambda gap: gap[0])[1] if gaps else None


def _whole(rows: tuple[ElementRow, ...], name: str) -> Decimal | None:
    figures = [getattr(row, name) for row in rows]
    return next((f.denominator for f in figures if f is not None and f.denominator is not None), None)


def _rest(rows: tuple[ElementRow, ...]) -> Decimal | None:
    whole = _whole(rows, "contract_share")
    parts = [row.contract_share.numerator for row in rows if row.contract_share]
    if whole is None:
        return None
    return whole - sum((part for part in parts if part is not None), Decimal(0))


def _largest_share(rows: tuple[ElementRow, ...]) -> Decimal:
    shares = [value_of(figure) for row in rows for figure in (row.contract_share, row.caseload_share)]
    return max((share for share in shares if share is not None), default=Decimal(100))


def _is_illustrative(figure: Figure | None) -> bool:
    return figure is not None and (figure.target_is_illustrative or figure.floor_is_illustrative)
