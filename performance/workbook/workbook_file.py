"""Reads a workbook (.xlsx) into a grid."""

from performance.findings import Finding
from performance.workbook import limits
from performance.workbook.contents import check_contents
from performance.workbook.grid import Grid, SheetGrid
from performance.workbook.hidden_text import hidden_personal_data
from performance.workbook.layout import is_findings_sheet
from performance.workbook.package import Package
from performance.workbook.refusals import too_large
from performance.workbook.sheet_part import ListReader, SheetReader
from performance.workbook.workbook_parts import SheetPart, WorkbookParts, workbook_parts
from performance.workbook.xml_parts import read_part


def read_workbook(content: bytes) -> tuple[Grid, tuple[Finding, ...]]:
    """The cells of every sheet, and findings about parts that were ignored; raises Refused."""
    package = Package(content)
    findings = check_contents(package)
    parts = workbook_parts(package)
    sheets: list[SheetGrid] = []
    elements = cells = 0
    for sheet in parts.sheets:
        reader = _read_sheet(package, sheet, parts)
        sheets.append(reader.grid())
        elements += 0 if is_findings_sheet(sheet.name) else reader.cell_elements
        cells += sum(len(row.cells) for row in sheets[-1].rows)
        if cells > limits.MAX_CELLS:
            raise too_large(f"More than {limits.MAX_CELLS:,} cells", "A return's few hundred cells")
        if elements > limits.MAX_CELL_ELEMENTS:
            raise too_large(f"More than {limits.MAX_CELL_ELEMENTS:,} cells, blank ones included", "A few hundred cells")
    looked_at = frozenset(sheet.part for sheet in parts.sheets if not is_findings_sheet(sheet.name))
    hidden = hidden_personal_data(package, looked_at, parts.shared_part, _unused(parts.texts, sheets))
    return Grid(tuple(sheets)), (*findings, *hidden)


def _unused(texts: tuple[str, ...], sheets: list[SheetGrid]) -> list[str]:
    """Shared texts that no cell shows: what was deleted may still be in the file."""
    used = {cell.value for sheet in sheets for cell in sheet.cells() if isinstance(cell.value, str)}
    return [text for text in texts if text not in used]


def _read_sheet(package: Package, sheet: SheetPart, parts: WorkbookParts) -> SheetReader:
    reader = (ListReader if is_findings_sheet(sheet.name) else SheetReader)(sheet, parts)
    read_part(package.chunks(sheet.part), reader)
    return reader
