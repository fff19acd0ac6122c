"""A sheet of a version as a table: areas, the whole, earlier statements, the change and what stands out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from contracts.models import Area
from performance.form import WHOLE_SERVICE, Sheet
from performance.models import Line, Measure
from performance.return_pages.contents import Compared, Contents, value_in
from performance.return_pages.marks import Mark, Place
from performance.return_pages.shapes import Cell, Flag, Group, Row, SheetTable
from performance.return_pages.small import shown_counts, without_small_counts
from performance.return_pages.wording import as_reported, change_between

BY_AREA = {Sheet.ACTIVITY, Sheet.CASELOAD, Sheet.WORKFORCE}
NOT_IN_RETURN = "not in it"


class SheetWriter:
    """Writes the tables of one version for one reader."""

    def __init__(
        self,
        contents: Contents,
        marks: Mapping[Place, Mark],
        warned: Mapping[tuple[str, str], tuple[Flag, ...]],
        *,
        is_exact: bool,
    ) -> None:
        self.contents = contents
        self.marks = marks
        self.warned = warned
        self.is_exact = is_exact

    def table(self, sheet: Sheet) -> SheetTable:
        """The table of `sheet`. Small counts of Equality are hidden and rounded for those who may not see them."""
        hides = sheet is Sheet.EQUALITY and not self.is_exact
        areas = self._areas(sheet)
        compared = tuple(c for c in (self.contents.version_before, self.contents.last_month) if c)
        measures = self.contents.of_sheet(sheet)
        groups = [
            Group(name, without_repeats([self._row(measure, areas, compared) for measure in held]))
            for name, held in groupby(measures, group_name)
        ]
        return SheetTable(
            sheet=sheet,
            areas=areas,
            compared=compared,
            has_change=self.contents.last_month is not None and sheet is not Sheet.EQUALITY,
            has_flags=any(row.flags for group in groups for row in group.rows) and not hides,
            is_rounded=hides,
            groups=self._rounded(groups, compared) if hides else tuple(groups),
        )

    def _rounded(self, groups: Iterable[Group], compared: Iterable[Compared]) -> tuple[Group, ...]:
        """The groups as those see them who may not see exact small counts."""
        held = self.contents
        now, *earlier = (
            shown_counts(lines, held.measures, held.areas) for lines in (held.lines, *(one.lines for one in compared))
        )
        return tuple(replace(group, rows=without_small_counts(group.rows, now, earlier)) for group in groups)

    def flags(self, measure: Measure) -> tuple[Flag, ...]:
        """What stands out in a measure: not reported, a target missed, a warning."""
        line = self._line(measure)
        if line is not None and line.not_reported_because:
            return (Flag("Not reported", "grey"),)
        whole = self.contents.whole
        mark = self.marks.get((measure.pk, whole.pk))
        missed = mark.missed(self._value(measure, whole)) if mark else ""
        warned = self.warned.get((measure.sheet, line.cell), ()) if line else ()
        return (*((Flag(missed, "red"),) if missed else ()), *warned)

    def _areas(self, sheet: Sheet) -> tuple[Area, ...]:
        """The parts, then the whole; only the whole on the sheets that are not reported by area."""
        whole = self.contents.whole
        parts = [area for area in self.contents.areas if area != whole] if sheet in BY_AREA else []
        return (*parts, whole)

    def _row(self, measure: Measure, areas: Iterable[Area], compared: Iterable[Compared]) -> Row:
        line = self._line(measure)
        because = line.not_reported_because if line else ""
        return Row(
            measure=measure,
            cells=() if because else tuple(self._cell(measure, area) for area in areas),
            before=tuple(self._earlier(measure, one) for one in compared),
            change=self._change(measure),
            flags=self.flags(measure),
            not_reported_because=because,
            comment=line.comment if line else "",
            line=line.pk if line else None,
            ref=self._warned_ref(measure, line) if because else "",
        )

    def _warned_ref(self, measure: Measure, line: Line | None) -> str:
        """The cell of a line that a warning names, for the warning to lead to."""
        return line.cell if line is not None and (measure.sheet, line.cell) in self.warned else ""

    def _line(self, measure: Measure) -> Line | None:
        """The line of the whole area, or of the first part that has one."""
        held = [self.contents.lines.get((measure.pk, area.pk)) for area in (self.contents.whole, *self.contents.areas)]
        return next((line for line in held if line is not None), None)

    def _value(self, measure: Measure, area: Area) -> Decimal | None:
        return value_in(self.contents.lines, measure, area, self.contents.areas)

    def _cell(self, measure: Measure, area: Area) -> Cell:
        mark = self.marks.get((measure.pk, area.pk))
        value = self._value(measure, area)
        return Cell(
            heading=area.name,
            text=as_reported(value, measure.unit),
            value=value,
            figure=mark if mark and mark.has_figure else None,
            is_whole=area == self.contents.whole,
            ref=self._warned_ref(measure, self.contents.lines.get((measure.pk, area.pk))),
        )

    def _earlier(self, measure: Measure, compared: Compared) -> Cell:
        value = value_in(compared.lines, measure, self.contents.whole, self.contents.areas)
        held = any(key == measure.pk for key, _ in compared.lines)
        return Cell(compared.heading, as_reported(value, measure.unit) if held else NOT_IN_RETURN, value)

    def _change(self, measure: Measure) -> str:
        last, whole = self.contents.last_month, self.contents.whole
        now = self._value(measure, whole)
        before = value_in(last.lines, measure, whole, self.contents.areas) if last else None
        return "" if now is None or before is None else change_between(before, now, measure.unit)


def without_repeats(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with a comment said once where the same stands at several: Workforce has one for three numbers."""
    said = ["", *(row.comment for row in rows)]
    return tuple(
        replace(row, comment="") if row.comment == before else row for before, row in zip(said, rows, strict=False)
    )


def group_name(measure: Measure) -> str:
    """The heading that a measure stands under: its element, with the characteristic on Equality; none on Caseload."""
    if measure.sheet == Sheet.CASELOAD:
        return ""
    element = measure.element.name if measure.element else WHOLE_SERVICE
    return f"{element}: {measure.characteristic}" if measure.characteristic else element
