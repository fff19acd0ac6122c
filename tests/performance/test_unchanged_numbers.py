"""A return that repeats the last accepted month in every number is asked about once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from performance.checks import check_return
from performance.findings import Finding, Level
from performance.form import ReadLine, Sheet
from performance.unchanged import FEWEST_NUMBERS
from performance.workbook.read import read_return
from tests.hostile_files.build import FILE_NAME, valid_content
from tests.performance.kent_form import KENT_FORM, TODAY, kent_form_for

AUGUST = read_return(valid_content(), FILE_NAME, kent_form_for, TODAY).lines
JULY = date(2019, 7, 1)
NUMBERS = tuple(line for line in AUGUST if line.value is not None and line.sheet != Sheet.EQUALITY)


def values_of(lines: tuple[ReadLine, ...]) -> dict[tuple[int, str], Decimal]:
    """As the last accepted month is known: without Equality."""
    return {
        (line.measure, line.area): line.value
        for line in lines
        if line.value is not None and line.sheet != Sheet.EQUALITY
    }


def said(lines: tuple[ReadLine, ...], before: dict[tuple[int, str], Decimal]) -> list[Finding]:
    return [one for one in check_return(lines, KENT_FORM, before, JULY) if one.code == "nothing-changed"]


def test_the_same_numbers_as_the_month_before_are_asked_about_once() -> None:
    (finding,) = said(AUGUST, values_of(AUGUST))
    assert (finding.level, finding.sheet, finding.cell) == (Level.WARNING, None, None)
    assert finding.title == "Every number is the same as in July 2019"
    assert finding.found == f"{len(NUMBERS)} numbers, each as in July 2019; sheet Equality was not compared"


def test_one_number_that_moved_is_enough() -> None:
    moved = replace(NUMBERS[0], value=(NUMBERS[0].value or Decimal(0)) + 1)
    assert said((moved, *AUGUST[1:]), values_of(AUGUST)) == []


def test_a_number_that_was_not_there_before_is_a_change() -> None:
    before = values_of(AUGUST)
    before.popitem()
    assert said(AUGUST, before) == []


def test_a_first_month_and_a_handful_of_numbers_are_no_matter() -> None:
    assert said(AUGUST, {}) == []
    assert said(NUMBERS[: FEWEST_NUMBERS - 1], values_of(AUGUST)) == []
    assert len(said(NUMBERS[:FEWEST_NUMBERS], values_of(AUGUST))) == 1


def test_noughts_may_be_repeated() -> None:
    noughts = tuple(replace(line, value=Decimal(0)) for line in NUMBERS)
    assert said(noughts, values_of(noughts)) == []
