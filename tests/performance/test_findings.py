"""Many findings stay a readable report, and are listed as a person works through them."""

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from performance.findings import Finding, FindingList, Level, error, has_errors, warning
from performance.workbook.order import in_sheet_order

TEXTS = {"title": "A title", "found": "this", "expected": "that", "remedy": "do it"}


def test_two_hundred_thousand_findings_are_counted_and_not_kept() -> None:
    tracemalloc.start()
    try:
        findings = FindingList()
        for number in range(200_000):
            findings.add(error("not-a-number", "Activity", f"D{number}", **TEXTS))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(findings.all()) == 201
    assert findings.all()[-1].title == "And 199,800 more of the same kind"
    assert peak < 1024 * 1024


def test_few_findings_are_all_kept_in_their_order() -> None:
    given_findings = [error("a", "Activity", "D2", **TEXTS), warning("a", "Activity", "D3", **TEXTS)]
    findings = FindingList(kept=1)
    findings.extend(given_findings)
    assert findings.all() == tuple(given_findings)


def test_only_an_error_stops_a_return() -> None:
    assert has_errors([error("a", None, None, **TEXTS)])
    assert not has_errors([warning("a", None, None, **TEXTS)])


def test_findings_are_listed_by_sheet_row_and_column() -> None:
    places = [
        ("Equality", "D2"),
        ("Activity", None),
        ("Activity", "F10"),
        ("Activity", "F2"),
        ("Activity", "D10"),
        (None, None),
        ("Mine", "A1"),
        ("Return", "B5"),
    ]
    ordered = in_sheet_order([error("a", sheet, cell, **TEXTS) for sheet, cell in places])
    assert [(finding.sheet, finding.cell) for finding in ordered] == [
        (None, None),
        ("Return", "B5"),
        ("Activity", "F2"),
        ("Activity", "D10"),
        ("Activity", "F10"),
        ("Activity", None),
        ("Equality", "D2"),
        ("Mine", "A1"),
    ]


@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=60), st.integers(1, 10))
def test_no_finding_is_lost_without_being_counted(codes: list[str], kept: int) -> None:
    findings = FindingList(kept)
    findings.extend(Finding(Level.ERROR, None, None, code, "", "", "", "listed") for code in codes)
    listed = [finding for finding in findings.all() if finding.title == "listed"]
    more = [int(finding.title.split()[1]) for finding in findings.all() if finding.title != "listed"]
    assert len(listed) + sum(more) == len(codes)
