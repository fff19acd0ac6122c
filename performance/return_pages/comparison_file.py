"""The differences between two versions as a CSV file that says what the page says."""

from collections.abc import Iterator

from contracts.formatting import MINUS
from contracts.spreadsheet_text import csv_file
from performance.differences import Said
from performance.return_pages.comparing import ComparedRow, ComparedSheet, ComparisonPage
from performance.return_pages.tables import NOT_IN_RETURN


def comparison_file(page: ComparisonPage) -> bytes:
    """The page's rows in its order, numbers as on it but without £ and thousands."""
    old = f"Version {page.old.number}" if page.old else "First version"
    new = f"Version {page.new.number}" if page.new else "Second version"
    heads = ["Sheet", "Group", "Measure", "Unit", "Area", "What"]
    headings = [*heads, f"Cell in {old.lower()}", old, f"Cell in {new.lower()}", new, "Difference"]
    return csv_file([headings, *(row for sheet in page.sheets for row in _rows(sheet))])


def _rows(sheet: ComparedSheet) -> Iterator[list[str]]:
    for row in sheet.rows:
        old, new = row.found.old, row.found.new
        said = [_cell(old), _value(old), _cell(new), _value(new), _as_number(row.difference)]
        yield [*_what(sheet, row), row.found.kind.value, *said]
    for row in sheet.comments:
        old, new = row.found.old, row.found.new
        said = [_cell(old), old.comment if old else "", _cell(new), new.comment if new else "", ""]
        yield [*_what(sheet, row), "Comment", *said]


def _what(sheet: ComparedSheet, row: ComparedRow) -> list[str]:
    return [sheet.sheet.value, row.group, row.measure.label, row.measure.unit, row.area.name]


def _cell(said: Said | None) -> str:
    return said.cell if said else ""


def _value(said: Said | None) -> str:
    """The number as a machine reads it; the page's words where there is none."""
    if said is None:
        return NOT_IN_RETURN
    return said.shown if said.value is None else _as_number(said.shown)


def _as_number(text: str) -> str:
    return text.replace(MINUS, "-").replace("£", "").replace(",", "").removeprefix("+")
