"""Charts of money: amounts in, a figure for the page out (see performance.chart_frame). No queries, no Django."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from contracts.formatting import money, month_name
from funding.money_sums import Entry
from performance.chart_frame import GREY, NAVY, ORANGE, PLUM, TEAL, for_the_page, frame, number
from performance.chart_labels import Label, beside

PALE_ORANGE = "#f3d9cc"
LETTER_PIXELS = 9
# Colour, mark in the legend, mark in the chart, stroke. A sixth line and those after it look alike but for their names.
LINES = (
    (NAVY, "disc", "circle", "solid"),
    (ORANGE, "square", "square", "solid"),
    (GREY, "x", "x", "solid"),
    (PLUM, "diamond", "diamond", "dash"),
    (TEAL, "triangle", "triangle-up", "dot"),
)


def spend_bars(months: Sequence[Entry]) -> dict[str, Any]:
    """One bar a month: spent, and on top of it what of the instalment was not spent. No bar without an open book.

    Spending above the instalment shows as a bar above the others, with nothing on top. Raises ValueError when
    no month has an open book.
    """
    known = [(m, m.spent) for m in months if m.spent is not None]
    if not known:
        raise ValueError("Found no month with an open book. Expected at least one; say in words why there is none.")
    top = max(max(m.due, spent) for m, spent in known) * Decimal("1.08") or Decimal(1)
    figure = go.Figure(layout={**frame([m.month for m in months], Decimal(0), top, "pounds"), "bargap": 0.28})
    figure.update_layout(barmode="stack")
    figure.add_trace(_bars([(m.month, spent, "spent") for m, spent in known], NAVY, 0))
    unspent = [(m.month, max(Decimal(0), m.due - spent), "not spent") for m, spent in known]
    figure.add_trace(_bars(unspent, PALE_ORANGE, 1.5))
    figure.layout.annotations = tuple(_beside_last_bar(known[-1], top))
    return for_the_page(figure, [m.month for m in months], [], SPEND_LEGEND)


SPEND_LEGEND = [
    {"mark": "square", "colour": NAVY, "text": "Spent, from the open book"},
    {"mark": "outline", "colour": ORANGE, "text": "Unspent or spent elsewhere"},
]


def _bars(amounts: Sequence[tuple[date, Decimal, str]], colour: str, border: float) -> go.Bar:
    return go.Bar(
        x=[month.isoformat() for month, _, _ in amounts],
        y=[number(amount) for _, amount, _ in amounts],
        marker={"color": colour, "line": {"color": ORANGE, "width": border}},
        hovertext=[f"{month_name(month)}: {money(amount)} {what}" for month, amount, what in amounts],
        textposition="none",
        hoverinfo="text",
    )


def _beside_last_bar(last: tuple[Entry, Decimal], top: Decimal) -> list[dict[str, Any]]:
    month, spent = last
    labels = [Label(spent / 2, f"{money(spent)}<br>spent")]
    if month.due > spent:
        labels.append(Label((spent + month.due) / 2, f"{money(month.due - spent)}<br>not spent on it"))
    return beside(labels, Decimal(0), top)


def running_totals(months: Sequence[date], totals: Mapping[str, Sequence[Decimal | None]]) -> dict[str, Any]:
    """Lines of cumulative amounts by element, each named at its end; a month without an amount is a gap.

    `totals` gives for each name one amount, or None, per month, in the order the lines are drawn.
    """
    heights = [amount for amounts in totals.values() for amount in amounts if amount is not None]
    if not heights:
        raise ValueError("Found no amount to draw. Expected at least one; say in words why there is none.")
    bottom, top = min([*heights, Decimal(0)]), max([*heights, Decimal(1)]) * Decimal("1.06")
    figure = go.Figure(layout=frame(months, bottom, top, "pounds"))
    styles = [*LINES, *[LINES[-1]] * len(totals)][: len(totals)]
    ends = []
    for (name, amounts), style in zip(totals.items(), styles, strict=True):
        figure.add_trace(_line(months, amounts, name, style))
        ends += _end_label(name, amounts, style[0])
    ends.sort(key=lambda label: label.value)
    figure.update_layout(margin={"r": max(170, LETTER_PIXELS * max(len(name) for name in totals))})
    figure.layout.annotations = tuple(beside(ends, bottom, top))
    legend = [{"mark": style[1], "colour": style[0], "text": name} for name, style in zip(totals, styles, strict=True)]
    return for_the_page(figure, months, [], legend)


def _line(
    months: Sequence[date], amounts: Sequence[Decimal | None], name: str, style: tuple[str, str, str, str]
) -> go.Scatter:
    colour, _, mark, dash = style
    return go.Scatter(
        x=[month.isoformat() for month in months],
        y=[number(amount) for amount in amounts],
        name=name,
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour, "width": 2, "dash": dash},
        marker={"symbol": mark, "size": 8, "color": colour},
        hovertext=[f"{name}, {month_name(m)}: {money(a)}" for m, a in zip(months, amounts, strict=True)],
        hoverinfo="text",
    )


def _end_label(name: str, amounts: Sequence[Decimal | None], colour: str) -> list[Label]:
    known = [amount for amount in amounts if amount is not None]
    return [Label(known[-1], f"{name}<br>{money(known[-1])}", strong=True, colour=colour)] if known else []
