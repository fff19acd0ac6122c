"""Equality counts for those who may not see them exactly: one view of a version, whichever page shows it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from contracts.models import Area
from performance.form import Sheet
from performance.models import Measure
from performance.return_pages.contents import Lines, value_in
from performance.return_pages.shapes import Cell, Row
from performance.suppression import ShownCount, small_counts

Shown = Mapping[int, ShownCount]
"""Counts as they are shown, by the key of their measure."""


def shown_counts(lines: Lines, measures: Iterable[Measure], areas: Sequence[Area]) -> Shown:
    """The Equality counts of the version that has `lines`, hidden and rounded; a measure without a count has none.

    A characteristic is taken whole as its version has it, whichever of its rows a page shows: a part of it, hidden by
    itself, would show what the whole hides. `measures` are therefore all that the agreement has.
    """
    whole = next(area for area in areas if area.parent_id is None)
    groups: dict[tuple[int | None, str], dict[int, int]] = defaultdict(dict)
    for measure in measures:
        value = value_in(lines, measure, whole, areas) if measure.sheet == Sheet.EQUALITY else None
        if value is not None:
            groups[measure.element_id, measure.characteristic][measure.pk] = int(value)
    return {
        key: shown
        for counts in groups.values()
        for key, shown in zip(counts, small_counts(list(counts.values())), strict=True)
    }


def without_small_counts(rows: Iterable[Row], now: Shown, earlier: Sequence[Shown]) -> tuple[Row, ...]:
    """The rows with the counts of the version and of each it is compared with as shown, and without marks."""
    return tuple(
        replace(
            row,
            cells=tuple(_as_shown(cell, row.measure, now) for cell in row.cells),
            before=tuple(_as_shown(cell, row.measure, then) for cell, then in zip(row.before, earlier, strict=True)),
            flags=(),
            change="",
            comment="",
        )
        for row in rows
    )


def _as_shown(cell: Cell, measure: Measure, shown: Shown) -> Cell:
    """The cell with its count hidden or rounded; one without a value stays as it is."""
    return cell if cell.value is None else Cell(cell.heading, str(shown[measure.pk]), None)
