"""Charts of counts by month: counts in, a figure for the page out (see chart_frame). No queries, no Django."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from contracts.formatting import count_of, month_name
from performance.chart_frame import GREY, NAVY, ORANGE, for_the_page, frame

# Colour, mark in the legend, colour of the border: the second and third are outlined, so that shape tells them too.
STYLES = ((NAVY, "square", NAVY), ("#f3d9cc", "outline", ORANGE), ("#fff", "outline", GREY))
ROOM = Decimal("1.08")


@dataclass(frozen=True, slots=True)
class CountSeries:
    """One kind of count: its name in the legend, what one of them is called, and one count per month."""

    name: str
    noun: str
    counts: Sequence[int]


def count_bars(months: Sequence[date], series: Sequence[CountSeries]) -> dict[str, Any]:
    """One bar a month, the series on top of each other. `months` are in order; at most three series.

    Raises ValueError when every count is nought: a page says in words that there is nothing to draw.
    """
    totals = [sum(counts) for counts in zip(*(one.counts for one in series), strict=True)]
    if not any(totals):
        raise ValueError("Found no count above nought. Expected at least one; say in words why there is none.")
    figure = go.Figure(layout={**frame(months, Decimal(0), max(totals) * ROOM, ""), "bargap": 0.28})
    figure.update_layout(barmode="stack", margin={"r": 20})
    figure.update_yaxes(rangemode="tozero", tickformat="d", nticks=min(8, max(totals) + 1))
    figure.add_traces([_bars(months, one, style) for one, style in zip(series, STYLES, strict=False)])
    legend = [
        {"mark": mark, "colour": border, "text": one.name}
        for one, (_, mark, border) in zip(series, STYLES, strict=False)
    ]
    return for_the_page(figure, months, [], legend)


def _bars(months: Sequence[date], series: CountSeries, style: tuple[str, str, str]) -> go.Bar:
    colour, _, border = style
    return go.Bar(
        x=[month.isoformat() for month in months],
        y=[count or None for count in series.counts],  # of nought no bar, and no border of one
        name=series.name,
        marker={"color": colour, "line": {"color": border, "width": 1.5}},
        hovertext=[
            f"{month_name(month)}: {count_of(count, series.noun)}"
            for month, count in zip(months, series.counts, strict=True)
        ],
        textposition="none",
        hoverinfo="text",
    )
