"""How a template looks: what is to be typed is white with a border, all else is shaded."""

from datetime import date
from math import ceil
from typing import Literal

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.numbers import FORMAT_GENERAL, FORMAT_NUMBER, FORMAT_NUMBER_00
from openpyxl.utils.cell import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from performance.workbook.blank import BlankCell, BlankSheet, Kind, Value
from performance.workbook.guide import GuideLine, Style
from performance.workbook.numbers import COUNT, POUNDS

FACE = "Arial"
INK, GREY_INK, BLUE = "FF0B0C0C", "FF505A5F", "FF1D70B8"
TEXT = Font(name=FACE, size=10, color=INK)
GREY_TEXT = Font(name=FACE, size=10, color=GREY_INK)
HEADING_TEXT = Font(name=FACE, size=10, bold=True, color="FFFFFFFF")
GREY_HEADING = Font(name=FACE, size=9, bold=True, color=GREY_INK)
HEADING_FILL = PatternFill("solid", fgColor=BLUE)
GREY = PatternFill("solid", fgColor="FFF3F2F1")
NOT_ASKED = PatternFill("lightUp", fgColor="FFB1B4B6")
LINE = Side(style="thin", color="FFB1B4B6")
BORDER = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
TO_THE_RIGHT = frozenset({Kind.NUMBER, Kind.NOT_ASKED, Kind.REFERENCE})
WIDTHS = {Kind.ENTRY: 34, Kind.NUMBER: 13, Kind.REASON: 36, Kind.COMMENT: 32, Kind.REFERENCE: 16}
NARROWEST, WIDEST = 12, 44
# Widths are in digits; of running text in this face a little more fits.
LETTERS_IN_A_DIGIT = 1.15
# Points. A row is given its height because not every program makes room for a second line by itself.
LINE_HEIGHT, PADDING, HEADING_HEIGHT = 13, 5, 40
GUIDE_WIDTH = 110
# With the month in words a date has one meaning, also when a program saves the sheet as CSV.
DATE_FORMAT, MONTH_FORMAT = "d mmmm yyyy", "mmmm yyyy"
GUIDE_FONTS = {
    Style.TITLE: Font(name=FACE, size=16, bold=True, color=INK),
    Style.HEADING: Font(name=FACE, size=12, bold=True, color=BLUE),
}
GUIDE_HEIGHTS = {Style.TITLE: 30, Style.HEADING: 32}


def dress(into: Worksheet, sheet: BlankSheet) -> None:
    """Give a sheet its colours, widths, heights, frozen headings and page."""
    widths = [_width(sheet, column, kind) for column, kind in enumerate(sheet.kinds)]
    for column, (kind, width) in enumerate(zip(sheet.kinds, widths, strict=True), start=1):
        _dress_heading(into.cell(1, column), kind)
        into.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(sheet.rows, start=2):
        into.row_dimensions[number].height = _height(row, widths)
        for column, blank in enumerate(row, start=1):
            _dress_cell(into.cell(number, column), blank)
    into.row_dimensions[1].height = HEADING_HEIGHT if Kind.REFERENCE in sheet.kinds else HEADING_HEIGHT / 2
    labels = sum(kind is Kind.GIVEN for kind in sheet.kinds)
    into.freeze_panes = f"{get_column_letter(labels + 1)}2"
    _set_page(into)
    into.print_title_rows = "1:1"


def _dress_heading(cell: Cell | MergedCell, kind: Kind) -> None:
    is_reference = kind is Kind.REFERENCE
    cell.font, cell.fill = (GREY_HEADING, GREY) if is_reference else (HEADING_TEXT, HEADING_FILL)
    cell.alignment = _aligned(kind)
    cell.border = BORDER


def _dress_cell(cell: Cell | MergedCell, blank: BlankCell) -> None:
    cell.alignment = _aligned(blank.kind)
    cell.font = GREY_TEXT if blank.kind is Kind.REFERENCE else TEXT
    if blank.kind in {Kind.GIVEN, Kind.REFERENCE}:
        cell.fill = GREY
    elif blank.kind is Kind.NOT_ASKED:
        cell.fill = NOT_ASKED
    cell.border = BORDER
    cell.number_format = _number_format(blank)


def _aligned(kind: Kind) -> Alignment:
    horizontal: Literal["right", "left"] = "right" if kind in TO_THE_RIGHT else "left"
    return Alignment(horizontal=horizontal, vertical="center", wrap_text=True, indent=1)


def _height(row: tuple[BlankCell, ...], widths: list[int]) -> int:
    """High enough for the longest text in it."""
    lines = (_lines(cell.value, width) for cell, width in zip(row, widths, strict=True))
    return max(1, *lines) * LINE_HEIGHT + PADDING


def _lines(value: Value, width: int) -> int:
    return ceil(len(str(value or "")) / (width * LETTERS_IN_A_DIGIT))


def _number_format(blank: BlankCell) -> str:
    """How a cell shows a number or a date: without signs for thousands, which a CSV made of the sheet would keep."""
    if isinstance(blank.value, date):
        return MONTH_FORMAT
    if blank.quantity is None:
        return DATE_FORMAT if blank.kind is Kind.ENTRY else FORMAT_GENERAL
    return {COUNT: FORMAT_NUMBER, POUNDS: FORMAT_NUMBER_00}.get(blank.quantity, FORMAT_GENERAL)


def _width(sheet: BlankSheet, column: int, kind: Kind) -> int:
    """Wide enough for what the portal writes, within reason; what is longer takes more lines."""
    if kind is not Kind.GIVEN:
        return WIDTHS[kind]
    longest = max((len(str(row[column].value)) for row in sheet.rows), default=0)
    return min(max(NARROWEST, len(sheet.headings[column]) + 2, longest + 2), WIDEST)


def dress_guide(into: Worksheet, lines: tuple[GuideLine, ...]) -> None:
    """Give the guide its fonts and its one wide column."""
    into.column_dimensions["A"].width = GUIDE_WIDTH
    for number, line in enumerate(lines, start=1):
        cell = into.cell(number, 1)
        cell.alignment = Alignment(vertical="bottom" if line.style is Style.HEADING else "top", wrap_text=True)
        cell.font = GUIDE_FONTS.get(line.style, TEXT)
        height = _lines(line.text, GUIDE_WIDTH) * LINE_HEIGHT + PADDING
        into.row_dimensions[number].height = GUIDE_HEIGHTS.get(line.style, height)
    into.sheet_view.showGridLines = False
    into.sheet_properties.tabColor = BLUE
    _set_page(into)


def _set_page(into: Worksheet) -> None:
    """Print on landscape A4, as wide as the page."""
    into.page_setup.orientation, into.page_setup.paperSize = "landscape", into.PAPERSIZE_A4
    into.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    into.page_setup.fitToHeight = 0
