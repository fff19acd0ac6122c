"""One funded element of one month, as dashboards show it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

from contracts.models import Agreement, Purpose, ServiceElement
from contracts.periods import month_end
from contracts.queries.as_agreed import elements_as_agreed
from performance.as_known import recorded_by_then
from performance.definitions import in_force
from performance.models import Figure
from performance.queries import figures_of
from performance.readings import limits_contradict_the_latest
from performance.series import Series, headline_series
from performance.spc import SpcChart
from performance.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class ElementRow:
    """An element with its figures. A figure is None where the agreement has no such indicator."""

    element: ServiceElement
    headline: Figure | None
    series: Series | None
    chart: SpcChart | None
    staff: Figure | None
    council_share: Figure | None
    contract_share: Figure | None
    caseload_share: Figure | None

    @property
    def verdict(self) -> Verdict:
        """The headline's verdict; not available without a headline."""
        return Verdict(self.headline.verdict) if self.headline else Verdict.NOT_AVAILABLE

    @property
    def share_of_contract(self) -> Decimal | None:
        """The element's share of contract value in percent; None where it is not known."""
        return value_of(self.contract_share)

    @property
    def share_of_caseload(self) -> Decimal | None:
        """The element's share of caseload in percent; None where it is not known."""
        return value_of(self.caseload_share)

    @property
    def shows_trend(self) -> bool:
        """Whether the last month of the chart is the month shown, and its limits rest on enough months."""
        chart = self.chart
        return bool(chart and chart.limits_are_available and chart.points[-1].value is not None)

    @property
    def shows_assurance(self) -> bool:
        """Whether the limits rest on enough months and do not contradict the latest one."""
        chart = self.chart
        return bool(
            chart and chart.assurance_icon and not chart.provisional and not limits_contradict_the_latest(chart)
        )


@dataclass(frozen=True, slots=True)
class MonthOfElements:
    """The elements in force, and the figures of the service as a whole, in the agreement's order.

    `is_known` is False where not one figure of the month was known.
    """

    rows: tuple[ElementRow, ...]
    whole_service: tuple[Figure, ...]
    is_known: bool


def month_of_elements(agreement: Agreement, month: date, as_at: datetime | None = None) -> MonthOfElements:
    """What `month` shows, as known at `as_at`, of each element in force at its end and of the whole. Four queries."""
    elements = [e for e in _elements(agreement, as_at) if in_force(e, month_end(month))]
    held = list(figures_of(agreement, as_at).filter(month=month, area__parent=None))
    figures = _by_purpose(held)
    steps = {element.pk: tuple(sorted(vars(element)["steps"])) for element in elements}
    series = headline_series(agreement, month, steps, as_at)
    return MonthOfElements(
        tuple(_row(element, figures[element.pk], series.get(element.pk)) for element in elements),
        tuple(figure for figure in held if figure.element_id is None),
        bool(held),
    )


def value_of(figure: Figure | None) -> Decimal | None:
    """The figure's value; None without a figure or without a value."""
    return figure.value if figure else None


def _elements(agreement: Agreement, as_at: datetime | None) -> list[ServiceElement]:
    steps = ArrayAgg(
        "indicators__step_changes__month",
        filter=Q(indicators__purpose=Purpose.HEADLINE, indicators__step_changes__month__isnull=False)
        & recorded_by_then(as_at, of="indicators__step_changes__"),
        default=[],
    )
    held = agreement.elements.annotate(steps=steps).order_by("position", "pk")
    return elements_as_agreed(agreement, held, as_at)


def _by_purpose(held: Iterable[Figure]) -> dict[int, dict[str, Figure]]:
    by_element: dict[int, dict[str, Figure]] = defaultdict(dict)
    for figure in held:
        if figure.element_id is not None and figure.indicator.purpose:
            by_element[figure.element_id][figure.indicator.purpose] = figure
    return by_element


def _row(element: ServiceElement, figures: dict[str, Figure], series: Series | None) -> ElementRow:
    return ElementRow(
        element=element,
        headline=figures.get(Purpose.HEADLINE),
        series=series,
        chart=series.chart() if series else None,
        staff=figures.get(Purpose.STAFF),
        council_share=figures.get(Purpose.COUNCIL_SHARE),
        contract_share=figures.get(Purpose.CONTRACT_SHARE),
        caseload_share=figures.get(Purpose.CASELOAD_SHARE),
    )
