"""trust.md, "Uploaded files": each hostile file gets its own finding, and nothing else happens."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date

import pytest

from performance.findings import KEPT_IN_ALL, Level, count_of
from performance.form import Reading
from performance.workbook.read import read_return
from tests.hostile_files import packages
from tests.hostile_files.build import (
    CSV_NAME,
    FILE_NAME,
    csv_with,
    repacked,
    valid_content,
    with_part_changed,
    workbook_with,
)
from tests.performance.kent_form import TODAY, kent_form_for

MEGABYTE = 1024 * 1024


def read(content: bytes, file_name: str = FILE_NAME) -> Reading:
    return read_return(content, file_name, kent_form_for, TODAY)


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


# What the two findings about a bomb say tells which bound stopped it.
def test_each_bound_of_unpacking_works_alone() -> None:
    assert read(packages.small_bomb()).findings[0].found == "A file that unpacks to more than 100 times its size"
    assert read(packages.large_and_hardly_packed()).findings[0].found == "More than 20 MB once unpacked"


REFUSED: list[tuple[Callable[[], bytes], str]] = [
    (packages.zip_bomb, "too-large"),
    (packages.bomb_of_cells, "too-large"),
    (packages.small_bomb, "too-large"),
    (packages.large_and_hardly_packed, "too-large"),
    (packages.bomb_with_lying_header, "damaged"),
    (packages.doctype_in_sheet, "doctype"),
    (packages.entity_expansion, "doctype"),
    (packages.external_entity, "doctype"),
    (packages.doctype_in_utf_16, "doctype"),
    (packages.unfinished_xml, "damaged"),
    (packages.far_cell, "too-large"),
    (packages.merged_over_everything, "too-large"),
    (packages.linked_over_everything, "too-large"),
    (packages.note_over_everything, "damaged"),
    (packages.many_empty_rows, "too-large"),
    (packages.many_bordered_cells, "too-large"),
    (packages.many_sheets, "too-large"),
    (packages.one_sheet_many_times, "too-large"),
    (packages.long_text, "too-large"),
    (packages.packed_another_way, "damaged"),
    (packages.cell_twice, "damaged"),
    (packages.vba_project, "macros"),
    (packages.renamed_vba_project, "macros"),
    (packages.macro_enabled_type, "macros"),
    (packages.macro_sheet, "macros"),
    (packages.dde_link, "object"),
    (packages.embedded_file, "object"),
    (packages.truncated, "damaged"),
    (packages.duplicate_parts, "duplicate-part"),
    (packages.encrypted_part, "password"),
    (packages.other_zip, "file-kind"),
    (packages.word_document, "file-kind"),
    (packages.many_parts, "too-large"),
]


@pytest.mark.parametrize(("build", "code"), REFUSED, ids=[build.__name__ for build, _ in REFUSED])
def test_a_hostile_package_is_refused_with_one_finding(build: Callable[[], bytes], code: str) -> None:
    reading = read(build())
    assert codes(reading) == [code]
    assert reading.lines == ()
    assert reading.findings[0].level is Level.ERROR


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil.xml", "xl/..\\evil.xml", "C:/evil.xml"])
def test_a_part_that_leaves_the_package_is_refused(name: str) -> None:
    assert codes(read(packages.part_named(name))) == ["unsafe-name"]


@pytest.mark.parametrize(
    ("content", "file_name", "code"),
    [
        (b"", FILE_NAME, "empty-file"),
        (b"", CSV_NAME, "empty-file"),
        (b"Return,Field,Value\r\n", FILE_NAME, "file-kind"),
        (b"<html><table><tr><td>1</td></tr></table></html>", FILE_NAME, "file-kind"),
        (b"\xef\xbb\xbf  <html></html>", CSV_NAME, "file-kind"),
        (b"<html></html>", "return.xls", "file-kind"),
        (packages.OLE + b"workbook", "return.xls", "password"),
        (packages.OLE + b"EncryptedPackage", FILE_NAME, "password"),
        (valid_content(), "return.xlsm", "file-kind"),
        (valid_content(), CSV_NAME, "file-kind"),
        (valid_content(), "return.pdf", "file-kind"),
        (valid_content(), "return", "file-kind"),
        (b"\0" * 100, CSV_NAME, "file-kind"),
        (b'Return,"Field,Value\r\n', CSV_NAME, "damaged"),
        (b"a" * (10 * MEGABYTE + 1), CSV_NAME, "too-large"),
        (b"PK\x03\x04", FILE_NAME, "damaged"),
    ],
)
def test_what_a_file_is_must_agree_with_its_name(content: bytes, file_name: str, code: str) -> None:
    assert codes(read(content, file_name)) == [code]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (valid_content(), "A newer Excel workbook named .xls"),
        (b"<html></html>", "A web page or XML file named .xls"),
        (b"Return,Field", "A file named .xls that is not an Excel workbook"),
    ],
)
def test_what_is_named_xls_is_called_what_it_is(content: bytes, found: str) -> None:
    assert read(content, "return.xls").findings[0].found == found


def test_a_file_above_the_limit_is_said_to_be_above_it() -> None:
    assert read(b"a" * (10 * MEGABYTE + 1), CSV_NAME).findings[0].found == "More than 10 MB"


def test_a_password_is_answered_with_how_to_save() -> None:
    assert read(packages.OLE, "old.xls").findings[0].remedy == "Save as .xlsx without a password, and upload that"


@pytest.mark.parametrize("build", [packages.zip_bomb, packages.bomb_of_cells, packages.merged_over_everything])
def test_memory_stays_flat_under_a_bomb(build: Callable[[], bytes]) -> None:
    content = build()
    tracemalloc.start()
    try:
        read(content)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < len(content) + 12 * MEGABYTE


def test_a_lying_dimension_hides_no_row() -> None:
    assert read(packages.dimension_lies()) == read(valid_content())


def test_all_fifty_rows_are_read_whatever_the_dimension_says() -> None:
    rows = b"".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>More {row}</t></is></c></row>'.encode()
        for row in range(21, 51)
    )
    content = with_part_changed(
        packages.dimension_lies(), packages.ACTIVITY_PART, b"</sheetData>", rows + b"</sheetData>"
    )
    cells = [finding.cell for finding in read(content).findings if finding.code == "unknown-label"]
    assert cells == [f"A{row}" for row in range(21, 51)]


@pytest.mark.parametrize("cell", ["A5001", "BM2", "XFD1048576"])
def test_a_cell_out_of_bounds_is_refused(cell: str) -> None:
    assert codes(read(packages.far_cell(cell))) == ["too-large"]


@pytest.mark.parametrize(
    ("cells", "found"), [("A1:A5001", ["too-large"]), ("A1:BM1", ["too-large"]), ("J1:J2", ["merged-cells"])]
)
def test_a_merged_range_is_held_in_bounds(cells: str, found: list[str]) -> None:
    assert codes(read(packages.merged_over_everything(cells))) == found


def test_a_border_far_away_is_no_content() -> None:
    assert read(packages.far_border()) == read(valid_content())


@pytest.mark.parametrize(
    ("build", "code"), [(packages.external_link, "external-link"), (packages.connection, "connection")]
)
def test_a_link_is_ignored_with_a_word(build: Callable[[], bytes], code: str) -> None:
    reading = read(build())
    assert [(finding.code, finding.level) for finding in reading.findings] == [(code, Level.WARNING)]
    assert reading.lines == read(valid_content()).lines


def test_a_formula_that_starts_a_program_is_an_error_at_its_cell() -> None:
    content = with_part_changed(
        valid_content(),
        packages.ACTIVITY_PART,
        b'<c r="D2" t="n"><v>108</v></c>',
        b"<c r=\"D2\"><f>cmd|'/c calc'!A0</f><v>108</v></c>",
    )
    assert [(finding.code, finding.cell) for finding in read(content).findings] == [("calling-formula", "D2")]


FILE_NAMES = [
    "../../etc/passwd/return.xlsx",
    "return\n.xlsx",
    "return\u202excod.xlsx",
    "r" * 300 + ".xlsx",
    "<script>alert(1)</script>.xlsx",
    "9434765919.xlsx",
]


@pytest.mark.parametrize("file_name", FILE_NAMES)
def test_a_file_name_is_never_repeated(file_name: str) -> None:
    assert read(valid_content(), file_name) == read(valid_content(), "return.xlsx")


@pytest.mark.parametrize("file_name", FILE_NAMES)
def test_a_file_name_is_not_repeated_in_a_refusal(file_name: str) -> None:
    assert file_name.removesuffix(".xlsx") not in repr(read(b"nothing", file_name))


SCRIPT = "<script>alert(1)</script>"


def test_a_script_in_a_comment_is_kept_as_text() -> None:
    reading = read(workbook_with({("Activity", "H2"): SCRIPT}))
    assert reading.lines[0].comment == SCRIPT
    assert reading.findings == ()


def test_a_script_in_a_sheet_name_is_quoted_as_text() -> None:
    content = with_part_changed(valid_content(), "xl/workbook.xml", b'name="Equality"', b'name="&lt;script&gt;"')
    found = [(finding.code, finding.sheet) for finding in read(content).findings]
    assert found == [("missing-sheet", "Equality"), ("unknown-sheet", "<script>")]


PERSONAL = [
    "943 476 5919",
    "943-476-5919",
    "\uff19\uff14\uff13\uff14\uff17\uff16\uff15\uff19\uff11\uff19",
    "9434\u200b765919",
    "CT1 3HJ",
    "me14 1xx",
    "DOB 03/05/2008",
    "born on 3 May 2008",
]


@pytest.mark.parametrize("text", PERSONAL)
@pytest.mark.parametrize(
    "cell",
    [
        ("Activity", "H2"),
        ("Activity", "G15"),
        ("Activity", "D2"),
        ("Return", "B6"),
        ("Return", "B3"),
        ("Activity", "B3"),
    ],
)
def test_personal_data_is_refused_and_repeated_nowhere(text: str, cell: tuple[str, str]) -> None:
    reading = read(workbook_with({cell: f"Child {text} moved"}))
    assert [finding.cell for finding in reading.findings if finding.code == "personal-data"] == [cell[1]]
    assert text not in repr(reading)


@pytest.mark.parametrize("cell", [("Activity", "D2"), ("Activity", "I1"), ("Return", "B5"), ("Return", "B4")])
def test_a_cell_with_personal_data_has_that_one_finding(cell: tuple[str, str]) -> None:
    findings = read(workbook_with({cell: "943 476 5919"})).findings
    assert [finding.code for finding in findings] == ["personal-data"]
    assert findings[0].title == f"{cell[1]} seems to hold an NHS number"
    assert "text text" not in repr(findings)


def test_personal_data_in_a_csv_is_refused_and_repeated_nowhere() -> None:
    reading = read(csv_with({("Activity", "H2"): "943 476 5919"}), CSV_NAME)
    assert codes(reading) == ["personal-data"]
    assert "943" not in repr(reading)


def test_an_nhs_number_in_a_number_cell_is_refused_and_repeated_nowhere() -> None:
    reading = read(workbook_with({("Activity", "D2"): 9434765919}))
    assert codes(reading) == ["personal-data"]
    assert "9434765919" not in repr(reading)


def test_personal_data_on_a_sheet_that_is_not_read_is_refused() -> None:
    content = with_part_changed(
        workbook_with({("Equality", "A18"): "943 476 5919"}), "xl/workbook.xml", b'name="Equality"', b'name="Names"'
    )
    assert ("personal-data", "Names", "A18") in [
        (finding.code, finding.sheet, finding.cell) for finding in read(content).findings
    ]


@pytest.mark.parametrize("text", ["943 476 5919", "CT1 3HJ"])
def test_personal_data_in_a_note_on_a_cell_is_refused(text: str) -> None:
    reading = read(packages.note_with(text))
    assert codes(reading) == ["personal-data"]
    assert text not in repr(reading)


HEADER = b"<headerFooter><oddHeader>&amp;C943 476 5919</oddHeader></headerFooter></worksheet>"
RULE = (
    b'<dataValidations><dataValidation sqref="D2" promptTitle="x" prompt="CT1 3HJ"><formula1>1</formula1>'
    b"</dataValidation></dataValidations></worksheet>"
)
TIP = b'<hyperlinks><hyperlink ref="D2" tooltip="943 476 5919"/></hyperlinks></worksheet>'
LINK = b'<Relationship Id="rId77" Type="x" TargetMode="External" Target="mailto:x?q=CT1%203HJ"/></Relationships>'
RELATIONS = "xl/_rels/workbook.xml.rels"
NAME = b'<definedName name="n">&quot;943 476 5919&quot;</definedName></definedNames>'


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (packages.ACTIVITY_PART, b"</worksheet>", HEADER),
        (packages.ACTIVITY_PART, b"</worksheet>", RULE),
        (packages.ACTIVITY_PART, b"</worksheet>", TIP),
        (RELATIONS, b"</Relationships>", LINK),
        ("xl/workbook.xml", b"<definedNames />", b"<definedNames>" + NAME),
        ("docProps/app.xml", b"</Properties>", b"<Company>CT1 3HJ</Company></Properties>"),
        ("docProps/core.xml", b"openpyxl", b"943 476 5919"),
    ],
)
def test_personal_data_anywhere_outside_the_cells_is_refused(part: str, old: bytes, new: bytes) -> None:
    reading = read(with_part_changed(valid_content(), part, old, new))
    assert codes(reading) == ["personal-data"]
    assert "3HJ" not in repr(reading)
    assert "5919" not in repr(reading)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("customXml/item1.xml", b'<a b="943 476 5919"/>'),
        ("xl/worksheets/sheet99.xml", b"<worksheet><c><v>9434765919</v></c></worksheet>"),
        ("xl/sharedStrings.xml", b"<sst><si><t>CT1 3HJ</t></si></sst>"),
        ("xl/CT1 3HJ.xml", b"<a/>"),
    ],
)
def test_personal_data_in_a_part_that_nothing_shows_is_refused(name: str, part: bytes) -> None:
    assert codes(read(repacked(valid_content(), added={name: part}))) == ["personal-data"]


def test_a_part_that_is_no_xml_is_refused() -> None:
    assert codes(read(repacked(valid_content(), added={"notes.txt": b"943 476 5919"}))) == ["unknown-part"]


def test_personal_data_in_the_remark_of_the_packing_is_refused() -> None:
    stream = io.BytesIO(valid_content())
    with zipfile.ZipFile(stream, "a") as package:
        package.comment = b"943 476 5919"
    assert codes(read(stream.getvalue())) == ["personal-data"]


def test_personal_data_in_the_name_of_a_sheet_is_refused_and_repeated_nowhere() -> None:
    content = with_part_changed(valid_content(), "xl/workbook.xml", b'name="Equality"', b'name="943 476 5919"')
    reading = read(content)
    assert codes(reading) == ["personal-data", "missing-sheet"]
    assert "5919" not in repr(reading)
    assert "personal-data" in codes(read(csv_with() + b"943 476 5919,x\r\n", CSV_NAME))


@pytest.mark.parametrize("formula", [b'LEN("943 476 5919")', b"9434765919*0+108", b'IF(1,108,"CT1  3HJ")'])
def test_personal_data_in_a_formula_is_found_at_its_cell(formula: bytes) -> None:
    cell = b'<c r="D2"><f>' + formula + b"</f><v>108</v></c>"
    reading = read(with_part_changed(valid_content(), packages.ACTIVITY_PART, b'<c r="D2" t="n"><v>108</v></c>', cell))
    assert [(finding.code, finding.cell) for finding in reading.findings] == [("personal-data", "D2")]


def test_a_sum_in_a_formula_is_no_nhs_number() -> None:
    cell = b'<c r="D2"><f>943+476+5919-7230</f><v>108</v></c>'
    content = with_part_changed(valid_content(), packages.ACTIVITY_PART, b'<c r="D2" t="n"><v>108</v></c>', cell)
    assert read(content).findings == ()


@pytest.mark.parametrize(
    "part",
    [
        b'<c:chart xmlns:c="x"><c:axId val="9434765919"/></c:chart>',
        b'<a:clr xmlns:a="x" val="B160DD"/>',
        b'<x uid="{9434765A-0000-4000-8000-0000DE35AB00}" left="0.511811024"/>',
    ],
)
def test_what_programs_write_by_themselves_is_no_personal_data(part: bytes) -> None:
    assert read(repacked(valid_content(), added={"xl/charts/chart1.xml": part})).findings == ()


def test_the_file_of_another_month_is_named() -> None:
    reading = read(valid_content(), "nelft-return-2019-07.xlsx")
    assert [(finding.code, finding.found) for finding in reading.findings] == [
        ("file-name-month", "2019-07 in the name of the file, 2019-08 on sheet Return")
    ]


def test_a_file_that_faults_in_every_cell_makes_a_readable_report() -> None:
    rows = "".join(f"Activity,{','.join(['x'] * 19)}\n" for _ in range(4_900))
    reading = read(csv_with() + rows.encode(), CSV_NAME)
    # Of each row its label and eleven cells under no heading.
    assert len(reading.findings) <= KEPT_IN_ALL + 10
    assert [(one.title, one.stands_for) for one in reading.findings if one.stands_for > 1] == [
        ("And 43,900 more of the same kind", 43_900)
    ]
    assert count_of(reading.findings) == 4_900 * 12


def test_a_csv_with_too_many_cells_is_refused() -> None:
    assert codes(read(b"Activity" + b",1" * 60 + (b"\nActivity" + b",1" * 60) * 2_000, CSV_NAME)) == ["too-large"]


def test_a_csv_with_too_many_columns_is_refused() -> None:
    assert codes(read(b"Activity" + b",1" * 65, CSV_NAME)) == ["too-large"]


def test_a_csv_with_a_long_text_is_refused() -> None:
    assert codes(read(b"Activity," + b"a" * 4_001, CSV_NAME)) == ["too-large"]


def test_an_empty_package_of_random_bytes_is_refused() -> None:
    assert codes(
        read(repacked(valid_content(), lambda name, part: b"\x01\x02" if name == "xl/workbook.xml" else part))
    ) == ["damaged"]


def test_today_is_not_read_from_the_clock() -> None:
    early = read_return(valid_content(), FILE_NAME, kent_form_for, date(2019, 8, 31))
    assert "month-not-ended" in codes(early)
