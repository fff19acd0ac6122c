"""The rows around one cell of a return, as they stand in the file that was received."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, get_column_letter

from contracts.formatting import day, plain
from performance.models import Version
from performance.workbook.grid import CellValue, Fault, SheetGrid
from performance.workbook.read import grid_of

ROWS_AROUND = 2


@dataclass(frozen=True, slots=True)
class ExtractCell:
    """One cell as text; `is_marked` for the one the figure comes from."""

    text: str
    is_number: bool
    is_marked: bool


@dataclass(frozen=True, slots=True)
class SheetExtract:
    """Column letters, and rows with their numbers: the headings and the rows around the cell."""

    sheet: str
    cell: str
    column: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[ExtractCell, ...]], ...]


def extract_around(version: Version, sheet: str, cell: str) -> SheetExtract | None:
    """The cell with its headings and neighbours; None where the file does not show them under that name."""
    if version.upload.content is None:
        return None
    grid, _ = grid_of(bytes(version.upload.content), version.upload.file_name)
    found = next((one for one in grid.sheets if one.name.strip().casefold() == sheet.casefold()), None)
    return _extract(found, sheet, cell) if found else None


def _extract(grid: SheetGrid, sheet: str, cell: str) -> SheetExtract:
    letters, number = coordinate_from_string(cell)
    column = column_index_from_string(letters)
    widest = max((max(row.cells, default=0) for row in grid.rows), default=0)
    columns = range(1, max(widest, column) + 1)
    near = [row for row in grid.rows if row.number == grid.rows[0].number or abs(row.number - number) <= ROWS_AROUND]
    return SheetExtract(
        sheet=sheet,
        cell=cell,
        column=letters,
        columns=tuple(get_column_letter(each) for each in columns),
        rows=tuple(
            (row.number, tuple(_cell(row.cell(each).value, (row.number, each) == (number, column)) for each in columns))
            for row in near
        ),
    )


def _cell(value: CellValue, is_marked: bool) -> ExtractCell:
    return ExtractCell(_text(value), isinstance(value, Decimal), is_marked)


def _text(value: CellValue) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return plain(value)
        case datetime() | date():
            return day(value)
        case Fault():
            return value.found
        case _:
            return str(value)
