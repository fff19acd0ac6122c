"""A characteristic's groups as lines: a figure for the page out (see performance.chart_frame). Pure.

It is drawn from the counts as they are shown, and holds no others: what a page hides is not in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from contracts.formatting import month_name, whole
from performance.chart_frame import GREY, INK, NAVY, ORANGE, PLUM, TEAL, for_the_page, frame, number
from performance.chart_labels import Label, beside
from performance.equality.shapes import Characteristic, ever_shown

# Colour, mark in the legend, mark in the chart, stroke. A seventh line and those after it have the sixth's.
LINES = (
    (NAVY, "disc", "circle", "solid"),
    (ORANGE, "square", "square", "solid"),
    (GREY, "x", "x", "solid"),
    (PLUM, "diamond", "diamond", "dash"),
    (TEAL, "triangle", "triangle-up", "dot"),
    (INK, "circle", "circle-open", "dashdot"),
)
Style = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A group's counts month by month, and how they are drawn."""

    name: str
    counts: tuple[int | None, ...]
    style: Style

    @property
    def most(self) -> int:
        """The largest of the counts."""
        return max(count for count in self.counts if count is not None)


def group_lines(characteristic: Characteristic) -> dict[str, Any] | None:
    """A line for each group that shows a count in some month, with gaps; None for one month, or for no count."""
    months = [one.month for one in characteristic.months]
    lines = _lines(characteristic)
    if not lines or len(months) == 1:
        return None
    top = max(max(line.most for line in lines) * Decimal("1.06"), Decimal(1))
    figure = go.Figure(layout=frame(months, Decimal(0), top, "children"))
    about = "" if characteristic.is_exact else "about "
    figure.add_traces([_trace(line, months, about) for line in lines])
    figure.update_layout(margin={"r": 60})
    ends = sorted((_end(line) for line in lines), key=lambda end: end.value)
    figure.layout.annotations = tuple(beside(ends, Decimal(0), top))
    legend = [{"mark": line.style[1], "colour": line.style[0], "text": line.name} for line in lines]
    return for_the_page(figure, months, [], legend)


def _lines(characteristic: Characteristic) -> list[Line]:
    groups = ever_shown(characteristic)
    styles = [LINES[min(place, len(LINES) - 1)] for place in range(len(groups))]
    return [Line(group, characteristic.counts_of(group), style) for group, style in zip(groups, styles, strict=True)]


def _trace(line: Line, months: Sequence[date], about: str) -> go.Scatter:
    colour, _, mark, dash = line.style
    counts = list(zip(months, line.counts, strict=True))
    return go.Scatter(
        x=[month.isoformat() for month in months],
        y=[None if count is None else number(Decimal(count)) for count in line.counts],
        name=line.name,
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour, "width": 2, "dash": dash},
        marker={"symbol": mark, "size": 8, "color": colour},
        hovertext=["" if c is None else f"{line.name}, {month_name(m)}: {about}{whole(c)}" for m, c in counts],
        hoverinfo="text",
    )


def _end(line: Line) -> Label:
    """The last count there is, beside the line's end."""
    last = next(count for count in reversed(line.counts) if count is not None)
    return Label(Decimal(last), whole(last), strong=True, colour=line.style[0])
