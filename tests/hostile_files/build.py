"""Builders of returns: a valid one, with any cell changed, as a workbook or as its CSV twin. All made by code."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter
from openpyxl.workbook import Workbook

from performance.case_list.shapes import CaseListFile

RETURNS = Path(__file__).parents[2] / "cypmhs_portal" / "demo" / "returns"
AUGUST = date(2019, 8, 1)
FILE_NAME = "nelft-return-2019-08.xlsx"
# Names the cases that August 2019 reports. It fits that return, and another month under its numbers.
CASES_NAME = "nelft-case-list-2019-08.csv"
CSV_NAME = "nelft-return-2019-08.csv"
# What openpyxl writes into a cell: text, a number, a truth value, a date, or nothing.
Changes = Mapping[tuple[str, str], Any]


def valid_content(month: date = AUGUST) -> bytes:
    """The sample return of a month, unchanged."""
    return (RETURNS / f"nelft-return-{month:%Y-%m}.xlsx").read_bytes()


def sample_cases() -> CaseListFile:
    """The sample case list, as somebody hands it in."""
    return CaseListFile(io.BytesIO((RETURNS / CASES_NAME).read_bytes()), CASES_NAME)


def loaded(month: date = AUGUST, changes: Changes | None = None) -> Workbook:
    """The return of `month` as openpyxl holds it, with {(sheet, cell): value} changed.

    A month without a sample gets August 2019's numbers under its own name.
    """
    has_sample = (RETURNS / f"nelft-return-{month:%Y-%m}.xlsx").exists()
    workbook = openpyxl.load_workbook(io.BytesIO(valid_content(month if has_sample else AUGUST)))
    workbook["Return"]["B5"] = datetime(month.year, month.month, 1)
    for (sheet, cell), value in (changes or {}).items():
        workbook[sheet][cell] = value
    return workbook


def saved(workbook: Workbook) -> bytes:
    """The bytes of a workbook."""
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def workbook_with(changes: Changes | None = None, month: date = AUGUST) -> bytes:
    """A return that is valid but for `changes`."""
    return saved(loaded(month, changes))


def csv_rows(changes: Changes | None = None, month: date = AUGUST) -> list[list[str]]:
    """The CSV twin's rows. `changes` are by the workbook's own cells, as for workbook_with."""
    rows: dict[tuple[str, int], list[str]] = {}
    for sheet in loaded(month):
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            rows[sheet.title, number] = [_csv_text(value) for value in row]
    for (name, cell), value in (changes or {}).items():
        number, column = coordinate_to_tuple(cell)
        rows[name, number][column - 1] = _csv_text(value)
    return [[name, *cells] for (name, _), cells in rows.items()]


def csv_with(
    changes: Changes | None = None, month: date = AUGUST, encoding: str = "utf-8", separator: str = ","
) -> bytes:
    """The CSV twin of workbook_with."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator).writerows(csv_rows(changes, month))
    return stream.getvalue().encode(encoding)


def csv_cell(sheet: str, cell: str) -> str:
    """Where a cell of the workbook stands in the CSV twin."""
    workbook = loaded()
    row, column = coordinate_to_tuple(cell)
    before = 0
    for other in workbook:
        if other.title == sheet:
            break
        before += other.max_row
    return f"{get_column_letter(column + 1)}{before + row}"


def repacked(
    content: bytes,
    change: Callable[[str, bytes], bytes] | None = None,
    added: Mapping[str, bytes] | None = None,
    compression: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A package with each part passed through `change(name, bytes)`, and with parts added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", compression) as new:
        for info in old.infolist():
            part = old.read(info)
            new.writestr(info.filename, change(info.filename, part) if change else part)
        for name, part in (added or {}).items():
            new.writestr(name, part)
    return stream.getvalue()


def with_part_changed(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """`old` replaced by `new` in one part; it is an error if `old` is not there."""

    def change(part_name: str, part: bytes) -> bytes:
        if part_name != name:
            return part
        assert old in part, f"{old!r} is not in {name}"
        return part.replace(old, new)

    return repacked(content, change)


def _csv_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)
