"""A title above the headings is one word to the reader, and not a fault in every cell."""

import pytest

from performance.case_list.read import cases_in
from performance.findings import Level
from performance.form import Reading, Sheet
from performance.workbook.read import read_return
from tests.hostile_files.build import CSV_NAME, FILE_NAME, csv_with, loaded, saved, valid_content
from tests.performance.case_lists import TERMS, content_of, handed_in, places, sample_rows
from tests.performance.case_lists import read as read_list
from tests.performance.case_lists import said as said_of_list
from tests.performance.kent_form import TODAY, kent_form_for


def read(content: bytes, file_name: str = FILE_NAME) -> Reading:
    return read_return(content, file_name, kent_form_for, TODAY)


def said(reading: Reading) -> set[tuple[int, str, object, str]]:
    """What the lines say, wherever they stand."""
    return {(one.measure, one.area, one.value, one.not_reported_because) for one in reading.lines}


def with_titles(sheet: str, *titles: str) -> bytes:
    """A return with titles in rows of their own above a sheet's headings, and a blank row under them."""
    workbook = loaded()
    workbook[sheet].insert_rows(1, len(titles) + 1)
    for number, title in enumerate(titles, start=1):
        workbook[sheet].cell(number, 1).value = title
    return saved(workbook)


@pytest.mark.parametrize("sheet", ["Return", *Sheet])
@pytest.mark.parametrize("titles", [("NELFT monthly return",), ("Kent", "August 2019", "Final")])
def test_titles_above_the_headings_are_passed_over_with_one_word(sheet: str, titles: tuple[str, ...]) -> None:
    reading = read(with_titles(sheet, *titles))
    assert [(one.code, one.level, one.sheet) for one in reading.findings] == [("rows-above", Level.WARNING, sheet)]
    assert said(reading) == said(read(valid_content()))
    assert reading.month == read(valid_content()).month


def test_the_word_says_which_rows_were_passed_over() -> None:
    finding = read(with_titles("Activity", "Kent", "August 2019")).findings[0]
    assert finding.found == "Something in rows 1 to 2, above the headings"
    assert finding.remedy == "Delete what stands above the headings, or leave it: nothing in it was read"


def test_a_fault_under_a_title_is_found_in_its_own_cell() -> None:
    workbook = loaded()
    workbook["Activity"]["D2"] = "x"
    workbook["Activity"].insert_rows(1)
    workbook["Activity"]["A1"] = "NELFT"
    found = [(one.code, one.cell) for one in read(saved(workbook)).findings]
    assert sorted(found, key=str) == [("not-a-number", "D3"), ("rows-above", None)]


def test_a_title_in_a_csv_is_passed_over_too() -> None:
    content = csv_with().replace(b"Activity,Service element", b"Activity,NELFT in August\r\nActivity,Service element")
    reading = read(content, CSV_NAME)
    assert [one.code for one in reading.findings] == ["rows-above"]
    assert said(reading) == said(read(valid_content()))


def test_headings_that_nobody_knows_are_each_found_where_they_are() -> None:
    workbook = loaded()
    for cell in workbook["Open book"][1]:
        cell.value = f"Something else {cell.column}"
    codes = {one.code for one in read(saved(workbook)).findings}
    assert codes == {"unknown-heading", "missing-heading"}


def test_headings_far_down_are_not_looked_for() -> None:
    codes = {one.code for one in read(with_titles("Activity", *["A note"] * 12)).findings}
    assert "rows-above" not in codes
    assert "missing-heading" in codes


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_title_above_a_case_list_is_passed_over_with_one_word(separator: str) -> None:
    rows = sample_rows()
    plain = read_list(content_of(rows))
    titled = read_list(content_of([["NELFT, Early Help"], ["August 2019"], [], *rows], separator))
    assert places(titled.findings) == [(None, "rows-above")]
    assert (titled.cases, titled.open_cases) == (plain.cases, plain.open_cases)


def test_the_cases_under_a_title_are_taken_in() -> None:
    content = content_of([["NELFT"], *sample_rows()])
    listed = read_list(content)
    cases = list(cases_in(handed_in(content), listed, TERMS))
    assert len(cases) == listed.cases == len(sample_rows()) - 1


def test_what_points_at_a_child_above_a_case_list_is_refused() -> None:
    found = read_list(content_of([["About 943 476 5919"], *sample_rows()])).findings
    assert ("A1", "personal-data") in places(found)
    assert "9434765919" not in said_of_list(found).replace(" ", "")


def test_a_case_list_without_a_heading_is_held_against_its_first_row() -> None:
    found = read_list(content_of([["NELFT"], ["case_ref", "pathway"], ["EH-2019-10001", "Early Help"]])).findings
    assert "rows-above" not in [one.code for one in found]
    assert "missing-heading" in [one.code for one in found]
