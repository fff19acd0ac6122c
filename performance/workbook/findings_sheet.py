"""The sheet Findings of a marked workbook: every finding in words, each leading to its cell."""

from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from contracts.personal_data import kinds_of_personal_data
from contracts.spreadsheet_text import neutralised
from performance.findings import Finding, Level
from performance.workbook.layout import FINDINGS_SHEET
from performance.workbook.marks import COLOURS, NOTED_CELLS
from performance.workbook.wording import REMOVED

HEADINGS = ("Level", "Sheet", "Cell", "Title", "Found", "Expected", "Put it right")
WIDTHS = (11, 22, 9, 44, 52, 44, 60)
CELL_COLUMN = 3
LINK = {"color": "FF1D70B8", "underline": "single"}
TOP = Alignment(vertical="top", wrap_text=True)
NOTE = (
    "Note",
    "",
    "",
    f"Only the first {NOTED_CELLS:,} cells of a sheet carry a note",
    "More cells than that have findings. Each of them is coloured, and every finding is in this list",
    "",
    "",
)


def add_findings_sheet(
    workbook: Workbook, findings: Sequence[Finding], tab_of: Mapping[str, str], *, notes_end_early: bool
) -> None:
    """Put the list in front of the other sheets, and let the workbook open at it.

    `tab_of` gives the tab of a finding's sheet; one that is not in it has no link. `notes_end_early`: some cells
    carry no note, and the list says so.
    """
    sheet: Worksheet = workbook.create_sheet(FINDINGS_SHEET, 0)
    _write_head(sheet)
    styles = _Styles(sheet)
    if notes_end_early:
        _write(sheet, 2, NOTE)
    for row, finding in enumerate(findings, start=3 if notes_end_early else 2):
        cells = _write(sheet, row, _texts(finding))
        styles.apply(cells, finding)
        tab = tab_of.get(finding.sheet or "")
        if tab and finding.cell:
            link = f"{quote_sheetname(tab)}!{finding.cell}"
            cells[CELL_COLUMN - 1].hyperlink = Hyperlink(ref="", location=link)
    for other in workbook.worksheets:
        # Two sheets that are selected together would be typed into together.
        other.sheet_view.tabSelected = other is sheet
    workbook.active = 0


def _write_head(sheet: Worksheet) -> None:
    for cell, width in zip(_write(sheet, 1, HEADINGS), WIDTHS, strict=True):
        cell.font = _font(sheet, bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _texts(finding: Finding) -> tuple[str, ...]:
    return (
        finding.level.capitalize(),
        finding.sheet or "The whole file",
        finding.cell or "",
        finding.title,
        finding.found,
        finding.expected,
        finding.remedy,
    )


def _write(sheet: Worksheet, row: int, texts: Sequence[str]) -> list[Any]:
    cells = []
    for column, text in enumerate(texts, start=1):
        cell: Any = Cell(sheet, row=row, column=column)
        if text:
            # Said to be text, so that nothing in it is ever taken for a formula or a number.
            cell._value = neutralised(REMOVED if kinds_of_personal_data(text) else text)
            cell.data_type = "s"
        sheet._cells[row, column] = cell
        cells.append(cell)
    return cells


class _Styles:
    """The few styles of the list, made once each: giving fonts and fills to thousands of cells takes minutes."""

    def __init__(self, sheet: Worksheet) -> None:
        self._text = _style(sheet)
        self._link = _style(sheet, font=_font(sheet, **LINK))
        self._levels = {level: _style(sheet, fill=PatternFill("solid", fgColor=COLOURS[level])) for level in Level}

    def apply(self, cells: Sequence[Any], finding: Finding) -> None:
        """Style one row."""
        for cell in cells:
            cell._style = self._text
        cells[0]._style = self._levels[finding.level]
        if finding.cell:
            cells[CELL_COLUMN - 1]._style = self._link


def _style(sheet: Worksheet, **parts: Any) -> Any:
    """The style of a cell with `parts`, its text wrapped and at the top."""
    scratch: Any = Cell(sheet, row=1, column=1)
    scratch.alignment = TOP
    for name, part in parts.items():
        setattr(scratch, name, part)
    return scratch._style


def _font(sheet: Worksheet, **changes: Any) -> Font:
    """The workbook's own font, changed."""
    workbook: Any = sheet.parent
    usual = workbook._fonts[0]
    return Font(name=usual.name, size=usual.size, **changes)
