"""The provider's own workbook comes back with its findings, and is read again as the same return."""

import io
from datetime import datetime

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from performance.findings import Finding, Level
from performance.form import Reading
from performance.workbook.annotate import annotated
from performance.workbook.marks import AUTHOR, COLOURS, FIRST_LINE
from performance.workbook.read import read_return
from tests.hostile_files import packages
from tests.hostile_files.build import (
    FILE_NAME,
    loaded,
    saved,
    valid_content,
    with_part_changed,
    workbook_with,
)
from tests.performance.kent_form import TODAY, kent_form_for

FAULTS = {("Activity", "F2"): "about 190", ("Workforce", "D5"): "0,6", ("Open book", "C2"): "n/a"}
RED, AMBER = COLOURS[Level.ERROR], COLOURS[Level.WARNING]
FORMULA = b'<c r="F2"><f>SUM(D2:E2)</f><v>191</v></c>'


def read(content: bytes, file_name: str = FILE_NAME) -> Reading:
    return read_return(content, file_name, kent_form_for, TODAY)


def marked(content: bytes) -> bytes:
    """The workbook with its own findings, which must read as the workbook itself does."""
    before = read(content)
    after = annotated(content, before.findings)
    assert read(after) == before
    return after


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def listed(content: bytes) -> list[tuple[object, ...]]:
    return list(opened(content)["Findings"].iter_rows(min_row=2, values_only=True))


def colour(workbook: Workbook, sheet: str, cell: str) -> object:
    return workbook[sheet][cell].fill.fgColor.rgb


def test_cells_are_coloured_and_say_what_to_do_in_words() -> None:
    content = workbook_with(FAULTS)
    workbook = opened(marked(content))
    finding = next(one for one in read(content).findings if one.cell == "D5")
    cell = workbook["Workforce"]["D5"]
    assert colour(workbook, "Workforce", "D5") == RED
    assert cell.comment.author == AUTHOR
    assert cell.comment.text == (
        f"{FIRST_LINE}\n\nError: {finding.title}\nFound: {finding.found}\n"
        f"Expected: {finding.expected}\nPut it right: {finding.remedy}"
    )
    assert cell.value == "0,6"
    assert colour(workbook, "Workforce", "D6") == "00000000"


def test_the_sheet_findings_lists_all_and_leads_to_each_cell() -> None:
    content = workbook_with(FAULTS)
    workbook = opened(marked(content))
    sheet = workbook["Findings"]
    assert [cell.value for cell in sheet[1]] == [
        "Level", "Sheet", "Cell", "Title", "Found", "Expected", "Put it right"
    ]  # fmt: skip
    findings = read(content).findings
    assert listed(marked(content)) == [
        ("Error", one.sheet, one.cell, one.title, one.found, one.expected, one.remedy) for one in findings
    ]
    places = [getattr(sheet.cell(row, 3).hyperlink, "location", None) for row in range(2, 2 + len(findings))]
    assert places == [f"'{one.sheet}'!{one.cell}" for one in findings]
    assert workbook.active is sheet
    assert [other.title for other in workbook.worksheets if other.sheet_view.tabSelected] == ["Findings"]


def test_warnings_are_amber_and_an_error_outdoes_them() -> None:
    findings = (
        Finding(Level.WARNING, "Activity", "D4", "change", "22", "30", "Say why", "It fell"),
        Finding(Level.WARNING, "Activity", "D5", "change", "22", "30", "Say why", "It fell"),
        Finding(Level.ERROR, "Activity", "D5", "areas", "22", "30", "Correct it", "They do not add"),
    )
    workbook = opened(annotated(valid_content(), findings))
    assert (colour(workbook, "Activity", "D4"), colour(workbook, "Activity", "D5")) == (AMBER, RED)
    assert workbook["Activity"]["D4"].comment.text.startswith(f"{FIRST_LINE}\n\nWarning: It fell")
    assert "Warning: It fell" in workbook["Activity"]["D5"].comment.text
    assert "Error: They do not add" in workbook["Activity"]["D5"].comment.text


def test_a_finding_without_a_cell_stands_in_the_list_only() -> None:
    workbook = loaded()
    del workbook["Equality"]
    after = marked(saved(workbook))
    assert [row[:3] for row in listed(after)] == [("Error", "Equality", None)]
    assert opened(after)["Findings"]["C2"].hyperlink is None


def test_it_can_be_corrected_and_uploaded_as_it_is() -> None:
    after = opened(marked(workbook_with(FAULTS)))
    after["Activity"]["F2"], after["Workforce"]["D5"], after["Open book"]["C2"] = 191, 0.6, 4400
    corrected = read(saved(after), "nelft-return-2019-08-with-findings.xlsx")
    assert corrected.findings == ()
    assert [str(line.value) for line in corrected.lines if (line.sheet, line.cell) == ("Activity", "F2")] == ["191"]


def test_marks_of_an_earlier_round_are_gone() -> None:
    first = opened(marked(workbook_with(FAULTS)))
    first["Activity"]["F2"] = 191
    second = opened(marked(saved(first)))
    assert second.sheetnames.count("Findings") == 1
    assert colour(second, "Activity", "F2") == "00000000"
    assert second["Activity"]["F2"].comment is None
    assert {row[1] for row in listed(saved(second))} == {"Workforce", "Open book"}
    assert colour(second, "Workforce", "D5") == RED
    assert second["Workforce"]["D5"].comment.text.count(FIRST_LINE) == 1


def test_the_providers_own_colour_and_note_come_back() -> None:
    workbook = loaded(changes=FAULTS)
    cell = workbook["Workforce"]["D5"]
    cell.fill, cell.font = PatternFill("solid", fgColor="FF123456"), Font(bold=True)
    cell.comment = Comment("Ask the team\n\nby Friday", "Sam Ellis")
    once = opened(marked(saved(workbook)))
    assert once["Workforce"]["D5"].comment.text.endswith(
        "The note that stood here, by Sam Ellis:\nAsk the team\n\nby Friday"
    )
    twice = opened(marked(saved(once)))
    assert twice["Workforce"]["D5"].comment.text == once["Workforce"]["D5"].comment.text
    twice["Workforce"]["D5"] = 0.6
    thrice = opened(marked(saved(twice)))["Workforce"]["D5"]
    assert (thrice.fill.fgColor.rgb, thrice.font.bold) == ("FF123456", True)
    assert (thrice.comment.text, thrice.comment.author) == ("Ask the team\n\nby Friday", "Sam Ellis")


def test_everything_else_of_the_workbook_stays() -> None:
    workbook = loaded(changes=FAULTS)
    sheet = workbook["Activity"]
    choices = DataValidation(type="list", formula1='"yes,no"')
    choices.add("H2")
    sheet.add_data_validation(choices)
    sheet.conditional_formatting.add("D2:F9", CellIsRule("greaterThan", ["100"], font=Font(bold=True)))
    sheet["H3"].comment = Comment("Mine", "Sam")
    sheet.column_dimensions["B"].width = 61
    sheet["D2"].number_format = "0.00"
    sheet.merge_cells("J30:K31")
    workbook.create_sheet("Notes")["A1"] = "Ours"
    workbook["Notes"].sheet_state = "hidden"
    workbook["Notes"].protection.sheet = True
    after = opened(marked(saved(workbook)))
    kept = after["Activity"]
    assert [str(rule.sqref) for rule in kept.data_validations.dataValidation] == ["H2"]
    assert [str(ranges.sqref) for ranges in kept.conditional_formatting] == ["D2:F9"]
    assert (kept["H3"].comment.text, kept["H3"].comment.author) == ("Mine", "Sam")
    assert (kept.column_dimensions["B"].width, kept["D2"].number_format) == (61, "0.00")
    assert [str(one) for one in kept.merged_cells.ranges] == ["J30:K31"]
    assert (after["Notes"]["A1"].value, after["Notes"].sheet_state) == ("Ours", "hidden")
    assert after["Notes"].protection.sheet is True


def test_formulas_keep_their_last_value() -> None:
    content = with_part_changed(
        workbook_with({("Workforce", "D5"): "0,6"}), packages.ACTIVITY_PART, b'<c r="F2" t="n"><v>191</v></c>', FORMULA
    )
    after = marked(content)
    assert opened(after)["Activity"]["F2"].value == "=SUM(D2:E2)"
    assert openpyxl.load_workbook(io.BytesIO(after), data_only=True)["Activity"]["F2"].value == 191


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="F2" t="str"><f>"19"&amp;"1"</f><v>191</v></c>',
        b'<c r="F2" t="str"><f>""</f><v></v></c>',
        b'<c r="F2"><f>D2+E2</f></c>',
        b'<c r="F2" t="e"><f>D2/0</f><v>#DIV/0!</v></c>',
        b'<c r="F2" t="e"><v>#REF!</v></c>',
        b'<c r="F2" t="b"><v>1</v></c>',
        b'<c r="F2" t="d"><v>2019-08-01</v></c>',
        b'<c r="F2"><v>7.0999999999999996</v></c>',
        b'<c r="F2"><v>1e308</v></c>',
        b'<c r="F2"><f t="array" ref="F2">SUM(D2:E2)</f><v>191</v></c>',
        b'<c r="F2"><f t="shared" ref="F2:F3" si="0">SUM(D2:E2)</f><v>191</v></c>',
        b'<c r="F2" t="inlineStr"><is><r><t>1</t></r><r><t xml:space="preserve">91 </t></r></is></c>',
        b'<c r="F2" t="inlineStr"><is><t>_x005F_ \xe2\x82\xac &lt;b&gt;</t><rPh sb="0" eb="1"><t>x</t></rPh></is></c>',
        b'<c t="n"><v>191</v></c>',
    ],
)
def test_an_odd_cell_reads_the_same(cell: bytes) -> None:
    content = with_part_changed(
        workbook_with({("Workforce", "D5"): "0,6"}), packages.ACTIVITY_PART, b'<c r="F2" t="n"><v>191</v></c>', cell
    )
    marked(marked(content))


def test_dates_outside_the_calendar_and_counted_from_1904_read_the_same() -> None:
    workbook = loaded(changes={("Return", "B7"): datetime(2019, 9, 12), ("Workforce", "D5"): "x"})
    workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    content = saved(workbook)
    marked(content)
    marked(
        with_part_changed(
            content, packages.ACTIVITY_PART, b'<c r="F2" t="n"><v>191</v></c>', b'<c r="F2" s="2"><v>-9</v></c>'
        )
    )


def test_a_value_under_a_merged_cell_is_kept_and_the_note_stands_on_the_first() -> None:
    workbook = loaded(changes={("Activity", "F2"): "x"})
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="E2:F2"/></mergeCells>'
    after = marked(with_part_changed(saved(workbook), packages.ACTIVITY_PART, b"</sheetData>", merged))
    kept = opened(after)["Activity"]
    assert kept["E2"].comment.text.startswith(FIRST_LINE)
    assert [one.cell for one in read(after).findings if one.code == "not-a-number"] == ["F2"]
