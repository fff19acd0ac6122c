"""Findings as a CSV file, for those who work with a list or whose program cannot be given a marked workbook. Pure."""

import codecs
import csv
import io
from collections.abc import Iterable

from contracts.spreadsheet_text import neutralised
from performance.findings import Finding

COLUMNS = ("level", "sheet", "cell", "code", "title", "found", "expected", "remedy")


def findings_csv(findings: Iterable[Finding]) -> bytes:
    """One row for each finding, headings first, in UTF-8 with a byte order mark so that Excel reads it right."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    writer.writerows([neutralised(str(getattr(one, name) or "")) for name in COLUMNS] for one in findings)
    return codecs.BOM_UTF8 + stream.getvalue().encode()
