"""What a version says, line by line, for those who may not see small counts exactly."""

from dataclasses import dataclass
from decimal import Decimal

from contracts.models import Area
from performance.form import Sheet
from performance.models import Line, Measure, Version
from performance.return_pages.small import Shown, shown_counts

IN_ORDER = {sheet: place for place, sheet in enumerate(Sheet)}


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line. `value` is None where it was not reported, and where it is hidden; a rounded one is to the nearest 5."""

    measure: Measure
    area: Area
    cell: str
    value: Decimal | None
    is_hidden: bool
    is_rounded: bool
    not_reported_because: str
    comment: str


def told_lines(version: Version) -> list[ToldLine]:
    """Every line of `version` in the order of its sheets, small counts as its page has them. Three queries."""
    agreement = version.of_return.agreement
    measures = list(agreement.measures.select_related("element", "pathway").order_by("position", "pk"))
    areas = list(agreement.areas.order_by("position", "pk"))
    lines = {(line.measure_id, line.area_id): line for line in version.lines.all()}
    shown = shown_counts(lines, measures, areas)
    in_order = sorted(measures, key=lambda measure: IN_ORDER[Sheet(measure.sheet)])
    pairs = ((measure, area, lines.get((measure.pk, area.pk))) for measure in in_order for area in areas)
    return [_told(measure, area, line, shown) for measure, area, line in pairs if line is not None]


def _told(measure: Measure, area: Area, line: Line, shown: Shown) -> ToldLine:
    """The line; of the sheet Equality only the whole area's count, as it is shown, and no comment on it."""
    is_small = measure.sheet == Sheet.EQUALITY
    count = shown.get(measure.pk) if area.parent_id is None else None
    rounded = Decimal(count.count) if count is not None and count.count is not None else None
    value = rounded if is_small else line.value
    return ToldLine(
        measure=measure,
        area=area,
        cell=line.cell,
        value=value,
        is_hidden=is_small and value is None and not line.not_reported_because,
        is_rounded=is_small and value is not None,
        not_reported_because=line.not_reported_because,
        comment="" if is_small else line.comment,
    )
