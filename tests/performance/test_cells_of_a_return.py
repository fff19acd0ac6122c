"""trust.md, row 9 and 10: what people and programs leave in cells is read right or found, never guessed in silence."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from performance.findings import Finding, Level
from performance.form import Reading, ReturnForm, Sheet
from performance.workbook.read import read_return
from tests.hostile_files.build import (
    CSV_NAME,
    FILE_NAME,
    csv_cell,
    csv_with,
    loaded,
    repacked,
    saved,
    valid_content,
    with_part_changed,
    workbook_with,
)
from tests.hostile_files.packages import ACTIVITY_PART, RETURN_PART
from tests.performance.kent_form import CASELOAD, TODAY, kent_form_for

CASELOAD_CELL = b'<c r="D2" t="n"><v>108</v></c>'


def read(content: bytes, file_name: str = FILE_NAME) -> Reading:
    return read_return(content, file_name, kent_form_for, TODAY)


def east_kent(reading: Reading) -> Decimal | None:
    """The Early Help caseload of East Kent."""
    lines = [line for line in reading.lines if (line.measure, line.area) == (CASELOAD, "east-kent")]
    return lines[0].value if lines else None


def the_finding(reading: Reading, code: str) -> Finding:
    """The one finding of a code."""
    found = [finding for finding in reading.findings if finding.code == code]
    assert len(found) == 1, reading.findings
    return found[0]


def with_caseload_cell(xml: bytes) -> bytes:
    return with_part_changed(valid_content(), ACTIVITY_PART, CASELOAD_CELL, xml)


# Formulas


def test_a_formula_is_read_by_the_value_it_had_in_excel() -> None:
    reading = read(with_caseload_cell(b'<c r="D2"><f>50+58</f><v>108</v></c>'))
    assert east_kent(reading) == 108
    assert reading.findings == ()


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b'<c r="D2"><f>50+58</f></c>', "not-calculated"),
        (b'<c r="D2"><f>50+58</f><v></v></c>', "not-calculated"),
        (b'<c r="D2" t="e"><f>Sheet9!A1</f><v>#REF!</v></c>', "formula-error"),
        (b'<c r="D2" t="e"><v>#N/A</v></c>', "formula-error"),
        (b'<c r="D2"><v>NaN</v></c>', "unreadable"),
        (b'<c r="D2"><v>1e999999999</v></c>', "unreadable"),
        (b'<c r="D2"><v>1_08</v></c>', "unreadable"),
        (b'<c r="D2"><v>-INF</v></c>', "unreadable"),
        (b'<c r="D2"><v>one</v></c>', "unreadable"),
        (b'<c r="D2" t="d"><v>yesterday</v></c>', "unreadable"),
    ],
)
def test_a_value_that_is_none_is_found_at_its_cell(xml: bytes, code: str) -> None:
    reading = read(with_caseload_cell(xml))
    assert [(finding.code, finding.sheet, finding.cell) for finding in reading.findings] == [(code, "Activity", "D2")]
    assert east_kent(reading) is None


def test_a_formula_that_gives_no_text_is_blank() -> None:
    content = with_caseload_cell(b'<c r="D2" t="str"><f>IF(1,"")</f><v></v></c>')
    assert the_finding(read(content), "missing").cell == "D2"


def test_a_number_is_what_excel_shows_of_it() -> None:
    reading = read(
        with_part_changed(valid_content(), "xl/worksheets/sheet4.xml", b"<v>5.1</v>", b"<v>5.0999999999999996</v>")
    )
    assert Decimal("5.1") in [line.value for line in reading.lines if line.sheet == "Workforce"]
    assert reading.findings == ()


# Numbers as text


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (" 108 ", 108),
        ("108\u00a0", 108),
        ("\uff11\uff10\uff18", 108),
        ("1,234", 1234),
        ("1\u202f234", 1234),
        ("\u200b108", 108),
    ],
)
def test_text_with_one_meaning_is_read_and_said(typed: str, number: int) -> None:
    reading = read(workbook_with({("Activity", "D2"): typed}))
    assert east_kent(reading) == number
    assert (the_finding(reading, "read-as").cell, the_finding(reading, "read-as").level) == ("D2", Level.WARNING)


@pytest.mark.parametrize("typed", ["108", "108.0"])
def test_plain_digits_as_text_are_read_without_a_word(typed: str) -> None:
    reading = read(workbook_with({("Activity", "D2"): typed}))
    assert east_kent(reading) == 108
    assert reading.findings == ()


@pytest.mark.parametrize(
    "typed",
    [
        "£1.2m", "<5", "n/a", "\u2013", "-", "nil", "0,6", "1.234,5", "NaN", "inf", "1e3", "1E308", "½", "10²", "٣",
        "108 children", "108-110", "1,23", "12,3456", "=108", "£108", "TRUE", "(108)", "108%", "1 08",
    ],
)  # fmt: skip
def test_text_that_is_no_number_is_an_error(typed: str) -> None:
    reading = read(
        with_caseload_cell(f'<c r="D2" t="inlineStr"><is><t>{typed.replace("<", "&lt;")}</t></is></c>'.encode())
    )
    assert east_kent(reading) is None
    assert (the_finding(reading, "not-a-number").cell, the_finding(reading, "not-a-number").level) == (
        "D2",
        Level.ERROR,
    )


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (3.5, "decimals"),
        (-1, "negative"),
        (1e308, "too-big"),
        (10_000_001, "too-big"),
        (True, "not-a-number"),
        (datetime(2019, 8, 1), "not-a-number"),
        (time(12, 30), "not-a-number"),
        (1e-300, "decimals"),
    ],
)
def test_a_value_that_is_no_count_is_an_error(value: object, code: str) -> None:
    reading = read(workbook_with({("Activity", "D2"): value}))
    assert [(finding.code, finding.cell) for finding in reading.findings] == [(code, "D2")]
    assert east_kent(reading) is None


@pytest.mark.parametrize(
    ("typed", "code"), [("0,6", "not-a-number"), ("1,234", "not-a-number"), (0.12345, "decimals"), (-0.5, "negative")]
)
def test_a_wte_is_a_number_with_at_most_four_decimals(typed: object, code: str) -> None:
    assert [(finding.code, finding.cell) for finding in read(workbook_with({("Workforce", "D5"): typed})).findings] == [
        (code, "D5")
    ]


def test_a_decimal_comma_is_answered_in_the_words_of_the_cell() -> None:
    finding = the_finding(read(workbook_with({("Workforce", "D5"): "0,6"})), "not-a-number")
    assert finding.title == "‘0,6’ is not a number"
    assert finding.expected == "A number with a point for decimals, such as 0.6"
    assert finding.remedy == (
        "Type 0.6 in D5 if that is what you mean. Kent Health Needs Education Service, West Kent, in-post WTE"
    )


@pytest.mark.parametrize(("typed", "amount"), [("£1,234.50", "1234.50"), ("£ 12", "12"), ("1,234", "1234")])
def test_money_as_text_is_read_and_said(typed: str, amount: str) -> None:
    reading = read(workbook_with({("Open book", "C2"): typed}))
    assert next(line.value for line in reading.lines if line.sheet == "Open book") == Decimal(amount)
    assert the_finding(reading, "read-as").cell == "C2"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("£1.2m", "not-a-number"),
        (12.345, "decimals"),
        ("(12.50)", "not-a-number"),
        ("\u221212.50", "negative"),
        ("-£12.50", "negative"),
        (1e10, "too-big"),
    ],
)
def test_money_that_is_not_pounds_and_pence_is_an_error(typed: object, code: str) -> None:
    assert the_finding(read(workbook_with({("Open book", "C2"): typed})), code).cell == "C2"


def test_a_long_text_is_shortened_and_put_on_one_line() -> None:
    finding = the_finding(read(workbook_with({("Activity", "D2"): "line\nfeed " * 50})), "not-a-number")
    assert len(finding.title) < 120
    assert "\n" not in finding.title


# How spreadsheet programs write the same things


def with_shared_texts(texts: bytes) -> bytes:
    """The caseload's label as text 0 of a part of shared texts, which Excel writes and the samples do not."""
    content = with_part_changed(
        valid_content(),
        ACTIVITY_PART,
        b'<c r="B2" t="inlineStr"><is><t>Caseload at month end</t></is></c>',
        b'<c r="B2" t="s"><v>0</v></c>',
    )
    relation = (
        b'<Relationship Id="rId99" Target="sharedStrings.xml" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>'
    )
    content = with_part_changed(content, "xl/_rels/workbook.xml.rels", b"</Relationships>", relation)
    return repacked(content, added={"xl/sharedStrings.xml": b'<sst xmlns="x">' + texts + b"</sst>"})


@pytest.mark.parametrize(
    "texts",
    [
        b"<si><t>Caseload at month end</t></si>",
        b'<si><r><t xml:space="preserve">Caseload </t></r><r><rPr><b/></rPr><t>at month end</t></r></si>',
        b'<si><t>Caseload at month end</t><rPh sb="0" eb="1"><t>phonetic</t></rPh></si>',
    ],
)
def test_shared_and_formatted_texts_are_read(texts: bytes) -> None:
    assert read(with_shared_texts(texts)) == read(valid_content())


def test_a_shared_text_that_is_not_there_is_a_damaged_file() -> None:
    assert [finding.code for finding in read(with_shared_texts(b"")).findings] == ["damaged"]


def test_cells_without_addresses_are_read_by_their_order() -> None:
    def without_addresses(name: str, part: bytes) -> bytes:
        return re.sub(rb' r="[A-Z]*[0-9]+"', b"", part) if name.startswith("xl/worksheets/") else part

    content = repacked(valid_content(), without_addresses)
    # A blank cell is left out of the file, so what follows it moves: only rows without a gap can be compared.
    assert east_kent(read(content)) == 108
    assert read(content).month == date(2019, 8, 1)


def test_a_strict_workbook_is_read() -> None:
    def strict(name: str, part: bytes) -> bytes:
        strict_main = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
        return part.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", strict_main)

    assert read(repacked(valid_content(), strict)) == read(valid_content())


def test_a_date_written_out_is_read() -> None:
    content = with_part_changed(
        valid_content(),
        RETURN_PART,
        b'<c r="B5" s="2" t="n"><v>43678</v></c>',
        b'<c r="B5" t="d"><v>2019-08-01T00:00:00</v></c>',
    )
    assert read(content).month == date(2019, 8, 1)


# Blank and not reported


def test_a_blank_cell_is_missing_and_not_zero() -> None:
    reading = read(workbook_with({("Activity", "D2"): None}))
    assert [(finding.code, finding.cell) for finding in reading.findings] == [("missing", "D2")]
    assert east_kent(reading) is None


def optional_form(reference: str) -> ReturnForm | None:
    """The Kent form as the portal keeps it: Open book may be left out."""
    form = kent_form_for(reference)
    measures = (replace(one, required=one.sheet is not Sheet.OPEN_BOOK) for one in form.measures) if form else ()
    return replace(form, measures=tuple(measures)) if form else None


def test_a_row_that_may_be_left_out_may_not_be_left_blank() -> None:
    blank = read_return(workbook_with({("Open book", "C2"): None}), FILE_NAME, optional_form, TODAY)
    finding = the_finding(blank, "missing")
    assert (finding.sheet, finding.cell, finding.level) == ("Open book", "C2", Level.ERROR)
    assert finding.remedy == (
        "Type the number in C2; 0 if there were none, or delete the row if it is not part of this month. "
        "If you cannot report it, leave the row's numbers blank, add a column with the heading "
        "‘Not reported because’ and give the reason there"
    )
    workbook = loaded()
    workbook["Open book"].delete_rows(2)
    assert read_return(saved(workbook), FILE_NAME, optional_form, TODAY).findings == ()


@pytest.mark.parametrize("cell", [("Workforce", "D2"), ("Equality", "D2"), ("Caseload by pathway", "B2")])
def test_a_gap_on_a_sheet_without_reasons_says_how_to_give_one(cell: tuple[str, str]) -> None:
    finding = the_finding(read(workbook_with({cell: None})), "missing")
    assert "add a column with the heading ‘Not reported because’" in finding.remedy


def test_a_reason_in_an_added_column_is_read() -> None:
    added = {("Open book", "C2"): None, ("Open book", "E1"): "Not reported because", ("Open book", "E2"): "Late ledger"}
    reading = read(workbook_with(added))
    assert reading.findings == ()
    assert "Late ledger" in {line.not_reported_because for line in reading.lines}


def test_zero_is_zero() -> None:
    reading = read(workbook_with({("Activity", "D2"): 0}))
    assert east_kent(reading) == 0
    assert reading.findings == ()


def test_not_reported_is_a_line_for_each_area_with_its_reason() -> None:
    lines = [line for line in read(valid_content()).lines if line.not_reported_because]
    assert [(line.area, line.value, line.cell) for line in lines[:3]] == [
        ("east-kent", None, "G15"),
        ("west-kent", None, "G15"),
        ("kent", None, "G15"),
    ]
    assert {line.not_reported_because for line in lines} == {"Not recorded separately from the Complex Pathway"}


def test_a_number_beside_a_reason_is_a_contradiction() -> None:
    finding = the_finding(read(workbook_with({("Activity", "F15"): 0})), "both")
    assert (finding.cell, finding.title) == ("F15", "Both a number and a reason for not reporting")
    assert finding.found == "0 in F15, and ‘Not recorded separately from the Complex Pathway’ in G15"
    assert finding.remedy.startswith("If you cannot report it, clear D15 to F15 and keep the reason.")


def test_numbers_beside_a_reason_may_be_kept() -> None:
    one = the_finding(read(workbook_with({("Activity", "F15"): 12})), "both")
    assert one.remedy == (
        "Keep the number and clear G15, or, if you cannot report it, clear D15 to F15 and keep the reason"
    )
    some = the_finding(
        read(workbook_with({("Activity", f"{column}15"): 0 for column in "DE"} | {("Activity", "F15"): 9})), "both"
    )
    assert some.remedy.startswith("Keep the numbers and clear G15, or")


@pytest.mark.parametrize("typed", ["n/a", "-", "?", "none"])
def test_a_reason_that_says_nothing_is_an_error(typed: str) -> None:
    assert the_finding(read(workbook_with({("Activity", "G15"): typed})), "unclear-reason").cell == "G15"


@pytest.mark.parametrize(
    ("cell", "length"), [(("Activity", "H2"), 501), (("Activity", "G15"), 501), (("Return", "B6"), 201)]
)
def test_a_text_that_could_only_be_kept_cut_off_is_an_error(cell: tuple[str, str], length: int) -> None:
    assert the_finding(read(workbook_with({cell: "a" * length})), "long-text").cell == cell[1]


# Rows, headings, sheets


@pytest.mark.parametrize(
    "label",
    [
        "CASELOAD AT MONTH END",
        "  Caseload  at\u00a0month end ",
        "Caseload\nat month end",
        "Caseload at month\u200b end",
    ],
)
def test_case_and_spaces_of_a_label_do_not_matter(label: str) -> None:
    assert read(workbook_with({("Activity", "B2"): label})) == read(valid_content())


@pytest.mark.parametrize("heading", ["EAST KENT", " East\u00a0Kent ", "East  Kent"])
def test_case_and_spaces_of_a_heading_do_not_matter(heading: str) -> None:
    assert read(workbook_with({("Activity", "D1"): heading})) == read(valid_content())


def test_the_order_of_columns_does_not_matter() -> None:
    workbook = loaded()
    for row in workbook["Activity"].iter_rows(min_col=4, max_col=5):
        row[0].value, row[1].value = row[1].value, row[0].value
    reading = read(saved(workbook))
    assert east_kent(reading) == 108
    assert reading.findings == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({("Activity", "B2"): "Caseload"}, [("unknown-label", "B2"), ("missing-row", None)]),
        ({("Activity", "A2"): "Early Hlep"}, [("unknown-label", "A2"), ("missing-row", None)]),
        ({("Activity", "A2"): None}, [("missing-label", "A2"), ("missing-row", None)]),
        ({("Activity", "B3"): "Caseload at month end"}, [("duplicate-row", "A3"), ("missing-row", None)]),
        ({("Activity", "C2"): "contacts"}, [("unit", "C2")]),
        ({("Activity", "C2"): None}, [("unit", "C2")]),
        ({("Activity", "I1"): "Notes"}, [("unknown-heading", "I1")]),
        ({("Activity", "I3"): 12}, [("no-heading", "I3")]),
        ({("Activity", "I1"): "East Kent"}, [("duplicate-heading", "I1")]),
        ({("Caseload by pathway", "C1"): "Medway"}, [("unknown-heading", "C1"), ("missing-heading", None)]),
        ({("Workforce", "B2"): "Kent"}, [("unknown-label", "B2"), ("missing-row", None)]),
    ],
)
def test_a_label_that_is_not_asked_for_is_found(
    changes: dict[tuple[str, str], object], expected: list[tuple[str, str | None]]
) -> None:
    reading = read(workbook_with(changes))
    assert [(finding.code, finding.cell) for finding in reading.findings] == expected


def test_the_first_of_two_equal_rows_is_read() -> None:
    reading = read(workbook_with({("Activity", "B3"): "Caseload at month end"}))
    assert east_kent(reading) == 108


def test_a_missing_sheet_is_one_finding() -> None:
    workbook = loaded()
    del workbook["Workforce"]
    assert [(finding.code, finding.sheet) for finding in read(saved(workbook)).findings] == [
        ("missing-sheet", "Workforce")
    ]


def test_an_empty_sheet_is_found() -> None:
    workbook = loaded()
    workbook["Equality"].delete_rows(1, 20)
    assert the_finding(read(saved(workbook)), "empty-sheet").sheet == "Equality"


def test_a_sheet_that_is_no_part_of_the_return_is_said() -> None:
    workbook = loaded()
    workbook.create_sheet("Workings")["A1"] = 12
    assert the_finding(read(saved(workbook)), "unknown-sheet").level is Level.WARNING


def test_the_portals_own_sheet_of_findings_is_passed_over() -> None:
    workbook = loaded()
    workbook.create_sheet("Findings")["A1"] = "Activity F2"
    assert read(saved(workbook)) == read(valid_content())


def test_two_sheets_whose_names_differ_in_case_are_found() -> None:
    workbook = loaded()
    workbook.create_sheet("ACTIVITY ")["A1"] = 1
    assert the_finding(read(saved(workbook)), "duplicate-sheet").sheet == "Activity"


def test_hidden_rows_are_read_and_said() -> None:
    workbook = loaded()
    workbook["Activity"].row_dimensions[2].hidden = True
    reading = read(saved(workbook))
    assert east_kent(reading) == 108
    assert the_finding(reading, "hidden-rows").found == "Hidden rows: 2"


def test_hidden_columns_and_sheets_are_read_and_said() -> None:
    workbook = loaded()
    workbook["Activity"].column_dimensions["D"].hidden = True
    workbook["Activity"].sheet_state = "hidden"
    reading = read(saved(workbook))
    assert [finding.code for finding in reading.findings] == ["hidden-sheet", "hidden-columns"]
    assert east_kent(reading) == 108


def test_merged_labels_are_said_and_not_guessed() -> None:
    workbook = loaded()
    workbook["Activity"].merge_cells("A2:A3")
    reading = read(saved(workbook))
    assert [(finding.code, finding.cell) for finding in reading.findings] == [
        ("missing-label", "A3"),
        ("merged-cells", None),
        ("missing-row", None),
    ]


# The sheet Return


@pytest.mark.parametrize(
    "typed",
    [
        "2019-08",
        "August 2019",
        "aug 2019",
        "2019-08-01",
        "1 August 2019",
        datetime(2019, 8, 1),
        date(2019, 8, 1),
        "08/08/2019",
        "31/08/2019",
        "Aug-19",
        "Aug-2019",
        "01-Aug-19",
        "1-Aug-2019",
    ],
)
def test_a_month_with_one_meaning_is_read(typed: object) -> None:
    reading = read(workbook_with({("Return", "B5"): typed}))
    assert reading.month == date(2019, 8, 1)
    assert [finding.level for finding in reading.findings if finding.level is Level.ERROR] == []


@pytest.mark.parametrize(
    "typed",
    [
        "01/08/2019",
        "8/1/2019",
        "Aug 19",
        "19-Aug",
        "Aug-9",
        "Aug-119",
        "08.2019",
        43678,
        "August",
        "2019-13",
        "31/02/2019",
        True,
    ],
)
def test_a_month_that_could_be_another_is_refused(typed: object) -> None:
    reading = read(
        workbook_with({("Return", "B5"): typed})
        if typed != 43678
        else with_part_changed(valid_content(), RETURN_PART, b'<c r="B5" s="2" t="n">', b'<c r="B5" t="n">')
    )
    assert (reading.month, the_finding(reading, "month").cell) == (None, "B5")


def test_a_month_that_could_be_two_names_both() -> None:
    finding = the_finding(read(workbook_with({("Return", "B5"): "01/09/2019"})), "month")
    assert finding.found == "The text ‘01/09/2019’, which is 1 September 2019 or 9 January 2019"
    assert finding.remedy == "Format B5 as text, then type September 2019 or January 2019 in it, whichever is meant"
    assert "August" not in repr(finding)


def test_a_date_prepared_that_could_be_two_names_both() -> None:
    finding = the_finding(read(workbook_with({("Return", "B7"): "05/09/2019"})), "date-prepared")
    assert finding.remedy == "Format B7 as text, then type 5 September 2019 or 9 May 2019 in it, whichever is meant"


@pytest.mark.parametrize("typed", ["16-Oct-19", "16-Oct-2019", "16 Oct 19", "16-October-2019"])
def test_a_day_as_excel_writes_it_into_a_csv_is_read(typed: str) -> None:
    reading = read(csv_with({("Return", "B7"): typed}), CSV_NAME)
    assert (reading.prepared_on, reading.findings) == (date(2019, 10, 16), ())


@pytest.mark.parametrize("typed", ["0019-09", "0019-09-01", "September 0019"])
def test_a_month_of_long_ago_is_no_month(typed: str) -> None:
    reading = read(workbook_with({("Return", "B5"): typed}))
    assert (reading.month, the_finding(reading, "month").cell) == (None, "B5")


@pytest.mark.parametrize(
    ("xml", "remedy"),
    [
        (b'<c r="D2" t="e"><f>Sheet9!A1</f><v>#REF!</v></c>', "Correct the formula in D2, or type the number"),
        (b'<c r="D2" t="e"><v>#N/A</v></c>', "Type the number in D2"),
    ],
)
def test_an_error_of_a_formula_is_not_answered_by_saving(xml: bytes, remedy: str) -> None:
    assert the_finding(read(with_caseload_cell(xml)), "formula-error").remedy == remedy


@pytest.mark.parametrize(
    ("cell", "start"),
    [
        (("Open book", "C2"), "Round C2 to pence, for instance with =ROUND(…,2). "),
        (("Workforce", "D5"), "Round D5 to 4 decimals, for instance with =ROUND(…,4). "),
    ],
)
def test_too_many_decimals_are_answered_by_rounding(cell: tuple[str, str], start: str) -> None:
    assert the_finding(read(workbook_with({cell: 12.345678})), "decimals").remedy.startswith(start)


def test_merged_cells_are_answered_as_such() -> None:
    workbook = loaded()
    workbook["Activity"].merge_cells("H2:H3")
    assert the_finding(read(saved(workbook)), "merged-cells").expected.startswith("Cells that are not merged")


def test_a_day_within_the_month_stands_for_it_with_a_word() -> None:
    reading = read(workbook_with({("Return", "B5"): datetime(2019, 8, 31)}))
    assert (reading.month, the_finding(reading, "month-day").level) == (date(2019, 8, 1), Level.WARNING)


def test_dates_that_count_from_1904_are_read_right() -> None:
    workbook = loaded()
    workbook.epoch = datetime(1904, 1, 1)
    content = saved(workbook)
    assert b'date1904="1"' in repacked_part(content, "xl/workbook.xml")
    assert read(content).month == date(2019, 8, 1)


def repacked_part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("B2", 2, "format-version"),
        ("B2", "one", "format-version"),
        ("B3", "KCC-OTHER", "unknown-agreement"),
        ("B4", "RXX", "provider"),
        ("B5", datetime(2017, 8, 1), "month-outside-term"),
        ("B5", datetime(2022, 9, 1), "month-outside-term"),
        ("B5", datetime(2019, 10, 1), "month-not-ended"),
        ("B5", datetime(9999, 12, 1), "month-not-ended"),
        ("B6", None, "missing-field"),
        ("B7", "12/09/2019", "date-prepared"),
        ("B7", "September 2019", "date-prepared"),
        ("B7", datetime(2019, 10, 18), "prepared-later"),
        ("A4", "ODS", "unknown-field"),
        ("A5", "Agreement", "duplicate-field"),
    ],
)
def test_each_field_of_the_return_sheet_has_its_rule(cell: str, value: object, code: str) -> None:
    assert the_finding(read(workbook_with({("Return", cell): value})), code).cell == cell


def test_a_return_on_the_first_day_after_its_month_is_in_time() -> None:
    reading = read_return(valid_content(), FILE_NAME, kent_form_for, date(2019, 9, 1))
    assert "month-not-ended" not in [finding.code for finding in reading.findings]


def test_the_references_case_does_not_matter() -> None:
    assert read(workbook_with({("Return", "B3"): " kcc-cypmhs-s76", ("Return", "B4"): "rat"})) == read(valid_content())


def test_a_faulty_header_hides_no_fault_of_a_sheet() -> None:
    reading = read(
        workbook_with(
            {("Return", "B5"): "soon", ("Return", "B4"): None, ("Activity", "D2"): "x", ("Equality", "D2"): -1}
        )
    )
    assert [(finding.code, finding.sheet, finding.cell) for finding in reading.findings] == [
        ("missing-field", "Return", "B4"),
        ("month", "Return", "B5"),
        ("not-a-number", "Activity", "D2"),
        ("negative", "Equality", "D2"),
    ]


# The CSV twin


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_csv_twin_reads_like_the_workbook(encoding: str, separator: str) -> None:
    reading = read(csv_with(encoding=encoding, separator=separator), CSV_NAME)
    assert reading.findings == ()
    assert [
        (line.measure, line.area, line.value, line.not_reported_because, line.comment) for line in reading.lines
    ] == [
        (line.measure, line.area, line.value, line.not_reported_because, line.comment)
        for line in read(valid_content()).lines
    ]
    assert (reading.agreement, reading.provider, reading.month) == ("KCC-CYPMHS-S76", "RAT", date(2019, 8, 1))


def test_windows_text_is_read_with_a_word() -> None:
    reading = read(csv_with(encoding="cp1252"), CSV_NAME)
    assert [(finding.code, finding.level) for finding in reading.findings] == [("encoding", Level.WARNING)]
    assert len(reading.lines) == len(read(valid_content()).lines)


def test_utf_16_without_a_mark_is_refused_plainly() -> None:
    assert [finding.code for finding in read(csv_with(encoding="utf-16-le"), CSV_NAME).findings] == ["file-kind"]


def test_a_csv_finding_names_the_csv_files_own_cell() -> None:
    finding = the_finding(read(csv_with({("Activity", "D2"): "x"}), CSV_NAME), "not-a-number")
    assert (finding.sheet, finding.cell) == ("Activity", csv_cell("Activity", "D2")) == ("Activity", "E9")


def test_a_thousands_comma_in_a_csv_is_said() -> None:
    reading = read(csv_with({("Activity", "D2"): "1,108"}), CSV_NAME)
    assert east_kent(reading) == 1108
    assert the_finding(reading, "read-as").level is Level.WARNING


def test_a_row_without_a_sheet_name_is_found() -> None:
    finding = the_finding(read(csv_with() + b",Early Help,1\r\n", CSV_NAME), "no-sheet-name")
    assert finding.cell == "A74"


def test_a_csv_of_something_else_is_answered_by_the_sheets_it_lacks() -> None:
    reading = read(b"case_ref,pathway\r\nEH-1,Early Help\r\n", CSV_NAME)
    assert [finding.code for finding in reading.findings if finding.level is Level.ERROR] == ["missing-sheet"] * 6


def test_too_many_rows_are_refused() -> None:
    content = csv_with() + b"Activity,x\r\n" * 5_001
    assert [finding.code for finding in read(content, CSV_NAME).findings] == ["too-large"]
