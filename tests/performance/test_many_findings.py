"""A return with thousands of findings is diagnosed in full, and with hundreds of thousands stays a readable report."""

import io

import openpyxl
import pytest

from performance.findings import KEPT_IN_ALL, KEPT_OF_EVERY_KIND, KEPT_OF_ONE_KIND, Level, count_of
from performance.form import Reading
from performance.workbook.annotate import annotated
from performance.workbook.marks import COLOURS, NOTED_CELLS
from performance.workbook.read import read_return
from tests.hostile_files.build import FILE_NAME
from tests.hostile_files.many import FAULTY_COLUMNS, FAULTY_ROWS, LAST_ROW, faulty_cells, faulty_rows
from tests.performance.kent_form import TODAY, kent_form_for

RED = COLOURS[Level.ERROR]


def read(content: bytes) -> Reading:
    return read_return(content, FILE_NAME, kent_form_for, TODAY)


@pytest.fixture(scope="module")
def rows() -> tuple[bytes, Reading]:
    content = faulty_rows()
    return content, read(content)


@pytest.fixture(scope="module")
def marked_rows(rows: tuple[bytes, Reading]) -> bytes:
    content, reading = rows
    return annotated(content, reading.findings)


def test_a_finding_on_every_one_of_five_thousand_rows_is_there(rows: tuple[bytes, Reading]) -> None:
    findings = rows[1].findings
    told = {int("".join(c for c in one.cell or "" if c.isdigit())) for one in findings if one.sheet == "Activity"}
    assert told == set(range(2, LAST_ROW + 1))
    assert all(one.stands_for == 1 for one in findings)


def test_the_marked_workbook_marks_every_one_of_them(rows: tuple[bytes, Reading], marked_rows: bytes) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(marked_rows))
    sheet = workbook["Activity"]
    coloured = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == RED}
    assert coloured == {one.cell for one in rows[1].findings if one.sheet == "Activity"}
    noted = [cell for row in sheet.iter_rows() for cell in row if cell.comment is not None]
    assert len(noted) == NOTED_CELLS
    listed = list(workbook["Findings"].iter_rows(min_row=2, values_only=True))
    assert listed[0][:1] == ("Note",)
    assert f"first {NOTED_CELLS:,} cells" in str(listed[0][3])
    assert [row[2] for row in listed[1:]] == [one.cell for one in rows[1].findings]


def test_the_marked_workbook_can_be_uploaded_again(rows: tuple[bytes, Reading], marked_rows: bytes) -> None:
    assert read(marked_rows) == rows[1]


def test_two_hundred_thousand_findings_end_in_a_bounded_list_with_honest_counts() -> None:
    content = faulty_cells()
    findings = read(content).findings
    assert count_of(one for one in findings if one.code == "calling-formula") == FAULTY_ROWS * FAULTY_COLUMNS
    assert count_of(findings) > 199_000
    assert len(findings) < KEPT_IN_ALL + 100
    more = {one.code: one.stands_for for one in findings if one.stands_for > 1}
    assert more == {
        "calling-formula": FAULTY_ROWS * FAULTY_COLUMNS - KEPT_OF_ONE_KIND,
        "not-calculated": FAULTY_ROWS * FAULTY_COLUMNS - KEPT_OF_ONE_KIND,
        "missing-label": FAULTY_ROWS - KEPT_OF_EVERY_KIND,
    }
