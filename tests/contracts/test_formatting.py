"""Numbers and dates as text: half up, true minus, thousands."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import formatting as f

decimals = st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=4)


@pytest.mark.parametrize(
    ("write", "value", "text"),
    [
        (f.money, "58739.27", "£58,739.27"),
        (f.money, "-12400", "−£12,400.00"),
        (f.money, "0", "£0.00"),
        (f.money, "-0.004", "£0.00"),
        (f.money, "1.005", "£1.01"),
        (f.money, "307.5354", "£307.54"),
        (f.pounds, "1200000", "£1,200,000"),
        (f.pounds, "-0.5", "−£1"),
        (f.percent, "7.25", "7.3%"),
        (f.percent, "1.3857", "1.4%"),
        (f.percent, "100", "100.0%"),
        (f.percent, "-2.25", "−2.3%"),
        (f.whole, "13783", "13,783"),
        (f.whole, "105.5", "106"),
        (f.whole, "-6", "−6"),
        (f.decimal_text, "9.4", "9.4"),
        (f.decimal_text, "139.75", "139.8"),
        (f.plain, "0.650", "0.65"),
        (f.plain, "120", "120"),
        (f.plain, "1E+3", "1,000"),
        (f.plain, "-1861", "−1,861"),
        (f.change, "76.415", "+76%"),
        (f.change, "0.4", "0%"),
        (f.change, "-17.02", "−17%"),
        (f.difference, "165", "+165"),
        (f.difference, "-6", "−6"),
    ],
)
def test_a_value_is_written(write, value, text):
    assert write(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("191", "children", "191 children"),
        ("38", "percent", "38.0%"),
        ("9.4", "WTE", "9.4 WTE"),
        ("307.5354", "pounds", "£307.54"),
        ("12", "", "12"),
    ],
)
def test_a_quantity_carries_its_unit(value, unit, text):
    assert f.quantity(Decimal(value), unit) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("90.0000", "percent", "90%"),
        ("12.5", "percent", "12.5%"),
        ("240.0000", "children", "240"),
        ("20000", "pounds", "£20,000"),
        ("-0.5", "pounds", "−£0.5"),
    ],
)
def test_a_term_keeps_only_the_decimals_it_was_agreed_with(value, unit, text):
    assert f.term(Decimal(value), unit) == text


@pytest.mark.parametrize(
    "write",
    [
        f.money,
        f.pounds,
        f.percent,
        f.whole,
        f.decimal_text,
        f.plain,
        f.change,
        f.difference,
        f.day,
        f.month_name,
        f.month_short,
        f.weekday,
        f.moment,
    ],
)
def test_no_value_is_no_text_and_never_nought(write):
    assert write(None) == ""
    assert f.quantity(None, "children") == ""
    assert f.term(None, "percent") == ""


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (datetime(2019, 9, 18, 10, 42), "18 September 2019 at 10:42am"),
        (datetime(2019, 9, 12, 16, 5), "12 September 2019 at 4:05pm"),
        (datetime(2019, 9, 1, 0, 30), "1 September 2019 at 12:30am"),
        (datetime(2019, 9, 1, 12, 0), "1 September 2019 at midday"),
        (datetime(2019, 9, 1, 0, 0), "1 September 2019 at midnight"),
        (datetime(2019, 9, 1, 9, 0), "1 September 2019 at 9:00am"),
    ],
)
def test_a_moment_is_written_as_people_say_it(at, text):
    assert f.moment(at) == text


def test_days_and_months():
    assert f.day(date(2019, 10, 7)) == "7 October 2019"
    assert f.weekday(date(2019, 10, 17)) == "Thursday 17 October 2019"
    assert f.month_name(date(2019, 8, 1)) == "August 2019"
    assert f.month_short(date(2019, 8, 1)) == "Aug 2019"


def test_a_count_agrees_with_its_noun():
    assert f.count_of(1, "error") == "1 error"
    assert f.count_of(0, "error") == "0 errors"
    assert f.count_of(1200, "child", "children") == "1,200 children"


@given(decimals)
def test_money_read_back_is_within_half_a_penny(value):
    text = f.money(value)
    number = Decimal(text.replace("£", "").replace(",", "").replace(f.MINUS, "-"))
    assert abs(number - value) <= Decimal("0.005")


@given(decimals)
def test_rounding_is_the_same_on_both_sides_of_nought(value):
    assert f.rounded(-value, 1) == -f.rounded(value, 1)


@given(decimals)
def test_plain_changes_nothing(value):
    assert Decimal(f.plain(value).replace(",", "").replace(f.MINUS, "-")) == value


@given(decimals)
def test_no_hyphen_stands_for_minus(value):
    assert "-" not in f.money(value) + f.percent(value) + f.whole(value) + f.change(value) + f.plain(value)
