"""The Equality sheet for those who may not see exact small counts."""

from collections.abc import Sequence
from dataclasses import replace

from performance.return_pages.shapes import Cell, Group
from performance.suppression import small_counts


def without_small_counts(group: Group) -> Group:
    """A group's counts and those it is compared with, each column hidden and rounded by itself, without marks."""
    rows = [replace(row, flags=(), change="", comment="") for row in group.rows]
    columns = zip(*(row.before for row in rows), strict=True)
    earlier = list(zip(*(_hidden(column) for column in columns), strict=True)) or [()] * len(rows)
    # A row that was not reported has no cell; the others have one, of the whole area.
    reported = iter(_hidden([cell for row in rows for cell in row.cells]))
    return Group(
        group.name,
        tuple(
            replace(row, before=before, cells=(next(reported),) if row.cells else ())
            for row, before in zip(rows, earlier, strict=True)
        ),
    )


def _hidden(cells: Sequence[Cell]) -> list[Cell]:
    """The cells with their counts hidden or rounded; one without a value stays as it is."""
    counts = [int(cell.value) for cell in cells if cell.value is not None]
    shown = iter(small_counts(counts))
    return [cell if cell.value is None else Cell(cell.heading, str(next(shown)), None) for cell in cells]
