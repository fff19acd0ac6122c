"""An annual statement as a workbook: the figures of the page, as numbers. Imports no Django."""

import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from contracts.formatting import day, moment, month_name
from contracts.spreadsheet_text import neutralised
from funding.statement_content import ShownLine, Signature, StatementContent

POUNDS = '"£"#,##0.00;[Red]-"£"#,##0.00'
NOT_KNOWN = "Not known"
HEADINGS = ("Element", "Total")
Cell = str | Decimal | int | None
Rows = Iterator[Sequence[Cell]]
WIDTHS = {"A": 46, "H": 60} | dict.fromkeys("BCDEFG", 18)


def statement_workbook(content: StatementContent) -> bytes:
    """The workbook: the statement, its cost categories, its months and payments, and the check with the ledger."""
    book = Workbook()
    del book[book.sheetnames[0]]
    _write(book.create_sheet("Statement"), _statement(content))
    if content.by_category:
        _write(book.create_sheet("By cost category"), _categories(content))
    _write(book.create_sheet("Months"), _months(content))
    _write(book.create_sheet("Certificate"), _certificate(content))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _statement(content: StatementContent) -> Rows:
    yield (content.title,)
    yield ("Agreement", f"{content.agreement} ({content.reference})")
    yield ("Version", content.number)
    yield ("Paid by", content.payer)
    yield ("Paid to", content.recipient)
    yield ("Year to", day(content.ends_on))
    if content.is_illustrative:
        yield ("Sample data", "Payments are made up for the demo")
    yield ()
    yield ("Element", "Instalments due", "Deductions", "Additions", "Paid", "Spent", "Paid less spent", "Explanation")
    for line in (*content.lines, content.totals):
        yield (*_amounts(line), line.explanation)
    yield ()
    yield ("Ledger total", content.ledger_total)
    yield ("Payments recorded", content.totals.paid)
    yield ("Check", content.ledger_difference or "They agree to the penny")
    for text in (*content.shared, *content.gaps, *(f"Not paid: {month}" for month in content.unpaid)):
        yield ("Note", text)
    for text in content.changes:
        yield ("The figures have changed since", text)


def _amounts(line: ShownLine) -> Sequence[Cell]:
    spent: Sequence[Cell] = (NOT_KNOWN, NOT_KNOWN) if line.spent is None else (line.spent, line.variance)
    return (line.name, line.due, line.deducted, line.added, line.paid, *spent)


def _categories(content: StatementContent) -> Rows:
    yield ("Element", *content.categories, "Spent")
    for row in (*content.by_category, content.category_totals):
        amounts = (*(amount for _, amount in row.amounts), row.spent)
        yield (row.name, *(NOT_KNOWN if amount is None else amount for amount in amounts))


def _months(content: StatementContent) -> Rows:
    yield ("Month", "Instalments due", "Payment", "Amount", "State", "Ledger reference", "Return")
    for month in content.months:
        rests_on = f"Version {month.version.number}" if month.version else "None accepted"
        if not month.payments:
            yield (month_name(month.month), month.due, "None", None, "", "", rests_on)
        for one in month.payments:
            yield (month_name(month.month), month.due, one.name, one.amount, one.state, one.reference, rests_on)


def _certificate(content: StatementContent) -> Rows:
    yield (content.certificate,)
    yield ()
    yield ("Prepared by", _signed(content.prepared))
    yield ("Why a new version", content.why)
    yield ("Certified by", _signed(content.certified))


def _signed(by: Signature | None) -> str:
    return ", ".join(part for part in (by.name, by.office, moment(by.at)) if part) if by else "Not yet"


def _write(sheet: Worksheet, rows: Rows) -> None:
    for column, width in WIDTHS.items():
        sheet.column_dimensions[column].width = width
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place, neutralised(value) if isinstance(value, str) else value)
            cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
            cell.font = Font(bold=number == 1 or row[0] in HEADINGS)
            if isinstance(value, Decimal):
                cell.number_format = POUNDS
