"""Reads a return: bytes in, lines and findings out. Whatever the bytes are, the answer is a Reading, never an error."""

from collections.abc import Callable
from datetime import date

from performance.findings import Finding, FindingList
from performance.form import Reading, ReadLine, ReturnForm, Sheet
from performance.workbook.csv_file import read_csv
from performance.workbook.grid import Grid, SheetGrid
from performance.workbook.guard import Kind, kind_of_file
from performance.workbook.header import HEADINGS, Header, file_name_findings, read_header
from performance.workbook.layout import (
    COMMENT,
    KEY_HEADINGS,
    REASON,
    RETURN_SHEET,
    SHEET_NAMES,
    UNIT,
    needed_headings,
    number_headings,
)
from performance.workbook.lines import read_row
from performance.workbook.order import in_sheet_order, only_personal_data_where_it_stands
from performance.workbook.refusals import Refused
from performance.workbook.rows import match_rows
from performance.workbook.sheet_findings import findings_about_view, findings_in_cells, sheets_by_name
from performance.workbook.table import read_table
from performance.workbook.workbook_file import read_workbook


def read_return(content: bytes, file_name: str, form_for: Callable[[str], ReturnForm | None], today: date) -> Reading:
    """What a workbook (.xlsx) or its CSV twin says.

    `form_for` gives the form of an agreement by its reference, None where there is none; `today` is the day in
    England. Every finding comes at once: a faulty header hides no fault of a sheet, as long as the agreement is
    known. Lines are given for every number that could be read, also beside errors. Nothing is raised for bad input.
    """
    try:
        grid, findings = grid_of(content, file_name)
    except Refused as refused:
        return Reading(None, None, None, "", None, (), (refused.finding,))
    return _reading(grid, findings, file_name, form_for, today)


def grid_of(content: bytes, file_name: str) -> tuple[Grid, tuple[Finding, ...]]:
    """The cells of a file, and what was found about the file itself. Raises `Refused` for one that is not read."""
    if kind_of_file(content, file_name) is Kind.CSV:
        return read_csv(content, SHEET_NAMES)
    return read_workbook(content)


def _reading(
    grid: Grid,
    about_file: tuple[Finding, ...],
    file_name: str,
    form_for: Callable[[str], ReturnForm | None],
    today: date,
) -> Reading:
    findings = FindingList()
    findings.extend(about_file)
    sheets, about_sheets = sheets_by_name(grid)
    findings.extend(about_sheets)
    for sheet in grid.sheets:
        findings.extend(findings_in_cells(sheet))
    header = _header(sheets.get(RETURN_SHEET), form_for, today, findings)
    findings.extend(file_name_findings(file_name, header.month))
    lines: list[ReadLine] = []
    for name in Sheet:
        if name in sheets:
            lines.extend(_read_sheet(sheets[name], name, header.form, grid.is_text, findings))
    return Reading(
        agreement=header.agreement,
        provider=header.provider,
        month=header.month,
        prepared_by=header.prepared_by,
        prepared_on=header.prepared_on,
        lines=tuple(lines),
        findings=in_sheet_order(only_personal_data_where_it_stands(findings.all())),
    )


def _header(
    sheet: SheetGrid | None, form_for: Callable[[str], ReturnForm | None], today: date, findings: FindingList
) -> Header:
    if sheet is None:
        return Header()
    findings.extend(findings_about_view(sheet))
    table, about_headings = read_table(sheet, RETURN_SHEET, HEADINGS, (COMMENT,))
    findings.extend(about_headings)
    header = read_header(table, form_for, today)
    findings.extend(header.findings)
    return header


def _read_sheet(
    sheet: SheetGrid, name: Sheet, form: ReturnForm | None, is_text: bool, findings: FindingList
) -> list[ReadLine]:
    """The lines of one sheet; without a form nobody knows what its rows should be, so only its cells were looked at."""
    findings.extend(findings_about_view(sheet))
    if form is None:
        return []
    unit = (UNIT,) if name is Sheet.ACTIVITY else ()
    needed = (*KEY_HEADINGS[name], *unit, *needed_headings(name, form))
    table, about_headings = read_table(sheet, name.value, needed, (*number_headings(name, form), REASON, COMMENT))
    findings.extend(about_headings)
    matched, about_rows = match_rows(table, name, form)
    findings.extend(about_rows)
    lines: list[ReadLine] = []
    for row in matched:
        read, about_cells = read_row(table, row, is_text)
        lines.extend(read)
        findings.extend(about_cells)
    return lines
