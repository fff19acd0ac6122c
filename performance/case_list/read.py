"""Reads a case list as a stream: what it says and every finding, in memory that does not grow with its rows."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO

from openpyxl.utils.cell import get_column_letter

from performance.case_list import limits
from performance.case_list.columns import (
    HEADINGS,
    SPELLINGS,
    Columns,
    above_headings,
    read_headings,
    rows_above_headings,
)
from performance.case_list.file_name import file_name_findings
from performance.case_list.looking import WINDOWS, looked_through
from performance.case_list.refusals import SAVE_AS_CSV, Unread, list_error, list_warning, too_large
from performance.case_list.repeated import References, stands_twice
from performance.case_list.rows import RowReader, is_blank
from performance.case_list.shapes import Case, CaseListFile, Layout, ListTerms, ReadList
from performance.case_list.text import records_of, separator_of
from performance.findings import Finding, FindingList
from performance.workbook.order import in_sheet_order
from performance.workbook.table import ROWS_LOOKED_AT


class CaseListChanged(Exception):
    """A list does not hold what was read from it before: it was written to meanwhile."""


def read_case_list(file: CaseListFile, terms: ListTerms) -> ReadList:
    """What a case list says under `terms`; nothing is raised for what is in the file, and nothing of it kept."""
    try:
        return _Reading(file.stream, terms).of(file.name)
    except Unread as unread:
        return ReadList("", 0, 0, {}, None, (unread.finding,))


def cases_in(file: CaseListFile, read: ReadList, terms: ListTerms) -> Iterator[Case]:
    """The cases of a list that was read without an error, one at a time; raises CaseListChanged."""
    layout = read.layout
    if layout is None:
        return
    columns = Columns(dict(layout.places), layout.width)
    reader = RowReader(terms, columns)
    for number, record in records_of(file.stream, layout.encoding, layout.separator):
        if number <= layout.heading_row:
            continue
        case = reader.case_in(record)
        if case is not None:
            yield case
        elif not is_blank(record):
            raise CaseListChanged("The case list was changed while it was taken in.")


class _Reading:
    """One reading of a list, from its first byte to its last row."""

    def __init__(self, stream: BinaryIO, terms: ListTerms) -> None:
        self.stream, self.terms = stream, terms
        self.after = terms.month_after
        self.findings = FindingList()
        self.references = References()
        self.open_cases: Counter[tuple[str, str]] = Counter()
        self.routes: set[str] = set()
        self.cases = 0
        # Rows that were read on the look for the headings, and stand under them.
        self.under_headings: list[tuple[int, list[str]]] = []

    def of(self, name: str) -> ReadList:
        """What the list says; raises Unread."""
        looked = looked_through(self.stream, name)
        self.findings.extend(file_name_findings(name, self.terms.month))
        if looked.encoding == WINDOWS:
            self.findings.add(_windows_text())
        separator = separator_of(self.stream, looked.encoding, SPELLINGS)
        records = records_of(self.stream, looked.encoding, separator)
        heading_row, columns = self._headings(records)
        if columns.are_complete:
            self._rows(chain(self.under_headings, records), RowReader(self.terms, columns))
            self._look_back(get_column_letter(columns.places[HEADINGS[0]] + 1))
        return ReadList(
            sha256=looked.sha256,
            size=looked.size,
            cases=self.cases,
            open_cases=dict(self.open_cases),
            layout=Layout(looked.encoding, separator, columns.places, heading_row, columns.width),
            findings=in_sheet_order(self.findings.all()),
        )

    def _headings(self, records: Iterator[tuple[int, list[str]]]) -> tuple[int, Columns]:
        first = list(islice((one for one in records if not is_blank(one[1])), ROWS_LOOKED_AT))
        above = rows_above_headings([record for _, record in first])
        self.findings.extend(above_headings(first[:above]))
        number, record = first[above] if first else (1, [])
        columns, findings = read_headings(number, record)
        self.findings.extend(findings)
        self.under_headings = first[above + 1 :]
        return number, columns

    def _rows(self, records: Iterator[tuple[int, list[str]]], reader: RowReader) -> None:
        for number, record in records:
            if number > limits.MAX_CASES + 1:
                raise too_large(f"More than {limits.MAX_CASES:,} rows", f"No more than {limits.MAX_CASES:,} cases")
            case = reader.case_in(record)
            if case is not None:
                self._count(number, case)
            elif not is_blank(record):
                self.findings.extend(reader.faults_of(number, record))

    def _count(self, number: int, case: Case) -> None:
        self.cases += 1
        self.references.add(case.reference, number)
        if self.after is not None and case.is_open_before(self.after):
            self.open_cases[case.pathway, case.area] += 1
        if len(self.routes) <= limits.MOST_ROUTES:
            self.routes.add(case.referral_route)

    def _look_back(self, column: str) -> None:
        """What is only seen when every row was."""
        for row, earlier in self.references.repeated():
            self.findings.add(stands_twice(column, row, earlier))
        if len(self.routes) > limits.MOST_ROUTES:
            self.findings.add(_too_many_routes())


def _windows_text() -> Finding:
    return list_warning(
        "encoding",
        None,
        title="The case list is not in Unicode",
        found="Text in the older Windows encoding (Windows-1252)",
        expected="UTF-8",
        remedy=f"Check that the referral routes read right. {SAVE_AS_CSV}",
    )


def _too_many_routes() -> Finding:
    return list_error(
        "too-many-routes",
        None,
        title="The referral routes are too many to be routes",
        found=f"More than {limits.MOST_ROUTES} different texts under referral_route: perhaps names",
        expected=f"No more than {limits.MOST_ROUTES} ways to come in, such as SPA",
        remedy="Put the route of each case there and nothing else. This list was not kept",
    )
