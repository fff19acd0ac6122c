"""The ledger's table, as CSV and as a workbook: one row for each instalment, deduction and addition. Pure."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from contracts.spreadsheet_text import csv_file, neutralised

SHEET = "Payments"
WIDEST = 60
MONEY, DAY, MONTH = "#,##0.00;-#,##0.00", "d mmmm yyyy", "mmmm yyyy"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One part of one payment. `amount` is in pounds with its sign: the rows of a payment add to what is to pay."""

    payment: int
    kind: str
    month: date
    payer: str
    payee: str
    element: str
    part: str
    rests_on: str
    for_month: date
    reason: str
    amount: Decimal
    state: str
    is_counted: bool
    certified_by: str
    certified_on: date
    approved_by: str
    approved_on: date | None
    ledger_reference: str
    is_illustrative: bool


HEADINGS = (
    "Payment",
    "Payment or counter-entry",
    "Month",
    "From",
    "To",
    "Element",
    "What",
    "Rests on",
    "For month",
    "Reason",
    "Amount (£)",
    "State",
    "In totals",
    "Certified by",
    "Certified on",
    "Approved by",
    "Approved on",
    "Ledger reference",
    "Illustrative",
)
MONTHS = {HEADINGS.index("Month"), HEADINGS.index("For month")}


def ledger_csv(rows: Iterable[LedgerRow]) -> bytes:
    """The table as a CSV file: months as 2019-08, days as 2019-10-10, amounts with two decimals."""
    return csv_file([HEADINGS, *(_texts(row) for row in rows)])


def ledger_xlsx(rows: Sequence[LedgerRow], title: str) -> bytes:
    """The table as a workbook: amounts are numbers, days are dates, the headings stay in sight."""
    workbook = Workbook()
    workbook.properties.title = title
    workbook.properties.creator = "Joint funding portal"
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    sheet.append(HEADINGS)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(astuple(row)):
            cell = sheet.cell(number, column + 1)
            assert isinstance(cell, Cell)
            _write(cell, value, is_month=column in MONTHS)
    sheet.freeze_panes = "A2"
    _as_table(sheet, len(rows))
    _widths(sheet, rows)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _texts(row: LedgerRow) -> list[str]:
    return [_text(value, is_month=column in MONTHS) for column, value in enumerate(astuple(row))]


def _text(value: object, *, is_month: bool) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return f"{value:%Y-%m}" if is_month else f"{value:%Y-%m-%d}"
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return "" if value is None else str(value)


def _write(cell: Cell, value: object, *, is_month: bool) -> None:
    if isinstance(value, Decimal):
        cell.value, cell.number_format = value, MONEY
    elif isinstance(value, date):
        cell.value, cell.number_format = value, MONTH if is_month else DAY
    elif isinstance(value, int) and not isinstance(value, bool):
        cell.value = value
    else:
        cell.value = neutralised(_text(value, is_month=False)) or None


def _as_table(sheet: Worksheet, count: int) -> None:
    """Mark the cells as a table with headings, which screen readers say with each cell; none has no rows."""
    if not count:
        return
    table = Table(displayName=SHEET, ref=f"A1:{get_column_letter(len(HEADINGS))}{count + 1}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)


def _widths(sheet: Worksheet, rows: Iterable[LedgerRow]) -> None:
    texts = [HEADINGS, *(_texts(row) for row in rows)]
    for column in range(len(HEADINGS)):
        longest = max(len(text[column]) for text in texts)
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(longest, WIDEST) + 4
