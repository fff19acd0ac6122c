"""What leaves the portal in a cell is never run, and always opens."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.spreadsheet_text import STARTS_A_FORMULA, neutralised, writable


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"])
def test_what_would_start_a_formula_is_text(start: str) -> None:
    assert neutralised(f"{start}cmd|'/c calc'!A0") == f"'{start}cmd|'/c calc'!A0"
    assert neutralised(f"\x00{start}1+1").startswith("'")


@pytest.mark.parametrize("number", ["-4", "-0.5", "-1,861.25"])
def test_a_negative_number_stays_one(number: str) -> None:
    assert neutralised(number) == number


@pytest.mark.parametrize("text", ["-1+2", "-", "-1e5", "--1", "-1\n"])
def test_what_only_looks_like_a_negative_number_does_not(text: str) -> None:
    assert neutralised(text) == f"'{text}"


@given(st.text())
def test_nothing_starts_a_formula_and_everything_is_xml(text: str) -> None:
    safe = neutralised(text)
    assert not safe.startswith(STARTS_A_FORMULA) or safe == writable(text)
    element = ElementTree.Element("t")
    element.text = safe
    ElementTree.fromstring(ElementTree.tostring(element, "utf-8"))
