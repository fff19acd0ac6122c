"""Findings as a CSV file, for those who work with a list or whose program cannot be given a marked workbook. Pure."""

from collections.abc import Iterable

from contracts.spreadsheet_text import csv_file
from performance.findings import Finding

COLUMNS = ("level", "sheet", "cell", "code", "title", "found", "expected", "remedy")


def findings_csv(findings: Iterable[Finding]) -> bytes:
    """One row for each finding, headings first."""
    rows = ([str(getattr(one, name) or "") for name in COLUMNS] for one in findings)
    return csv_file([COLUMNS, *rows])
