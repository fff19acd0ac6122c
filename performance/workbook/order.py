"""The order in which a person works through findings: the file, then sheet by sheet, row by row."""

import re
from collections.abc import Iterable

from performance.findings import Finding
from performance.workbook.cell_values import column_number
from performance.workbook.layout import SHEET_NAMES

PERSONAL_DATA = "personal-data"
ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
Place = tuple[int, str, int, int]


def in_sheet_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """`findings` about the file first, then by sheet as in the workbook; in a sheet by row and column, and those
    about no one cell last."""
    return tuple(sorted(findings, key=_place))


def only_personal_data_where_it_stands(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """`findings` without others about a cell with personal data: once it is removed, they may be gone."""
    held = tuple(findings)
    cells = {(one.sheet, one.cell) for one in held if one.code == PERSONAL_DATA and one.cell}
    return tuple(one for one in held if one.code == PERSONAL_DATA or (one.sheet, one.cell) not in cells)


def _place(finding: Finding) -> Place:
    name = finding.sheet
    known = SHEET_NAMES.index(name) + 1 if name in SHEET_NAMES else 0 if name is None else len(SHEET_NAMES) + 1
    address = ADDRESS.fullmatch(finding.cell or "")
    row, column = (int(address.group(2)), column_number(address.group(1))) if address else (10**7, 0)
    return known, name or "", row, column
