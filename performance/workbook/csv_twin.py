"""Writes a return as the CSV twin of its workbook, as csv_file.py reads it (docs/decisions/the-csv-twin.md)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from contracts.formatting import day, month_name
from contracts.spreadsheet_text import csv_as_it_is
from performance.form import ReturnForm
from performance.workbook.blank import Blank, BlankSheet, Kind, Value, blank_sheets, written

# Excel takes "October 2019" for a date and saves it as Oct-19, which says no year; with this space it is left alone.
NO_BREAK_SPACE = "\u00a0"


def template_csv(blank: Blank) -> bytes:
    """The blank return of a month, in UTF-8 with a byte order mark, by which Excel knows it."""
    return _csv(blank_sheets(blank))


def nil_csv(form: ReturnForm, month: date, *, prepared_by: str, prepared_on: date, reason: str) -> bytes:
    """A return of `month` that states nought for everything asked, with `reason` as each row's comment."""
    header, *sheets = blank_sheets(Blank(form, month))
    prepared = iter((written(prepared_by), day(prepared_on)))
    stated: dict[Kind, Value] = {Kind.NUMBER: Decimal(0), Kind.COMMENT: written(reason)}
    signed = header.filled(lambda cell: next(prepared) if cell.kind is Kind.ENTRY else cell.value)
    return _csv((signed, *(sheet.filled(lambda cell: stated.get(cell.kind, cell.value)) for sheet in sheets)))


def _csv(sheets: Iterable[BlankSheet]) -> bytes:
    rows: list[list[str]] = []
    for sheet in sheets:
        rows.append([sheet.name, *sheet.headings])
        rows.extend([sheet.name, *(_text(cell.value) for cell in row)] for row in sheet.rows)
    return csv_as_it_is(rows)


def _text(value: Value) -> str:
    if isinstance(value, date):
        return month_name(value).replace(" ", NO_BREAK_SPACE)
    return "" if value is None else str(value)
