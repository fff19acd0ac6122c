"""The blank return of a month: laid out as the sample returns, and read without a finding once it is filled in."""

import io
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from performance.findings import Finding
from performance.form import AskedArea, AskedMeasure, Reading, ReturnForm, Sheet
from performance.workbook import layout
from performance.workbook.blank import Blank
from performance.workbook.csv_twin import template_csv
from performance.workbook.numbers import COUNT, quantity_of
from performance.workbook.read import read_return
from performance.workbook.template import template_workbook
from tests.hostile_files.build import FILE_NAME, saved, valid_content
from tests.performance.filling import every, filled_csv, filled_workbook, said_in
from tests.performance.kent_form import KENT_FORM, TODAY, kent_form_for

AUGUST, SEPTEMBER = date(2019, 8, 1), date(2019, 9, 1)
ACCEPTED = read_return(valid_content(), FILE_NAME, kent_form_for, TODAY).lines
KENT = Blank(
    form=KENT_FORM.for_month(SEPTEMBER),
    month=SEPTEMBER,
    earlier_month=AUGUST,
    values={(line.measure, line.area): line.value for line in ACCEPTED if line.value is not None},
    unreported={(line.measure, line.area): line.not_reported_because for line in ACCEPTED if line.value is None},
)


def read(content: bytes, form: ReturnForm = KENT_FORM, name: str = "return.xlsx") -> Reading:
    return read_return(content, name, lambda _: form, TODAY)


def opened(blank: Blank = KENT):
    return openpyxl.load_workbook(io.BytesIO(template_workbook(blank)))


def codes(findings: tuple[Finding, ...]) -> Counter[str]:
    return Counter(finding.code for finding in findings)


def test_it_is_laid_out_as_the_sample_returns() -> None:
    template, sample = opened(), openpyxl.load_workbook(io.BytesIO(valid_content()))
    assert template.sheetnames == [*sample.sheetnames, layout.GUIDE_SHEET]
    for sheet in Sheet:
        assert template[sheet].max_row == sample[sheet].max_row
        headings, *rows = sample[sheet].iter_rows()
        is_label = [cell.value in (*layout.KEY_HEADINGS[sheet], layout.UNIT) for cell in headings]
        assert [template[sheet][cell.coordinate].value for cell in headings] == [cell.value for cell in headings]
        for row in rows:
            written = [template[sheet][cell.coordinate].value for cell in row]
            assert written == [cell.value if is_one else None for cell, is_one in zip(row, is_label, strict=True)]


def test_what_the_return_is_of_is_filled_in_and_who_prepared_it_is_not() -> None:
    rows = [tuple(cell.value for cell in row) for row in opened()["Return"].iter_rows(min_row=2)]
    assert dict(rows) == {
        "Format version": 1,
        "Agreement": "KCC-CYPMHS-S76",
        "Provider ODS code": "RAT",
        "Reporting month": datetime(2019, 9, 1),
        "Prepared by": None,
        "Date prepared": None,
    }


def test_the_last_accepted_values_stand_beside_the_cells_to_fill() -> None:
    activity = opened()["Activity"]
    assert [activity.cell(1, column).value for column in (9, 10, 11)] == [
        f"Last accepted, Aug 2019: {area}" for area in ("East Kent", "West Kent", "Kent")
    ]
    assert [activity.cell(2, column).value for column in (9, 10, 11)] == [108, 83, 191]
    assert [activity.cell(15, column).value for column in (9, 10, 11)] == ["Not reported"] * 3
    assert opened()["Open book"]["E2"].value == 47589.86
    assert opened(replace(KENT, earlier_month=None))["Activity"].max_column == 8


def test_a_blank_template_lacks_every_number_and_nothing_else_is_found() -> None:
    for content, name in ((template_workbook(KENT), "a.xlsx"), (template_csv(KENT), "a.csv")):
        reading = read(content, name=name)
        # Never 0, and never the value beside it.
        assert reading.lines == ()
        assert codes(reading.findings) == {"missing": 131, "missing-field": 2}


def test_filled_in_with_a_sample_return_it_says_the_same() -> None:
    said = said_in(ACCEPTED)
    for content, name in (
        (filled_workbook(template_workbook(KENT), KENT.form, said), "nelft-return-2019-09-template.xlsx"),
        (filled_csv(template_csv(KENT), KENT.form, said), "nelft-return-2019-09-template.csv"),
    ):
        reading = read(content, name=name)
        assert reading.findings == ()
        assert (reading.month, reading.prepared_on) == (SEPTEMBER, date(2019, 10, 2))
        assert said_in(reading.lines) == said


AREAS = st.integers(0, 3).map(
    lambda parts: (AskedArea("w", "Whole", None), *(AskedArea(f"p{n}", f"Part {n}", "w") for n in range(parts)))
)
# Also what a spreadsheet program would calculate.
LABELS = st.text("abcXYZ =+-@'’%&<\"", max_size=8)


@st.composite
def forms(draw: st.DrawFn) -> ReturnForm:
    """An agreement of any size, with measures that September is asked for and others that it is not."""
    asked = st.tuples(st.sampled_from(Sheet), LABELS, LABELS, st.booleans(), st.booleans())
    measures = [
        AskedMeasure(
            key=key,
            sheet=sheet,
            element=f"{element} {key // 2}" if sheet is not Sheet.CASELOAD else "",
            label=f"{label}{key}",
            unit=draw(st.sampled_from(["WTE"] if sheet is Sheet.WORKFORCE else ["children", "pounds"])),
            characteristic=f"{label}{key % 2}" if sheet is Sheet.EQUALITY else "",
            required=required,
            end_month=None if is_asked else AUGUST,
        )
        for key, (sheet, element, label, required, is_asked) in enumerate(draw(st.lists(asked, max_size=10)), start=1)
    ]
    return replace(KENT_FORM, areas=draw(AREAS), measures=tuple(measures), rules=())


def number(data: st.DataObject, unit: str) -> Decimal:
    return Decimal(data.draw(st.integers(0, 9_999_999))) / (1 if quantity_of(unit) is COUNT else 100)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_form_filled_in_with_any_numbers_is_read_as_it_was_typed(data: st.DataObject) -> None:
    form = data.draw(forms())
    blank = Blank(form.for_month(SEPTEMBER), SEPTEMBER)
    said = every(blank.form, lambda slot: number(data, slot.measure.unit))
    # What was accepted before is a number that none of them is, so that reading it instead would be seen.
    beside = replace(blank, earlier_month=AUGUST, values=dict.fromkeys(said, Decimal(77_777_777)))
    for content, name in (
        (filled_workbook(template_workbook(beside), blank.form, said), "any.xlsx"),
        (filled_csv(template_csv(beside), blank.form, said), "any.csv"),
    ):
        reading = read(content, form, name)
        assert reading.findings == ()
        assert said_in(reading.lines) == said


def test_what_the_month_is_not_asked_for_is_left_out() -> None:
    measures = tuple(
        replace(one, end_month=SEPTEMBER) if one.label in {"Liaisons", "Temporary WTE"} else one
        for one in KENT_FORM.measures
    )
    workbook = opened(replace(KENT, form=replace(KENT_FORM, measures=measures).for_month(SEPTEMBER)))
    assert "Liaisons" not in [cell.value for cell in workbook["Activity"]["B"]]
    assert "Temporary WTE" not in [cell.value for cell in workbook["Workforce"][1]]


def test_a_number_asked_of_one_element_only_is_shaded_for_the_others() -> None:
    ended = replace(KENT_FORM.measures[25], end_month=SEPTEMBER)
    assert ended.sheet is Sheet.WORKFORCE
    form = replace(KENT_FORM, measures=(*KENT_FORM.measures[:25], ended, *KENT_FORM.measures[26:]))
    sheet = opened(replace(KENT, form=form.for_month(SEPTEMBER)))["Workforce"]
    assert (sheet["C2"].fill.fill_type, sheet["C4"].fill.fill_type) == ("lightUp", None)
    allowed = [str(rule.sqref) for rule in sheet.data_validations.dataValidation]
    assert allowed == ["C4:C11 D2:D11 E2:E11"]


def test_an_agreement_with_one_area_and_two_sheets() -> None:
    measures = (AskedMeasure(1, Sheet.ACTIVITY, "", "Visits", "contacts"),
                AskedMeasure(2, Sheet.WORKFORCE, "Team", "In post", "WTE"))  # fmt: skip
    form = replace(KENT_FORM, areas=KENT_FORM.areas[:1], measures=measures, rules=())
    workbook = opened(Blank(form.for_month(SEPTEMBER), SEPTEMBER))
    assert [cell.value for cell in workbook["Activity"][2]] == ["Whole service", "Visits", "contacts", None, None, None]
    assert [cell.value for cell in workbook["Workforce"][2]] == ["Team", "Kent", None, None]
    assert [cell.value for cell in workbook["Equality"][1]][-1] == "Children"
    said = {(1, "kent"): Decimal(3), (2, "kent"): Decimal("0.5")}
    reading = read(filled_workbook(saved(workbook), form, said), form)
    assert (reading.findings, said_in(reading.lines)) == ((), said)


def test_what_is_typed_under_a_reference_heading_is_never_a_number() -> None:
    workbook = openpyxl.load_workbook(
        io.BytesIO(filled_workbook(template_workbook(KENT), KENT.form, said_in(ACCEPTED)))
    )
    workbook["Activity"]["K2"] = "=1/0"
    workbook["Activity"]["K3"] = "n/a"
    workbook["Activity"]["K1"] = "last  ACCEPTED"
    reading = read(saved(workbook))
    assert codes(reading.findings) == {"not-calculated": 1}
    assert said_in(reading.lines) == said_in(ACCEPTED)


@pytest.mark.parametrize("place", [("Activity", "K2"), (layout.GUIDE_SHEET, "A40")])
def test_personal_data_is_found_where_nothing_else_is_read(place: tuple[str, str]) -> None:
    workbook = opened()
    workbook[place[0]][place[1]] = "943 476 5919"
    assert codes(read(saved(workbook)).findings)["personal-data"] == 1


def test_a_heading_that_only_resembles_a_reference_is_not_passed_over() -> None:
    workbook = opened()
    workbook["Activity"]["K1"] = "Accepted last"
    assert codes(read(saved(workbook)).findings)["unknown-heading"] == 1


def test_labels_that_a_program_would_calculate_are_neutralised() -> None:
    measure = AskedMeasure(1, Sheet.ACTIVITY, "=1+1", "-cmd|' /C calc'!A0", "@SUM(A1)")
    form = replace(KENT_FORM, measures=(measure,), rules=())
    blank = Blank(form.for_month(SEPTEMBER), SEPTEMBER)
    row = [cell.value for cell in opened(blank)["Activity"][2]]
    assert row[:3] == ["'=1+1", "'-cmd|' /C calc'!A0", "'@SUM(A1)"]
    assert b"\nActivity,'=1+1,'-cmd" in template_csv(blank)


def test_excel_lets_in_numbers_of_their_kind_a_date_and_any_reason() -> None:
    workbook = opened()
    rules = {
        sheet.title: [(rule.type, rule.operator, rule.formula1) for rule in sheet.data_validations.dataValidation]
        for sheet in workbook
    }
    at_least_nought = ("greaterThanOrEqual", "0")
    assert rules["Return"] == [
        ("textLength", "lessThanOrEqual", "200"),
        ("date", "greaterThanOrEqual", "DATE(2019,9,1)"),
    ]
    assert rules["Activity"][0] == ("whole", *at_least_nought)
    assert rules["Caseload by pathway"] == rules["Equality"] == [("whole", *at_least_nought)]
    assert rules["Workforce"] == rules["Open book"] == [("decimal", *at_least_nought)]
    assert rules[layout.GUIDE_SHEET] == []
    chosen = workbook["Activity"].data_validations.dataValidation[1]
    assert (chosen.type, chosen.showErrorMessage, str(chosen.sqref)) == ("list", False, "G2:G20")


def test_the_reasons_to_choose_from_begin_with_those_given_before() -> None:
    workbook = opened()
    place = workbook["Activity"].data_validations.dataValidation[1].formula1
    sheet, _, cells = place.rpartition("!")
    assert sheet == f"'{layout.GUIDE_SHEET}'"
    reasons = [row[0].value for row in workbook[layout.GUIDE_SHEET][cells.replace("$", "")]]
    assert reasons[0] == "Not recorded separately from the Complex Pathway"
    assert len(reasons) == 5
    # Each of them is a reason that the reader takes.
    chosen = dict(zip((measure.key for measure in KENT_FORM.measures), reasons, strict=False))
    said = every(KENT.form, lambda slot: chosen.get(slot.measure.key, Decimal(0)))
    reading = read(filled_workbook(template_workbook(KENT), KENT.form, said))
    assert (reading.findings, said_in(reading.lines)) == ((), said)


def test_each_text_that_excel_shows_is_as_short_as_excel_asks() -> None:
    for sheet in opened():
        for rule in sheet.data_validations.dataValidation:
            assert max(len(rule.errorTitle or ""), len(rule.promptTitle or "")) <= 32
            assert max(len(rule.error or ""), len(rule.prompt or "")) <= 255


def test_headings_and_labels_stay_in_view() -> None:
    frozen = {sheet.title: sheet.freeze_panes for sheet in opened()}
    assert frozen["Activity"] == "D2"
    assert frozen["Caseload by pathway"] == "B2"


def test_the_same_return_gives_the_same_bytes() -> None:
    assert template_workbook(KENT) == template_workbook(KENT)
    assert template_csv(KENT) == template_csv(KENT)


def test_the_csv_twin_says_its_encoding_and_begins_each_row_with_its_sheet() -> None:
    content = template_csv(KENT)
    assert content.startswith(b"\xef\xbb\xbfReturn,Field,Value\r\n")
    assert {line.split(",")[0] for line in content.decode("utf-8-sig").splitlines()} == {"Return", *Sheet}
