"""The cells of a file, the same for a workbook and for its CSV twin."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from openpyxl.utils.cell import get_column_letter


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell without a usable value: an error such as #REF!, or a formula that was never calculated."""

    code: str
    found: str


CellValue = str | Decimal | bool | date | datetime | time | Fault | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell by its address in the provider's own file. Numbers are exact at the 15 digits that Excel keeps."""

    ref: str
    value: CellValue = None
    formula: str | None = None

    @property
    def is_blank(self) -> bool:
        """Nothing that a person could see: empty, or spaces only."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row by column number, from 1."""

    number: int
    cells: Mapping[int, Cell]

    def cell(self, column: int) -> Cell:
        """The cell in `column`, blank where the file has none."""
        return self.cells.get(column) or Cell(ref=f"{get_column_letter(column)}{self.number}")

    @property
    def is_blank(self) -> bool:
        """No cell with anything in it."""
        return all(cell.is_blank for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """One sheet. `hidden_rows` are numbers of hidden or filtered rows, `merged` the ranges of merged cells."""

    name: str
    rows: tuple[Row, ...]
    is_hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[str, ...] = ()

    def filled_rows(self) -> Iterator[Row]:
        """The rows that hold anything."""
        return (row for row in self.rows if not row.is_blank)

    def cells(self) -> Iterator[Cell]:
        """Every cell, row by row."""
        return (cell for row in self.rows for cell in row.cells.values())


@dataclass(frozen=True, slots=True)
class Grid:
    """All sheets of a file. `is_text`: every value came as text (CSV), so a number written as text is nothing odd."""

    sheets: tuple[SheetGrid, ...]
    is_text: bool = False
