"""Many findings stay a readable report, and are listed as a person works through them."""

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from performance.findings import (
    KEPT_OF_ONE_KIND,
    Finding,
    FindingList,
    Level,
    count_of,
    count_of_level,
    error,
    has_errors,
    warning,
)
from performance.workbook.order import in_sheet_order

TEXTS = {"title": "A title", "found": "this", "expected": "that", "remedy": "do it"}


def test_two_hundred_thousand_findings_are_counted_and_ten_thousand_kept() -> None:
    tracemalloc.start()
    try:
        findings = FindingList()
        for number in range(200_000):
            findings.add(error("not-a-number", "Activity", f"D{number}", **TEXTS))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(findings.all()) == KEPT_OF_ONE_KIND + 1
    assert findings.all()[-1].title == "And 190,000 more of the same kind"
    assert (count_of(findings.all()), count_of_level(findings.all(), Level.ERROR)) == (200_000, 200_000)
    assert peak < 5 * 1024 * 1024


def test_findings_of_many_kinds_are_bounded_too_and_the_first_of_each_told() -> None:
    findings = FindingList(kept=10, in_all=15, of_every=2)
    for kind in ("a", "b", "c"):
        findings.extend(error(kind, "Activity", f"D{number}", **TEXTS) for number in range(20))
    assert [one.code for one in findings.all()[:17]] == ["a"] * 10 + ["b"] * 5 + ["c"] * 2
    assert [(one.code, one.title) for one in findings.all()[17:]] == [
        ("a", "And 10 more of the same kind"),
        ("b", "And 15 more of the same kind"),
        ("c", "And 18 more of the same kind"),
    ]
    assert count_of(findings.all()) == 60


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


@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=60), st.integers(1, 10), st.integers(1, 40))
def test_no_finding_is_lost_without_being_counted(codes: list[str], kept: int, in_all: int) -> None:
    findings = FindingList(kept, in_all, of_every=1)
    findings.extend(Finding(Level.ERROR, None, None, code, "", "", "", "listed") for code in codes)
    listed = [finding for finding in findings.all() if finding.title == "listed"]
    assert len(listed) <= in_all + 3
    assert {finding.code for finding in listed} == set(codes)
    assert count_of(findings.all()) == len(codes)
