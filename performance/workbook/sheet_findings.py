"""Looks over the cells of every sheet, whatever they are for: faults, personal data, and what a person cannot see."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from openpyxl.utils.cell import get_column_letter

from contracts.personal_data import PersonalData, kinds_of_personal_data, with_article
from performance.findings import Finding, error, warning
from performance.workbook.calling_formulas import calls_out
from performance.workbook.child_columns import child_columns
from performance.workbook.grid import Cell, Fault, Grid, SheetGrid
from performance.workbook.labels import key_of
from performance.workbook.layout import SHEET_NAMES, is_passed_over
from performance.workbook.wording import is_identifier, listed, quoted, sentence

KNOWN = {key_of(name): name for name in SHEET_NAMES}
NAMED_ROWS = 10
CALLING_FORMULA = "calling-formula"
QUOTED = re.compile(r'"((?:[^"]|"")*)"')
NOT_IN_A_NUMBER = re.compile(r"[^A-Za-z0-9]+")
FAR_APART = " x "  # a letter: spaces, however many, would bring the numbers together again


def sheets_by_name(grid: Grid) -> tuple[dict[str, SheetGrid], list[Finding]]:
    """The sheets of format version 1 by name, and findings about missing, repeated and unknown ones.

    A sheet that the portal itself writes for people (`is_passed_over`) is passed over.
    """
    found: dict[str, SheetGrid] = {}
    findings: list[Finding] = []
    for sheet in grid.sheets:
        name = KNOWN.get(key_of(sheet.name))
        if name is None:
            findings.extend(_unknown_sheet(sheet))
        elif name in found:
            findings.append(_repeated_sheet(name))
        else:
            found[name] = sheet
    findings.extend(_missing_sheet(name) for name in SHEET_NAMES if name not in found)
    return found, findings


def findings_in_cells(sheet: SheetGrid) -> Iterator[Finding]:
    """Faulty formulas and personal data, cell by cell; what the cells hold is not repeated."""
    name = name_shown(sheet)
    for cell in sheet.cells():
        if isinstance(cell.value, Fault):
            yield _fault(name, cell, cell.value)
        if cell.formula and calls_out(cell.formula):
            yield _calls_out(name, cell)
        kinds = _kinds(cell)
        if kinds:
            yield _personal(name, cell, kinds)


def findings_about_view(sheet: SheetGrid) -> Iterator[Finding]:
    """Hidden and merged parts are read like all others, and said: the person who signs may not have seen them."""
    name = name_shown(sheet)
    if sheet.is_hidden:
        yield _unseen(name, "hidden-sheet", "The sheet is hidden", "A hidden sheet", "Unhide the sheet")
    if sheet.hidden_rows:
        rows = _some(map(str, sheet.hidden_rows))
        yield _unseen(
            name,
            "hidden-rows",
            "Some rows are hidden or filtered out",
            f"Hidden rows: {rows}",
            "Unhide the rows or clear the filter",
        )
    if sheet.hidden_columns:
        columns = _some(map(get_column_letter, sheet.hidden_columns))
        yield _unseen(
            name,
            "hidden-columns",
            "Some columns are hidden",
            f"Hidden columns: {columns}",
            "Unhide the columns",
        )
    if sheet.merged:
        yield _unseen(
            name,
            "merged-cells",
            "Some cells are merged",
            f"Merged cells: {_some(sheet.merged)}",
            "Unmerge the cells, and fill each of them that should hold something",
            "Cells that are not merged: of merged cells only the first holds a value",
        )


def name_shown(sheet: SheetGrid) -> str:
    """The sheet's name in format version 1, or its own where it is another sheet."""
    return shown_name(sheet.name)


def shown_name(tab: str) -> str:
    """The name by which findings call a sheet, from the name on its tab."""
    return KNOWN.get(key_of(tab)) or quoted(tab).strip("‘’")


def _kinds(cell: Cell) -> tuple[PersonalData, ...]:
    """The kinds in a cell's value, and in its formula's texts and numbers."""
    found = {*_kinds_in_value(cell), *kinds_of_personal_data(_apart(cell.formula or ""))}
    return tuple(kind for kind in PersonalData if kind in found)


def _apart(formula: str) -> str:
    """A formula's texts as they stand, and its numbers far from each other: =108+234+1234 is a sum."""
    texts = QUOTED.findall(formula)
    return FAR_APART.join((*texts, NOT_IN_A_NUMBER.sub(FAR_APART, QUOTED.sub(" ", formula))))


def _kinds_in_value(cell: Cell) -> tuple[PersonalData, ...]:
    if isinstance(cell.value, str):
        return kinds_of_personal_data(cell.value)
    if isinstance(cell.value, Decimal) and is_identifier(cell.value):
        return (PersonalData.NHS_NUMBER,)
    return ()


def _personal(name: str, cell: Cell, kinds: tuple[PersonalData, ...]) -> Finding:
    words = listed([with_article(kind) for kind in kinds])
    return error(
        "personal-data",
        name,
        cell.ref,
        title=f"{cell.ref} seems to hold {words}",
        found=f"{sentence(words)}, which is not repeated here",
        expected="Nothing that could identify a child",
        remedy=f"Remove it from {cell.ref}, save, and upload again. This file was not kept",
    )


def _fault(name: str, cell: Cell, fault: Fault) -> Finding:
    return error(
        fault.code,
        name,
        cell.ref,
        title=f"{cell.ref} has no usable value",
        found=fault.found,
        expected="A value, typed or calculated",
        remedy=_remedy_of(cell, fault),
    )


def _remedy_of(cell: Cell, fault: Fault) -> str:
    """Saving calculates what was never calculated; a formula that gives an error gives it again."""
    if fault.code == "formula-error":
        return (
            f"Correct the formula in {cell.ref}, or type the number"
            if cell.formula
            else f"Type the number in {cell.ref}"
        )
    return f"Open and save the workbook in Excel, so that {cell.ref} is calculated, or type its value"


def _calls_out(name: str, cell: Cell) -> Finding:
    return error(
        CALLING_FORMULA,
        name,
        cell.ref,
        title=f"The formula in {cell.ref} calls another program or file",
        found="A formula that starts a program, fetches data or reads another file; nothing was started",
        expected="A value, or a formula over the workbook's own cells",
        remedy=f"Type the value in {cell.ref} in place of the formula",
    )


def _unknown_sheet(sheet: SheetGrid) -> list[Finding]:
    kinds = kinds_of_personal_data(sheet.name)
    if kinds:
        return [_personal_name(kinds)]
    if is_passed_over(sheet.name) or not any(True for _ in sheet.filled_rows()):
        return []
    return list(child_columns(sheet, name_shown(sheet))) or [
        warning(
            "unknown-sheet",
            name_shown(sheet),
            None,
            title=f"The sheet {quoted(sheet.name)} was not read",
            found=f"A sheet {quoted(sheet.name)}, which is no part of the return",
            expected=f"The sheets {listed(list(SHEET_NAMES))}",
            remedy="Delete the sheet, or correct its name if it belongs to the return",
        )
    ]


def _personal_name(kinds: tuple[PersonalData, ...]) -> Finding:
    words = listed([with_article(kind) for kind in kinds])
    return error(
        "personal-data",
        None,
        None,
        title=f"The name of a sheet seems to hold {words}",
        found=f"{sentence(words)}, which is not repeated here",
        expected=f"The sheets {listed(list(SHEET_NAMES))}",
        remedy="Delete the sheet, or correct its name, and upload again. This file was not kept",
    )


def _repeated_sheet(name: str) -> Finding:
    return error(
        "duplicate-sheet",
        name,
        None,
        title=f"There are two sheets named {name}",
        found="Two sheets whose names differ only in capitals or spaces",
        expected="Each sheet once",
        remedy="Delete the one that is not meant. Only the first was read",
    )


def _missing_sheet(name: str) -> Finding:
    return error(
        "missing-sheet",
        name,
        None,
        title=f"The sheet {name} is missing",
        found=f"No sheet named {name}",
        expected=f"The sheets {listed(list(SHEET_NAMES))}",
        remedy=f"Add the sheet {name}: the workbook that the portal gives you holds it",
    )


def _unseen(
    name: str,
    code: str,
    title: str,
    found: str,
    remedy: str,
    expected: str = "Everything in view: hidden cells were read too",
) -> Finding:
    return warning(
        code,
        name,
        None,
        title=title,
        found=found,
        expected=expected,
        remedy=remedy,
    )


def _some(names: Iterable[str]) -> str:
    listing = list(names)
    more = len(listing) - NAMED_ROWS
    return ", ".join(listing[:NAMED_ROWS]) + (f" and {more:,} more" if more > 0 else "")
