"""Reading a case list: every form it may come in, every fault a row may have, and its size."""

import tempfile
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.case_list import limits
from performance.case_list.columns import Columns
from performance.case_list.counts import by_measure_and_area, disagreements, no_list
from performance.case_list.read import CaseListChanged, cases_in, read_case_list
from performance.case_list.rows import RowReader
from performance.case_list.shapes import Case, CaseListFile
from performance.findings import KEPT_IN_ALL, Level
from performance.form import ReadLine
from tests.performance.case_lists import (
    GOOD,
    HEADINGS,
    SAMPLE,
    TERMS,
    changed_row,
    content_of,
    handed_in,
    list_of,
    places,
    read,
    said,
    sample_rows,
)
from tests.performance.kent_form import KENT_FORM, PATHWAY

OPEN = {("early-help", "east-kent"): 108, ("early-help", "west-kent"): 83}
ROUTE_IN_WINDOWS = [HEADINGS, changed_row(referral_route="Café")]


def test_the_sample_has_191_open_cases():
    sample = read(SAMPLE.read_bytes())
    assert (sample.cases, dict(sample.open_cases), sample.findings) == (223, OPEN, ())


@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_it_may_come_in_several_forms(separator: str, ending: str, encoding: str):
    one = read(content_of(sample_rows(), separator, encoding, ending))
    assert (dict(one.open_cases), one.findings) == (OPEN, ())


def test_windows_text_is_read_and_said():
    one = read(content_of(ROUTE_IN_WINDOWS, encoding="cp1252"))
    assert [(f.level, f.code) for f in one.findings] == [(Level.WARNING, "encoding")]
    (case,) = cases_in(handed_in(content_of(ROUTE_IN_WINDOWS, encoding="cp1252")), one, TERMS)
    assert case.referral_route == "Café"


@pytest.mark.parametrize("order", [[5, 4, 3, 2, 1, 0], [2, 0, 1, 5, 3, 4]])
def test_columns_stand_in_any_order_and_headings_are_matched_as_people_read_them(order: list[int]):
    spelled = ["Case Ref", " PATHWAY", "area\u00a0", "Referral route", "opened_ON", "Closed  on"]
    rows = [[row[place] for place in order] for row in [spelled, *sample_rows()[1:]]]
    one = read(content_of(rows))
    assert (dict(one.open_cases), one.findings) == (OPEN, ())


def test_blank_rows_and_blank_columns_are_passed_over():
    one = read(b"\r\n,,,\r\n" + list_of(GOOD, [""] * 6, [*changed_row(case_ref="EH-2019-10002"), "", " "]))
    assert (one.cases, one.findings) == (2, ())


FAULTS = [
    ({"case_ref": ""}, "A2", "no-reference"),
    ({"case_ref": "EH-19-1"}, "A2", "reference"),
    ({"case_ref": "EH-2019-10001 "}, None, ""),
    ({"case_ref": "EH-2019-1000\u0661"}, "A2", "reference"),
    ({"case_ref": "EH-2019-10001" + "0" * 40}, "A2", "reference"),
    ({"pathway": "Complex"}, "B2", "unknown-pathway"),
    ({"pathway": "early-help"}, None, ""),
    ({"area": "Kent"}, "C2", "unknown-area"),
    ({"area": "Surrey"}, "C2", "unknown-area"),
    ({"area": "EAST  kent"}, None, ""),
    ({"referral_route": " "}, "D2", "no-route"),
    ({"referral_route": "x" * 41}, "D2", "route"),
    ({"referral_route": "two\nlines"}, "D2", "route"),
    ({"referral_route": "=HYPERLINK(A1)"}, "D2", "formula"),
    ({"referral_route": "@SUM(1)"}, "D2", "formula"),
    ({"referral_route": "-5"}, "D2", "formula"),
    ({"referral_route": "\uff1dSUM(1)"}, "D2", "formula"),
    ({"referral_route": "\uff20SUM(1)"}, "D2", "formula"),
    ({"opened_on": ""}, "E2", "no-date"),
    ({"opened_on": "soon"}, "E2", "date"),
    ({"opened_on": "07/04/2019"}, "E2", "date"),
    ({"opened_on": "July 2019"}, "E2", "date"),
    ({"opened_on": "2019-02-30"}, "E2", "date"),
    ({"opened_on": "4 July 2019"}, None, ""),
    ({"opened_on": "31/08/2019"}, None, ""),
    ({"opened_on": "04-Jul-19"}, None, ""),
    ({"opened_on": "4-Jul-2019"}, None, ""),
    ({"opened_on": "Jul-19"}, "E2", "date"),
    ({"opened_on": "2019-09-01"}, "E2", "opened-later"),
    ({"opened_on": "2003-09-01"}, "E2", "opened-long-ago"),
    ({"opened_on": "0019-07-04"}, "E2", "opened-long-ago"),
    ({"closed_on": "2019-07-03"}, "F2", "closed-before-opened"),
    ({"closed_on": "2019-10-18"}, "F2", "closed-ahead"),
    ({"closed_on": "2019-07-04"}, None, ""),
]


@pytest.mark.parametrize(("changes", "cell", "code"), FAULTS)
def test_each_fault_is_named_with_its_cell(changes: dict[str, str], cell: str | None, code: str):
    one = read(list_of(changed_row(**changes)))
    assert places(one.findings) == ([(cell, code)] if cell else [])
    assert all(f.sheet == "Case list" and f.level is Level.ERROR and f.remedy for f in one.findings)


def test_a_date_that_cannot_be_read_is_mended_by_the_format_of_its_cell():
    (finding,) = read(list_of(changed_row(opened_on="07/04/2019"))).findings
    assert finding.remedy == (
        "Format the column’s cells as text, or as dates of the form yyyy-mm-dd, before the dates are typed or pasted "
        "in. Save the list, and upload it again"
    )


def test_every_fault_of_a_row_is_found_at_once():
    one = read(list_of(["x", "x", "x", "", "x", "x", "more"]))
    assert [cell for cell, _ in places(one.findings)] == ["A2", "B2", "C2", "D2", "E2", "F2", "G2"]


def test_a_case_in_two_rows_names_both():
    rows = [GOOD, changed_row(case_ref="EH-2019-10002"), changed_row(area="West Kent"), GOOD]
    one = read(list_of(*rows))
    assert places(one.findings) == [("A4", "duplicate-case"), ("A5", "duplicate-case")]
    assert one.findings[0].found == "The same reference in rows 2 and 4"


@pytest.mark.parametrize(
    ("opened", "closed", "is_open"),
    [
        (date(2019, 8, 31), None, True),
        (date(2019, 9, 1), None, False),
        (date(2019, 8, 1), date(2019, 8, 31), False),
        (date(2019, 8, 1), date(2019, 9, 1), True),
    ],
)
def test_open_at_the_months_end(opened: date, closed: date | None, is_open: bool):
    case = Case("EH-2019-10001", "early-help", "east-kent", "SPA", opened, closed)
    assert case.is_open_before(date(2019, 9, 1)) is is_open


def test_headings_that_are_missing_twice_or_unknown():
    one = read(list_of(GOOD, headings=["case_ref", "case ref", "area", "notes", "opened_on", "closed_on"]))
    assert places(one.findings) == [
        ("B1", "duplicate-heading"),
        ("D1", "unknown-heading"),
        (None, "missing-heading"),
        (None, "missing-heading"),
    ]
    assert "notes" not in said(one.findings)


def test_a_list_of_headings_alone_names_nobody():
    one = read(list_of())
    assert (one.cases, dict(one.open_cases), one.findings) == (0, {}, ())


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (b"", "list.csv", "0 bytes"),
        (b"PK\x03\x04 and so on", "list.csv", "packed like an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "list.csv", "An old Excel workbook"),
        (b"\xef\xbb\xbf\n<html><table>", "list.csv", "A web page or XML file"),
        ("case_ref,area".encode("utf-16"), "list.csv", "UTF-16"),
        ("case_ref,area".encode("utf-16-le"), "list.csv", "no plain text"),
        (list_of(GOOD), "list.xlsx", "does not end in .csv"),
        (list_of() + b'"EH', "list.csv", "Quotation marks that do not close"),
        (b"case_ref\n\x81\n", "list.csv", "characters that cannot be read"),
        (list_of() + b"x" * 5_000, "list.csv", "A line of more than 4,000 characters"),
        (b"," * 100, "list.csv", "101 columns"),
    ],
)
def test_what_is_no_list_is_one_plain_sentence(content: bytes, name: str, found: str):
    (finding,) = read(content, name).findings
    assert found in finding.found
    assert (finding.sheet, finding.cell, finding.level) == ("Case list", None, Level.ERROR)


def test_a_file_above_the_limit_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "MAX_BYTES", 100)
    (finding,) = read(list_of(GOOD, GOOD)).findings
    assert finding.code == "too-large"


@contextmanager
def many(rows: int) -> Iterator[BinaryIO]:
    """A list of so many cases, on the disk."""
    with tempfile.TemporaryFile() as file:
        file.write(content_of([HEADINGS]))
        for number in range(rows):
            year, place = divmod(number, 90_000)
            file.write(f"EH-{2010 + year}-{place + 10_000},Early Help,East Kent,SPA,2019-07-04,\r\n".encode())
        yield file


def test_500_001_rows_are_refused_with_a_sentence():
    with many(limits.MAX_CASES + 1) as stream:
        (finding,) = read_case_list(CaseListFile(stream, "list.csv"), TERMS).findings
    assert (finding.code, finding.found) == ("too-large", "More than 500,000 rows")


def test_memory_hardly_grows_with_the_rows():
    """Sixteen bytes of a case are kept while a list is read, and some more while they are compared."""
    rows = 40_000
    with many(rows) as stream:
        tracemalloc.start()
        one = read_case_list(CaseListFile(stream, "list.csv"), TERMS)
        assert sum(1 for _ in cases_in(CaseListFile(stream, "list.csv"), one, TERMS)) == rows
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 6_000_000


def test_a_file_that_faults_everywhere_makes_a_report_that_can_be_read():
    one = read(list_of(*[["x", "x", "x", "", "x", "x"]] * 5_000))
    assert KEPT_IN_ALL <= len(one.findings) < KEPT_IN_ALL + 100
    assert "more of this kind" in said(one.findings)


def test_a_list_that_changes_meanwhile_is_noticed():
    one = read(list_of(GOOD))
    with pytest.raises(CaseListChanged):
        list(cases_in(handed_in(list_of(changed_row(area="Surrey"))), one, TERMS))


def test_without_an_agreed_form_a_reference_has_a_digit():
    terms = replace(TERMS, pattern="")
    assert read(list_of(changed_row(case_ref="A1")), terms=terms).findings == ()
    for text in ("Jo Bloggs", "=A1", "A\u200b1"):
        assert places(read(list_of(changed_row(case_ref=text)), terms=terms).findings) == [("A2", "reference")]


COLUMNS = Columns({heading: place for place, heading in enumerate(HEADINGS)}, len(HEADINGS))
CELLS = st.one_of(st.text(max_size=50), st.sampled_from(GOOD))


@given(st.lists(CELLS, max_size=8) | st.tuples(*(st.just(text) | CELLS for text in GOOD)).map(list))
def test_a_row_is_a_case_or_has_findings(cells: list[str]):
    reader = RowReader(TERMS, COLUMNS)
    assert (reader.case_in([*cells]) is None) == bool(list(reader.faults_of(2, [*cells])))


def reported(value: int | None, area: str = "east-kent") -> ReadLine:
    """What a return says of the caseload."""
    number = None if value is None else Decimal(value)
    return ReadLine(PATHWAY, area, number, "" if number is not None else "No system", "", "Caseload by pathway", "B5")


@pytest.mark.parametrize(
    ("count", "value", "differs"),
    [(108, 108, False), (107, 108, True), (0, 0, False), (0, 3, True), (5, None, True), (0, None, False)],
)
def test_the_list_is_held_against_what_is_reported(count: int, value: int | None, differs: bool):
    lines = by_measure_and_area([reported(value)])
    found = list(disagreements({("early-help", "east-kent"): count}, lines, TERMS, KENT_FORM.whole))
    assert bool(found) is differs
    assert all(f"{count} case" in one.found and "Caseload by pathway B5" in one.found for one in found)


def test_the_whole_is_held_against_it_where_the_parts_agree():
    parts = [reported(1, "east-kent"), reported(2, "west-kent")]
    counts = {("early-help", "east-kent"): 1, ("early-help", "west-kent"): 2}
    for whole, titles in ((3, []), (4, ["Kent"])):
        lines = by_measure_and_area([*parts, reported(whole, "kent")])
        found = disagreements(counts, lines, TERMS, KENT_FORM.whole)
        assert [one.title.split(":")[0] for one in found] == titles


@pytest.mark.parametrize(("value", "is_warned"), [(108, True), (0, False), (None, False)])
def test_where_nobody_is_reported_nobody_need_be_named(value: int | None, is_warned: bool):
    assert bool(list(no_list([reported(value)], TERMS))) is is_warned
