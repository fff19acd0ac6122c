"""Reads one sheet of a workbook as a stream, counting what is there and trusting nothing that the sheet says of itself.

openpyxl is not used here: it builds merged and linked ranges cell by cell, so one merged range of fifty whole rows,
a hundred bytes of XML, cost 17 seconds and 250 MB. Its knowledge of date formats and serial dates is used.
"""

import re
from collections.abc import Callable, Mapping

from openpyxl.utils.cell import get_column_letter

from performance.workbook import limits
from performance.workbook.cell_values import (
    TRUE,
    boolean,
    column_number,
    error_value,
    excel_number,
    iso_date,
    serial_date,
    whole_or,
)
from performance.workbook.grid import Cell, CellValue, Fault, Row, SheetGrid
from performance.workbook.refusals import Refused, damaged, too_large
from performance.workbook.wording import cleaned
from performance.workbook.workbook_parts import SheetPart, WorkbookParts
from performance.workbook.xml_parts import Nothing, attribute

ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
TEXT_ELEMENTS = frozenset({"v", "f", "t"})
RANGE_ELEMENTS = frozenset({"mergeCell", "hyperlink"})
NOT_CALCULATED = Fault("not-calculated", "A formula that was never calculated, so it has no value")


class SheetReader(Nothing):
    """Gathers the cells of one sheet; raises Refused at the first thing too many."""

    most_row_elements = limits.MAX_ROW_ELEMENTS
    most_cells = limits.MAX_CELLS

    def __init__(self, sheet: SheetPart, parts: WorkbookParts) -> None:
        self._sheet = sheet
        self._parts = parts
        self._rows: dict[int, dict[int, Cell]] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._merged: list[str] = []
        self._row = self._column = self._row_elements = self._ranged = 0
        self.cell_elements = 0
        self._kind = self._style = ""
        self._element = ""
        self._is_phonetic = False
        self._pieces: dict[str, list[str]] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Note where the reader stands."""
        if name == "c":
            self._start_cell(attributes)
        elif name == "row":
            self._start_row(attributes)
        elif name == "col":
            self._start_columns(attributes)
        elif name in RANGE_ELEMENTS:
            self._note_range(name, attribute(attributes, "ref"))
        elif name == "rPh":
            self._is_phonetic = True
        elif name in TEXT_ELEMENTS and not self._is_phonetic:
            self._element = name
            self._pieces.setdefault(name, [])

    def data(self, text: str) -> None:
        """Keep the text of a value, a formula or an inline text."""
        if self._element:
            pieces = self._pieces[self._element]
            pieces.append(text)
            if len(pieces) > limits.MAX_TEXT or sum(map(len, pieces)) > limits.MAX_TEXT:
                raise self._too_long()

    def end(self, name: str) -> None:
        """Finish a text or a cell."""
        if name == "c":
            self._end_cell()
        elif name == "rPh":
            self._is_phonetic = False
        elif name in TEXT_ELEMENTS:
            self._element = ""

    def grid(self) -> SheetGrid:
        """The sheet that was read."""
        rows = tuple(Row(number, dict(sorted(cells.items()))) for number, cells in sorted(self._rows.items()))
        return SheetGrid(
            name=self._sheet.name,
            rows=rows,
            is_hidden=self._sheet.is_hidden,
            hidden_rows=tuple(row.number for row in rows if row.number in self._hidden_rows and not row.is_blank),
            hidden_columns=tuple(sorted(self._hidden_columns)),
            merged=tuple(self._merged),
        )

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        self._row = whole_or(attribute(attributes, "r"), self._row + 1)
        self._column = 0
        self._row_elements += 1
        if self._row_elements > self.most_row_elements:
            raise too_large(f"More than {self.most_row_elements:,} rows on sheet ‘{self._name}’", _BOUNDS)
        if attribute(attributes, "hidden") in TRUE and len(self._hidden_rows) <= limits.MAX_ROWS:
            self._hidden_rows.add(self._row)

    def _start_columns(self, attributes: Mapping[str, str]) -> None:
        if attribute(attributes, "hidden") in TRUE:
            first = whole_or(attribute(attributes, "min"), 1)
            last = min(whole_or(attribute(attributes, "max"), first), limits.MAX_COLUMNS)
            self._hidden_columns.update(range(first, last + 1))

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        address = ADDRESS.fullmatch(attribute(attributes, "r"))
        if address:
            self._column, self._row = column_number(address.group(1)), int(address.group(2))
        else:
            self._column += 1
        self._kind = attribute(attributes, "t") or "n"
        self._style = attribute(attributes, "s")
        self._pieces = {}
        self.cell_elements += 1
        if self.cell_elements > self.most_cells:
            raise too_large(
                f"More than {self.most_cells:,} cells on sheet ‘{self._name}’",
                "A return's few hundred cells",
            )

    def _end_cell(self) -> None:
        """Keep the cell if it holds anything: a border far away is no content."""
        if not any(any(pieces) for pieces in self._pieces.values()) and "f" not in self._pieces:
            return
        if self._row > limits.MAX_ROWS or self._column > limits.MAX_COLUMNS or min(self._row, self._column) < 1:
            raise self._too_far()
        cells = self._rows.setdefault(self._row, {})
        if self._column in cells:
            raise damaged(f"Cell {self._ref} of sheet ‘{self._name}’ stands in the file twice")
        formula = "".join(self._pieces["f"]) if "f" in self._pieces else None
        cells[self._column] = Cell(self._ref, self._value(formula), formula)

    def _value(self, formula: str | None) -> CellValue:
        text = "".join(self._pieces.get("v", []))
        if self._kind == "inlineStr":
            return "".join(self._pieces.get("t", []))
        if not text and formula is not None:
            return "" if self._kind == "str" else NOT_CALCULATED
        readers: dict[str, Callable[[str], CellValue]] = {
            "s": self._shared_text,
            "str": str,
            "b": boolean,
            "e": error_value,
            "d": iso_date,
        }
        return readers.get(self._kind, self._number)(text)

    def _shared_text(self, text: str) -> CellValue:
        index = whole_or(text, -1)
        if not 0 <= index < len(self._parts.texts):
            raise damaged("A cell that points at a text which is not there")
        if len(self._parts.texts[index]) > limits.MAX_TEXT:
            raise self._too_long()
        return self._parts.texts[index]

    def _number(self, text: str) -> CellValue:
        if not text:
            return None
        number = excel_number(text)
        if number is None:
            return Fault("unreadable", f"No number that Excel could hold: ‘{cleaned(text)}’")
        if whole_or(self._style, 0) in self._parts.date_styles:
            return serial_date(number, self._parts.epoch)
        return number

    def _note_range(self, name: str, ref: str) -> None:
        first, _, last = ref.partition(":")
        start, stop = ADDRESS.fullmatch(first), ADDRESS.fullmatch(last or first)
        if not start or not stop:
            raise damaged("A range of cells that cannot be read")
        if int(stop.group(2)) > limits.MAX_ROWS or column_number(stop.group(1)) > limits.MAX_COLUMNS:
            raise too_large(f"A merged or linked range on sheet ‘{self._name}’ beyond row 5,000 or column BL", _BOUNDS)
        if len(self._merged) >= limits.MAX_ROWS:
            raise too_large(f"More than 5,000 merged ranges on sheet ‘{self._name}’", "Cells that are not merged")
        self._ranged += _size_of_range(start, stop)
        if self._ranged > limits.MAX_RANGED_CELLS:
            raise too_large(
                f"More than {limits.MAX_RANGED_CELLS:,} merged or linked cells on sheet ‘{self._name}’",
                "Cells that are not merged",
            )
        if name == "mergeCell":
            self._merged.append(ref)

    @property
    def _ref(self) -> str:
        return f"{get_column_letter(self._column)}{self._row}"

    @property
    def _name(self) -> str:
        return cleaned(self._sheet.name)

    def _too_far(self) -> Refused:
        return too_large(
            f"A cell outside the bounds of a return, on sheet ‘{self._name}’ in row {self._row:,}", _BOUNDS
        )

    def _too_long(self) -> Refused:
        return too_large(
            f"A text of more than {limits.MAX_TEXT:,} characters on sheet ‘{self._name}’ in row {self._row:,}",
            f"No more than {limits.MAX_TEXT:,} characters in a cell",
        )


_BOUNDS = f"Cells in the first {limits.MAX_ROWS:,} rows and {limits.MAX_COLUMNS} columns"


class ListReader(SheetReader):
    """Passes over the list of findings that the portal put into the workbook, however long.

    Only its formulas are kept, of which the portal writes none: one that calls out is found there too.
    """

    most_row_elements = limits.MAX_LISTED_ROWS
    most_cells = limits.MAX_LISTED_CELLS

    def _note_range(self, name: str, ref: str) -> None:
        """Its links are the portal's own, and are made anew."""

    def _end_cell(self) -> None:
        if "f" in self._pieces:
            super()._end_cell()

    def _value(self, formula: str | None) -> CellValue:
        """No value: whether it could be used is nobody's question here."""


def _size_of_range(start: re.Match[str], stop: re.Match[str]) -> int:
    rows = abs(int(stop.group(2)) - int(start.group(2))) + 1
    return rows * (abs(column_number(stop.group(1)) - column_number(start.group(1))) + 1)
