"""Columns whose heading points at children: a name, an NHS number, a date of birth, where a child lives."""

from collections.abc import Iterator
from itertools import islice

from contracts.personal_data import kinds_of_personal_data, points_at_a_child
from performance.findings import Finding, error
from performance.workbook.grid import Cell, Row, SheetGrid

# A title may stand above the headings.
ROWS_LOOKED_AT = 10


def child_columns(sheet: SheetGrid, name: str) -> Iterator[Finding]:
    """A finding for each such heading on a sheet that is no part of a return; findings call the sheet `name`."""
    row = _heading_row(sheet)
    for cell in row.cells.values() if row else ():
        if isinstance(cell.value, str) and is_child_column(cell.value):
            yield child_column(name, cell)


def is_child_column(heading: str) -> bool:
    """Whether a heading points at children, and is no detail of one that is found in every cell anyway."""
    return points_at_a_child(heading) and not kinds_of_personal_data(heading)


def child_column(name: str, cell: Cell) -> Finding:
    """A column that may not be in a return, whatever it holds. Its heading is not repeated."""
    return error(
        "personal-data",
        name,
        cell.ref,
        title=f"The column of {cell.ref} points at children",
        found="A heading for a name, an NHS number, a date of birth, a postcode or the like",
        expected="Nothing that could identify a child",
        remedy=f"Delete the whole column of {cell.ref}, or its sheet, save, and upload again. This file was not kept",
    )


def _heading_row(sheet: SheetGrid) -> Row | None:
    """The first of the widest rows near the top: a title has fewer cells than the headings under it."""
    return max(islice(sheet.filled_rows(), ROWS_LOOKED_AT), key=_width, default=None)


def _width(row: Row) -> int:
    return sum(not cell.is_blank for cell in row.cells.values())
