"""The chart of a paper: where its line stands, the same picture each time, and its round numbers."""

import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFont

from contracts.formatting import MINUS, month_short, number_in, term
from contracts.papers.chart_scale import scale_over
from contracts.papers.line_chart import TEXT, ChartMonth, in_typeface, line_chart
from contracts.periods import add_months

APRIL = date(2018, 4, 1)
numbers = st.decimals(min_value=-(10**13), max_value=10**13, places=6)


def months(*values: int | None, agreed: int | None = None) -> list[ChartMonth]:
    """Months from April 2018 on, with the same target each."""
    target = None if agreed is None else Decimal(agreed)
    held = [None if value is None else Decimal(value) for value in values]
    return [ChartMonth(add_months(APRIL, number), value, target) for number, value in enumerate(held)]


def line_of(picture: bytes) -> list[tuple[int, int]]:
    """The places of the line and its dots: what is blue, left of the label of the last value."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    colours = image.tobytes()
    blue_over_red = [blue - red for red, blue in zip(colours[::3], colours[2::3], strict=True)]
    places = [divmod(number, image.width) for number, more in enumerate(blue_over_red) if more > 60]
    return sorted((x, y) for y, x in places if 150 <= x < image.width - 190)


def test_it_is_the_same_picture_for_the_same_months() -> None:
    assert line_chart(months(88, None, 191, agreed=300), "children") == line_chart(
        months(88, None, 191, agreed=300), "children"
    )
    assert line_chart(months(88, None, 191), "children") != line_chart(months(88, None, 192), "children")


def test_a_line_that_rises_stands_higher_at_its_end() -> None:
    places = line_of(line_chart(months(0, 50, 100), "children"))
    assert min(places)[1] > max(places)[1] + 300


def test_a_month_without_a_value_is_a_gap() -> None:
    whole, parted = line_of(line_chart(months(1, 2, 3, 4), "")), line_of(line_chart(months(1, None, None, 4), ""))
    columns = {x for x, _ in parted}
    gap = max(columns) - min(columns) + 1 - len(columns)
    assert len({x for x, _ in whole}) == max(x for x, _ in whole) - min(x for x, _ in whole) + 1
    assert gap > 700


def test_nothing_to_draw_is_said() -> None:
    for none in (months(None, None, agreed=300), []):
        with pytest.raises(ValueError, match="no month with a value"):
            line_chart(none, "children")


@given(st.lists(numbers, min_size=1, max_size=24))
def test_every_value_stands_on_the_scale(values: list[Decimal]) -> None:
    scale = scale_over(values)
    assert all(0 <= scale.share_of(value) <= 1 for value in values)
    assert 2 <= len(scale.marks) <= 7
    assert list(scale.marks) == sorted(set(scale.marks))


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        (("88", "300"), ("0", "100", "200", "300")),
        (("187", "191"), ("187", "188", "189", "190", "191")),
        (("0",), ("0", "0.5", "1")),
        (("38.5",), ("0", "10", "20", "30", "40")),
        (("-5", "-5"), ("-6", "-4", "-2", "0")),
    ],
)
def test_the_numbers_beside_it_are_round(values: tuple[str, ...], marks: tuple[str, ...]) -> None:
    assert scale_over([Decimal(value) for value in values]).marks == tuple(Decimal(mark) for mark in marks)


def test_the_typeface_has_every_sign_that_is_written() -> None:
    font = ImageFont.load_default(TEXT)
    missing = bytes(font.getmask("\uffff"))
    value = Decimal("-1234567.89")
    texts = [number_in(value, unit) + term(value, unit) for unit in ("pounds", "percent", "WTE", "children")]
    texts += [month_short(add_months(APRIL, number)) for number in range(12)]
    assert MINUS in texts[0]
    assert {sign for text in texts for sign in in_typeface(text) if bytes(font.getmask(sign)) == missing} == set()
