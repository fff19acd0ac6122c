"""A row of a case list as a case, or as the findings that say why it is none."""

import re
from collections.abc import Iterator
from functools import lru_cache, partial

from openpyxl.utils.cell import get_column_letter

from performance.case_list import limits
from performance.case_list.cells import read_date, read_label, read_reference, read_route
from performance.case_list.columns import HEADINGS, Columns
from performance.case_list.faults import Fault, blank_date
from performance.case_list.refusals import list_error
from performance.case_list.shapes import Case, ListTerms
from performance.findings import Finding
from performance.workbook.labels import key_of

Read = tuple[object, ...]
IN_ORDER = "Opened in the month or before it, and not closed before that"
CLOSED_BEFORE_OPENED = Fault(
    "closed-before-opened", "A case closed before it opened", "An earlier closing date", IN_ORDER
)
CLOSED_AHEAD = Fault("closed-ahead", "A closing date lies ahead", "A day after today", IN_ORDER)
OPENED_LATER = Fault("opened-later", "A case opened after the month’s end", "A day after the return’s month", IN_ORDER)
OPENED_LONG_AGO = Fault(
    "opened-long-ago",
    "An opening date is far out",
    f"A day more than {limits.LONGEST_OPEN_YEARS} years before the month: perhaps a date of birth",
    IN_ORDER,
)


class RowReader:
    """Reads the rows of one list. Texts that repeat from row to row (dates, areas, routes) are judged once."""

    def __init__(self, terms: ListTerms, columns: Columns) -> None:
        self._order = [columns.places[name] for name in HEADINGS]
        self._width = columns.width
        self._after, self._today = terms.month_after, terms.today
        self._pattern = re.compile(terms.pattern) if terms.pattern else None
        remembered = lru_cache(maxsize=limits.REMEMBERED)
        pathways = {measure.pathway: measure.pathway_name for measure in terms.counted}
        areas = {area.code: area.name for area in terms.areas}
        self._pathway = remembered(partial(_read_known, pathways, "pathway"))
        self._area = remembered(partial(_read_known, areas, "area"))
        self._route = remembered(read_route)
        self._date = remembered(read_date)

    def case_in(self, record: list[str]) -> Case | None:
        """The case in a row, None where anything is wrong with it."""
        if len(record) != self._width and not self._is_padded(record):
            return None
        read = self._cells(record)
        for one in read:
            if isinstance(one, Fault):
                return None
        case = Case(*read)  # type: ignore[arg-type]  # each cell gives what its place holds, or a fault
        return None if self._beside_each_other(case) else case

    def faults_of(self, number: int, record: list[str]) -> Iterator[Finding]:
        """Every finding about a row that holds no case."""
        self._is_padded(record)
        for place in range(self._width, len(record)):
            if record[place].strip():
                yield _no_heading(_at(place, number))
        read = self._cells(record)
        faults = [(place, one) for place, one in enumerate(read) if isinstance(one, Fault)]
        if not faults:
            faults.extend(self._beside_each_other(Case(*read)))  # type: ignore[arg-type]  # as above
        for place, fault in faults:
            yield _finding(_at(self._order[place], number), fault)

    def _is_padded(self, record: list[str]) -> bool:
        """Fill a short row with blanks, as a spreadsheet program does; False for one with cells too many."""
        record.extend([""] * (self._width - len(record)))
        return not any(text.strip() for text in record[self._width :])

    def _cells(self, record: list[str]) -> Read:
        """What each cell holds, or its fault, in the order of a case."""
        reference, pathway, area, route, opened, closed = self._order
        opened_on = self._date(record[opened])
        return (
            read_reference(record[reference], self._pattern),
            self._pathway(record[pathway]),
            self._area(record[area]),
            self._route(record[route]),
            blank_date() if opened_on is None else opened_on,
            self._date(record[closed]),
        )

    def _beside_each_other(self, case: Case) -> list[tuple[int, Fault]]:
        """What two dates say together, by the place of the one to look at; neither is repeated."""
        faults = []
        if case.closed_on is not None:
            if case.closed_on < case.opened_on:
                faults.append((5, CLOSED_BEFORE_OPENED))
            if case.closed_on > self._today:
                faults.append((5, CLOSED_AHEAD))
        if self._after is not None:
            if case.opened_on >= self._after:
                faults.append((4, OPENED_LATER))
            if case.opened_on.year < self._after.year - limits.LONGEST_OPEN_YEARS:
                faults.append((4, OPENED_LONG_AGO))
        return faults


def _read_known(names: dict[str, str], what: str, text: str) -> str | Fault:
    known = {key_of(spelling): code for code, name in names.items() for spelling in (code, name)}
    return read_label(text, known, what, tuple(names.values()))


def _at(place: int, number: int) -> str:
    return f"{get_column_letter(place + 1)}{number}"


def _finding(cell: str, fault: Fault) -> Finding:
    return list_error(
        fault.code, cell, title=fault.title, found=fault.found, expected=fault.expected, remedy=fault.remedy
    )


def _no_heading(cell: str) -> Finding:
    return list_error(
        "no-heading",
        cell,
        title="A cell stands under no heading",
        found="A text, which is not repeated here",
        expected="Nothing outside the six columns",
        remedy=f"Clear {cell}",
    )


def is_blank(record: list[str]) -> bool:
    """Whether a row holds nothing that a person could see."""
    return not any(record) or not any(text.strip() for text in record)
