"""Reads the CSV twin of a workbook: first the sheet's name, then the row's cells as they stand in the workbook.

Addresses are those of the CSV file itself when a spreadsheet program opens it: the sheet's first cell is in column B.
"""

import codecs
import csv
import io
from collections.abc import Iterator

from openpyxl.utils.cell import get_column_letter

from performance.findings import Finding, error, warning
from performance.workbook import limits
from performance.workbook.grid import Cell, Grid, Row, SheetGrid
from performance.workbook.labels import key_of
from performance.workbook.refusals import SAVE_AGAIN, damaged, too_large, wrong_kind
from performance.workbook.wording import cleaned, shown

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SEPARATORS = (",", ";", "\t")
SAVE_AS_UTF8 = "Save as “CSV UTF-8 (comma delimited)” and upload again, or upload the .xlsx workbook"


def read_csv(content: bytes, sheet_names: tuple[str, ...]) -> tuple[Grid, tuple[Finding, ...]]:
    """The cells by sheet, and findings about the encoding and nameless rows; raises Refused.

    `sheet_names` are the names that the first column should hold: they tell the separator.
    """
    text, findings = _decoded(content)
    rows: dict[str, list[Row]] = {}
    names: dict[str, str] = {}
    cells = 0
    for number, record in enumerate(_records(text, _separator(text, sheet_names)), start=1):
        _check_record(number, record)
        cells += len(record)
        if cells > limits.MAX_CELLS:
            raise too_large(f"More than {limits.MAX_CELLS:,} cells", "A return's few hundred cells")
        row = Row(number, _cells(record, number))
        if row.is_blank:
            continue
        name = record[0]
        names.setdefault(key_of(name), name)
        rows.setdefault(key_of(name), []).append(row)
    _check_sheets(rows)
    findings.extend(_nameless(rows.pop("", [])))
    return Grid(tuple(SheetGrid(names[key], tuple(found)) for key, found in rows.items()), is_text=True), tuple(
        findings
    )


def _decoded(content: bytes) -> tuple[str, list[Finding]]:
    """The text of the file. Anything that is not Unicode is read as Windows text, and said so."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding), []
    if b"\0" in content:
        raise wrong_kind("A file named .csv that holds no plain text", SAVE_AS_UTF8)
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError:
        return _strictly(content, "cp1252"), [_windows_text()]


def _strictly(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise wrong_kind("A CSV file with characters that cannot be read", SAVE_AS_UTF8) from None
    if "\0" in text:
        raise wrong_kind("A file named .csv that holds no plain text", SAVE_AS_UTF8)
    return text


def _windows_text() -> Finding:
    return warning(
        "encoding",
        None,
        None,
        title="The CSV file is not in Unicode",
        found="Text in the older Windows encoding (Windows-1252)",
        expected="UTF-8",
        remedy=f"Check that names and pound signs read right. {SAVE_AS_UTF8}",
    )


def _separator(text: str, sheet_names: tuple[str, ...]) -> str:
    """The separator with which the first filled line begins with the name of a sheet; a comma if none does."""
    first = next((line for line in text.splitlines() if line.strip(",; \t\"'")), "")
    wanted = {key_of(name) for name in sheet_names}
    for separator in SEPARATORS:
        record = next(_records(first, separator, strict=False), [])
        if len(record) > 1 and key_of(record[0]) in wanted:
            return separator
    return ","


def _records(text: str, separator: str, strict: bool = True) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
    try:
        yield from reader
    except csv.Error:
        raise damaged(f"Quotation marks that do not close, near line {reader.line_num:,} of the CSV file") from None


def _check_record(number: int, record: list[str]) -> None:
    if number > limits.MAX_ROWS:
        raise too_large(f"More than {limits.MAX_ROWS:,} rows", "One row for each measure, some hundred in all")
    if len(record) > limits.MAX_COLUMNS + 1:
        raise too_large(f"{len(record):,} columns in row {number:,}", f"No more than {limits.MAX_COLUMNS + 1} columns")
    if any(len(text) > limits.MAX_TEXT for text in record):
        raise too_large(f"A text of more than {limits.MAX_TEXT:,} characters in row {number:,}", SAVE_AGAIN)


def _cells(record: list[str], number: int) -> dict[int, Cell]:
    """The cells after the sheet's name, by their column in the CSV file."""
    return {
        column: Cell(f"{get_column_letter(column)}{number}", text)
        for column, text in enumerate(record[1:], start=2)
        if text
    }


def _check_sheets(rows: dict[str, list[Row]]) -> None:
    if len(rows) > limits.MAX_SHEETS:
        raise wrong_kind("A CSV file whose first column does not hold the names of sheets", _TWIN)


def _nameless(rows: list[Row]) -> Iterator[Finding]:
    for row in rows:
        first = next(cell for cell in row.cells.values() if not cell.is_blank)
        yield error(
            "no-sheet-name",
            None,
            f"A{row.number}",
            title="A row does not say which sheet it belongs to",
            found=f"A blank first cell, before {shown(cleaned(str(first.value)))}",
            expected="The name of a sheet in the first column of every row, such as Activity",
            remedy=f"Type the sheet's name in A{row.number}, or delete the row",
        )


_TWIN = (
    "Start each row with the name of its sheet, as in the CSV file that the portal gives you, or upload the workbook"
)
