"""The chart of costs by category: amounts in, a figure for the page out (see performance.chart_frame). Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from contracts.formatting import money, month_name
from performance.chart_frame import GREY, NAVY, ORANGE, PLUM, TEAL, for_the_page, frame, number

# Colour, mark in the legend, colour of the border. A sixth category and those after it look alike but for their names.
STYLES = (
    (NAVY, "square", NAVY),
    ("#f3d9cc", "outline", ORANGE),
    ("#fff", "outline", GREY),
    (TEAL, "square", TEAL),
    (PLUM, "square", PLUM),
)
ROOM = Decimal("1.08")


def cost_bars(months: Sequence[date], costs: Mapping[str, Sequence[Decimal | None]]) -> dict[str, Any]:
    """One bar a month, the categories on top of each other; a month of None has no bar.

    Raises ValueError when no month has an amount.
    """
    sums = [sum((a for a in amounts if a is not None), Decimal(0)) for amounts in zip(*costs.values(), strict=True)]
    if not any(sums):
        raise ValueError("Found no cost above nought. Expected at least one; say in words why there is none.")
    figure = go.Figure(layout={**frame(months, Decimal(0), max(sums) * ROOM, "pounds"), "bargap": 0.28})
    figure.update_layout(barmode="stack", margin={"r": 20})
    styles = [*STYLES, *[STYLES[-1]] * len(costs)][: len(costs)]
    for (name, amounts), style in zip(costs.items(), styles, strict=True):
        figure.add_trace(_bars(months, name, amounts, style))
    legend = [{"mark": mark, "colour": edge, "text": name} for name, (_, mark, edge) in zip(costs, styles, strict=True)]
    return for_the_page(figure, months, [], legend)


def _bars(months: Sequence[date], name: str, amounts: Sequence[Decimal | None], style: tuple[str, str, str]) -> go.Bar:
    colour, _, border = style
    return go.Bar(
        x=[month.isoformat() for month in months],
        y=[number(amount or None) for amount in amounts],  # of nought no bar, and no border of one
        name=name,
        marker={"color": colour, "line": {"color": border, "width": 1.5}},
        hovertext=[f"{month_name(m)}: {name} {money(a)}" for m, a in zip(months, amounts, strict=True)],
        textposition="none",
        hoverinfo="text",
    )
