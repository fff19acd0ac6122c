"""An indicator month by month, and its XmR chart."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from contracts.agreement_months import months_of
from contracts.models import Agreement, Indicator, Purpose
from contracts.periods import add_months, months_between
from performance.as_known import figures_known, recorded_by_then
from performance.models import Figure, StepChange
from performance.spc import Direction, SpcChart, SpcOptions, xmr
from performance.verdicts import Polarity

DIRECTIONS = {
    Polarity.HIGHER: Direction.INCREASE,
    Polarity.LOWER: Direction.DECREASE,
    Polarity.CLOSEST: Direction.NEUTRAL,
    Polarity.NONE: Direction.NEUTRAL,
}


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one indicator in one area: a month without a value is None, never left out."""

    indicator: Indicator
    months: tuple[date, ...]
    values: tuple[Decimal | None, ...]
    targets: tuple[Decimal | None, ...]
    step_changes: tuple[date, ...] = ()

    @property
    def target(self) -> Decimal | None:
        """The target of the last month."""
        return self.targets[-1] if self.targets else None

    @property
    def has_values(self) -> bool:
        """Whether any month has a value."""
        return any(value is not None for value in self.values)

    @property
    def by_month(self) -> dict[date, Decimal | None]:
        """The values by first day of month."""
        return dict(zip(self.months, self.values, strict=True))

    def chart(self) -> SpcChart | None:
        """The XmR chart against the last month's target; None where no month has a value."""
        if not self.has_values:
            return None
        options = SpcOptions(
            direction=DIRECTIONS[Polarity(self.indicator.polarity)],
            target=self.target,
            rebase_dates=tuple(month for month in self.step_changes if month in self.months),
        )
        return xmr(self.months, self.values, options)


def headline_series(
    agreement: Agreement, until: date, steps: Mapping[int, tuple[date, ...]], as_at: datetime | None = None
) -> dict[int, Series]:
    """The headline indicator of each element over the whole area, from the first return to `until`, by element.

    `steps` are the recorded step changes by element, `as_at` the moment whose figures they are. One query.
    """
    rows = (
        Figure.objects.filter(
            figures_known(as_at),
            agreement=agreement,
            area__parent=None,
            indicator__purpose=Purpose.HEADLINE,
            month__range=(months_of(agreement).first_shown(until), until),
        )
        .select_related("indicator")
        .defer("sources")
        .order_by("month")
    )
    by_element: dict[int, list[Figure]] = defaultdict(list)
    for figure in rows:
        if figure.element_id is not None:
            by_element[figure.element_id].append(figure)
    return {
        element: _series(
            figures[0].indicator, figures, months_of(agreement).first_shown(until), until, steps.get(element, ())
        )
        for element, figures in by_element.items()
    }


def series_of(
    agreement: Agreement, area_id: int, element_id: int | None, until: date, as_at: datetime | None = None
) -> dict[int, Series]:
    """Every indicator of one element in one area, from the first return to `until`, by indicator. Two queries.

    The figures and the step changes are those known at `as_at`, None for now.
    """
    rows = (
        Figure.objects.filter(
            figures_known(as_at),
            agreement=agreement,
            area_id=area_id,
            element_id=element_id,
            month__range=(months_of(agreement).first_shown(until), until),
        )
        .select_related("indicator")
        .defer("sources")
        .order_by("month")
    )
    by_indicator: dict[int, list[Figure]] = defaultdict(list)
    for figure in rows:
        by_indicator[figure.indicator_id].append(figure)
    steps: dict[int, tuple[date, ...]] = defaultdict(tuple)
    recorded = StepChange.objects.filter(recorded_by_then(as_at), indicator__in=by_indicator).order_by("month")
    for key, month in recorded.values_list("indicator_id", "month"):
        steps[key] = (*steps[key], month)
    return {
        key: _series(figures[0].indicator, figures, months_of(agreement).first_shown(until), until, steps[key])
        for key, figures in by_indicator.items()
    }


def _series(indicator: Indicator, figures: list[Figure], first: date, until: date, steps: tuple[date, ...]) -> Series:
    by_month = {figure.month: figure for figure in figures}
    months = months_between(first, add_months(until, 1))
    held = [by_month.get(month) for month in months]
    return Series(
        indicator=indicator,
        months=months,
        values=tuple(figure.value if figure else None for figure in held),
        targets=tuple(figure.target if figure else None for figure in held),
        step_changes=steps,
    )
