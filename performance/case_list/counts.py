"""A case list against the caseload that its return reports (domain.md, "The monthly return")."""

from collections.abc import Iterable, Iterator, Mapping

from contracts.formatting import count_of
from performance.case_list.refusals import list_error, list_warning
from performance.case_list.shapes import CountedMeasure, ListTerms
from performance.findings import Finding
from performance.form import AskedArea, ReadLine

Lines = Mapping[tuple[int, str], ReadLine]
Counts = Mapping[tuple[str, str], int]
NO_LIST = "no-case-list"


def by_measure_and_area(lines: Iterable[ReadLine]) -> Lines:
    """A return's lines by what they are about."""
    return {(line.measure, line.area): line for line in lines}


def disagreements(open_cases: Counts, lines: Lines, terms: ListTerms, whole: AskedArea) -> Iterator[Finding]:
    """One finding for each area in which the cases open at the month's end are not as many as the return says.

    The whole is held against the list where all its parts agree; those a part that is off puts right too.
    """
    for measure in terms.counted:
        found = list(_in_parts(open_cases, lines, terms, measure))
        line = lines.get((measure.key, whole.code))
        total = sum(open_cases.get((measure.pathway, area.code), 0) for area in terms.areas)
        if not found and line is not None:
            found.extend(_compared(line, total, measure, whole))
        yield from found


def _in_parts(open_cases: Counts, lines: Lines, terms: ListTerms, measure: CountedMeasure) -> Iterator[Finding]:
    for area in terms.areas:
        line = lines.get((measure.key, area.code))
        if line is not None:
            yield from _compared(line, open_cases.get((measure.pathway, area.code), 0), measure, area)


def _compared(line: ReadLine, count: int, measure: CountedMeasure, area: AskedArea) -> Iterator[Finding]:
    if line.value == count:
        return
    if line.value is None:
        if count == 0:
            return
        reported = "a reason why it is not reported"
    else:
        reported = f"{line.value:,f}"
    yield list_error(
        "caseload-differs",
        None,
        title=f"{area.name}: the list does not have as many open cases as the return reports",
        found=f"{count_of(count, 'case')} of {measure.label} open at the month’s end in the list; {reported} in "
        f"{line.sheet} {line.cell}",
        expected="As many open cases in the list as the return reports, area by area",
        remedy=f"Correct the list or {line.sheet} {line.cell}: a case is open if it opened by the month’s last day "
        "and did not close by then",
    )


def no_list(lines: Iterable[ReadLine], terms: ListTerms) -> Iterator[Finding]:
    """A caseload that a list counts came without one. A return that reports nobody there has nobody to name."""
    keys = {measure.key for measure in terms.counted}
    if not any(line.measure in keys and line.value for line in lines):
        return
    names = " and ".join(measure.label for measure in terms.counted)
    yield list_warning(
        NO_LIST,
        None,
        title="No case list came with it",
        found=f"A caseload of {names}, and no list that names its cases",
        expected="A CSV file with a row for each case, by its reference",
        remedy="Upload the list with the return, or say why there is none",
    )


def not_asked_for() -> Finding:
    """A list for an agreement, or a month, whose return has nothing that a list counts."""
    return list_error(
        "case-list-not-asked-for",
        None,
        title="This return takes no case list",
        found="A case list",
        expected="None: the agreement has no caseload that a list counts",
        remedy="Upload the return without the list. The list was not kept",
    )
