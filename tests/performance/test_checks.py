"""The rules of a return, on the Kent form and its real returns."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.checks import check_return
from performance.findings import Finding, Level
from performance.form import ReadLine, Sheet
from performance.workbook.read import read_return
from tests.hostile_files.build import FILE_NAME, valid_content
from tests.performance.kent_form import (
    CASELOAD,
    CLOSED,
    DUE,
    EARLY_HELP,
    GOALS_MET,
    IN_STANDARD,
    KENT_FORM,
    PATHWAY,
    REFERRALS,
    RETURNS,
    THROUGH_SPA,
    TODAY,
    kent_form_for,
    key_of_measure,
)

AUGUST = read_return(valid_content(), FILE_NAME, kent_form_for, TODAY).lines
JULY = read_return(valid_content(date(2019, 7, 1)), FILE_NAME, kent_form_for, TODAY).lines
FEMALE = key_of_measure(Sheet.EQUALITY, EARLY_HELP, "Female", "Sex")
PUPILS = key_of_measure(Sheet.ACTIVITY, "Kent Health Needs Education Service", "Pupils supported")
HSB = key_of_measure(Sheet.ACTIVITY, "Harmful Sexual Behaviour / Post Sexual Abuse", "Caseload at month end")
Values = Mapping[tuple[int, str], Decimal | None]


def values_of(lines: tuple[ReadLine, ...]) -> dict[tuple[int, str], Decimal]:
    return {(line.measure, line.area): line.value for line in lines if line.value is not None}


def changed(changes: Mapping[tuple[int, str], int | None]) -> tuple[ReadLine, ...]:
    """August's lines with other numbers; None takes the line away."""
    kept = (line for line in AUGUST if changes.get((line.measure, line.area), 0) is not None)
    return tuple(
        replace(line, value=Decimal(changes[line.measure, line.area] or 0))
        if (line.measure, line.area) in changes
        else line
        for line in kept
    )


def found(lines: tuple[ReadLine, ...]) -> list[tuple[str, str | None, str | None]]:
    return [(finding.code, finding.sheet, finding.cell) for finding in check_return(lines, KENT_FORM, {})]


def the_finding(
    lines: tuple[ReadLine, ...],
    code: str,
    previous: Mapping[tuple[int, str], Decimal] | None = None,
    month: date | None = None,
) -> Finding:
    findings = [one for one in check_return(lines, KENT_FORM, previous or {}, month) if one.code == code]
    assert len(findings) == 1
    return findings[0]


@pytest.mark.parametrize("path", sorted(RETURNS.glob("*.xlsx")), ids=lambda path: path.stem)
def test_every_sample_return_is_read_and_keeps_the_rules(path: Path) -> None:
    reading = read_return(path.read_bytes(), path.name, kent_form_for, TODAY)
    assert reading.findings == ()
    assert len(reading.lines) == 131
    assert check_return(reading.lines, KENT_FORM, {}) == ()
    assert reading.month is not None
    assert path.stem.endswith(f"{reading.month:%Y-%m}")


def test_published_caseloads_are_read() -> None:
    """F P11 and P12: 191 in Early Help and 13,783 in the whole service (004 §2.3, §2.6)."""
    values = values_of(AUGUST)
    pathways = [measure.key for measure in KENT_FORM.measures if measure.sheet is Sheet.CASELOAD]
    assert values[CASELOAD, "kent"] == 191
    assert sum(values[key, "kent"] for key in pathways) == 13_783


def test_areas_that_do_not_add_up() -> None:
    finding = the_finding(
        changed({(CASELOAD, "west-kent"): 84, (PATHWAY, "west-kent"): 84, (PATHWAY, "kent"): 192}), "areas"
    )
    assert (finding.sheet, finding.cell) == ("Activity", "F2")
    assert finding.title == "East Kent and West Kent do not add to Kent"
    assert finding.found == "Kent 191; East Kent 108 (D2) and West Kent 84 (E2) add to 192"
    assert finding.expected == "Kent equal to East Kent plus West Kent"
    assert (
        finding.remedy
        == "Correct whichever of D2, E2 and F2 is wrong. Support to Early Help Units, caseload at month end"
    )


@pytest.mark.parametrize(
    ("part", "whole", "cell"), [(THROUGH_SPA, REFERRALS, "F6"), (GOALS_MET, CLOSED, "F8"), (IN_STANDARD, DUE, "F13")]
)
def test_a_part_above_its_whole(part: int, whole: int, cell: str) -> None:
    above = int(values_of(AUGUST)[whole, "kent"]) + 1
    assert ("part", "Activity", cell) in found(changed({(part, "kent"): above}))


def test_a_part_above_its_whole_in_one_area_only() -> None:
    lines = changed({(THROUGH_SPA, "east-kent"): 24, (THROUGH_SPA, "west-kent"): 15})
    finding = the_finding(lines, "part")
    assert (finding.cell, finding.title) == ("D6", "More referrals received through the SPA than referrals received")
    assert finding.expected == "No more than 23, the referrals received (D5)"


def test_a_part_as_large_as_its_whole_is_right() -> None:
    assert found(AUGUST) == []
    assert values_of(AUGUST)[THROUGH_SPA, "kent"] == values_of(AUGUST)[REFERRALS, "kent"]


def test_the_pathway_and_the_caseload_are_the_same_children() -> None:
    finding = the_finding(changed({(PATHWAY, "kent"): 183}), "same")
    assert (finding.sheet, finding.cell, finding.found) == ("Caseload by pathway", "D5", "183 for Kent")
    assert finding.expected == "191, as on sheet Activity, cell F2"


def test_the_same_total_in_other_areas_is_not_the_same() -> None:
    lines = changed({(PATHWAY, "east-kent"): 107, (PATHWAY, "west-kent"): 84})
    assert found(lines) == [("same", "Caseload by pathway", "B5"), ("same", "Caseload by pathway", "C5")]


def test_a_characteristic_adds_to_the_caseload() -> None:
    finding = the_finding(changed({(FEMALE, "kent"): 87}), "characteristic")
    assert (finding.sheet, finding.cell) == ("Equality", "D2")
    assert finding.title == "Sex does not add to the caseload at month end"
    assert finding.found == "Female 87 (D2), Male 99 (D3) and Not stated 4 (D4) add to 190"
    assert finding.expected == "191, the caseload at month end on sheet Activity, cell F2"


@pytest.mark.parametrize(
    "key", [(CASELOAD, "kent"), (CASELOAD, "east-kent"), (PATHWAY, "kent"), (FEMALE, "kent"), (REFERRALS, "kent")]
)
def test_a_rule_with_a_side_that_is_not_there_says_nothing(key: tuple[int, str]) -> None:
    assert found(changed({key: None})) == []


def test_a_side_that_is_not_reported_is_no_zero() -> None:
    lines = tuple(
        replace(line, value=None, not_reported_because="System down") if line.measure == CASELOAD else line
        for line in AUGUST
    )
    assert found(lines) == []


def test_nothing_is_both_reported_and_not() -> None:
    lines = tuple(
        replace(line, value=Decimal(0)) if line.measure == HSB and line.area == "kent" else line for line in AUGUST
    )
    assert found(lines) == [("both", "Activity", "G15")]


def test_a_large_change_needs_a_reason() -> None:
    """The worked example: pupils supported 38 in July and 22 in August 2019 is −42.1 %."""
    finding = the_finding(AUGUST, "change", values_of(JULY), date(2019, 7, 1))
    assert (finding.level, finding.sheet, finding.cell) == (Level.WARNING, "Activity", "F10")
    assert finding.title == "Pupils supported fell by more than 25% in a month"
    assert finding.found == "22, down from 38 in July 2019 (−42.1%)"
    assert finding.expected == "Between 28.5 and 47.5: within 25% of the last accepted month"
    assert (
        finding.remedy == "Correct F10, or say why it is right. Kent Health Needs Education Service, pupils supported"
    )


@pytest.mark.parametrize(
    ("before", "now", "warns"),
    [(100, 125, False), (100, 126, True), (100, 75, False), (100, 74, True), (0, 0, False), (0, 1, True)],
)
def test_a_change_of_exactly_the_tolerance_needs_none(before: int, now: int, warns: bool) -> None:
    lines = (ReadLine(PUPILS, "kent", Decimal(now), "", "", "Activity", "F10"),)
    assert bool(check_return(lines, KENT_FORM, {(PUPILS, "kent"): Decimal(before)})) is warns


IN_POST = key_of_measure(Sheet.WORKFORCE, EARLY_HELP, "In-post WTE")
PAY = key_of_measure(Sheet.OPEN_BOOK, EARLY_HELP, "Pay")
BOTH_AREAS = ((IN_POST, "east-kent"), (IN_POST, "west-kent"))


def test_a_large_change_of_what_is_reported_by_area_only_is_noticed() -> None:
    now = values_of(AUGUST)
    previous = {key: 4 * now[key] for key in BOTH_AREAS}
    finding = the_finding(AUGUST, "change", previous, date(2019, 7, 1))
    assert (finding.sheet, finding.cell) == ("Workforce", "D2")
    assert finding.title == "Support to Early Help Units, in-post WTE fell by more than 25% in a month"
    assert "in D2 and D3 together, down from" in finding.found
    assert finding.remedy.startswith("Correct D2 or D3, or say why it is right.")


@pytest.mark.parametrize(("before", "warns"), [("0.5", False), ("0.01", True)])
def test_less_than_a_whole_post_needs_no_reason(before: str, warns: bool) -> None:
    lines = tuple(
        ReadLine(IN_POST, area, Decimal(number), "", "", "Workforce", cell)
        for area, number, cell in (("east-kent", "0.7", "D2"), ("west-kent", "0.4", "D3"))
    )
    previous = {(IN_POST, "east-kent"): Decimal(before), (IN_POST, "west-kent"): Decimal(0)}
    assert bool(check_return(lines, KENT_FORM, previous)) is warns


def test_august_has_one_warning_against_july() -> None:
    previous = {key: value for key, value in values_of(JULY).items() if key[0] not in EQUALITY_KEYS}
    found_now = check_return(AUGUST, KENT_FORM, previous, date(2019, 7, 1), unreported_of(JULY))
    assert [(one.code, one.cell) for one in found_now] == [("change", "F10")]


def test_the_range_of_an_amount_is_to_the_penny() -> None:
    lines = (ReadLine(PAY, "kent", Decimal("10.00"), "", "", "Open book", "C2"),)
    finding = the_finding(lines, "change", {(PAY, "kent"): Decimal("47589.86")})
    assert finding.found.startswith("£10.00, down from £47,589.86 in")
    assert finding.expected.startswith("Between £35,692.40 and £59,487.32: ")


# What one month holds and the next does not

EQUALITY_KEYS = {measure.key for measure in KENT_FORM.measures if measure.sheet is Sheet.EQUALITY}
OPTIONAL = replace(
    KENT_FORM,
    measures=tuple(replace(one, required=False) if one.sheet is Sheet.OPEN_BOOK else one for one in KENT_FORM.measures),
)


def unreported_of(lines: tuple[ReadLine, ...]) -> frozenset[tuple[int, str]]:
    return frozenset((line.measure, line.area) for line in lines if line.value is None)


def test_an_optional_row_that_is_left_out_is_noticed() -> None:
    previous = {(PAY, "kent"): Decimal("47589.86")}
    (finding,) = check_return(changed({(PAY, "kent"): None}), OPTIONAL, previous, date(2019, 7, 1))
    assert (finding.level, finding.code, finding.sheet) == (Level.WARNING, "left-out", "Open book")
    assert finding.found == ("Pay of Support to Early Help Units was £47,589.86 in July 2019 and is not in this return")


def test_an_optional_row_that_was_never_there_or_is_not_asked_for_is_not_missed() -> None:
    lines = changed({(PAY, "kent"): None})
    assert check_return(lines, OPTIONAL, {}) == ()
    ended = replace(
        OPTIONAL, measures=tuple(replace(m, end_month=date(2019, 8, 1)) for m in OPTIONAL.measures)
    ).for_month(date(2019, 8, 1))
    assert check_return(lines, ended, {(PAY, "kent"): Decimal(1)}) == ()


def test_what_is_no_longer_reported_is_said_once() -> None:
    lines = tuple(
        replace(line, value=None, not_reported_because="System down", cell="G3") if line.measure == 2 else line
        for line in AUGUST
    )
    previous = {key: value for key, value in values_of(JULY).items() if key[0] == 2}
    (finding,) = check_return(lines, KENT_FORM, previous, date(2019, 7, 1))
    assert (finding.level, finding.code, finding.cell) == (Level.WARNING, "no-longer-reported", "G3")
    assert finding.found == f"Not reported in this return; {previous[2, 'kent']} in July 2019"


@pytest.mark.parametrize("number", [0, 7])
def test_a_number_for_what_was_not_reported_is_said_once(number: int) -> None:
    lines = tuple(
        replace(line, value=Decimal(number if line.area != "west-kent" else 0), not_reported_because="", cell="F15")
        if line.measure == HSB
        else line
        for line in AUGUST
    )
    (finding,) = check_return(lines, KENT_FORM, {}, date(2019, 7, 1), unreported_of(JULY) & {(HSB, "kent")})
    assert (finding.level, finding.code, finding.cell) == (Level.WARNING, "newly-reported", "F15")
    assert finding.found == f"{number} in F15; not reported in July 2019"


def test_a_reason_for_one_areas_staff_leaves_the_other_areas_numbers() -> None:
    lines = tuple(
        replace(line, value=None, not_reported_because="Payroll is late", cell="G2")
        if (line.measure, line.area) == (IN_POST, "east-kent")
        else line
        for line in AUGUST
    )
    assert found(lines) == []


def test_areas_are_not_compared_with_the_month_before() -> None:
    assert check_return(AUGUST, KENT_FORM, {(CASELOAD, "east-kent"): Decimal(1)}) == ()


def test_an_agreement_without_tolerance_has_no_warnings() -> None:
    assert check_return(AUGUST, replace(KENT_FORM, tolerance=None), values_of(JULY)) == ()


@given(
    st.dictionaries(
        st.sampled_from([(line.measure, line.area) for line in AUGUST if line.value is not None]),
        st.integers(0, 1000) | st.none(),
        max_size=8,
    )
)
def test_areas_are_reported_exactly_when_they_differ(changes: dict[tuple[int, str], int | None]) -> None:
    lines = changed(changes)
    values = values_of(lines)
    wrong = {
        measure.key
        for measure in KENT_FORM.measures
        if {(measure.key, area) for area in ("kent", "east-kent", "west-kent")} <= set(values)
        and values[measure.key, "kent"] != values[measure.key, "east-kent"] + values[measure.key, "west-kent"]
    }
    assert sum(1 for code, *_ in found(lines) if code == "areas") == len(wrong)
