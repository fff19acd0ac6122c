"""Matches the rows of a sheet to the rows that the form asks for: unknown, twice, or missing ones are findings."""

from collections.abc import Iterator
from dataclasses import dataclass

from performance.findings import Finding, error
from performance.form import ReturnForm, Sheet
from performance.workbook.grid import Cell, Row
from performance.workbook.labels import expected_labels, key_of
from performance.workbook.layout import KEY_HEADINGS, UNIT, AskedRow, asked_rows
from performance.workbook.table import Table, text_of
from performance.workbook.wording import listed, quoted


@dataclass(frozen=True, slots=True)
class MatchedRow:
    """A row of the file and the row that was asked for.

    `spared` are the keys of measures that the month is not asked for: only these may be left blank.
    """

    row: Row
    asked: AskedRow
    spared: frozenset[int] = frozenset()


def match_rows(table: Table, sheet: Sheet, form: ReturnForm) -> tuple[tuple[MatchedRow, ...], tuple[Finding, ...]]:
    """The rows that could be matched, in the file's order, and findings about all others."""
    asked = {tuple(map(key_of, row.labels)): row for row in asked_rows(sheet, form)}
    headings = KEY_HEADINGS[sheet]
    if any(heading not in table.columns for heading in headings):
        # The missing heading is a finding already; every row would be another for the same fault.
        return (), ()
    matched: dict[tuple[str, ...], MatchedRow] = {}
    findings: list[Finding] = []
    for row in table.rows:
        labels = tuple(text_of(table.cell(row, heading)) for heading in headings)
        key = tuple(map(key_of, labels))
        if key in matched:
            findings.append(_twice(table, row, matched[key]))
        elif key in asked:
            matched[key] = MatchedRow(row, asked[key], _spared(asked[key], form))
            findings.extend(_unit_differs(table, matched[key]))
        else:
            findings.append(_unknown(table, row, headings, labels, list(asked.values())))
    findings.extend(_all_missing(table.name, asked, matched))
    return tuple(matched.values()), tuple(findings)


def _all_missing(
    name: str, asked: dict[tuple[str, ...], AskedRow], matched: dict[tuple[str, ...], MatchedRow]
) -> Iterator[Finding]:
    missing = (row for key, row in asked.items() if key not in matched and row.is_required)
    return (_missing(name, row) for row in missing)


def _spared(asked: AskedRow, form: ReturnForm) -> frozenset[int]:
    measures = (slot.measure for slot in asked.slots.values())
    return frozenset(measure.key for measure in measures if not form.asks_for(measure))


def _unknown(
    table: Table, row: Row, headings: tuple[str, ...], labels: tuple[str, ...], asked: list[AskedRow]
) -> Finding:
    """Points at the first label that does not go with those before it."""
    depth, choices = _first_unknown(labels, asked)
    cell = row.cell(table.columns[headings[depth]])
    if not labels[depth]:
        return _nameless(table.name, cell, headings[depth])
    return error(
        "unknown-label",
        table.name,
        cell.ref,
        title=f"{quoted(labels[depth])} is not asked for here",
        found=f"{headings[depth]} {quoted(labels[depth])}" + (f", under {quoted(labels[0])}" if depth else ""),
        expected=expected_labels(choices, labels[depth]),
        remedy=f"Correct {cell.ref}, or delete row {row.number}. Its numbers were not read",
    )


def _first_unknown(labels: tuple[str, ...], asked: list[AskedRow]) -> tuple[int, list[str]]:
    """The place of the first label that does not fit, and what could stand there."""
    fitting = asked
    for depth, label in enumerate(labels):
        choices = list(dict.fromkeys(row.labels[depth] for row in fitting))
        fitting = [row for row in fitting if key_of(row.labels[depth]) == key_of(label)]
        if not fitting:
            return depth, choices
    return len(labels) - 1, []


def _nameless(name: str, cell: Cell, heading: str) -> Finding:
    return error(
        "missing-label",
        name,
        cell.ref,
        title=f"A row without ‘{heading}’",
        found=f"A blank {cell.ref} in a row that is not blank",
        expected=f"‘{heading}’ in every row: merged cells give it to the first row only",
        remedy=f"Fill {cell.ref}, or clear the whole row. Its numbers were not read",
    )


def _twice(table: Table, row: Row, first: MatchedRow) -> Finding:
    words = ", ".join(first.asked.labels)
    return error(
        "duplicate-row",
        table.name,
        row.cell(min(table.columns.values())).ref,
        title=f"{words} stands twice",
        found=f"Rows {first.row.number} and {row.number} have the same labels",
        expected="One row for each",
        remedy=f"Delete one of the rows {first.row.number} and {row.number}. Only row {first.row.number} was read",
    )


def _unit_differs(table: Table, matched: MatchedRow) -> Iterator[Finding]:
    """A number in another unit would be another number."""
    cell = table.cell(matched.row, UNIT)
    if cell is not None and key_of(text_of(cell)) != key_of(matched.asked.unit):
        yield error(
            "unit",
            table.name,
            cell.ref,
            title=f"The unit of {', '.join(matched.asked.labels)} differs",
            found=f"The unit {quoted(text_of(cell))}" if text_of(cell) else "No unit",
            expected=f"‘{matched.asked.unit}’",
            remedy=f"Type {matched.asked.unit} in {cell.ref}, and check that the numbers are {matched.asked.unit}",
        )


def _missing(name: str, asked: AskedRow) -> Finding:
    words = listed([f"‘{label}’" for label in asked.labels])
    return error(
        "missing-row",
        name,
        None,
        title=f"The row for {', '.join(asked.labels)} is missing",
        found=f"No row with {words}",
        expected="Every measure, with numbers or with the reason why it is not reported",
        remedy=f"Add a row with {words} to sheet {name}",
    )
