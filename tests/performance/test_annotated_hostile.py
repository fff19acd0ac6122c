"""Whatever stands in a workbook, its marked copy stays harmless, in bounds, and the same return when read again."""

import io
import zipfile
from collections.abc import Sequence

import openpyxl
import pytest
from openpyxl.utils.cell import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.table import Table

from performance.findings import Finding, Level, error
from performance.form import Reading
from performance.workbook.annotate import CannotMark, annotated
from performance.workbook.read import read_return
from tests.hostile_files import packages
from tests.hostile_files.build import (
    FILE_NAME,
    loaded,
    repacked,
    saved,
    valid_content,
    with_part_changed,
)
from tests.performance.kent_form import TODAY, kent_form_for

FAULTS = {("Activity", "F2"): "about 190", ("Workforce", "D5"): "0,6", ("Open book", "C2"): "n/a"}


def read(content: bytes) -> Reading:
    return read_return(content, FILE_NAME, kent_form_for, TODAY)


def marked(content: bytes) -> bytes:
    """The workbook with its own findings, which must read as the workbook itself does."""
    before = read(content)
    after = annotated(content, before.findings)
    assert read(after) == before
    return after


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("build", [packages.external_link, packages.connection, packages.far_border])
def test_odd_packages_can_be_marked(build) -> None:
    finding = error("x", "Activity", "D2", title="t", found="f", expected="e", remedy="r")
    after = annotated(build(), [finding])
    assert read(after).lines == read(valid_content()).lines


TEXTS = ["=1+1", "+1", "-1+1", "@x", "\t=1", "\r=1", "-4", "\x01\x0b=2", "<script>alert(1)</script>", "\ud7ff]]>&"]


@pytest.mark.parametrize("text", TEXTS)
def test_what_findings_quote_is_only_text(text: str) -> None:
    finding = Finding(Level.ERROR, "Activity", "D2", "x", text, text, text, text)
    workbook = opened(annotated(valid_content(), [finding]))
    plain = "".join(character for character in text if character not in "\x01\x0b")
    wanted = plain if text == "-4" or not plain.startswith(("=", "+", "-", "@", "\t", "\r")) else f"'{plain}"
    written = [workbook["Findings"].cell(2, column) for column in (4, 5, 6, 7)]
    assert {cell.data_type for cell in written} == {"s"}
    assert {str(cell.value).replace("\n", "\r") for cell in written} == {wanted.replace("\n", "\r")}
    assert plain.replace("\r", "\n") in workbook["Activity"]["D2"].comment.text.replace("\r", "\n")


def test_harmless_pieces_never_look_like_personal_data_together() -> None:
    texts = ["943", "476 5919", "ME14", "1XX"]
    finding = Finding(Level.ERROR, "Activity", "D2", "x", texts[0], "943 476 5919", texts[2], "CT1 3HJ")
    after = annotated(valid_content(), [finding])
    assert read(after).findings == ()


def test_a_sheet_of_the_providers_named_findings_is_replaced() -> None:
    workbook = loaded(changes=FAULTS)
    workbook.create_sheet(" findings ")["A1"] = "=1+1"
    after = opened(marked(saved(workbook)))
    assert [name for name in after.sheetnames if name.strip().casefold() == "findings"] == ["Findings"]


def test_a_formula_on_the_list_that_calls_out_is_still_found() -> None:
    workbook = loaded()
    workbook.create_sheet("Findings")["A1"] = "=cmd|'/c calc'!A0"
    assert ("calling-formula", "Findings") in [(one.code, one.sheet) for one in read(saved(workbook)).findings]


@pytest.mark.parametrize("value", ["943 476 5919", 9434765919])
def test_personal_data_on_the_list_is_still_refused(value: object) -> None:
    workbook = loaded()
    workbook.create_sheet("Findings")["A1"] = value
    assert [one.code for one in read(saved(workbook)).findings] == ["personal-data"]


def refused(content: bytes, findings: Sequence[Finding] = ()) -> str:
    with pytest.raises(CannotMark) as because:
        annotated(content, findings)
    return str(because.value)


def test_what_only_another_program_understands_is_said_and_never_quoted() -> None:
    content = with_part_changed(valid_content(), packages.ACTIVITY_PART, b"<v>191</v>", b"<v>NaN</v>")
    assert refused(content) == "it holds something that only the program which wrote it understands"


def test_a_table_over_everything_makes_no_cells() -> None:
    workbook = loaded()
    workbook["Activity"].add_table(Table(displayName="T", ref="A1:H20"))
    content = saved(workbook)
    columns = content_of_table(content)
    bomb = with_part_changed(content, "xl/tables/table1.xml", columns, b"")
    bomb = with_part_changed(bomb, "xl/tables/table1.xml", b"A1:H20", b"A1:XFD1048576")
    assert refused(bomb) == "it holds something that only the program which wrote it understands"


def content_of_table(content: bytes) -> bytes:
    part = zipfile.ZipFile(io.BytesIO(content)).read("xl/tables/table1.xml")
    start, end = part.index(b"<tableColumns"), part.index(b"</tableColumns>") + len(b"</tableColumns>")
    return part[start:end]


def test_a_long_formula_shared_by_many_cells_is_not_written_out() -> None:
    long = b"+".join([b"D2"] * 1_000)
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><f t="shared" si="0"/><v>1</v></c></row>' % (row, row) for row in range(31, 1_031)
    )
    first = b'<row r="30"><c r="A30"><f t="shared" ref="A30:A1030" si="0">' + long + b"</f><v>1</v></c></row>"
    content = with_part_changed(
        valid_content(), packages.ACTIVITY_PART, b"</sheetData>", first + rows + b"</sheetData>"
    )
    assert refused(content) == "it holds too many long formulas"


@pytest.mark.parametrize(
    ("element", "code"),
    [
        (b'<mergeCells count="1"><mergeCell ref="A1:BL400"/></mergeCells>', "too-large"),
        (b'<hyperlinks><hyperlink ref="A1:BL400" location="A1"/></hyperlinks>', "too-large"),
    ],
)
def test_ranges_that_would_be_made_cell_by_cell_are_refused_when_read(element: bytes, code: str) -> None:
    content = with_part_changed(valid_content(), packages.ACTIVITY_PART, b"</sheetData>", b"</sheetData>" + element)
    assert [one.code for one in read(content).findings] == [code]


def test_a_note_on_a_whole_column_is_refused_when_read() -> None:
    part = b'<comments xmlns="x"><commentList><comment ref="A"/></commentList></comments>'
    content = repacked(valid_content(), added={"xl/comments1.xml": part})
    assert [one.code for one in read(content).findings] == ["damaged"]


def test_blank_cells_with_a_border_are_bounded_over_all_sheets() -> None:
    cells = "".join(f'<c r="{get_column_letter(n % 16_000 + 1)}{40 + n % 977}" s="1"/>' for n in range(70_000))
    row = f'<row r="40">{cells}</row></sheetData>'.encode()
    content = valid_content()
    for number in (2, 3):
        content = with_part_changed(content, f"xl/worksheets/sheet{number}.xml", b"</sheetData>", row)
    assert read(content).findings == ()
    content = with_part_changed(content, "xl/worksheets/sheet4.xml", b"</sheetData>", row)
    assert [one.found for one in read(content).findings] == ["More than 200,000 cells, blank ones included"]
