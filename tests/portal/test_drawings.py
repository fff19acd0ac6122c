"""Sparklines and trend signs: geometry and words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypmhs_portal.drawings import BOTTOM, HEIGHT, LABEL_GAP, TOP, TREND_SIGNS, Sign, sparkline, trend_sign

values = st.lists(st.none() | st.decimals(min_value=-100, max_value=1000, places=1), min_size=1, max_size=24)
target = st.none() | st.decimals(min_value=-100, max_value=1000, places=1)


def test_a_gap_parts_the_line_and_a_lone_month_is_a_dot():
    line = sparkline([Decimal(1), Decimal(2), None, Decimal(3), None, Decimal(4), Decimal(5)], None, "children")
    assert line is not None
    assert len(line.runs) == 2
    assert len(line.dots) == 1


def test_a_missing_last_month_has_no_end_and_no_label():
    line = sparkline([Decimal(1), Decimal(2), None], Decimal(3), "children")
    assert line is not None
    assert line.end is None
    assert line.value_label is None
    assert line.target_label is not None


def test_no_value_is_no_line():
    assert sparkline([None, None], Decimal(3), "children") is None
    assert sparkline([], None, "children") is None


def test_the_words_say_what_the_line_shows():
    line = sparkline([Decimal(88), None, Decimal(70), Decimal(191)], Decimal(300), "children")
    assert line is not None
    assert line.words == (
        "Line chart: 3 months from 88 to 191; lowest 70, highest 191; 1 month without a value; target 300"
    )


@given(values, target)
def test_everything_stays_inside_the_drawing(series, aim):
    line = sparkline(series, aim, "percent")
    if line is None:
        assert all(value is None for value in series)
        return
    points = [tuple(map(int, place.split(","))) for run in line.runs for place in run.split()]
    assert len(points) + len(line.dots) == sum(value is not None for value in series)
    for x, y in [*points, *line.dots]:
        assert 0 <= x <= 135
        assert TOP <= y <= BOTTOM
    labels = [label for label in (line.value_label, line.target_label) if label]
    assert all(0 <= label.y <= HEIGHT for label in labels)
    if len(labels) == 2:
        assert abs(labels[0].y - labels[1].y) >= LABEL_GAP - 1


@given(st.decimals(min_value=0, max_value=100, places=1), st.decimals(min_value=0, max_value=100, places=1))
def test_a_value_above_its_target_is_labelled_above_it(value, aim):
    line = sparkline([value], aim, "percent")
    assert line is not None
    assert line.value_label is not None
    assert line.target_label is not None
    if value > aim:
        assert line.value_label.y <= line.target_label.y


@pytest.mark.parametrize(
    ("icon", "sign", "words"),
    [
        ("improvement_high", Sign.FILLED_CIRCLE, "Improving: a real change"),
        ("improvement_low", Sign.FILLED_CIRCLE, "Improving: a real change"),
        ("concern_high", Sign.FILLED_CIRCLE, "Getting worse: a real change"),
        ("concern_low", Sign.FILLED_CIRCLE, "Getting worse: a real change"),
        ("neutral_high", Sign.FILLED_CIRCLE, "Higher: a real change"),
        ("neutral_low", Sign.FILLED_CIRCLE, "Lower: a real change"),
        ("common_cause", Sign.EMPTY_CIRCLE, "No real change"),
        ("fail", Sign.SQUARE, "At this level, target out of reach"),
        ("pass", Sign.SQUARE, "Target reliably met"),
        ("inconsistent", Sign.SQUARE, "Sometimes met, by chance"),
    ],
)
def test_each_icon_has_its_sign_and_words(icon, sign, words):
    found = trend_sign(icon)
    assert found is not None
    assert (found.sign, found.words) == (sign, words)


def test_every_sign_is_in_the_table_above():
    assert len(TREND_SIGNS) == 10


def test_lower_is_better_changes_the_side_of_the_line_and_not_the_words():
    higher, lower = trend_sign("fail"), trend_sign("fail", lower_is_better=True)
    assert higher is not None
    assert lower is not None
    assert (higher.target, lower.target) == ("above", "below")
    assert (higher.words, higher.tone) == (lower.words, lower.tone)


def test_too_few_points_have_no_sign():
    assert trend_sign(None) is None


def test_an_unknown_icon_is_refused_in_plain_words():
    with pytest.raises(ValueError, match="Found the icon 'up'"):
        trend_sign("up")


def test_money_beside_a_trace_stands_in_whole_pounds() -> None:
    line = sparkline([Decimal("58739.27"), Decimal("41260.73")], None, "pounds")
    assert line is not None
    assert line.value_label is not None
    assert line.value_label.text == "£41,261"
    assert "£41,260.73" in line.words
