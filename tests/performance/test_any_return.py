"""Whatever stands in a cell or a file, reading answers with a Reading: never an exception, never a silent guess."""

import io
import zipfile
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from performance.findings import has_errors
from performance.form import Reading
from performance.workbook.read import read_return
from tests.hostile_files.build import CSV_NAME, FILE_NAME, csv_cell, csv_with, valid_content, workbook_with
from tests.hostile_files.packages import ACTIVITY_PART
from tests.performance.kent_form import TODAY, kent_form_for

VALID = valid_content()
LINES = read_return(VALID, FILE_NAME, kent_form_for, TODAY).lines
CSV = csv_with()
CELLS = [("Activity", "A2"), ("Activity", "D1"), ("Activity", "D2"), ("Activity", "G15"), ("Activity", "H2"),
         ("Caseload by pathway", "B2"), ("Workforce", "C2"), ("Open book", "C2"), ("Equality", "D2"),
         ("Return", "B2"), ("Return", "B3"), ("Return", "B4"), ("Return", "B5"), ("Return", "B7")]  # fmt: skip
# What XML can carry; openpyxl refuses to write the rest, so no workbook holds it.
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=40
)
VALUES = st.one_of(
    TEXT.filter(lambda text: not text.startswith("=")),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
    st.dates(),
    st.times(),
)
slowly = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(content: bytes, file_name: str = FILE_NAME) -> Reading:
    return read_return(content, file_name, kent_form_for, TODAY)


@slowly
@given(st.sampled_from(CELLS), VALUES)
def test_any_value_in_any_cell_of_a_workbook(cell: tuple[str, str], value: object) -> None:
    reading = read(workbook_with({cell: value}))
    assert all(line.value is None or line.value >= 0 for line in reading.lines)
    # Nothing found means that nothing changed but the one cell.
    assert reading.findings or len(reading.lines) == len(LINES)


@slowly
@given(st.sampled_from(CELLS), st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_in_any_cell_of_a_csv(cell: tuple[str, str], text: str) -> None:
    reading = read(csv_with({cell: text}), CSV_NAME)
    assert reading.findings or len(reading.lines) == len(LINES)
    assert all(line.comment.isprintable() and line.not_reported_because.isprintable() for line in reading.lines)


@slowly
@given(st.integers(0, 10_000_000))
def test_a_count_comes_back_from_a_workbook_and_from_a_csv(number: int) -> None:
    changes = {("Activity", "D2"): number}
    twins = ((workbook_with(changes), FILE_NAME, "D2"), (csv_with(changes), CSV_NAME, csv_cell("Activity", "D2")))
    for content, name, at in twins:
        line = next(line for line in read(content, name).lines if line.sheet == "Activity" and line.cell == at)
        assert line.value == number


@slowly
@given(st.decimals(0, 1_000_000, places=2))
def test_an_amount_comes_back_from_a_workbook(amount: Decimal) -> None:
    reading = read(workbook_with({("Open book", "C2"): float(amount)}))
    assert next(line.value for line in reading.lines if line.sheet == "Open book") == amount
    assert reading.findings == ()


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([FILE_NAME, CSV_NAME, "a.xls", ""]),
    st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe"]),
)
def test_any_bytes_are_answered(content: bytes, name: str, start: bytes) -> None:
    assert has_errors(read(start + content, name).findings)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(VALID) - 1), st.integers(1, 255))
def test_a_workbook_with_one_byte_changed_is_read_the_same_or_refused(at: int, by: int) -> None:
    spoilt = bytearray(VALID)
    spoilt[at] ^= by
    reading = read(bytes(spoilt))
    assert has_errors(reading.findings) or reading.lines == LINES


@slowly
@given(st.integers(0, 7_000), st.binary(min_size=1, max_size=12))
def test_a_sheet_with_any_bytes_put_in_is_answered(at: int, inserted: bytes) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(VALID)) as old, zipfile.ZipFile(stream, "w") as new:
        for info in old.infolist():
            part = old.read(info)
            new.writestr(info.filename, part[:at] + inserted + part[at:] if info.filename == ACTIVITY_PART else part)
    reading = read(stream.getvalue())
    assert reading.findings or len(reading.lines) == len(LINES)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(CSV) - 1), st.binary(max_size=8))
def test_a_csv_with_any_bytes_put_in_is_answered(at: int, inserted: bytes) -> None:
    reading = read(CSV[:at] + inserted + CSV[at:], CSV_NAME)
    assert reading.findings or len(reading.lines) == len(LINES)
