"""LibreOffice opens the template, and what it saves of a filled-in one is read without a finding."""

import csv
import io
from pathlib import Path

import openpyxl

from performance.form import Sheet
from performance.workbook.layout import SHEET_NAMES
from performance.workbook.template import template_workbook
from tests.libreoffice.converting import converted
from tests.performance.filling import filled_workbook, said_in
from tests.performance.test_template import ACCEPTED, KENT, codes, read

# Commas, quotation marks, UTF-8, cells as they are shown, and every sheet in a file of its own.
EACH_SHEET_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"


def test_a_blank_template_saved_again_lacks_its_numbers_and_nothing_else(tmp_path: Path) -> None:
    made = converted(template_workbook(KENT), "xlsx", tmp_path)
    content = (made / "return.xlsx").read_bytes()
    assert codes(read(content).findings) == {"missing": 131, "missing-field": 2}
    activity = openpyxl.load_workbook(io.BytesIO(content))["Activity"]
    assert {rule.type for rule in activity.data_validations.dataValidation} == {"whole", "list"}


def test_a_filled_in_template_saved_again_says_the_same(tmp_path: Path) -> None:
    said = said_in(ACCEPTED)
    made = converted(filled_workbook(template_workbook(KENT), KENT.form, said), "xlsx", tmp_path)
    reading = read((made / "return.xlsx").read_bytes())
    assert reading.findings == ()
    assert said_in(reading.lines) == said


def test_its_sheets_exported_one_by_one_and_pasted_together_say_the_same(tmp_path: Path) -> None:
    said = said_in(ACCEPTED)
    content = filled_workbook(template_workbook(KENT), KENT.form, said)
    made = converted(content, EACH_SHEET_AS_CSV, tmp_path)
    stream = io.StringIO()
    for name in SHEET_NAMES:
        exported = (made / f"return-{name}.csv").read_text(encoding="utf-8")
        csv.writer(stream).writerows([name, *row] for row in csv.reader(io.StringIO(exported, newline="")))
    reading = read(stream.getvalue().encode(), name="return.csv")
    assert reading.findings == ()
    assert {line.sheet for line in reading.lines} == {*Sheet}
    assert said_in(reading.lines) == said
