"""The provider's own workbook with its findings marked: coloured cells, notes, and a sheet that lists them all.

What comes out is read again as the same return (domain.md, "The monthly return": "ready to be corrected and uploaded
as it is"): contents are written as they stood but for formulas that call out, the list and the notes are passed over
by the reader, and marks of an earlier round are taken away first.
"""

import io
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import Lock
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from openpyxl.workbook import Workbook

from performance.findings import Finding
from performance.workbook.calling_formulas import calls_out
from performance.workbook.cell_values import column_number
from performance.workbook.findings_sheet import add_findings_sheet
from performance.workbook.guard import kind_of_file
from performance.workbook.layout import is_findings_sheet
from performance.workbook.marked_writer import written
from performance.workbook.marks import NOTED_CELLS, mark, unmark
from performance.workbook.order import ADDRESS
from performance.workbook.package import Package
from performance.workbook.raw_cells import Place, RawCell, is_within_a_return, raw_sheet
from performance.workbook.refusals import Refused
from performance.workbook.sheet_findings import CALLING_FORMULA, shown_name
from performance.workbook.workbook_parts import WorkbookParts, workbook_parts

# A formula that many cells share is written out in each of them.
MAX_SHARED_TEXT = 2_000_000
NO_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
OF_ANOTHER_PROGRAM = "it holds something that only the program which wrote it understands"
TOO_LARGE_MARKED = "with its marks it would be too large to upload again"

# Whether to warn is one setting of the whole process.
ONE_AT_A_TIME = Lock()

Found = dict[Place, list[Finding]]


class CannotMark(Exception):
    """The workbook can be read but not be marked; the message says why, to stand after "because"."""


def annotated(content: bytes, findings: Sequence[Finding]) -> bytes:
    """The workbook `content`, which the reader accepted, with `findings` marked in it. Raises `CannotMark`.

    Findings without a cell, or of a sheet that is not there, stand on the sheet Findings only.
    """
    try:
        package = Package(content)
        parts = workbook_parts(package)
        contents = _contents(package, parts)
        workbook = _opened(package, parts)
        _take_out_names(workbook)
        _mark_all(workbook, [_as_marked(finding) for finding in findings])
        marked = written(workbook, contents)
    except Refused:
        raise CannotMark(OF_ANOTHER_PROGRAM) from None
    _check_fits(marked)
    return marked


def _as_marked(finding: Finding) -> Finding:
    """A finding as the copy says it: a formula that calls out is not handed back (see `marked_writer`)."""
    if finding.code != CALLING_FORMULA:
        return finding
    return replace(finding, found=f"{finding.found}. The formula was taken out of this copy; its last value stays")


def _take_out_names(workbook: Workbook) -> None:
    """Leave out the names that stand for a formula which calls out."""
    for names in (workbook.defined_names, *(sheet.defined_names for sheet in workbook.worksheets)):
        for name in [name for name, one in names.items() if calls_out(one.attr_text or "")]:
            del names[name]


def _contents(package: Package, parts: WorkbookParts) -> dict[str, Mapping[Place, RawCell]]:
    held: dict[str, Mapping[Place, RawCell]] = {}
    shared_text = 0
    for sheet in parts.sheets:
        if not is_findings_sheet(sheet.name):
            raw = raw_sheet(package, sheet, parts)
            held[sheet.name] = raw.cells
            shared_text += raw.shared_text
    if shared_text > MAX_SHARED_TEXT:
        raise CannotMark("it holds too many long formulas")
    return held


def _opened(package: Package, parts: WorkbookParts) -> Workbook:
    """The workbook without the portal's marks of before. What openpyxl stumbles over is never repeated."""
    try:
        with ONE_AT_A_TIME, warnings.catch_warnings():
            # It warns of pictures and extensions that it leaves out, and quotes cells.
            warnings.simplefilter("ignore")
            workbook = openpyxl.load_workbook(_without_list(package, parts))
    except Exception:
        raise CannotMark(OF_ANOTHER_PROGRAM) from None
    for sheet in workbook.worksheets:
        if is_findings_sheet(sheet.title):
            workbook.remove(sheet)
        elif any(not table.tableColumns for table in sheet.tables.values()):
            # openpyxl would make every cell of such a table's range to learn its columns.
            raise CannotMark(OF_ANOTHER_PROGRAM)
        else:
            unmark(sheet)
    return workbook


def _without_list(package: Package, parts: WorkbookParts) -> io.BytesIO:
    """The package with an earlier list emptied: the reader does not bound it as it does the other sheets."""
    read = {sheet.part for sheet in parts.sheets if not is_findings_sheet(sheet.name)}
    emptied = {sheet.part for sheet in parts.sheets} - read
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=1) as copy:
        for name in package.names:
            copy.writestr(name, NO_SHEET if name in emptied else b"".join(package.chunks(name)))
    stream.seek(0)
    return stream


def _mark_all(workbook: Workbook, findings: Sequence[Finding]) -> None:
    tabs: dict[str, str] = {}
    for sheet in workbook.worksheets:
        tabs.setdefault(shown_name(sheet.title), sheet.title)
    by_tab: dict[str, Found] = {}
    for finding in findings:
        place = _place(finding)
        if place is not None and finding.sheet in tabs:
            by_tab.setdefault(tabs[finding.sheet], {}).setdefault(place, []).append(finding)
    for tab, found in by_tab.items():
        mark(workbook[tab], found)
    notes_end_early = any(len(found) > NOTED_CELLS for found in by_tab.values())
    add_findings_sheet(workbook, findings, tabs, notes_end_early=notes_end_early)


def _place(finding: Finding) -> Place | None:
    address = ADDRESS.fullmatch(finding.cell or "")
    place = (int(address.group(2)), column_number(address.group(1))) if address else (0, 0)
    return place if is_within_a_return(place) else None


def _check_fits(marked: bytes) -> None:
    """What is handed out can be uploaded again."""
    try:
        kind_of_file(marked, "marked.xlsx")
        Package(marked).check_unpacked_size()
    except Refused:
        raise CannotMark(TOO_LARGE_MARKED) from None
