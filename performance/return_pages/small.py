"""The Equality sheet for those who may not see exact small counts."""

from collections.abc import Sequence
from dataclasses import replace

from performance.return_pages.shapes import Cell, Group
from performance.suppression import small_counts


def without_small_counts(group: Group) -> Group:
    """A group's counts and those it is compared with, each column hidden and rounded by itself, without marks."""
    rows = [replace(row, flags=(), change="", comment="") for row in group.rows]
    for place in range(max((len(row.before) for row in rows), default=0)):
        shown = _hidden([row.before[place] for row in rows])
        rows = [
            replace(row, before=(*row.before[:place], cell, *row.before[place + 1 :]))
            for row, cell in zip(rows, shown, strict=True)
        ]
    reported = [row for row in rows if row.cells]
    cells = dict(zip((row.measure.pk for row in reported), _hidden([row.cells[-1] for row in reported]), strict=True))
    return Group(group.name, tuple(replace(row, cells=(cells[row.measure.pk],)) if row.cells else row for row in rows))


def _hidden(cells: Sequence[Cell]) -> list[Cell]:
    """The cells with their counts hidden or rounded; one without a value stays as it is."""
    counts = [int(cell.value) for cell in cells if cell.value is not None]
    shown = iter(small_counts(counts))
    return [cell if cell.value is None else Cell(cell.heading, str(next(shown)), None) for cell in cells]
