"""Amounts of pounds as people write them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from contracts.pounds_field import PoundsField
from contracts.pounds_written import LARGEST, NoAmount, pounds_written

POUNDS = st.decimals(0, LARGEST, places=2)


@pytest.mark.parametrize(
    ("written", "pounds"),
    [
        ("1,200", "1200.00"),
        ("£1,986,216.45", "1986216.45"),
        ("1200.5", "1200.50"),
        (" £ 0.01 ", "0.01"),
        ("0", "0.00"),
        ("999,999,999.99", "999999999.99"),
    ],
)
def test_amounts_as_people_write_them(written: str, pounds: str) -> None:
    assert str(pounds_written(written)) == pounds


@pytest.mark.parametrize(
    ("written", "words"),
    [
        *((text, "without a minus") for text in ("-5", "−5", "–5", "£-5", "-£5", "(5)")),
        *((text, "in pounds and pence, like") for text in ("", "£", "ten", "£40k", "12 pounds", "1e3", "NaN", "1.")),
        *(
            (text, "in pounds and pence, like")
            for text in ("1,20", "12,00.00", "1,98,6216", "1 000", "٣", "1.\N{FULLWIDTH DIGIT TWO}")
        ),
        ("1.234", "two figures after the point"),
        ("9" * 10, "below £1,000,000,000"),
        ("9" * 5000, "below £1,000,000,000"),
    ],
)
def test_what_is_no_amount_is_refused_with_what_to_write(written: str, words: str) -> None:
    with pytest.raises(NoAmount, match=words):
        pounds_written(written)


@given(POUNDS)
def test_an_amount_is_read_as_it_is_written(pounds: Decimal) -> None:
    assert pounds_written(f"£{pounds:,.2f}") == pounds_written(f"{pounds:.2f}") == pounds


@given(POUNDS)
def test_a_field_reads_what_it_shows(pounds: Decimal) -> None:
    field = PoundsField()
    assert field.clean(field.prepare_value(pounds)) == pounds


def test_a_fault_is_said_with_the_name_of_what_it_is_of() -> None:
    with pytest.raises(ValidationError, match="KHNES: write an amount of zero or more"):
        PoundsField(of="KHNES").clean("-5")


def test_an_amount_that_must_be_above_zero() -> None:
    with pytest.raises(ValidationError, match=r"above £0\.00"):
        PoundsField(is_above_zero=True).clean("0.00")
