"""The usual ranges that a month's return is held against, from the months accepted before it."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from contracts.agreement_months import months_of
from contracts.models import Agreement
from contracts.periods import month_end, months_between
from performance.lone_measures import lone_measures
from performance.models import Line, State, StepChange
from performance.usual_range import UsualRange, usual_range


def usual_ranges_before(agreement: Agreement, month: date) -> dict[int, UsualRange]:
    """The usual range of each measure that is an indicator by itself, by the measure's key.

    Over the whole area, from the last step change that somebody recorded, or from the first return.
    """
    indicators = {
        measure.pk: definition.indicator_id for definition, measure in lone_measures(agreement, month_end(month))
    }
    values = _values_before(agreement, month, set(indicators))
    steps = dict(
        StepChange.objects.filter(indicator__in=indicators.values(), month__lt=month)
        .order_by("month")
        .values_list("indicator_id", "month")
    )
    first = months_of(agreement).first_shown(month)
    found = {}
    for measure, by_month in values.items():
        months = months_between(max(first, steps.get(indicators[measure], first)), month)
        held = usual_range([by_month.get(one) for one in months])
        if held is not None:
            found[measure] = held
    return found


def _values_before(agreement: Agreement, month: date, measures: set[int]) -> dict[int, dict[date, Decimal]]:
    rows = Line.objects.filter(
        version__of_return__agreement=agreement,
        version__of_return__month__lt=month,
        version__state=State.ACCEPTED,
        measure__in=measures,
        area__parent=None,
    ).values_list("measure_id", "version__of_return__month", "value")
    values: dict[int, dict[date, Decimal]] = defaultdict(dict)
    for measure, of_month, value in rows:
        if value is not None:
            values[measure][of_month] = value
    return values
