"""Finds a sheet's heading row and reads the rows under it by heading."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from contracts.spreadsheet_text import without_mark
from performance.findings import Finding, error, warning
from performance.workbook.child_columns import child_column, is_child_column
from performance.workbook.grid import Cell, Fault, Row, SheetGrid
from performance.workbook.labels import expected_labels, key_of
from performance.workbook.layout import is_reference
from performance.workbook.wording import listed, quoted, shown

# Titles and notes stand above headings; further down, a row that reads like headings is something else.
ROWS_LOOKED_AT = 10
# One word may stand in a title by chance ("Kent").
HEADINGS_THAT_TELL = 2


@dataclass(frozen=True, slots=True)
class Table:
    """The columns by heading, and the filled rows under the headings."""

    name: str
    columns: Mapping[str, int]
    rows: tuple[Row, ...]

    def cell(self, row: Row, heading: str) -> Cell | None:
        """The cell of `row` under `heading`; None where the sheet has no such column."""
        column = self.columns.get(heading)
        return None if column is None else row.cell(column)


def read_table(
    sheet: SheetGrid, name: str, needed: tuple[str, ...], allowed: tuple[str, ...] = ()
) -> tuple[Table, Iterable[Finding]]:
    """The table on a sheet and what is wrong with its headings: unknown, twice, or missing.

    The heading row is the first row with anything in it, or the one below it that has the headings: what stands above
    is passed over with a word. Findings come one by one: there may be one for every cell. `name` is the sheet's own
    name in format version 1. A column with what was accepted before (`is_reference`) is passed over.
    """
    rows = tuple(sheet.filled_rows())
    if not rows:
        return Table(name, {}, ()), (_empty(name, needed),)
    known = {key_of(heading): heading for heading in (*needed, *allowed)}
    above = _rows_above_headings(rows, known)
    findings: list[Finding] = [_not_read(name, rows[:above])] if above else []
    rows = rows[above:]
    columns: dict[str, int] = {}
    for column, cell in rows[0].cells.items():
        heading = known.get(key_of(text_of(cell)))
        if heading is not None and heading not in columns:
            columns[heading] = column
        elif heading is not None:
            findings.append(_twice(name, cell, rows[0].cell(columns[heading])))
        elif not cell.is_blank and not is_reference(text_of(cell)):
            is_personal = is_child_column(text_of(cell))
            findings.append(child_column(name, cell) if is_personal else _unknown(name, cell, needed))
    findings.extend(_missing(name, rows[0], [heading for heading in needed if heading not in columns]))
    return Table(name, columns, rows[1:]), chain(findings, _under_no_heading(name, rows))


def text_of(cell: Cell | None) -> str:
    """The text of a label or note, spaces tidied and without the mark against formulas; "" for a blank or faulty cell.

    Numbers and dates as written.
    """
    if cell is None or cell.value is None or isinstance(cell.value, Fault):
        return ""
    return without_mark(" ".join(cell.value.split())) if isinstance(cell.value, str) else str(cell.value)


def _rows_above_headings(rows: tuple[Row, ...], known: Mapping[str, str]) -> int:
    """How many filled rows stand above the headings: none where the first row has some, or where no row has."""
    held = [len(known.keys() & {key_of(text_of(cell)) for cell in row.cells.values()}) for row in rows[:ROWS_LOOKED_AT]]
    most = max(held)
    return held.index(most) if held[0] < HEADINGS_THAT_TELL <= most else 0


def _not_read(name: str, above: tuple[Row, ...]) -> Finding:
    first, last = above[0].number, above[-1].number
    return warning(
        "rows-above",
        name,
        None,
        title="Rows above the headings were not read",
        found=f"Something in {f'row {first}' if first == last else f'rows {first} to {last}'}, above the headings",
        expected="The headings in the sheet’s first row",
        remedy="Delete what stands above the headings, or leave it: nothing in it was read",
    )


def _empty(name: str, needed: tuple[str, ...]) -> Finding:
    return error(
        "empty-sheet",
        name,
        None,
        title=f"Sheet {name} is empty",
        found="No cell with anything in it",
        expected=f"The headings {listed(list(needed))}, and a row for each measure",
        remedy="Copy the sheet from the workbook that the portal gives you, and fill it in",
    )


def _twice(name: str, cell: Cell, first: Cell) -> Finding:
    return error(
        "duplicate-heading",
        name,
        cell.ref,
        title=f"The heading {quoted(text_of(cell))} stands twice",
        found=f"{quoted(text_of(cell))} in {first.ref} and in {cell.ref}",
        expected="Each heading once",
        remedy=f"Delete the column that is not meant. What stands under {cell.ref} was not read",
    )


def _unknown(name: str, cell: Cell, needed: tuple[str, ...]) -> Finding:
    return error(
        "unknown-heading",
        name,
        cell.ref,
        title=f"The heading {quoted(text_of(cell))} is not known",
        found=f"The heading {quoted(text_of(cell))}",
        expected=expected_labels(needed, text_of(cell)),
        remedy=f"Correct the heading in {cell.ref}, or delete the column",
    )


def _missing(name: str, row: Row, headings: list[str]) -> Iterator[Finding]:
    for heading in headings:
        yield error(
            "missing-heading",
            name,
            None,
            title=f"The column ‘{heading}’ is missing",
            found=f"No heading ‘{heading}’ in row {row.number}",
            expected=f"‘{heading}’ in the heading row",
            remedy=f"Put the heading ‘{heading}’ in row {row.number}, above its numbers",
        )


def _under_no_heading(name: str, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """Something in a column without a heading may be a number that slipped: it is not passed over."""
    headed = {column for column, cell in rows[0].cells.items() if not cell.is_blank}
    for row in rows[1:]:
        for column, cell in row.cells.items():
            if column not in headed and not cell.is_blank and not isinstance(cell.value, Fault):
                yield error(
                    "no-heading",
                    name,
                    cell.ref,
                    title="A cell stands under no heading",
                    found=shown(cell.value),
                    expected="Nothing outside the columns with a heading",
                    remedy=f"Clear {cell.ref}, or move it to the column where it belongs",
                )
