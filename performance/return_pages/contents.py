"""What a version says, and what it is compared with: its lines by measure and area, loaded once for a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from contracts.formatting import month_name
from contracts.models import Area
from performance.form import Sheet
from performance.models import Line, Measure, State, Version

Lines = Mapping[tuple[int, int], Line]
"""Lines by the keys of their measure and area."""


@dataclass(frozen=True, slots=True)
class Compared:
    """An earlier statement that the version stands beside, as the head of its column and its lines."""

    heading: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class Contents:
    """A version's lines, with the last accepted month and, for a correction, the version before it."""

    lines: Lines
    measures: tuple[Measure, ...]
    areas: tuple[Area, ...]
    last_month: Compared | None
    version_before: Compared | None

    @property
    def whole(self) -> Area:
        """The area that all others are part of."""
        return next(area for area in self.areas if area.parent_id is None)

    def of_sheet(self, sheet: Sheet) -> tuple[Measure, ...]:
        """The measures of `sheet` that this version speaks of, in the agreement's order."""
        said = {measure for measure, _ in self.lines}
        return tuple(m for m in self.measures if m.sheet == sheet and m.pk in said)


def contents_of(version: Version) -> Contents:
    """Everything that `version` says and is compared with."""
    agreement = version.of_return.agreement
    return Contents(
        lines=_lines(version),
        measures=tuple(agreement.measures.select_related("element").order_by("position", "pk")),
        areas=tuple(agreement.areas.order_by("position", "pk")),
        last_month=_last_month(version),
        version_before=_version_before(version),
    )


def value_in(lines: Lines, measure: Measure, area: Area, areas: Iterable[Area]) -> Decimal | None:
    """The value reported for `area`; where only its parts are reported (Workforce), their sum if none is missing."""
    own = lines.get((measure.pk, area.pk))
    if own is not None:
        return own.value
    parts = [lines.get((measure.pk, part.pk)) for part in areas if part.parent_id == area.pk]
    values = [part.value for part in parts if part is not None and part.value is not None]
    return sum(values, Decimal(0)) if values and len(values) == len(parts) else None


def open_book_total(lines: Lines, measures: Iterable[Measure]) -> Decimal | None:
    """Pounds in the open book; None where it has no line with a value."""
    keys = {measure.pk for measure in measures if measure.sheet == Sheet.OPEN_BOOK}
    values = [line.value for (measure, _), line in lines.items() if measure in keys and line.value is not None]
    return sum(values, Decimal(0)) if values else None


def _lines(version: Version) -> Lines:
    return {(line.measure_id, line.area_id): line for line in version.lines.all()}


def _last_month(version: Version) -> Compared | None:
    """The last accepted month before the version's."""
    of_return = version.of_return
    last = (
        Version.objects.filter(
            of_return__agreement=of_return.agreement_id, of_return__month__lt=of_return.month, state=State.ACCEPTED
        )
        .select_related("of_return")
        .order_by("-of_return__month")
        .first()
    )
    return Compared(month_name(last.of_return.month), _lines(last)) if last else None


def _version_before(version: Version) -> Compared | None:
    """The version signed off last before this one, which a correction is read against."""
    earlier = version.of_return.versions.filter(number__lt=version.number, submitted_at__isnull=False)
    before = earlier.order_by("-number").first()
    return Compared(f"Version {before.number}", _lines(before)) if before else None
