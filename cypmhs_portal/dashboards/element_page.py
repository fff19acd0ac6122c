"""One funded element in one month: facts, trend, the year before, quality, areas, staff and money."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Q
from django.http import Http404

from contracts.formatting import day, money, month_name, percent
from contracts.models import Agreement, Purpose, ServiceElement, Unit
from contracts.periods import month_end
from contracts.queries.as_agreed import elements_as_agreed
from cypmhs_portal.dashboards.area_tables import AreaTable, activity_table, staff_table
from cypmhs_portal.exits.endings import ending_of
from cypmhs_portal.exits.proposals import proposed_endings
from cypmhs_portal.reports.committee import ReportedComparison, reported_comparisons
from funding.charts import spend_bars
from funding.money_sums import Entry, total_of
from funding.queries.funding_lines import funding_lines
from funding.queries.ledger import ledger_of
from performance.charts import spc_chart
from performance.comparison import Comparison, against_the_year_before
from performance.definitions import in_force
from performance.disputed_figures import FigureDisputes, figure_disputes
from performance.models import Figure
from performance.queries import figures_of
from performance.readings import not_reported_reading, spc_reading, step_worth_recording, value_against_target
from performance.series import Series, series_of
from performance.spc import SpcChart, SpcPoint


@dataclass(frozen=True, slots=True)
class Trend:
    """An indicator's chart with its reading, its notes and its table."""

    series: Series
    chart: SpcChart | None
    figure: dict[str, Any] | None
    reading: str
    notes: str
    step_to_consider: date | None

    @property
    def rows(self) -> list[tuple[SpcPoint, Decimal | None]]:
        """Each point with the target of its month."""
        return list(zip(self.chart.points, self.series.targets, strict=True)) if self.chart else []


@dataclass(frozen=True, slots=True)
class MoneyAndSpend:
    """Instalments and open book spend of the months with either, since the first return."""

    months: tuple[Entry, ...]
    figure: dict[str, Any] | None
    reading: str


@dataclass(frozen=True, slots=True)
class ComparedYear:
    """One measure's month against the mean of the twelve months before."""

    figure: Figure
    comparison: Comparison | None


@dataclass(frozen=True, slots=True)
class ElementPage:
    """Everything the page of an element shows."""

    agreement: Agreement
    element: ServiceElement
    month: date
    annual_amount: Decimal | None
    headline: Figure | None
    staff: Figure | None
    unspent: Figure | None
    cost_per_case: Figure | None
    caseload_share: Figure | None
    council_share: Figure | None
    lead: str
    trend: Trend | None
    compared: tuple[ComparedYear, ...]
    committee: tuple[ReportedComparison, ...]
    quality: tuple[Figure, ...]
    activity: AreaTable
    staffing: AreaTable
    money: MoneyAndSpend
    is_known: bool
    ends: str
    disputes: FigureDisputes

    @property
    def current_money(self) -> Entry | None:
        """The instalment and spend of the month shown."""
        return next((one for one in self.money.months if one.month == self.month), None)


def element_page(agreement: Agreement, code: str, month: date, as_at: datetime | None = None) -> ElementPage:
    """The page of the element called `code` as known at `as_at`; 404 where the agreement has none of that code."""
    element = next(iter(elements_as_agreed(agreement, agreement.elements.filter(code=code), as_at)), None)
    if element is None:
        raise Http404("The agreement has no element of that name.")
    element.agreement = agreement
    whole = agreement.areas.get(parent=None)
    figures = list(figures_of(agreement, as_at).filter(month=month, area=whole, element=element))
    by_purpose = {figure.indicator.purpose: figure for figure in figures if figure.indicator.purpose}
    headline = by_purpose.get(Purpose.HEADLINE)
    series = series_of(agreement, whole.pk, element.pk, month, as_at)
    committee = reported_comparisons(agreement, element, until=month, as_at=as_at)
    return ElementPage(
        agreement=agreement,
        element=element,
        month=month,
        annual_amount=_annual_amount(agreement, element, month, as_at),
        headline=headline,
        staff=by_purpose.get(Purpose.STAFF),
        unspent=by_purpose.get(Purpose.UNSPENT),
        cost_per_case=by_purpose.get(Purpose.COST_PER_CASE),
        caseload_share=by_purpose.get(Purpose.CASELOAD_SHARE),
        council_share=by_purpose.get(Purpose.COUNCIL_SHARE),
        lead=_lead(element, headline, month),
        trend=_trend(series[headline.indicator_id]) if headline and headline.indicator_id in series else None,
        compared=tuple(_compared(figures, series)),
        committee=committee,
        quality=tuple(f for f in figures if f.unit == Unit.PERCENT and not f.indicator.purpose),
        activity=activity_table(agreement, element, month, as_at),
        staffing=staff_table(agreement, element, month, as_at),
        money=_money(ledger_of(agreement, month, as_at).of_element(element)),
        is_known=bool(figures),
        ends=_end(element, month, as_at),
        disputes=figure_disputes(agreement, sorted({month, *(one.month for one in committee)}), as_at),
    )


def _annual_amount(
    agreement: Agreement, element: ServiceElement, month: date, as_at: datetime | None
) -> Decimal | None:
    lines = funding_lines(agreement, as_at, of=Q(element=element))
    held = [line.annual_amount for line in lines if in_force(line, month_end(month))]
    return sum(held, Decimal(0)) if held else None


def _trend(series: Series) -> Trend:
    chart = series.chart()
    if chart is None:
        return Trend(series, None, None, not_reported_reading(len(series.months), series.months[0]), "", None)
    unit = series.indicator.unit
    targets = tuple(zip(series.months, series.targets, strict=True))
    drawn = spc_chart(chart, unit, targets) if len(chart.points) > 1 else None
    notes = " ".join(chart.options.wording())
    return Trend(series, chart, drawn, spc_reading(chart, unit), notes, step_worth_recording(chart))


def _lead(element: ServiceElement, headline: Figure | None, month: date) -> str:
    if not in_force(element, month_end(month)):
        return _out_of_force(element, month)
    if headline is None:
        return _without_figure(element, month)
    if headline.value is None:
        return f"{headline.indicator.name} is not available for {month_name(month)}."
    return f"{headline.indicator.name} is {value_against_target(headline.value, headline.target, headline.unit)}."


def _end(element: ServiceElement, month: date, as_at: datetime | None) -> str:
    """When the element ends, agreed or proposed; empty where it ends with its agreement."""
    ending = ending_of(element, partial(proposed_endings, as_at=as_at))
    return ending.sentence(element.short_name, month_end(month)) if ending.is_exit else ""


def _without_figure(element: ServiceElement, month: date) -> str:
    named = element.indicators.filter(purpose=Purpose.HEADLINE).first()
    if named is None:
        return "The agreement names no headline measure for this element."
    return f"{named.name} was not known for {month_name(month)}."


def _out_of_force(element: ServiceElement, month: date) -> str:
    if element.in_force_until is not None and element.in_force_until <= month_end(month):
        return f"This element is no longer funded: its first day out of force was {day(element.in_force_until)}."
    return f"This element begins on {day(element.in_force_from)}."


def _compared(figures: Iterable[Figure], series: Mapping[int, Series]) -> Iterable[ComparedYear]:
    """Counts of the element against the year before, in the manner of 003 §3.2."""
    for figure in figures:
        if figure.unit in {Unit.PERCENT, Unit.POUNDS} or figure.value is None:
            continue
        held = series.get(figure.indicator_id)
        yield ComparedYear(figure, against_the_year_before(held.by_month, figure.month) if held else None)


def _money(months: tuple[Entry, ...]) -> MoneyAndSpend:
    has_spend = any(one.spent is not None for one in months)
    return MoneyAndSpend(months, spend_bars(months) if has_spend else None, _money_reading(months))


def _money_reading(months: Sequence[Entry]) -> str:
    """ "Of £1,700,000.00 due since April 2018, the open book shows £981,308.91 spent on this element (57.7%)"."""
    total = total_of(months)
    due, spent = total.due_of_spent, total.spent
    if spent is None:
        return "No open book has been accepted, so what was spent is not available."
    lacking = len(total.without_spend)
    lack = f" {lacking} of {len(months)} months have no open book and are left out." if lacking else ""
    share = f" ({percent(spent / due * 100)})" if due else ""
    rest = (
        f"{money(due - spent)} is unspent or was spent elsewhere."
        if spent <= due
        else f"That is {money(spent - due)} more than was due."
    )
    return (
        f"Of {money(due)} due since {month_name(months[0].month)}, the open book shows {money(spent)}{share} "
        f"spent on this element. {rest}{lack}"
    )
