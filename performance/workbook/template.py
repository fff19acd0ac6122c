"""Writes the blank return of a month as a workbook of format version 1, ready to be filled in and uploaded as it is.

The same return gives the same bytes whenever it is made.
"""

import io
from datetime import date, datetime, time
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils.cell import quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from performance.workbook import entry_rules, layout, looks
from performance.workbook.blank import Blank, BlankSheet, Value, blank_sheets
from performance.workbook.guide import GuideLine, Style, guide_lines

# The earliest moment that a packed file can be dated.
FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
FIRST_ROW = 2
PREPARED_BY = f"B{FIRST_ROW + layout.RETURN_FIELDS.index(layout.PREPARED_BY_FIELD)}"
PREPARED_ON = f"B{FIRST_ROW + layout.RETURN_FIELDS.index(layout.PREPARED_ON_FIELD)}"


def template_workbook(blank: Blank) -> bytes:
    """The blank return of a month: its sheets in the order of format version 1, then how it is filled in."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    guide = guide_lines(blank)
    for sheet in blank_sheets(blank):
        into = workbook.create_sheet(sheet.name)
        _write_cells(into, sheet)
        looks.dress(into, sheet)
        entry_rules.allow(into, _rules(sheet, guide, blank.month))
    _write_guide(workbook.create_sheet(layout.GUIDE_SHEET), guide)
    made = datetime.combine(blank.month, time())
    workbook.properties = DocumentProperties(creator="", title=guide[0].text, created=made, modified=made)
    return _packed(workbook)


def _rules(sheet: BlankSheet, guide: tuple[GuideLine, ...], month: date) -> tuple[DataValidation | None, ...]:
    if sheet.name == layout.RETURN_SHEET:
        return entry_rules.name_rule(PREPARED_BY), entry_rules.date_rule(PREPARED_ON, month)
    return *entry_rules.number_rules(sheet), entry_rules.reason_rule(sheet, _place_of_reasons(guide))


def _place_of_reasons(guide: tuple[GuideLine, ...]) -> str:
    """Where the guide lists the reasons, as a formula names it. They stand one under the other."""
    rows = [number for number, line in enumerate(guide, start=1) if line.style is Style.REASON]
    return f"{quote_sheetname(layout.GUIDE_SHEET)}!$A${rows[0]}:$A${rows[-1]}"


def _write_cells(into: Worksheet, sheet: BlankSheet) -> None:
    for column, heading in enumerate(sheet.headings, start=1):
        _put(into, 1, column, heading)
    for number, row in enumerate(sheet.rows, start=FIRST_ROW):
        for column, cell in enumerate(row, start=1):
            _put(into, number, column, cell.value)


def _put(into: Worksheet, row: int, column: int, value: Value) -> None:
    """Write a value; a text is never taken for a formula or an error."""
    cell = into.cell(row, column, value)
    if isinstance(value, str):
        cell.data_type = "s"


def _write_guide(into: Worksheet, lines: tuple[GuideLine, ...]) -> None:
    for number, line in enumerate(lines, start=1):
        _put(into, number, 1, line.text)
    looks.dress_guide(into, lines)


def _packed(workbook: Workbook) -> bytes:
    """The workbook's bytes, each part dated alike."""
    made, packed = io.BytesIO(), io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        # Workbook.save would write the moment of saving into the properties.
        ExcelWriter(workbook, archive).save()
    with ZipFile(made) as parts, ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            archive.writestr(ZipInfo(name, FIRST_MOMENT), parts.read(name), ZIP_DEFLATED)
    return packed.getvalue()
