"""Figures handed to plotly.js: what is drawn, where, and what never is."""

import json
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.periods import add_months
from performance.chart_frame import month_ticks
from performance.chart_labels import spread
from performance.charts import spc_chart
from performance.spc import SpcOptions, xmr

EARLY_HELP = [88, 92, 95, 97, 99, 101, 104, 108, 112, 118, 126, 132, 187, 183, 186, 189, 191]
MONTHS = [add_months(date(2018, 4, 1), number) for number in range(17)]


def figure_of(values, unit="children", targets=(), **options):
    exact = [None if value is None else Decimal(value) for value in values]
    return spc_chart(xmr(MONTHS[: len(values)], exact, SpcOptions(**options)), unit, targets)


def trace_of(figure, name):
    return next(trace for trace in figure["data"] if trace.get("name") == name)


def line_of(figure):
    return next(trace for trace in figure["data"] if trace.get("line", {}).get("color") == "#8a9095")


def test_each_point_stands_once_in_the_shape_of_its_kind():
    figure = figure_of(EARLY_HELP)
    better = trace_of(figure, "Special cause: improvement")
    worse = trace_of(figure, "Special cause: concern")
    same = trace_of(figure, "Common cause")
    assert (better["marker"]["symbol"], worse["marker"]["symbol"], same["marker"]["symbol"]) == (
        "diamond",
        "square",
        "circle",
    )
    assert sorted(better["y"] + worse["y"] + same["y"]) == sorted(map(float, EARLY_HELP))
    assert better["hovertext"][-1] == "August 2019: 191"


def test_a_missing_month_is_a_gap_and_never_nought():
    line = line_of(figure_of([40, None, 42, 41]))
    assert line["y"] == [40.0, None, 42.0, 41.0]
    assert line["connectgaps"] is False


def test_a_chart_without_a_value_is_refused_in_plain_words():
    with pytest.raises(ValueError, match="Found no point with a value"):
        figure_of([None, None])


def test_the_target_is_drawn_as_it_was_in_force():
    targets = [(month, None if i < 2 else Decimal(240) if i < 9 else Decimal(300)) for i, month in enumerate(MONTHS)]
    figure = figure_of(EARLY_HELP, targets=targets)
    steps = figure["data"][0]
    assert steps["y"][:4] == [None] * 4
    assert set(steps["y"][4:18]) == {240.0}
    assert set(steps["y"][18:]) == {300.0}
    assert steps["connectgaps"] is False


def test_levels_are_named_in_words_with_their_values():
    figure = figure_of(EARLY_HELP, targets=[(month, Decimal(300)) for month in MONTHS])
    texts = [note["text"] for note in figure["layout"]["annotations"]]
    assert texts[:4] == ["Lower limit 120.0", "Mean 129.9", "Upper limit 139.8", "Target 300"]
    assert "191" in texts
    assert "April 2019: 187,<br>up 55 in a month" in texts
    narrow = [note["text"] for note in figure["narrow"]["annotations"]]
    assert narrow == ["Target 300", "Upper limit 139.8<br>Mean 129.9<br>Lower limit 120.0", "191"]


def test_a_recorded_step_change_breaks_mean_and_limits():
    figure = figure_of(EARLY_HELP, rebase_dates=(date(2019, 4, 1),))
    means = [t for t in figure["data"] if t.get("line", {}).get("dash") == "solid"]
    assert len(means) == 2
    assert means[0]["y"][0] < means[1]["y"][0]


def test_without_limits_none_are_drawn_or_named():
    figure = figure_of([5] * 14)
    assert not [t for t in figure["data"] if t.get("line", {}).get("dash")]
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["5"]


def test_the_axis_begins_at_nought():
    assert figure_of(EARLY_HELP)["layout"]["yaxis"]["range"][0] == 0
    assert figure_of([-3, 4, -2, 5])["layout"]["yaxis"]["range"][0] < -3


def test_the_legend_says_which_kinds_do_not_occur():
    assert [entry["text"] for entry in figure_of(EARLY_HELP)["legend"]] == [
        "Special cause: improvement",
        "Special cause: concern",
        "Common cause (none here)",
    ]


def test_a_figure_is_json_without_markup_that_the_security_policy_refuses():
    text = json.dumps(figure_of(EARLY_HELP, targets=[(month, Decimal(300)) for month in MONTHS]))
    assert "<b>" not in text
    assert "<span" not in text
    assert "template" not in text


@pytest.mark.parametrize(("count", "most"), [(1, 4), (2, 4), (17, 9), (17, 4), (60, 9), (60, 4)])
def test_ticks_are_few_and_end_with_the_last_month(count, most):
    months = [add_months(date(2015, 4, 1), number) for number in range(count)]
    ticks = month_ticks(months, most)
    assert len(ticks["tickvals"]) <= most
    assert ticks["tickvals"][-1] == months[-1].isoformat()


heights = st.lists(st.decimals(min_value=0, max_value=1000, places=1), max_size=8).map(sorted)


@given(heights)
def test_labels_are_moved_apart_and_stay_in_order_above_the_axis(values):
    gap = Decimal(20)
    places = spread(values, gap, Decimal(0))
    assert len(places) == len(values)
    assert all(upper - lower >= gap - Decimal("1e-20") for lower, upper in pairwise(places))
    assert all(place >= 0 for place in places)


@given(st.integers(min_value=1, max_value=6))
def test_labels_that_stand_apart_do_not_move(count):
    values = [Decimal(30 * number) for number in range(count)]
    assert spread(values, Decimal(20), Decimal(0)) == values


def test_a_change_at_the_last_point_says_the_value_once() -> None:
    """The note of the change names the month's value, so no second label lies over it."""
    months = [add_months(date(2018, 4, 1), number) for number in range(14)]
    values = [Decimal(100 + number % 3) for number in range(13)] + [Decimal(187)]
    figure = spc_chart(xmr(months, values, SpcOptions()), "children")
    texts = [note["text"] for note in figure["layout"]["annotations"]]
    assert sum("187" in text for text in texts) == 1
