"""Writes a workbook that openpyxl holds, each cell's content as it stood in the provider's file.

But whoever opens the copy starts nothing: a formula that calls out is left out, its last value stays, and a text that
looks like a formula is marked as text (its cell has Excel's "quote prefix").
"""

import io
from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import Element, SubElement

from contracts.spreadsheet_text import STARTS_A_FORMULA
from performance.workbook.calling_formulas import calls_out
from performance.workbook.raw_cells import Place, RawCell

TEXT_KINDS = ("text", "str")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Contents = Mapping[str, Mapping[Place, RawCell]]
"""What stood in the cells of each sheet, by the sheet's title; a sheet that is not in it is openpyxl's own."""


def written(workbook: Workbook, contents: Contents) -> bytes:
    """The bytes of `workbook`, with `contents` in its cells."""
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        _WorkbookWriter(workbook, archive, contents).write_data()
    return stream.getvalue()


class _WorkbookWriter(ExcelWriter):
    """openpyxl's writer, with another one for sheets."""

    def __init__(self, workbook: Workbook, archive: ZipFile, contents: Contents) -> None:
        super().__init__(workbook, archive)
        self._archive = archive
        self._contents = contents

    def write_worksheet(self, ws: Any) -> None:
        """As openpyxl does, but in memory and with the cells' own contents."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts = ws._charts
        ws._drawing.images = ws._images
        stream = io.BytesIO()
        held = self._contents.get(ws.title)
        writer: Any = WorksheetWriter(ws, stream) if held is None else _SheetWriter(ws, stream, held)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], stream.getvalue())
        self.manifest.append(ws)


class _SheetWriter(WorksheetWriter):
    """Writes styles, notes and links as openpyxl holds them, and contents as they stood."""

    def __init__(self, ws: Worksheet, stream: io.BytesIO, contents: Mapping[Place, RawCell]) -> None:
        super().__init__(ws, stream)
        self._held = contents

    def write_row(self, xf: Any, row: Iterable[Any], row_idx: Any) -> None:
        """One row, its cells without content only where they have a style or a note."""
        sheet: Any = self.ws
        with xf.element("row", {"r": f"{row_idx}", **dict(sheet.row_dimensions.get(row_idx, {}))}):
            for cell in row:
                raw = self._held.get((cell.row, cell.column))
                self._note_what_hangs_on(cell)
                if raw is not None or cell.has_style or cell._comment:
                    _mark_as_text(cell, raw)
                    xf.write(_element(cell, raw))

    def _note_what_hangs_on(self, cell: Any) -> None:
        sheet: Any = self.ws
        if cell._comment is not None:
            sheet._comments.append(CommentRecord.from_cell(cell))
        if cell.hyperlink:
            sheet._hyperlinks.append(cell.hyperlink)


def _mark_as_text(cell: Any, raw: RawCell | None) -> None:
    """A program that works on the cell takes what begins like a formula for text, as it does behind an apostrophe."""
    if raw is not None and raw.kind in TEXT_KINDS and (raw.value or "").lstrip().startswith(STARTS_A_FORMULA):
        cell._style = copy(cell._style)
        cell.quotePrefix = True


def _element(cell: Any, raw: RawCell | None) -> Any:
    """The cell as XML: its place and style, its formula, and its value as it stood."""
    attributes = {"r": cell.coordinate, **({"s": f"{cell.style_id}"} if cell.has_style else {})}
    if raw is None:
        return Element("c", attributes)
    if raw.kind == "text":
        return _text(attributes, raw.value or "")
    element = Element("c", {**attributes, **({"t": raw.kind} if raw.kind else {})})
    if cell.data_type == "f" and not calls_out(_formula_text(cell._value)):
        _add_formula(element, cell._value)
    if raw.value is not None:
        SubElement(element, "v").text = raw.value
    return element


def _text(attributes: dict[str, str], text: str) -> Any:
    element = Element("c", {**attributes, "t": "inlineStr"})
    piece: Any = SubElement(SubElement(element, "is"), "t")
    piece.text = text
    if text != text.strip():
        piece.set(SPACE, "preserve")
    return element


def _formula_text(formula: Any) -> str:
    text = formula.text if isinstance(formula, ArrayFormula) else formula
    return "" if isinstance(text, DataTableFormula) else str(text or "")


def _add_formula(element: Any, formula: Any) -> None:
    """A formula as openpyxl holds it: text, or an object for one over a range."""
    if isinstance(formula, ArrayFormula | DataTableFormula):
        text = getattr(formula, "text", None) or ""
        SubElement(element, "f", dict(formula)).text = text.removeprefix("=")
    else:
        SubElement(element, "f").text = str(formula).removeprefix("=")
