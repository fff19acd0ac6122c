"""Reading one cell as a number: what is typed is what is read, or there is an error."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.findings import Level
from performance.workbook.cell_values import excel_number
from performance.workbook.grid import Cell
from performance.workbook.numbers import COUNT, POUNDS, WTE, Quantity, Wanted, quantity_of, read_number
from performance.workbook.wording import cleaned, lowered

QUANTITIES = st.sampled_from([COUNT, WTE, POUNDS])


def wanted(quantity: Quantity, is_text: bool = False) -> Wanted:
    return Wanted("Activity", quantity, "Early Help", is_text)


@pytest.mark.parametrize(
    ("unit", "quantity"), [("WTE", WTE), ("wte", WTE), ("pounds", POUNDS), ("children", COUNT), ("", COUNT)]
)
def test_the_unit_decides_how_a_number_is_read(unit: str, quantity: Quantity) -> None:
    assert quantity_of(unit) is quantity


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("7.0999999999999996", "7.1"),
        ("0.30000000000000004", "0.3"),
        ("191.00000000000003", "191"),
        ("1E3", "1E+3"),
        ("-0.6", "-0.6"),
        ("123456789012345", "123456789012345"),
    ],
)
def test_excels_binary_number_is_read_as_the_decimal_it_shows(stored: str, shown: str) -> None:
    assert excel_number(stored) == Decimal(shown)


@pytest.mark.parametrize("text", ["NaN", "inf", "-Infinity", "1e999", "1_000", "", " ", "0x10", "٣", "1,5"])
def test_what_excel_cannot_hold_is_no_number(text: str) -> None:
    assert excel_number(text) is None


@given(st.decimals(min_value=0, max_value=10_000_000, places=2))
def test_every_amount_that_can_be_typed_comes_back_from_excel(amount: Decimal) -> None:
    assert excel_number(repr(float(amount))) == amount


@given(st.integers(0, 10_000_000), st.sampled_from([" {} ", "{:,}", "\u00a0{}\u202f", "\u200b{}"]))
def test_a_count_as_text_is_read_exactly_and_said(number: int, pattern: str) -> None:
    typed = pattern.format(number)
    value, finding = read_number(Cell("D2", typed), wanted(COUNT))
    assert value == number
    assert (finding is None) == (typed == str(number))
    assert finding is None or finding.level is Level.WARNING


@given(st.integers(0, 10_000_000), st.booleans())
def test_a_plain_count_as_text_is_read_without_a_word(number: int, is_text: bool) -> None:
    """Digits alone have one meaning, in a CSV as in a workbook's cell that is formatted as text."""
    assert read_number(Cell("D2", str(number)), wanted(COUNT, is_text)) == (Decimal(number), None)


@given(st.decimals(min_value=0, max_value=10_000_000, places=2), st.sampled_from([WTE, POUNDS]), st.booleans())
def test_plain_decimals_as_text_are_read_without_a_word(number: Decimal, quantity: Quantity, is_text: bool) -> None:
    assert read_number(Cell("D2", str(number)), wanted(quantity, is_text)) == (number, None)


@pytest.mark.parametrize("value", [datetime(1900, 2, 15), date(1900, 2, 15), time(12, 30)])
def test_a_number_formatted_as_a_date_is_mended_by_its_format(value: date | time) -> None:
    _, finding = read_number(Cell("D2", value), wanted(COUNT))
    assert finding is not None
    assert finding.remedy == "Set the format of D2 to General or Number, and type the number again. Early Help"


@given(st.text(max_size=60), QUANTITIES, st.booleans())
def test_any_text_is_a_number_or_an_error(text: str, quantity: Quantity, is_text: bool) -> None:
    value, finding = read_number(Cell("D2", text), wanted(quantity, is_text))
    assert (value is None) == (finding is not None and finding.level is Level.ERROR)
    assert value is None or (value.is_finite() and 0 <= value <= quantity.largest)


@given(st.decimals(allow_nan=False, allow_infinity=False), QUANTITIES)
def test_any_number_is_within_its_bounds_or_an_error(number: Decimal, quantity: Quantity) -> None:
    excel = excel_number(f"{number:E}")
    if excel is None:
        return
    value, finding = read_number(Cell("D2", excel), wanted(quantity))
    if value is None:
        assert finding is None or finding.level is Level.ERROR
    else:
        assert finding is None
        assert value == excel
        assert value == round(value, quantity.decimals)


@given(st.text(max_size=300))
def test_repeated_text_is_short_and_on_one_line(text: str) -> None:
    assert len(cleaned(text)) <= 80
    assert cleaned(text).isprintable()


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Caseload at month end", "caseload at month end"),
        ("WTE in post", "WTE in post"),
        ("In-post WTE", "in-post WTE"),
        ("", ""),
    ],
)
def test_a_label_in_a_sentence_keeps_its_abbreviations(label: str, words: str) -> None:
    assert lowered(label) == words
