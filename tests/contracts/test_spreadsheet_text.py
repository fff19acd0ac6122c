"""No text of a file is worked out by the spreadsheet program that opens it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.spreadsheet_text import as_plain_cell


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 20", "@SUM(A1)", "-1+1", "-", "\t=1", "\r=1", "\n=1", "  =1", "\uff1d1", "\uff0d1"]
)
def test_what_would_be_a_formula_becomes_text(text):
    assert as_plain_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "191", "-5", "-0.65", "*", "5 to 10", "not reported", "Black, Black British", "a=b"]
)
def test_numbers_and_words_stay_as_they_are(text):
    assert as_plain_cell(text) == text


@given(st.from_regex(r"\A-[0-9]{1,9}(\.[0-9]{1,4})?\Z"))
def test_a_number_below_nought_stays_a_number(text):
    assert as_plain_cell(text) == text
    assert float(as_plain_cell(text)) <= 0


@given(st.text())
def test_no_text_begins_as_a_formula_does_and_nothing_of_it_is_lost(text):
    plain = as_plain_cell(text)
    assert plain.removeprefix("'") == text.removeprefix("'")
    if plain[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        assert float(plain) <= 0
