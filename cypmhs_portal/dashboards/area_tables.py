"""What a return says of one element, area by area."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from contracts.models import Agreement, Area, ServiceElement
from performance.as_known import accepted_versions
from performance.form import Sheet
from performance.models import Line


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One measure with a line for each area, None where the return has none."""

    label: str
    unit: str
    lines: tuple[Line | None, ...]
    total: Decimal | None

    @property
    def not_reported_because(self) -> str:
        """The provider's reason where no area has a value."""
        reasons = [line.not_reported_because for line in self.lines if line and line.value is None]
        return reasons[0] if reasons and all(line is None or line.value is None for line in self.lines) else ""


@dataclass(frozen=True, slots=True)
class AreaTable:
    """The areas in order and a row for each measure; no rows where no return of the month was accepted."""

    areas: tuple[Area, ...]
    rows: tuple[AreaRow, ...]
    has_totals: bool


def activity_table(agreement: Agreement, element: ServiceElement, month: date, as_at: datetime | None) -> AreaTable:
    """The lines of sheet Activity as known at `as_at`: parts first, the whole last, as reported."""
    areas = list(agreement.areas.order_by("position", "pk"))
    ordered = [area for area in areas if area.parent_id] + [area for area in areas if not area.parent_id]
    lines = _lines(agreement, element, month, as_at)
    return AreaTable(tuple(ordered), _rows(lines.filter(measure__sheet=Sheet.ACTIVITY), ordered), has_totals=False)


def staff_table(agreement: Agreement, element: ServiceElement, month: date, as_at: datetime | None) -> AreaTable:
    """The columns of sheet Workforce, which is reported by part; the whole is their sum."""
    ordered = list(agreement.areas.exclude(parent=None).order_by("position", "pk"))
    lines = _lines(agreement, element, month, as_at)
    return AreaTable(tuple(ordered), _rows(lines.filter(measure__sheet=Sheet.WORKFORCE), ordered), has_totals=True)


def _lines(agreement: Agreement, element: ServiceElement, month: date, as_at: datetime | None) -> QuerySet[Line]:
    """What the version accepted then says of the element."""
    return (
        Line.objects.filter(
            accepted_versions(as_at, of="version__"),
            version__of_return__agreement=agreement,
            version__of_return__month=month,
            measure__element=element,
        )
        .select_related("measure", "version")
        .order_by("measure__position")
    )


def _rows(lines: Iterable[Line], areas: list[Area]) -> tuple[AreaRow, ...]:
    by_measure: dict[tuple[str, str], dict[int, Line]] = defaultdict(dict)
    for line in lines:
        by_measure[line.measure.label, line.measure.unit][line.area_id] = line
    return tuple(
        AreaRow(label, unit, held := tuple(by_area.get(area.pk) for area in areas), _total(held))
        for (label, unit), by_area in by_measure.items()
    )


def _total(lines: tuple[Line | None, ...]) -> Decimal | None:
    """The sum where every area has a value; a missing one leaves no sum."""
    values = [line.value for line in lines if line is not None and line.value is not None]
    return sum(values, Decimal(0)) if values and len(values) == len(lines) else None
