"""Findings of an upload as pages show them: numbered, by sheet, and no more than can be read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from performance.findings import Finding, Level, count_of, count_of_level
from performance.form import Sheet

# So many in all, and so many lines of the error summary.
ALL_SHOWN_UP_TO = 100
SHOWN_OF_A_SHEET = 20
WHOLE_FILE = "The whole file"
SHEETS = ("Return", *(sheet.value for sheet in Sheet))


@dataclass(frozen=True, slots=True)
class NumberedFinding:
    """A finding with its place on the page, which the summary leads to."""

    number: int
    finding: Finding

    @property
    def text(self) -> str:
        """Where and what: "Activity F2: East Kent and West Kent do not add to Kent"."""
        where = " ".join(part for part in (self.finding.sheet, self.finding.cell) if part)
        return f"{where}: {self.finding.title}" if where else self.finding.title

    @property
    def href(self) -> str:
        """The address within the page."""
        return f"#finding-{self.number}"


@dataclass(frozen=True, slots=True)
class SheetFindings:
    """What is shown of one sheet's findings of one level, and how many there are."""

    sheet: str
    shown: tuple[NumberedFinding, ...]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - count_of(one.finding for one in self.shown)


@dataclass(frozen=True, slots=True)
class SheetCount:
    """How many errors and warnings a sheet has; sheets without any are named together."""

    sheet: str
    errors: int
    warnings: int


def slug_of(sheet: Sheet) -> str:
    """The sheet in an address: "caseload-by-pathway"."""
    return sheet.value.lower().replace(" ", "-")


def place_in_table(finding: Finding) -> str:
    """Where a finding's cell stands on the page of a version: in the table of its sheet; "" for no one cell of one."""
    sheet, cell = finding.sheet, finding.cell
    return f"?sheet={slug_of(Sheet(sheet))}#cell-{cell}" if cell and sheet in list(Sheet) else ""


def stored_findings(records: Iterable[dict[str, Any]]) -> tuple[Finding, ...]:
    """The findings as an upload keeps them."""
    return tuple(Finding(**{**record, "level": Level(record["level"])}) for record in records)


def by_sheet(findings: Sequence[Finding], level: Level, *, first_number: int = 1) -> tuple[SheetFindings, ...]:
    """The findings of `level` sheet by sheet, numbered on from `first_number`.

    With more than 100 findings in all, the first 20 of each sheet are shown.
    """
    limit = len(findings) if len(findings) <= ALL_SHOWN_UP_TO else SHOWN_OF_A_SHEET
    held = sorted((f for f in findings if f.level is level), key=_order)
    groups, number = [], first_number
    for sheet, of_sheet in groupby(held, lambda finding: finding.sheet or WHOLE_FILE):
        every = list(of_sheet)
        shown = tuple(NumberedFinding(number + place, finding) for place, finding in enumerate(every[:limit]))
        number += len(shown)
        groups.append(SheetFindings(sheet, shown, count_of(every)))
    return tuple(groups)


def counts_by_sheet(findings: Sequence[Finding]) -> tuple[SheetCount, ...]:
    """Errors and warnings of each sheet that has any, then of the sheets without, in one row."""
    named = dict.fromkeys([*(f.sheet or WHOLE_FILE for f in sorted(findings, key=_order))])
    counts = [SheetCount(sheet, *_counted(findings, sheet)) for sheet in named]
    clean = [sheet for sheet in SHEETS if sheet not in named]
    return (*counts, SheetCount(", ".join(clean), 0, 0)) if clean else tuple(counts)


def _counted(findings: Iterable[Finding], sheet: str) -> tuple[int, int]:
    held = [finding for finding in findings if (finding.sheet or WHOLE_FILE) == sheet]
    return count_of_level(held, Level.ERROR), count_of_level(held, Level.WARNING)


def _order(finding: Finding) -> tuple[int, str, int, str]:
    """The whole file first, then the sheets as the workbook has them, then any others by name; down each sheet."""
    sheet, cell = finding.sheet or "", finding.cell or ""
    place = 0 if not sheet else SHEETS.index(sheet) + 1 if sheet in SHEETS else len(SHEETS) + 1
    row = int("".join(c for c in cell if c in "0123456789") or 0)
    return (place, sheet, row, cell)
