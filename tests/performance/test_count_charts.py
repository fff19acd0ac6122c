"""Bars of counts: one a month, nothing drawn for nought, and never without words for it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.periods import add_months
from performance.count_charts import CountSeries, count_bars

counts = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=60)


def drawn(pairs: list[tuple[int, int]]) -> dict[str, Any]:
    months = [add_months(date(2018, 4, 1), number) for number in range(len(pairs))]
    errors, warnings = zip(*pairs, strict=True)
    return count_bars(months, [CountSeries("Errors", "error", errors), CountSeries("Warnings", "warning", warnings)])


@given(counts.filter(lambda pairs: any(map(any, pairs))))
def test_every_count_above_nought_is_a_bar_within_the_axis(pairs: list[tuple[int, int]]) -> None:
    figure = drawn(pairs)
    heights = [list(trace["y"]) for trace in figure["data"]]
    assert heights == [[count or None for count in series] for series in zip(*pairs, strict=True)]
    assert figure["layout"]["yaxis"]["range"][1] > max(map(sum, pairs))
    assert [entry["text"] for entry in figure["legend"]] == ["Errors", "Warnings"]


def test_a_bar_says_its_month_and_count() -> None:
    figure = drawn([(1, 0), (2, 3)])
    assert list(figure["data"][0]["hovertext"]) == ["April 2018: 1 error", "May 2018: 2 errors"]


def test_nothing_to_draw_is_no_chart() -> None:
    with pytest.raises(ValueError, match="say in words"):
        drawn([(0, 0)])
